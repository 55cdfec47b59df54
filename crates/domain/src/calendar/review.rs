//! Reviews that come again, and things that expire.

use jiff::civil::Date;

use super::{
    Deadline, Period,
    compute::Run,
    dates::{in_range, long_date},
    general::begin,
};
use crate::Refusal;

/// The next review: the period after the last one, or the day that the board (or another
/// body the pack names) has set. `set` holds who can set it and the day, once it is set.
pub(super) fn next(run: &Run<'_>, every: Period, set: Option<(&str, Option<Date>)>) -> Result<Deadline, Refusal> {
    let (mut deadline, usual) = begin(run, every)?;
    let day = match set {
        None => usual,
        Some((who, None)) => {
            deadline.note(format!("The {who} can set another day; none is set."), run.source.to_owned());
            usual
        }
        Some((who, Some(day))) => {
            in_range(day)?;
            deadline.step(format!("The {who} has set {}, and that day counts.", long_date(day)), day, run.source.to_owned());
            if day <= run.from {
                deadline.warnings.push(format!("The day the {who} has set is not after the last review: ask for a new one."));
            }
            day
        }
    };
    deadline.nominal = Some(day.into());
    deadline.target = Some(run.calendar.last_working_day_before(run.division, day));
    deadline.fixed(run.calendar, day, "the latest day for the review", run.source);
    Ok(deadline)
}

/// Something that expires on the day of the trigger, and the day of the reminder.
pub(super) fn expiry(run: &Run<'_>, remind: Period) -> Result<Deadline, Refusal> {
    in_range(run.from)?;
    let mut deadline = Deadline::begin(run.rule, run.from.into(), run.division);
    deadline.step(format!("It expires on {}.", long_date(run.from)), run.from, run.source.to_owned());
    deadline.start = Some(run.from);
    deadline.nominal = Some(run.from.into());
    deadline.target = Some(run.calendar.last_working_day_before(run.division, run.from));
    let remind_on = remind.before(run.calendar, run.division, run.from);
    deadline.step(
        format!("The reminder is given {} before: on {}.", remind.shown(), long_date(remind_on)),
        remind_on,
        run.source.to_owned(),
    );
    deadline.remind_on = Some(remind_on);
    deadline.fixed(run.calendar, run.from, "the latest day to renew it", run.source);
    deadline.warn_if_not_published(run.calendar, &[remind_on]);
    Ok(deadline)
}
