//! Extending the time, inside the month, with reasons.

use domain::calendar::Deadline;
use domain::casework::request::ExtensionGround;
use domain::ids::RecordId;
use domain::letters::extension;
use domain::people::{Actor, Verb};

use crate::app::App;
use crate::error::Error;

/// Extends by two further months and writes the notice.
pub fn extend(app: &App, actor: &Actor, id: &RecordId, version: u64, ground: ExtensionGround, reasons: &str) -> Result<u64, Error> {
    app.request_change_with(actor, (id, version), Verb::RequestWork, "extend", |request, today| {
        let now = app.request_deadline_today(&request)?;
        let request = request.extend(ground, reasons, today, &now)?;
        let letter = app.letter(
            &request,
            today,
            |writer, deadline| extension(writer, &request, deadline),
            |policy| &policy.wording().paragraphs.extension,
        )?;
        let file = app.letter_file(&request, "extension.pdf", &letter)?;
        Ok((request, vec![file]))
    })
}

/// The date that an extension given today would lead to.
pub fn preview_extension(app: &App, actor: &Actor, id: &RecordId) -> Result<Deadline, Error> {
    let request = app.request_load(actor, id, Verb::RequestWork)?.request;
    let today = app.today();
    let now = request.deadline(&app.calendar, None, today)?;
    let extended = request.extend(ExtensionGround::Complex, "preview", today, &now)?;
    Ok(extended.deadline(&app.calendar, None, today)?)
}
