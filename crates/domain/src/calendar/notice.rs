//! What the person is told inside the first month of a request: that the time is extended,
//! or that the request is refused.

use super::{Calendar, Deadline, Facts, Right, RightsClock, dates::long_date};
use crate::{Refusal, law};

/// The last day on which an extension can be announced with its reasons. The days on which
/// a clarification question is open do not count; a notice given later is of no effect.
pub(super) fn extension(facts: &Facts, calendar: &Calendar) -> Result<Deadline, Refusal> {
    let mut deadline = first_month(facts, calendar, "the notice of an extension must be given, with its reasons,")?;
    if let Some(last) = deadline.due {
        deadline.notice_last = Some(last.date());
        let source = law::time_limits(facts.from.date()).notice;
        let what =
            format!("A notice given after {} has no effect: the request is then due within the first month.", long_date(last.date()));
        deadline.note(what, source);
    }
    Ok(deadline)
}

/// The last day to tell the person that the request is refused, why, and where to go. An
/// extension never moves it.
pub(super) fn refusal(facts: &Facts, calendar: &Calendar) -> Result<Deadline, Refusal> {
    let mut deadline = first_month(facts, calendar, "the refusal must be given, with its reasons,")?;
    deadline.note("It is never extended: the reasons and the routes to complain must be told inside the month.".to_owned(), law::REFUSAL);
    Ok(deadline)
}

fn first_month(facts: &Facts, calendar: &Calendar, duty: &'static str) -> Result<Deadline, Refusal> {
    let mut clock = RightsClock::new(Right::Access, facts.from.date(), facts.division);
    clock.pauses.clone_from(&facts.pauses);
    clock.deadline_for(duty, calendar, facts.today)
}
