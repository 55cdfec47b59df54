//! The general kinds of deadline that a policy needs beside the statutory ones.

use jiff::civil::Date;

use super::{
    Deadline, Period,
    compute::Run,
    dates::{in_range, long_date, short_date},
};
use crate::{Refusal, law};

/// A duty to answer: the period, rolled forward to a working day.
pub(super) fn answer(run: &Run<'_>, within: Period) -> Result<Deadline, Refusal> {
    let (deadline, nominal) = begin(run, within)?;
    Ok(rolled(deadline, run, nominal))
}

/// A duty to answer whose first day is the day of the trigger, rolled forward.
pub(super) fn answer_inclusive(run: &Run<'_>, within: Period) -> Result<Deadline, Refusal> {
    in_range(run.from)?;
    let mut deadline = Deadline::begin(run.rule, run.from.into(), run.division);
    deadline.start = Some(run.from);
    deadline.step(format!("It counts from {}; that day itself is day 1.", long_date(run.from)), run.from, run.source.to_owned());
    let nominal = within.end_counting_first(run.calendar, run.division, run.from);
    deadline.step(format!("{}, that day included, end on {}.", within.shown(), short_date(nominal)), nominal, run.source.to_owned());
    deadline.nominal = Some(nominal.into());
    deadline.target = Some(run.calendar.last_working_day_before(run.division, nominal));
    Ok(rolled(deadline, run, nominal))
}

/// A duty to destroy, take down or stop: a latest day, which never rolls forward.
pub(super) fn latest(run: &Run<'_>, within: Period) -> Result<Deadline, Refusal> {
    let (mut deadline, nominal) = begin(run, within)?;
    deadline.fixed(run.calendar, nominal, "the latest day for it", run.source);
    Ok(deadline)
}

/// The last day on which somebody may still bring something. It never rolls, and what
/// comes later can be let in by a decision.
pub(super) fn cut_off(run: &Run<'_>, within: Period) -> Result<Deadline, Refusal> {
    let (mut deadline, nominal) = begin(run, within)?;
    deadline.fixed(run.calendar, nominal, "the last day on which it can be brought", run.source);
    deadline.note("What comes later can be let in by a decision, with its reason.".to_owned(), run.source.to_owned());
    deadline.warnings.push(
        "An organisation's own cut-off never bars a request about personal data or a data protection complaint: \
         both can come at any time."
            .to_owned(),
    );
    Ok(deadline)
}

fn rolled(mut deadline: Deadline, run: &Run<'_>, nominal: Date) -> Deadline {
    let due = deadline.roll(run.calendar, nominal, "it is due");
    deadline.due = Some(due.into());
    deadline.cautious = Some(due.into());
    deadline.warn_if_not_published(run.calendar, &[nominal, due]);
    deadline
}

/// The first steps of a period that does not count the day of its trigger.
pub(super) fn begin(run: &Run<'_>, within: Period) -> Result<(Deadline, Date), Refusal> {
    in_range(run.from)?;
    let mut deadline = Deadline::begin(run.rule, run.from.into(), run.division);
    deadline.start = Some(run.from);
    let nominal = within.end(run.calendar, run.division, run.from);
    if within.is_zero() {
        deadline.step(format!("It counts from {}, and ends on that day.", long_date(run.from)), run.from, run.source.to_owned());
    } else {
        deadline.step(format!("It counts from {}; that day itself is not counted.", long_date(run.from)), run.from, law::PERIODS);
        deadline.step(format!("{} from then is {}.", within.shown(), short_date(nominal)), nominal, run.source.to_owned());
    }
    deadline.nominal = Some(nominal.into());
    deadline.target = Some(run.calendar.last_working_day_before(run.division, nominal));
    Ok((deadline, nominal))
}
