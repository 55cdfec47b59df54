//! The answer to a right other than access: the letter, and the request moves on.

use domain::casework::request::{Decision, Request};
use domain::ids::{BlobId, RecordId};
use domain::letters::{Letter, rights};
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};

use super::super::approve::signed_off;
use crate::app::App;
use crate::error::Error;

/// Writes the answer and records it as sent.
///
/// # Errors
/// `RIGHT-002` before the decision; `REQ-010` before its sign-off; `REQ-005`, `REQ-015` and `AUT-001`
/// while identity, authority or a child's capacity is open and the answer says something about the
/// person; `ADR-001` when it, or a file that goes with it, shows a kept address.
pub fn answer(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    app.rights_change(actor, (id, version), Verb::RequestConclude, "answer", |request, around| {
        let answered = request.clone().answer(around.today)?;
        signed_off(app, &request)?;
        exports_may_go(app, &answered)?;
        let file = app.letter_file(&answered, answered.kind.procedure().letter, &letter(app, &answered)?)?;
        Ok((answered, vec![file]))
    })
}

/// The letter of the decision.
pub(in crate::requests) fn letter(app: &App, request: &Request) -> Result<Letter, Error> {
    let policy = app.policy()?;
    let writer = crate::sar::writer(&policy, app.today());
    Ok(rights::answer(&writer, request).ok_or_else(|| Refusal::new(RefusalCode::DecisionNeeded, ""))?)
}

/// The files to take elsewhere go with the answer.
fn exports_may_go(app: &App, request: &Request) -> Result<(), Error> {
    if !matches!(request.decided.as_ref().map(|decided| &decided.decision), Some(Decision::Portability(_))) {
        return Ok(());
    }
    let files = app.store.read(|tx| Ok::<_, Error>(tx.blob_list(request.facts.id.as_str())?))?;
    for meta in files.into_iter().filter(|meta| meta.name.as_deref().is_some_and(|name| name.starts_with("portable."))) {
        app.stored_may_go(request, &BlobId::new(meta.id))?;
    }
    Ok(())
}
