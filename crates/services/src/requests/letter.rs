//! Acknowledging a request, and setting letters.

use domain::casework::request::Request;
use domain::ids::RecordId;
use domain::letters::{Letter, acknowledgement};
use domain::people::{Actor, Verb};
use domain::policy::Policy;
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;
use store::WriteTx;

use super::save::NewFile;
use crate::app::App;
use crate::error::Error;
use crate::mail::queue_acknowledgement;

/// Acknowledges: the letter says until when and why.
pub fn acknowledge(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    let loaded = app.request_load(actor, id, Verb::RequestWork)?;
    if loaded.version != version {
        return Err(Refusal::new(RefusalCode::Conflict, "").into());
    }
    let (request, file, letter) = acknowledged(app, &loaded.request)?;
    app.store.write(&app.origin(actor), |tx| {
        let saved = save_acknowledged(app, tx, &request, version, &file)?;
        queue_acknowledgement(app, tx, &request, &letter)?;
        Ok(saved)
    })
}

/// A request with its acknowledgement, and the letter that says so; nothing is saved yet.
pub(crate) fn acknowledged(app: &App, request: &Request) -> Result<(Request, NewFile, Letter), Error> {
    let today = app.today();
    let request = request.clone().acknowledge(today)?;
    let letter = app.letter(
        &request,
        today,
        |writer, deadline| acknowledgement(writer, &request, deadline),
        |policy| &policy.wording().paragraphs.acknowledgement,
    )?;
    // The mail says what the letter says, also where somebody edited it.
    let letter = app.as_sent(&request, &letter)?;
    let file = app.letter_file(&request, "acknowledgement.pdf", &letter)?;
    Ok((request, file, letter))
}

/// Saves an acknowledged request with its letter.
pub(crate) fn save_acknowledged(app: &App, tx: &mut WriteTx<'_>, request: &Request, version: u64, file: &NewFile) -> Result<u64, Error> {
    let saved = app.request_save(tx, request, version, "acknowledge")?;
    app.file_put(tx, request, file)?;
    Ok(saved)
}

impl App {
    /// Builds a letter about a request and adds the organisation's own paragraphs.
    pub(super) fn letter(
        &self,
        request: &Request,
        today: Date,
        build: impl Fn(&domain::letters::Writer, &domain::calendar::Deadline) -> Letter,
        paragraphs: impl Fn(&Policy) -> &Vec<String>,
    ) -> Result<Letter, Error> {
        let deadline = self.request_deadline_today(request)?;
        let policy = self.policy()?;
        let writer = crate::sar::writer(&policy, today);
        let mut letter = build(&writer, &deadline);
        letter.blocks.extend(paragraphs(&policy).iter().cloned().map(domain::letters::Block::Paragraph));
        Ok(letter)
    }
}
