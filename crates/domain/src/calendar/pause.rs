//! Clarification pauses: their union, and how many days they take out of the period.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::dates::{days_between, plus_days};
use crate::{Refusal, RefusalCode};

/// A question to the requester that stops the clock from the day it is asked to the day
/// the answer comes, both included (UK GDPR Article 12A(5)-(6)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// The day the question was asked.
    pub asked: Date,
    /// The day the answer came; `None` while the question is open.
    #[serde(default)]
    pub answered: Option<Date>,
}

impl Pause {
    /// Refuses a pause that ends before it starts.
    pub(super) fn check(self) -> Result<(), Refusal> {
        match self.answered {
            Some(answered) if answered < self.asked => {
                Err(Refusal::new(RefusalCode::PauseBackwards, format!("It says asked on {} and answered on {answered}.", self.asked)))
            }
            _ => Ok(()),
        }
    }
}

/// The pauses that take effect, merged where they share a day, in order.
#[derive(Debug, Default)]
pub(super) struct Pauses {
    /// Merged pauses; only the last can be open.
    pub(super) blocks: Vec<Pause>,
    /// Asked when the time had already run out, so without effect.
    pub(super) too_late: Vec<Pause>,
}

impl Pauses {
    /// Takes each pause in turn, as long as it was asked no later than the day the period
    /// would end with the pauses before it. `due_after` gives that day for a number of
    /// excluded days.
    pub(super) fn effective(pauses: &[Pause], start: Date, due_after: impl Fn(i64) -> Date) -> Self {
        let mut sorted = pauses.to_vec();
        sorted.sort_unstable();
        let mut all = Self::default();
        for pause in sorted {
            if all.open().is_none() && pause.asked > due_after(all.excluded_days(start)) {
                all.too_late.push(pause);
            } else {
                all.merge(pause);
            }
        }
        all
    }

    fn merge(&mut self, pause: Pause) {
        let last = self.blocks.last_mut().filter(|block| block.answered.is_none_or(|answered| pause.asked <= answered));
        match last {
            Some(block) => {
                block.answered = block.answered.zip(pause.answered).map(|(one, other)| one.max(other));
            }
            None => self.blocks.push(pause),
        }
    }

    /// The open question, if there is one.
    pub(super) fn open(&self) -> Option<&Pause> {
        self.blocks.last().filter(|block| block.answered.is_none())
    }

    /// The distinct days after `start` on which a question was open, both ends included.
    pub(super) fn excluded_days(&self, start: Date) -> i64 {
        let first_counted = plus_days(start, 1);
        self.closed().map(|(asked, answered)| (days_between(asked.max(first_counted), answered) + 1).max(0)).sum()
    }

    /// The same by the careful count: the day of the answer less the day of the question.
    pub(super) fn careful_days(&self, start: Date) -> i64 {
        self.closed().map(|(asked, answered)| days_between(asked.max(start), answered).max(0)).sum()
    }

    /// The closed pauses, as the day asked and the day answered.
    pub(super) fn closed(&self) -> impl Iterator<Item = (Date, Date)> + '_ {
        self.blocks.iter().filter_map(|block| block.answered.map(|answered| (block.asked, answered)))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn pause(asked: i8, answered: Option<i8>) -> Pause {
        Pause { asked: date(2026, 9, asked), answered: answered.map(|day| date(2026, 9, day)) }
    }

    #[test]
    fn overlapping_pauses_count_each_day_once() {
        let all = Pauses::effective(&[pause(7, Some(10)), pause(3, Some(8))], date(2026, 9, 1), |_| date(2026, 10, 1));
        assert_eq!(all.blocks, [pause(3, Some(10))]);
        assert_eq!((all.excluded_days(date(2026, 9, 1)), all.careful_days(date(2026, 9, 1))), (8, 7));
    }

    #[test]
    fn a_pause_inside_another_or_after_an_open_one_adds_nothing() {
        let start = date(2026, 9, 1);
        let inside = Pauses::effective(&[pause(3, Some(20)), pause(5, Some(6))], start, |_| date(2026, 10, 1));
        assert_eq!(inside.excluded_days(start), 18);
        let open = Pauses::effective(&[pause(3, None), pause(5, Some(6)), pause(30, Some(30))], start, |_| date(2026, 9, 15));
        assert_eq!((open.open(), open.blocks.len(), open.too_late.len()), (Some(&pause(3, None)), 1, 0));
    }

    #[test]
    fn a_pause_after_the_end_has_no_effect() {
        let start = date(2026, 9, 1);
        let all = Pauses::effective(&[pause(3, Some(4)), pause(20, Some(25))], start, |n| plus_days(date(2026, 9, 10), n));
        assert_eq!((all.excluded_days(start), all.too_late.len()), (2, 1));
    }

    #[test]
    fn a_backwards_pause_is_refused() {
        assert_eq!(pause(5, Some(4)).check().unwrap_err().code, RefusalCode::PauseBackwards);
        assert!(pause(5, Some(5)).check().is_ok() && pause(5, None).check().is_ok());
    }
}
