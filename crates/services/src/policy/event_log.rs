//! Logging an event that a clock of the policy runs from, and the further triggers of its clock.

use domain::calendar::{Kind, When};
use domain::casework::duty::{Begun, Duty, RetentionEvent, Terms, destructions, due, retention_events};
use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, require};
use domain::policy::{self, DutyKind};
use domain::{Refusal, RefusalCode};

use super::duties::load_for;
use super::save::{save_duty, unchanged};
use super::sync::fresh_facts;
use crate::app::App;
use crate::error::Error;

/// The duties of the policy in force that wait for an event, for the form.
pub fn events_offered(app: &App, actor: &Actor) -> Result<Vec<policy::Duty>, Error> {
    require(actor, Verb::EventLog, Relation::None)?;
    let policy = app.policy()?;
    Ok(policy.duties().iter().filter(|duty| waits(duty, &policy)).cloned().collect())
}

/// Whether a duty begins with an event somebody logs.
fn waits(duty: &policy::Duty, policy: &policy::Policy) -> bool {
    let expires = policy.rule(&duty.clock).is_ok_and(|rule| matches!(rule.kind, Kind::Expiry { .. }));
    !duty.clock.is_empty() && (duty.kind == DutyKind::Event || (expires && duty.every.is_none()))
}

/// Logs an event: its clock runs from the day or moment it happened. The note names nobody.
///
/// # Errors
/// `FORM-001` for an unknown duty, `DUTY-001` for the future, `DATE-003` when hours count and
/// only a day is given, `REQ-002` without a note.
pub fn event_log(app: &App, actor: &Actor, duty: &str, happened: When, note: &str) -> Result<RecordId, Error> {
    require(actor, Verb::EventLog, Relation::None)?;
    app.store.write(&app.origin(actor), |tx| {
        let policy = std::sync::Arc::clone(&app.policies.on(tx, app.today())?.policy);
        let asked = policy.duties().iter().find(|known| known.id == duty && waits(known, &policy));
        let asked = asked.ok_or_else(|| Refusal::new(RefusalCode::ValueInvalid, "The policy has no such event."))?;
        let terms = Terms::of(asked);
        let ahead = matches!(policy.rule(&terms.rule)?.kind, Kind::Expiry { .. });
        let begun = Begun::event(happened, note, When::Instant(app.clock.now()), ahead)?;
        let due = due(&terms, &begun, &policy, &app.calendar)?;
        let event = Duty::open(fresh_facts(app, tx)?, terms, begun, due);
        save_duty(tx, &event, 0, "event-log")?;
        Ok(event.facts.id)
    })
}

/// The events of the retention schedule in force after which something has a date, for the form.
pub fn retention_events_offered(app: &App, actor: &Actor) -> Result<Vec<RetentionEvent>, Error> {
    require(actor, Verb::EventLog, Relation::None)?;
    Ok(retention_events(&*app.policy()?, app.today()))
}

/// Logs an event of the retention schedule, such as the end of somebody's employment: a duty
/// to destroy is opened for each class that counts from it. The note names nobody.
///
/// # Errors
/// `FORM-001` when nothing follows the event, `DUTY-001` for the future, `REQ-002` without a note.
pub fn retention_event_log(app: &App, actor: &Actor, trigger: &str, happened: When, note: &str) -> Result<Vec<RecordId>, Error> {
    require(actor, Verb::EventLog, Relation::None)?;
    let begun = Begun::event(happened, note, When::Instant(app.clock.now()), false)?;
    app.store.write(&app.origin(actor), |tx| {
        let policy = std::sync::Arc::clone(&app.policies.on(tx, app.today())?.policy);
        let following = destructions(&policy, trigger, happened.date(), &app.calendar);
        if following.is_empty() {
            return Err(Refusal::new(RefusalCode::ValueInvalid, "Nothing in the retention schedule follows this.").into());
        }
        let mut ids = Vec::with_capacity(following.len());
        for (terms, due) in following {
            let duty = Duty::open(fresh_facts(app, tx)?, terms, begun.clone(), due);
            save_duty(tx, &duty, 0, "event-log")?;
            ids.push(duty.facts.id);
        }
        Ok::<_, Error>(ids)
    })
}

/// Gives a further trigger of an event's clock; the earliest date of all counts.
///
/// # Errors
/// `DATE-012` when the clock has no such trigger, `DUTY-001` for the future, `DUTY-005` when it is not open.
pub fn event_trigger(app: &App, actor: &Actor, id: &RecordId, at: u64, name: &str, when: When) -> Result<u64, Error> {
    app.store.write(&app.origin(actor), |tx| {
        let policy = std::sync::Arc::clone(&app.policies.on(tx, app.today())?.policy);
        let (duty, found) = load_for(tx, actor, id, Verb::DutyDo, &policy)?;
        unchanged(found, at)?;
        let deadline = due(&duty.terms, &duty.begun_with(name, when), &policy, &app.calendar)?;
        let next = duty.trigger(name, when, When::Instant(app.clock.now()), deadline)?;
        save_duty(tx, &next, at, "event-trigger")
    })
}
