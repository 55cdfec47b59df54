//! Every kind of clock once more, from the wording of the law and of `clocks.toml`.

use std::collections::BTreeSet;

use super::{
    days::{Day, date_of, months_away},
    holidays::{Working, working},
};

/// A period: how many, and of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Length {
    Days(i64),
    WorkingDays(i64),
    Months(i64),
}

/// A clock as the oracle understands it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Clock {
    Request,
    NoticeOrRefusal,
    Complaint,
    Hours(i64),
    Answer(Length),
    Inclusive(Length),
    Fixed(Length),
    Arrive(Length, Length),
    AtOnce(Length),
    Review(Length, bool),
    Expiry(Length),
    SameDay,
}

/// When something happened or falls due: a day, or a moment in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Day(Day),
    Moment(i64),
}

/// What a clock is asked about.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    pub(super) division: usize,
    /// Clarification questions: the day asked and the day answered.
    pub(super) pauses: Vec<(Day, Day)>,
    pub(super) extended: bool,
    /// The day somebody has set for a review.
    pub(super) set: Option<Day>,
    /// The organisation's own promise, and whether it rolls.
    pub(super) promise: Option<(Length, bool)>,
    /// The organisation's own promise in hours.
    pub(super) promised_hours: Option<i64>,
}

/// What a clock answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Answer {
    pub(super) due: Option<At>,
    pub(super) policy_due: Option<At>,
    pub(super) nominal: Option<At>,
    pub(super) send_by: Option<Day>,
    pub(super) late_after: Option<Day>,
    pub(super) remind_on: Option<Day>,
    pub(super) notice_last: Option<Day>,
}

fn after(work: &Working, day: Day, length: Length) -> Day {
    match length {
        Length::Days(days) => day + days,
        Length::WorkingDays(days) => work.away(day, days),
        Length::Months(months) => months_away(day, months),
    }
}

fn before(work: &Working, day: Day, length: Length) -> Day {
    match length {
        Length::Days(days) => day - days,
        Length::WorkingDays(days) => work.away(day, -days),
        Length::Months(months) => months_away(day, -months),
    }
}

/// The last day of a period whose first day is `day`.
fn counting(work: &Working, day: Day, length: Length) -> Day {
    match length {
        Length::Days(days) => day + days - 1,
        Length::WorkingDays(days) => work.away(work.on_or_after(day), days - 1),
        Length::Months(months) => {
            let (.., wanted) = date_of(day);
            let same = months_away(day, months);
            // The day before the same date, or the month's end where that date is missing.
            same - i64::from(date_of(same).2 == wanted)
        }
    }
}

/// The days after `start` with an open question, taking each question in turn as long as it
/// was asked before the time ran out.
fn questioned(work: &Working, start: Day, nominal: Day, pauses: &[(Day, Day)]) -> i64 {
    let mut days = BTreeSet::new();
    let mut ordered = pauses.to_vec();
    ordered.sort_unstable();
    for (asked, answered) in ordered {
        if asked <= work.on_or_after(nominal + days.len() as i64) {
            days.extend((asked..=answered).filter(|day| *day > start));
        }
    }
    days.len() as i64
}

fn request(work: &Working, start: Day, asked: &Asked) -> Answer {
    let one = months_away(start, 1);
    let nominal = months_away(start, if asked.extended { 3 } else { 1 });
    let excluded = questioned(work, start, nominal, &asked.pauses);
    let due = work.on_or_after(nominal + excluded);
    let promised = asked.promise.filter(|_| !asked.extended).map(|(length, rolls)| {
        let end = after(work, start, length) + excluded;
        let rolls = rolls || matches!(length, Length::WorkingDays(_));
        // A promise that does not move to a working day ends with the month at the latest.
        At::Day(if rolls { due.min(work.on_or_after(end)) } else { end.min(nominal + excluded) })
    });
    Answer {
        due: Some(At::Day(due)),
        policy_due: promised,
        nominal: Some(At::Day(nominal)),
        notice_last: Some(work.on_or_after(one + questioned(work, start, one, &asked.pauses))),
        ..Answer::default()
    }
}

fn on(day: Day) -> Answer {
    Answer { due: Some(At::Day(day)), nominal: Some(At::Day(day)), ..Answer::default() }
}

/// The answer of one clock.
pub(super) fn answer(clock: &Clock, from: At, asked: &Asked) -> Answer {
    let work = working(asked.division);
    let day = match from {
        At::Day(day) => day,
        At::Moment(seconds) => super::days::london_day(seconds),
    };
    match clock {
        Clock::Request => request(work, day, asked),
        Clock::NoticeOrRefusal => request(work, day, &Asked { extended: false, promise: None, ..asked.clone() }),
        Clock::Complaint => {
            let due = work.on_or_after(day + 30);
            let promised = asked.promise.map(|(length, _)| {
                let end = after(work, day, length);
                At::Day(if matches!(length, Length::WorkingDays(_)) { due.min(work.on_or_after(end)) } else { end.min(day + 30) })
            });
            Answer { due: Some(At::Day(due)), policy_due: promised, ..on(day + 30) }
        }
        Clock::Hours(hours) => {
            let At::Moment(seconds) = from else { return Answer::default() };
            let due = At::Moment(seconds + hours * 3_600);
            let policy_due = asked.promised_hours.map(|own| At::Moment(seconds + own.min(*hours) * 3_600));
            Answer { due: Some(due), nominal: Some(due), policy_due, ..Answer::default() }
        }
        Clock::Answer(length) => {
            let nominal = after(work, day, *length);
            Answer { due: Some(At::Day(work.on_or_after(nominal))), ..on(nominal) }
        }
        Clock::Inclusive(length) => {
            let nominal = counting(work, day, *length);
            Answer { due: Some(At::Day(work.on_or_after(nominal))), ..on(nominal) }
        }
        Clock::Fixed(length) => on(after(work, day, *length)),
        Clock::Arrive(within, delivery) => {
            let due = after(work, day, *within);
            let sent = before(work, work.on_or_before(due), *delivery);
            Answer { send_by: Some(work.on_or_before(sent)), ..on(due) }
        }
        Clock::AtOnce(late) => {
            let late = asked.promise.map_or(*late, |(length, _)| length);
            Answer { late_after: Some(after(work, day, late)), ..on(day) }
        }
        Clock::Review(every, may_be_set) => on(asked.set.filter(|_| *may_be_set).unwrap_or_else(|| after(work, day, *every))),
        Clock::Expiry(remind) => Answer { remind_on: Some(before(work, day, *remind)), ..on(day) },
        Clock::SameDay => on(day),
    }
}

/// Seconds at which something is over: a day is over at its end in London.
pub(super) fn over(at: At) -> (Day, i64) {
    match at {
        At::Day(day) => (day, i64::MAX),
        At::Moment(seconds) => (super::days::london_day(seconds), seconds),
    }
}

/// The duty as a whole: its main clock and the further triggers that have happened. Where
/// the law sets the main clock, an earlier further date stands beside it.
pub(super) fn duty(clock: &Clock, from: At, asked: &Asked, further: &[(Clock, At)], by_law: bool) -> Answer {
    let mut whole = answer(clock, from, asked);
    for (clock, from) in further {
        let part = answer(clock, *from, &Asked { division: asked.division, ..Asked::default() });
        let Some(day) = part.due else { continue };
        let earlier = |than: Option<At>| than.is_none_or(|than| over(day) < over(than));
        if by_law {
            if earlier(whole.due) && earlier(whole.policy_due) {
                whole.policy_due = Some(day);
            }
        } else if earlier(whole.due) {
            whole = Answer { send_by: part.send_by.or(whole.send_by), policy_due: whole.policy_due, ..part };
        }
    }
    whole
}
