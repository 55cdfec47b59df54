//! Refusing a request as a whole, with ground, reasons and routes.

use domain::casework::request::RefusalGround;
use domain::ids::RecordId;
use domain::letters::refusal;
use domain::people::{Actor, Verb};

use crate::app::App;
use crate::error::Error;

/// Refuses and writes the notice.
pub fn refuse(app: &App, actor: &Actor, id: &RecordId, version: u64, ground: RefusalGround, reasons: &str) -> Result<u64, Error> {
    app.request_change_with(actor, (id, version), Verb::RequestConclude, "refuse", |request, today| {
        let request = request.refuse(ground, reasons, today)?;
        let policy = app.policy()?;
        let writer = crate::sar::writer(&policy, today);
        let mut letter = refusal(&writer, &request, ground, reasons);
        letter.blocks.extend(policy.wording().paragraphs.refusal.iter().cloned().map(domain::letters::Block::Paragraph));
        Ok((request, vec![app.letter_file("refusal.pdf", &letter)?]))
    })
}
