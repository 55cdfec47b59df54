//! The general kinds of deadline that a policy needs beside the statutory ones.

use jiff::civil::Date;

use super::{
    Calendar, Deadline, Division, Period,
    dates::{in_range, long_date, short_date},
};
use crate::{Refusal, law};

/// A duty to answer: the period, rolled forward to a working day.
pub(super) fn answer(
    rule: &str,
    from: Date,
    within: Period,
    calendar: &Calendar,
    (division, source): (Division, &str),
) -> Result<Deadline, Refusal> {
    let (mut deadline, nominal) = begin(rule, from, within, calendar, (division, source))?;
    let due = deadline.roll(calendar, nominal, "it is due");
    deadline.due = Some(due.into());
    deadline.cautious = Some(due.into());
    deadline.warn_if_not_published(calendar, &[nominal, due]);
    Ok(deadline)
}

/// A duty to destroy, take down, stop or review: a latest day, which never rolls forward.
pub(super) fn latest(
    rule: &str,
    from: Date,
    within: Period,
    calendar: &Calendar,
    (division, source): (Division, &str),
) -> Result<Deadline, Refusal> {
    let (mut deadline, nominal) = begin(rule, from, within, calendar, (division, source))?;
    deadline.due = Some(nominal.into());
    deadline.cautious = Some(nominal.into());
    if calendar.is_working_day(division, nominal) {
        deadline.step(format!("{} is the latest day for it.", long_date(nominal)), nominal, source.to_owned());
    } else {
        let before = calendar.last_working_day_before(division, nominal);
        let what = format!(
            "{} is not a working day, but a latest day never moves forward: the last working day before it is {}.",
            long_date(nominal),
            long_date(before)
        );
        deadline.step(what, before, source.to_owned());
    }
    deadline.warn_if_not_published(calendar, &[nominal]);
    Ok(deadline)
}

fn begin(
    rule: &str,
    from: Date,
    within: Period,
    calendar: &Calendar,
    (division, source): (Division, &str),
) -> Result<(Deadline, Date), Refusal> {
    in_range(from)?;
    let mut deadline = Deadline::begin(rule, from.into(), division);
    deadline.start = Some(from);
    deadline.step(format!("It counts from {}; that day itself is not counted.", long_date(from)), from, law::PERIODS);
    let nominal = within.end(calendar, division, from);
    deadline.step(format!("{} from then is {}.", within.shown(), short_date(nominal)), nominal, source.to_owned());
    deadline.nominal = Some(nominal.into());
    deadline.target = Some(calendar.last_working_day_before(division, nominal));
    Ok((deadline, nominal))
}
