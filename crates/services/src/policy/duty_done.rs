//! Doing a duty: evidence or signature in, and the next period opens in the same transaction.

use domain::calendar::When;
use domain::casework::duty::{Begun, Completion, Duty, Signing, Stage, Terms, names_one_of};
use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use domain::policy::Policy;
use domain::{Refusal, RefusalCode};
use store::ReadTx;

use super::duties::{holders, load_for};
use super::save::{save_duty, unchanged};
use super::sync::open_period;
use crate::accounts::policy_roles;
use crate::app::App;
use crate::error::Error;

/// A duty as somebody says they did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneForm {
    /// The day, or the moment where hours count.
    pub on: When,
    /// Where it can be seen that it was done, without names.
    pub evidence: String,
    /// The signature, for a statement.
    pub signing: Option<SignForm>,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignForm {
    /// The words that were shown and signed.
    pub statement: String,
    /// The name typed under them.
    pub name: String,
    /// The role in which they were signed.
    pub role: String,
}

/// Does a duty. Returns the record of the next period, when it comes round.
///
/// # Errors
/// `DUTY-001` to `DUTY-005` by the rules of [`domain::casework::duty::Duty::done`]; `DUTY-006`
/// while an open request stops a destruction; `AUTH-002` when somebody else changed it meanwhile.
pub fn duty_done(app: &App, actor: &Actor, id: &RecordId, at: u64, form: &DoneForm) -> Result<Option<RecordId>, Error> {
    app.store.write(&app.origin(actor), |tx| {
        let in_force = app.policies.on(tx, app.today())?;
        let (duty, found) = load_for(tx, actor, id, Verb::DutyDo, &in_force.policy)?;
        unchanged(found, at)?;
        if let Some(request) = stopped_by(tx, &duty, &in_force.policy)?.first() {
            return Err(Refusal::new(RefusalCode::DutyStopped, format!("It is {request}.")).into());
        }
        let held = policy_roles(tx, actor.user.as_str())?;
        let holders = holders(&in_force.policy, &duty.terms.role, actor, &held);
        let signing = form.signing.as_ref().map(|s| Signing { statement: &s.statement, name: &s.name, role: &s.role });
        let done = duty.done(&Completion {
            by: &actor.user,
            by_name: &actor.name,
            holders: &holders,
            on: form.on,
            now: When::Instant(app.clock.now()),
            evidence: &form.evidence,
            signing,
        })?;
        save_duty(tx, &done, at, "duty-done")?;
        // The next period is what the policy asks for now, which may be something else or nothing.
        let asked = in_force.policy.duties().iter().find(|duty| duty.id == done.terms.duty).map(Terms::of);
        match (done.next_from(), asked) {
            (Some(from), Some(terms)) if terms.comes_round() => open_period(app, tx, &in_force, terms, from).map(Some),
            _ => Ok(None),
        }
    })
}

/// The references of open requests that stop an open destruction: those of people who have a
/// number that the note of its event names.
pub(super) fn stopped_by(tx: &mut ReadTx<'_>, duty: &Duty, policy: &Policy) -> Result<Vec<String>, Error> {
    let mut references = Vec::new();
    let Begun::Event { note, .. } = &duty.begun else { return Ok(references) };
    if duty.stage != Stage::Open || !duty.terms.destroys(policy) {
        return Ok(references);
    }
    crate::requests::running(tx, |request, _| {
        if request.person.get().is_some_and(|person| names_one_of(note, &person.references)) {
            references.push(request.facts.reference);
        }
        Ok(())
    })?;
    Ok(references)
}
