//! Clarification: asking pauses the clock, the answer starts it again.

use domain::ids::RecordId;
use domain::letters::clarification;
use domain::people::{Actor, Verb};
use jiff::civil::Date;

use crate::app::App;
use crate::error::Error;

/// Asks what the person wants.
pub fn clarify(app: &App, actor: &Actor, id: &RecordId, version: u64, question: &str) -> Result<u64, Error> {
    app.request_change_with(actor, (id, version), Verb::RequestWork, "clarify", |request, today| {
        let request = request.clarify(question, today)?;
        let letter = app.letter(
            &request,
            today,
            |writer, deadline| clarification(writer, &request, deadline),
            |policy| &policy.wording().paragraphs.clarification,
        )?;
        let file = app.letter_file(&request, "clarification.pdf", &letter)?;
        Ok((request, vec![file]))
    })
}

/// Records the answer that came on a day.
pub fn clarified(app: &App, actor: &Actor, id: &RecordId, version: u64, answer: &str, on: Date) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestWork, "clarified", |request, today| request.clarified(answer, on, today))
}
