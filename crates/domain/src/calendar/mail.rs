//! Something that must have arrived by the end of a period, and the day to send it.

use super::{
    Deadline, Period,
    compute::Run,
    dates::{long_date, short_date},
    general::begin,
};
use crate::Refusal;

/// The last day of arrival, which never moves forward, and the last day to send it so that
/// it arrives in time: both on working days, because nothing is delivered on others.
pub(super) fn arrive(run: &Run<'_>, within: Period, delivery: Period) -> Result<Deadline, Refusal> {
    let (mut deadline, nominal) = begin(run, within)?;
    deadline.fixed(run.calendar, nominal, "the last day on which it can arrive", run.source);
    let last_delivery = run.calendar.roll_back(run.division, nominal);
    let send_by = run.calendar.roll_back(run.division, delivery.before(run.calendar, run.division, last_delivery));
    if delivery.is_zero() {
        deadline.step(format!("It arrives on the day it is sent: send it by {}.", long_date(send_by)), send_by, run.source.to_owned());
    } else {
        let what = format!("The delivery takes {}, so send it by {}.", delivery.shown(), long_date(send_by));
        deadline.step(what, send_by, run.source.to_owned());
    }
    if send_by < run.from {
        deadline.warnings.push(format!(
            "Sent by the usual delivery on {} or later it cannot arrive in time: hand it over, or send it faster.",
            short_date(run.from)
        ));
    }
    deadline.send_by = Some(send_by);
    deadline.target = Some(run.calendar.last_working_day_before(run.division, send_by));
    deadline.warn_if_not_published(run.calendar, &[send_by]);
    Ok(deadline)
}
