//! Reminders: which of them a day brings for a due day, and the week of a digest.
//!
//! A reminder goes out in four steps as its day comes nearer: seven days ahead, three, one, and
//! when it has passed. A step that was missed because nothing ran is given late, unless a more
//! urgent one has taken its place. Each step is given once for each due day and person.

use jiff::civil::Date;

/// How near the day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Seven days ahead, or fewer.
    Seven,
    /// Three days ahead, or fewer.
    Three,
    /// One day ahead, or the day itself.
    One,
    /// The day has passed.
    Overdue,
}

impl Step {
    /// Every step, the least urgent first.
    pub const ALL: &'static [Self] = &[Self::Seven, Self::Three, Self::One, Self::Overdue];

    /// The step for something due on `due`, on `day`; `None` while it is further away.
    pub fn on(day: Date, due: Date) -> Option<Self> {
        match days_until(day, due) {
            ..0 => Some(Self::Overdue),
            0..=1 => Some(Self::One),
            2..=3 => Some(Self::Three),
            4..=7 => Some(Self::Seven),
            _ => None,
        }
    }

    /// The part of a key that makes it go out once.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Seven => "7",
            Self::Three => "3",
            Self::One => "1",
            Self::Overdue => "overdue",
        }
    }
}

/// Calendar days from `day` to `due`; negative when it has passed.
pub fn days_until(day: Date, due: Date) -> i32 {
    day.until(due).map_or(i32::MAX, |span| span.get_days())
}

/// When something is due, in words: `due tomorrow`, `3 days overdue`.
pub fn in_words(day: Date, due: Date) -> String {
    match days_until(day, due) {
        -1 => "1 day overdue".to_owned(),
        days @ ..-1 => format!("{} days overdue", -days),
        0 => "due today".to_owned(),
        1 => "due tomorrow".to_owned(),
        days => format!("due in {days} days"),
    }
}

/// The ISO week of a day, e.g. `2026-W47`: one digest goes out in each.
pub fn week(day: Date) -> String {
    let iso = day.iso_week_date();
    format!("{}-W{:02}", iso.year(), iso.week())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn seven_three_and_one_day_ahead_and_when_it_has_passed_each_once() {
        let due = date(2026, 11, 28);
        let (mut given, mut told) = (BTreeSet::new(), Vec::new());
        for ahead in (-5..=40_i64).rev() {
            if let Some(step) = Step::on(due.saturating_sub(ahead.days()), due)
                && given.insert(step)
            {
                told.push((ahead, step));
            }
        }
        assert_eq!(told, [(7, Step::Seven), (3, Step::Three), (1, Step::One), (-1, Step::Overdue)]);
    }

    #[test]
    fn words_and_weeks() {
        let day = date(2026, 11, 22);
        let words = |days: i64| in_words(day, day.saturating_add(days.days()));
        assert_eq!(
            [words(-2), words(-1), words(0), words(1), words(7)],
            ["2 days overdue", "1 day overdue", "due today", "due tomorrow", "due in 7 days"]
        );
        assert_eq!([week(date(2026, 11, 22)), week(date(2026, 11, 23)), week(date(2027, 1, 1))], ["2026-W47", "2026-W48", "2026-W53"]);
    }

    proptest! {
        #[test]
        fn whatever_days_the_job_runs_steps_never_go_back(mut days in prop::collection::vec(-40_i64..40, 1..40)) {
            let due = date(2026, 11, 22);
            days.sort_unstable();
            let steps: Vec<Step> = days.iter().filter_map(|day| Step::on(due.saturating_add(day.days()), due)).collect();
            prop_assert!(steps.is_sorted());
        }
    }
}
