//! Refusing a request as a whole, with ground, reasons and routes.

use domain::casework::request::RefusalGround;
use domain::ids::RecordId;
use domain::letters::refusal;
use domain::people::{Actor, Verb};

use super::exemption::told;
use super::letter::shows_no_kept_address;
use crate::app::App;
use crate::error::Error;

/// Refuses and writes the notice. `signs` show that a request is manifestly unfounded or
/// excessive; other grounds need none.
pub fn refuse(
    app: &App,
    actor: &Actor,
    at: (&RecordId, u64),
    ground: RefusalGround,
    reasons: &str,
    signs: &[String],
) -> Result<u64, Error> {
    app.request_change_with(actor, at, Verb::RequestConclude, "refuse", |request, today| {
        let request = match ground {
            RefusalGround::Unfounded | RefusalGround::Excessive => request.judge_burden(ground, signs, reasons)?,
            _ => request,
        };
        let request = request.refuse(ground, reasons, today)?;
        let policy = app.policy()?;
        let writer = crate::sar::writer(&policy, today);
        let (withheld, unconfirmed) = if ground == RefusalGround::Exempt { told(&request) } else { (Vec::new(), false) };
        let mut letter = refusal(&writer, &request, ground, reasons, &withheld, unconfirmed);
        letter.blocks.extend(policy.wording().paragraphs.refusal.iter().cloned().map(domain::letters::Block::Paragraph));
        shows_no_kept_address(&request, &letter)?;
        Ok((request, vec![app.letter_file("refusal.pdf", &letter)?]))
    })
}
