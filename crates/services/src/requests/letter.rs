//! Acknowledging a request, and setting letters.

use domain::casework::request::Request;
use domain::ids::RecordId;
use domain::letters::{Letter, acknowledgement};
use domain::people::{Actor, Verb};
use domain::policy::Policy;
use jiff::civil::Date;

use super::save::NewFile;
use crate::app::App;
use crate::error::Error;

/// Acknowledges: the letter says until when and why.
pub fn acknowledge(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    app.request_change_with(actor, (id, version), Verb::RequestWork, "acknowledge", |request, today| {
        let request = request.acknowledge(today)?;
        let letter = app.letter(
            &request,
            today,
            |writer, deadline| acknowledgement(writer, &request, deadline),
            |policy| &policy.wording().paragraphs.acknowledgement,
        )?;
        Ok((request, vec![app.letter_file("acknowledgement.pdf", &letter)?]))
    })
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

    /// Sets a letter as a file of the case.
    pub(super) fn letter_file(&self, name: &'static str, letter: &Letter) -> Result<NewFile, Error> {
        Ok(NewFile { name, mime: "application/pdf", bytes: self.press.letter(letter)? })
    }
}
