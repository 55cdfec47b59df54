//! What is due on the day of its trigger.

use super::{
    Deadline, Period, Promise,
    compute::Run,
    dates::{in_range, long_date},
};
use crate::Refusal;

/// Immediately: due on the same day, whatever day it is. Only after the period, or after
/// the one the organisation sets itself, is it reported as late.
pub(super) fn at_once(run: &Run<'_>, late: Period, promise: Option<&Promise>) -> Result<Deadline, Refusal> {
    let mut deadline = on_the_day(run, "It has to be done immediately, so it is due the same day")?;
    let (late, source) = promise.map_or((late, run.source), |promise| (promise.within, promise.clause.as_str()));
    let late_after = late.end(run.calendar, run.division, run.from);
    let what = if late.is_zero() {
        "After that day it is reported as late.".to_owned()
    } else {
        format!("It is reported as late after {}, when it is not done by {}.", late.shown(), long_date(late_after))
    };
    deadline.step(what, late_after, source.to_owned());
    deadline.late_after = Some(late_after);
    deadline.warn_if_not_published(run.calendar, &[late_after]);
    Ok(deadline)
}

/// So many runs on the day, checked at its end.
pub(super) fn daily(run: &Run<'_>, runs: u32) -> Result<Deadline, Refusal> {
    let times = match runs {
        1 => "One run".to_owned(),
        runs => format!("{runs} runs"),
    };
    on_the_day(run, &format!("{times} must have been made by the end of this day, weekends and bank holidays included"))
}

fn on_the_day(run: &Run<'_>, what: &str) -> Result<Deadline, Refusal> {
    in_range(run.from)?;
    let mut deadline = Deadline::begin(run.rule, run.from.into(), run.division);
    deadline.step(format!("It counts from {}.", long_date(run.from)), run.from, run.source.to_owned());
    deadline.step(format!("{what}: {}.", long_date(run.from)), run.from, run.source.to_owned());
    deadline.start = Some(run.from);
    deadline.nominal = Some(run.from.into());
    deadline.due = Some(run.from.into());
    deadline.cautious = Some(run.from.into());
    deadline.target = Some(run.from);
    Ok(deadline)
}
