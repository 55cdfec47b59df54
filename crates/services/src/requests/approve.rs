//! Finishing the review and signing the reply off.

use domain::ids::RecordId;
use domain::people::{Actor, Verb};

use crate::app::App;
use crate::error::Error;
use crate::review;

/// Finishes the review: everything must be decided.
pub fn prepare(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    let undecided = app.store.read(|tx| review::undecided(tx, id))?;
    app.request_change(actor, (id, version), Verb::RequestWork, "prepare", |request, _| request.prepare(actor.user.clone(), undecided))
}

/// Signs the reply off.
pub fn approve(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    let second_person = app.settings.second_person;
    app.request_change(actor, (id, version), Verb::RequestApprove, "approve", |request, today| {
        request.approve(actor.user.clone(), today, second_person)
    })
}

/// Sends it back to the review.
pub fn reopen(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    let verb = if actor.has(domain::people::Role::Approver) { Verb::RequestApprove } else { Verb::RequestWork };
    app.request_change(actor, (id, version), verb, "reopen-review", |request, _| request.reopen_review())
}
