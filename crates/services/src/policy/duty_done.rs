//! Doing a duty: evidence or signature in, and the next period opens in the same transaction.

use domain::calendar::When;
use domain::casework::duty::{Completion, Signing, Terms};
use domain::ids::RecordId;
use domain::people::{Actor, Verb};

use super::duties::{holders, load_for};
use super::save::{save_duty, unchanged};
use super::sync::open_period;
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
/// `DUTY-001` to `DUTY-005` by the rules of [`domain::casework::duty::Duty::done`]; `AUTH-002`
/// when somebody else changed it meanwhile.
pub fn duty_done(app: &App, actor: &Actor, id: &RecordId, at: u64, form: &DoneForm) -> Result<Option<RecordId>, Error> {
    app.store.write(&app.origin(actor), |tx| {
        let in_force = app.policies.on(tx, app.today())?;
        let (duty, found) = load_for(tx, actor, id, Verb::DutyDo, &in_force.policy)?;
        unchanged(found, at)?;
        let holders = holders(&in_force.policy, &duty.terms.role, actor);
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
