//! Finishing the review and signing the reply off.

use domain::casework::request::Request;
use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};

use super::by_hand::open_searches;
use super::save::load;
use super::unlock::is_running as passwords_are_tried;
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
        if passwords_are_tried(tx, id)? {
            return Err(Refusal::new(RefusalCode::ReviewIncomplete, "Passwords are being tried: what they open joins the review.").into());
        }
        let undecided = review::undecided(tx, id)?;
        app.request_save(tx, &loaded.request.prepare(actor.user.clone(), undecided)?, version, "prepare")
    })
}

/// Signs an answer off, in the role that the policy names: a reply, a refusal, a decision about
/// another right.
///
/// # Errors
/// `SIGN-001` when the policy has another role sign; `REQ-011` when the actor prepared or changed it.
pub fn approve(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    let second_person = app.settings.second_person;
    app.store.read(|tx| {
        let refusal = load(tx, actor, id, Verb::RequestApprove)?.request.refusing.is_some();
        let policy = std::sync::Arc::clone(&app.policies.on(tx, app.today())?.policy);
        require_sign_off(tx, &policy, &actor.user, &actor.name, refusal)
    })?;
    app.request_change(actor, (id, version), Verb::RequestApprove, "approve", |request, today| {
        request.approve(actor.user.clone(), today, second_person)
    })
}

/// Whoever signed an answer off still may, by the policy of today: asked once more before it goes out.
///
/// # Errors
/// `SIGN-001` when the policy has another role sign.
pub(super) fn signed_off(app: &App, request: &Request) -> Result<(), Error> {
    let Some(approval) = &request.approval else { return Ok(()) };
    app.store.read(|tx| {
        let policy = std::sync::Arc::clone(&app.policies.on(tx, app.today())?.policy);
        let name = crate::accounts::display_name(tx, approval.by.as_str())?.unwrap_or_default();
        require_sign_off(tx, &policy, &approval.by, &name, request.refusing.is_some())
    })
}

/// Sends it back to whoever prepared it.
pub fn reopen(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    let verb = if actor.has(domain::people::Role::Approver) { Verb::RequestApprove } else { Verb::RequestWork };
    app.request_change(actor, (id, version), verb, "reopen-review", |request, _| request.reopen_review())
}
