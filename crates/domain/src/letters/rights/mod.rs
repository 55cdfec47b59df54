//! The answers to the rights other than access: what was asked, what we did, what we did not and
//! why, who was told, and the routes of complaint and to the court. One file a kind of decision.

mod automated;
mod corrections;
mod elsewhere;
mod erasure;
mod given;
mod objection;
mod portability;
mod restriction;
mod stopped;

use super::writer::{Writer, complaint_routes};
use super::{Block, Letter};
use crate::calendar::{When, short_date};
use crate::casework::request::{ActionKind, Decision, Request};

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(text.into())
}

fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}

/// The answer to a decided request; `None` before the decision.
pub fn answer(writer: &Writer, request: &Request) -> Option<Letter> {
    let decided = request.decided.as_ref()?;
    let mut blocks =
        vec![paragraph(format!("On {} your request {} reached us.", short_date(request.received_on), request.kind.procedure().asks))];
    match &decided.decision {
        Decision::Corrections { values } => blocks.extend(corrections::blocks(values)),
        Decision::Erasure { classes } => blocks.extend(erasure::blocks(classes)),
        Decision::Restriction(restricted) => blocks.extend(restriction::blocks(restricted)),
        Decision::Objection(weighed) => blocks.extend(objection::blocks(weighed)),
        Decision::Stopped(stopped) => blocks.extend(stopped::blocks(request, stopped)),
        Decision::Portability(exported) => blocks.extend(portability::blocks(exported)),
        Decision::Automated(reviewed) => blocks.extend(automated::blocks(reviewed)),
        Decision::Given(given) => blocks.extend(given::blocks(request.kind, given)),
        Decision::Elsewhere(elsewhere) => {
            // It was no request of this kind: what it was taken for is not said.
            blocks = vec![paragraph(format!("Thank you for your message of {}.", short_date(request.received_on)))];
            blocks.extend(elsewhere::blocks(elsewhere));
        }
    }
    blocks.extend(told(request));
    blocks.push(heading("If you are not satisfied"));
    blocks.push(Block::Bullets(complaint_routes(writer)));
    Some(writer.letter(request, "Our answer to your request", blocks))
}

/// Who received the data from us and was told, or will be (Article 19).
fn told(request: &Request) -> Vec<Block> {
    let lines: Vec<String> = request
        .actions
        .iter()
        .filter(|action| action.kind == ActionKind::Tell)
        .map(|action| match &action.done {
            Some(done) => format!("{}: done on {}.", action.what.shown(), day(done.on)),
            None => format!("{}: we are doing this now.", action.what.shown()),
        })
        .collect();
    if lines.is_empty() {
        return Vec::new();
    }
    vec![heading("Who was told"), paragraph("These received the data from us (UK GDPR Article 19):"), Block::Bullets(lines)]
}

fn day(on: When) -> String {
    on.shown()
}

/// Adds the reasons, when there are any.
fn because(reasons: &str) -> Vec<Block> {
    if reasons.trim().is_empty() { Vec::new() } else { vec![paragraph(format!("Our reasons: {}", reasons.trim()))] }
}

#[cfg(test)]
mod tests;
