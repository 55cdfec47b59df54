//! The report of a personal data breach to the regulator (UK GDPR Article 33(1)).

use jiff::{SignedDuration, Timestamp};

use super::{Deadline, Division, Promise, When, dates::in_range, when::local};
use crate::{Refusal, RefusalCode, law};

/// When 72 elapsed hours end after the organisation became aware of a breach. Weekends,
/// bank holidays and clock changes do not stop them, and nothing rolls.
///
/// # Errors
/// `DATE-002` for a moment out of range.
pub fn report_deadline(aware: Timestamp, division: Division, promise: Option<&Promise>) -> Result<Deadline, Refusal> {
    elapsed_hours("breach_72h", aware, law::BREACH_HOURS.value, law::BREACH_HOURS.source, (division, promise))
}

/// The same for any number of hours.
pub(super) fn elapsed_hours(
    rule: &str,
    aware: Timestamp,
    hours: u32,
    source: &'static str,
    (division, promise): (Division, Option<&Promise>),
) -> Result<Deadline, Refusal> {
    in_range(local(aware).date())?;
    let mut deadline = Deadline::begin(rule, aware.into(), division);
    deadline.step(format!("The organisation became aware on {}.", When::from(aware).shown()), aware, source);
    let due = later(aware, hours)?;
    let what = format!("{hours} hours later is {}. Evenings, weekends and bank holidays count.", When::from(due).shown());
    deadline.step(what, due, source);
    let shift = local(due).offset().seconds() - local(aware).offset().seconds();
    if shift != 0 {
        let way = if shift < 0 { "back" } else { "forward" };
        deadline.note(format!("The clocks go {way} in between, so the time of day differs; the hours that pass are what counts."), source);
    }
    deadline.nominal = Some(due.into());
    deadline.due = Some(due.into());
    deadline.cautious = Some(due.into());
    if let Some((promise, hours)) = promise.and_then(|promise| promise.within.hours().map(|hours| (promise, hours))) {
        let promised = later(aware, hours)?.min(due);
        deadline.policy_due = Some(promised.into());
        let what = format!("The organisation's policy promises {hours} hours: {}.", When::from(promised).shown());
        deadline.step(what, promised, promise.clause.clone());
    }
    Ok(deadline)
}

fn later(aware: Timestamp, hours: u32) -> Result<Timestamp, Refusal> {
    aware.checked_add(SignedDuration::from_hours(i64::from(hours))).map_err(|_| Refusal::new(RefusalCode::DateOutOfRange, ""))
}
