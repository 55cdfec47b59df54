//! The report of a personal data breach to the regulator (UK GDPR Article 33(1)).

use std::borrow::Cow;

use jiff::{SignedDuration, Timestamp};

use super::{Deadline, Division, Promise, When, compute::Run, dates::in_range, when::local};
use crate::{Refusal, RefusalCode, law};

/// When 72 elapsed hours end after the organisation became aware of a breach. Weekends,
/// bank holidays and clock changes do not stop them, and nothing rolls.
///
/// # Errors
/// `DATE-002` for a moment out of range.
pub fn report_deadline(aware: Timestamp, division: Division, promise: Option<&Promise>) -> Result<Deadline, Refusal> {
    let source = law::BREACH_HOURS.source;
    let mut deadline = elapsed("breach_72h", aware, law::BREACH_HOURS.value, source.into(), division)?;
    promised(&mut deadline, aware, promise)?;
    Ok(deadline)
}

/// The same for any rule that counts hours. Only the report to the regulator cites the law;
/// another number of hours rests on the rule's own source.
pub(super) fn hours_from(run: &Run<'_>, from: When, hours: u32, promise: Option<&Promise>) -> Result<Deadline, Refusal> {
    let moment = from.instant().ok_or_else(|| Refusal::new(RefusalCode::InstantNeeded, format!("It says {}.", run.from)))?;
    let by_law = hours == law::BREACH_HOURS.value;
    let source = if by_law { Cow::Borrowed(law::BREACH_HOURS.source) } else { Cow::Owned(run.source.to_owned()) };
    let mut deadline = elapsed(run.rule, moment, hours, source, run.division)?;
    promised(&mut deadline, moment, promise)?;
    Ok(deadline)
}

fn elapsed(rule: &str, aware: Timestamp, hours: u32, source: Cow<'static, str>, division: Division) -> Result<Deadline, Refusal> {
    in_range(local(aware).date())?;
    let mut deadline = Deadline::begin(rule, aware.into(), division);
    let first = if hours == law::BREACH_HOURS.value { "The organisation became aware on" } else { "It counts from" };
    deadline.step(format!("{first} {}.", When::from(aware).shown()), aware, source.clone());
    let due = later(aware, hours)?;
    let what = format!("{hours} hours later is {}. Evenings, weekends and bank holidays count.", When::from(due).shown());
    deadline.step(what, due, source.clone());
    let shift = local(due).offset().seconds() - local(aware).offset().seconds();
    if shift != 0 {
        let way = if shift < 0 { "back" } else { "forward" };
        deadline.note(format!("The clocks go {way} in between, so the time of day differs; the hours that pass are what counts."), source);
    }
    deadline.nominal = Some(due.into());
    deadline.due = Some(due.into());
    deadline.cautious = Some(due.into());
    Ok(deadline)
}

/// Adds the organisation's own number of hours; it never moves the moment later.
fn promised(deadline: &mut Deadline, aware: Timestamp, promise: Option<&Promise>) -> Result<(), Refusal> {
    if let Some((promise, hours)) = promise.and_then(|promise| promise.within.hours().map(|hours| (promise, hours))) {
        let mut promised = later(aware, hours)?;
        if let Some(When::Instant(due)) = deadline.due {
            promised = promised.min(due);
        }
        deadline.policy_due = Some(promised.into());
        let what = format!("The organisation's policy promises {hours} hours: {}.", When::from(promised).shown());
        deadline.step(what, promised, promise.clause.clone());
    }
    Ok(())
}

fn later(aware: Timestamp, hours: u32) -> Result<Timestamp, Refusal> {
    aware.checked_add(SignedDuration::from_hours(i64::from(hours))).map_err(|_| Refusal::new(RefusalCode::DateOutOfRange, ""))
}
