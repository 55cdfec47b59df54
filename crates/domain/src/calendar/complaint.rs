//! The acknowledgement of a data protection complaint (DPA 2018 section 164A).

use jiff::civil::Date;

use super::{
    Calendar, Deadline, Division, Promise,
    dates::{in_range, long_date, plus_days, short_date},
};
use crate::{Refusal, law};

/// By when a complaint received on `received` must be acknowledged: within 30 days, the
/// day after receipt being day 1, rolled to a working day. `cautious` is the strict reading,
/// with the day of receipt as day 1, not rolled.
///
/// # Errors
/// `DATE-002` for a date out of range.
pub fn acknowledgement_deadline(
    received: Date,
    division: Division,
    calendar: &Calendar,
    promise: Option<&Promise>,
) -> Result<Deadline, Refusal> {
    in_range(received)?;
    let mut deadline = Deadline::begin("complaint_ack", received.into(), division);
    deadline.start = Some(received);
    let source = law::COMPLAINT_DAYS.source;
    deadline.step(format!("The complaint was received on {}; day 1 is the day after.", long_date(received)), received, source);
    let days = i64::from(law::COMPLAINT_DAYS.value);
    let nominal = plus_days(received, days);
    deadline.step(format!("Day {days} is {}.", short_date(nominal)), nominal, source);
    let due = deadline.roll(calendar, nominal, "the acknowledgement is due");
    let strict = plus_days(nominal, -1);
    deadline.step(
        format!("Read strictly, with the day of receipt as day 1, it would be {}: work to that day.", long_date(strict)),
        strict,
        source,
    );
    deadline.nominal = Some(nominal.into());
    deadline.due = Some(due.into());
    deadline.cautious = Some(strict.into());
    deadline.strict = Some(strict);
    deadline.target = Some(calendar.last_working_day_before(division, nominal));
    if let Some(promise) = promise {
        deadline.promise(calendar, promise, (received, 0), (nominal, due));
    }
    if received < law::COMPLAINT_DAYS.in_force {
        deadline.warnings.push(format!(
            "The duty to acknowledge complaints began on {}; this one was received before.",
            short_date(law::COMPLAINT_DAYS.in_force)
        ));
    }
    deadline.warn_if_not_published(calendar, &[nominal, due]);
    Ok(deadline)
}
