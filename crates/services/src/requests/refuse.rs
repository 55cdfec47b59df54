//! Refusing a request as a whole: decided with ground and reasons, signed off, then sent with the
//! routes of complaint.

use domain::casework::request::{RefusalGround, Request};
use domain::ids::RecordId;
use domain::letters::{Block, Letter, refusal};
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};

use super::approve::signed_off;
use super::exemption::told;
use crate::app::App;
use crate::error::Error;

/// Decides to refuse. `signs` show that a request is manifestly unfounded or excessive; other grounds
/// need none. It waits for its sign-off, and nothing goes out.
///
/// # Errors
/// As [`Request::refuse`]; `ADR-001` when the notice would show a kept address.
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
        let request = request.refuse(ground, reasons, &actor.user, today)?;
        app.as_sent(&request, &notice(app, &request)?)?;
        Ok((request, Vec::new()))
    })
}

/// Writes the notice of a refusal that was signed off, and records it as sent. A restriction that was
/// made meanwhile ends with it: the notice says so.
///
/// # Errors
/// `REQ-010` before the sign-off; `SIGN-001` when whoever signed no longer may.
pub fn send_refusal(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    app.rights_change(actor, (id, version), Verb::RequestConclude, "send-refusal", |request, around| {
        let sent = request.clone().send_refusal(around.today)?;
        signed_off(app, &request)?;
        let file = app.letter_file(&request, "refusal.pdf", &notice(app, &request)?)?;
        Ok((sent, vec![file]))
    })
}

/// The notice of the refusal that somebody decided.
pub(super) fn notice(app: &App, request: &Request) -> Result<Letter, Error> {
    let Some(refusing) = &request.refusing else { return Err(Refusal::new(RefusalCode::WrongState, "").into()) };
    let policy = app.policy()?;
    let writer = crate::sar::writer(&policy, app.today());
    let (withheld, unconfirmed) = if refusing.ground == RefusalGround::Exempt { told(request) } else { (Vec::new(), false) };
    let mut letter = refusal(&writer, request, refusing.ground, &refusing.reasons.shown(), &withheld, unconfirmed);
    letter.blocks.extend(policy.wording().paragraphs.refusal.iter().cloned().map(Block::Paragraph));
    Ok(letter)
}
