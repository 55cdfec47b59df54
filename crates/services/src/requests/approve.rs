//! Finishing the review and signing the reply off.

use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};

use super::by_hand::open_searches;
use super::save::load;
use crate::accounts::require_sign_off;
use crate::app::App;
use crate::error::Error;
use crate::review;

/// Finishes the review: everything must be decided, and confirmed where a second look was asked for.
/// Counted in the transaction that finishes it, so that no decision can be undone in between.
pub fn prepare(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    app.store.write(&app.origin(actor), |tx| {
        let loaded = load(tx, actor, id, Verb::RequestWork)?;
        if loaded.version != version {
            return Err(Refusal::new(RefusalCode::Conflict, "").into());
        }
        let by_hand = open_searches(tx, id)?;
        if by_hand > 0 {
            return Err(Refusal::new(RefusalCode::ReviewIncomplete, format!("{by_hand} of the searches by hand are not done.")).into());
        }
        let undecided = review::undecided(tx, id)?;
        app.request_save(tx, &loaded.request.prepare(actor.user.clone(), undecided)?, version, "prepare")
    })
}

/// Signs the reply off, in the role that the policy names.
///
/// # Errors
/// `SIGN-001` when the policy has another role sign; `REQ-011` when the actor prepared it.
pub fn approve(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    let second_person = app.settings.second_person;
    app.store.read(|tx| {
        load(tx, actor, id, Verb::RequestApprove)?;
        let policy = std::sync::Arc::clone(&app.policies.on(tx, app.today())?.policy);
        require_sign_off(tx, &policy, &actor.user, &actor.name)
    })?;
    app.request_change(actor, (id, version), Verb::RequestApprove, "approve", |request, today| {
        request.approve(actor.user.clone(), today, second_person)
    })
}

/// Sends it back to the review.
pub fn reopen(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    let verb = if actor.has(domain::people::Role::Approver) { Verb::RequestApprove } else { Verb::RequestWork };
    app.request_change(actor, (id, version), verb, "reopen-review", |request, _| request.reopen_review())
}
