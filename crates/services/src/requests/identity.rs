//! Identity and authority: asked only on a written doubt.

use domain::ids::RecordId;
use domain::letters::identity_request;
use domain::people::{Actor, Verb};
use jiff::civil::Date;

use crate::app::App;
use crate::error::Error;

/// Asks for proof of identity, with the doubt in writing.
pub fn ask_identity(app: &App, actor: &Actor, id: &RecordId, version: u64, doubt: &str) -> Result<u64, Error> {
    app.request_change_with(actor, (id, version), Verb::RequestWork, "ask-identity", |request, today| {
        let request = request.ask_identity(doubt, today)?;
        let policy = app.policy()?;
        let accepted = &policy.identity().accepted;
        let letter = app.letter(
            &request,
            today,
            |writer, deadline| identity_request(writer, &request, deadline, accepted),
            |policy| &policy.wording().paragraphs.identity,
        )?;
        Ok((request, vec![app.letter_file("identity-request.pdf", &letter)?]))
    })
}

/// Records that proof came on a day, and what was seen.
pub fn identity_received(app: &App, actor: &Actor, id: &RecordId, version: u64, seen: &str, on: Date) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestWork, "identity-received", |request, _| request.identity_received(seen, on))
}

/// Takes the identity question back: it never moved the clock.
pub fn identity_not_relied_on(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestWork, "identity-not-relied-on", |request, _| request.identity_not_relied_on())
}

/// Asks for proof of authority to act for the data subject.
pub fn ask_authority(app: &App, actor: &Actor, id: &RecordId, version: u64, doubt: &str) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestWork, "ask-authority", |request, today| request.ask_authority(doubt, today))
}

/// Records that proof of authority came on a day, and what was seen.
pub fn authority_received(app: &App, actor: &Actor, id: &RecordId, version: u64, seen: &str, on: Date) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestWork, "authority-received", |request, _| request.authority_received(seen, on))
}
