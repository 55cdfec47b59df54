//! The letter of an answer that is signed off before it goes out: looked at, edited, kept. What is
//! kept is what is signed and what goes out; editing it afterwards takes the sign-off back.

use domain::casework::request::Request;
use domain::ids::RecordId;
use domain::letters::{Block, Letter, edited};
use domain::people::{Actor, Verb};

use super::outgoing::shows_no_kept_address;
use super::save::load;
use super::{refuse, reply, rights};
use crate::app::App;
use crate::error::Error;

/// The letter of the answer as it would go out now, with what somebody edited. Looking is logged.
///
/// # Errors
/// `RIGHT-002` before anything is decided.
pub fn answer_letter(app: &App, actor: &Actor, id: &RecordId) -> Result<Letter, Error> {
    let request = app.store.write(&app.origin(actor), |tx| {
        let loaded = load(tx, actor, id, Verb::DocumentOpen)?;
        tx.log_read(id.as_str(), "preview-reply", "casework")?;
        Ok::<_, Error>(loaded.request)
    })?;
    let letter = composed(app, &request, actor)?;
    // Addresses that are kept since it was edited are refused when it goes out, and not to who works on it.
    match request.letter.as_ref().filter(|kept| kept.title == letter.title).and_then(|kept| kept.body.get()) {
        Some(body) => Ok(Letter { blocks: body.clone(), ..letter }),
        None => Ok(letter),
    }
}

/// Keeps the letter of the answer as somebody edited it.
///
/// # Errors
/// `LET-001` when a part that has to stay is missing; `ADR-001` when it shows a kept address; `REQ-004`
/// when no answer waits to be signed off or sent.
pub fn keep_letter(app: &App, actor: &Actor, id: &RecordId, version: u64, body: &[Block]) -> Result<u64, Error> {
    app.request_change_with(actor, (id, version), Verb::RequestWork, "edit-letter", |request, today| {
        let letter = edited(&composed(app, &request, actor)?, body.to_vec())?;
        shows_no_kept_address(&request, &domain::letters::plain(&letter))?;
        Ok((request.edit_letter(&letter.title, body.to_vec(), &actor.user, today)?, Vec::new()))
    })
}

/// The letter as the program writes it.
fn composed(app: &App, request: &Request, actor: &Actor) -> Result<Letter, Error> {
    if request.refusing.is_some() {
        refuse::notice(app, request)
    } else if request.kind.searches() {
        reply::composed(app, actor, request)
    } else {
        rights::letter(app, request)
    }
}
