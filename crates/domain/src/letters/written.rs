//! The letters on the way to an answer: acknowledgement, identity, clarification,
//! extension, refusal.

use super::writer::{Writer, complaint_routes, due_sentence, explanation};
use super::{Block, Letter};
use crate::calendar::{Deadline, short_date};
use crate::casework::request::{Channel, ExtensionGround, RefusalGround, Request};

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(text.into())
}

fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}

/// The acknowledgement: what was received, until when and why.
pub fn acknowledgement(writer: &Writer, request: &Request, deadline: &Deadline) -> Letter {
    let how = match request.channel {
        Channel::Email => "by e-mail",
        Channel::Letter => "by letter",
        Channel::Phone => "by phone",
        Channel::InPerson => "in person",
        Channel::SocialMedia => "on social media",
    };
    let blocks = vec![
        paragraph(format!(
            "Thank you for your request for a copy of your personal data. It reached us {how} on {}.",
            short_date(request.received_on)
        )),
        paragraph(due_sentence(deadline)),
        heading("How we worked out this date"),
        explanation(deadline),
        heading("What happens next"),
        Block::Bullets(vec![
            "We search the places where we keep information about people.".to_owned(),
            "We check what we find, and take out information about other people where we must.".to_owned(),
            "We send you a copy, with a list of what we withheld and why. It is free of charge.".to_owned(),
        ]),
        paragraph(format!("If anything is unclear, or you would like the answer in another format, write to {}.", writer.contact)),
    ];
    writer.letter(request, "We have received your request", blocks)
}

/// Asks for proof of identity; `accepted` lists the kinds of document that will do.
pub fn identity_request(writer: &Writer, request: &Request, deadline: &Deadline, accepted: &[String]) -> Letter {
    let doubt = request.identity.as_ref().map(|identity| identity.doubt.shown()).unwrap_or_default();
    let mut blocks = vec![
        paragraph(
            "Thank you for your request for a copy of your personal data. Before we send personal data to anyone, we must be sure who is asking.",
        ),
        paragraph(format!("We are asking because: {doubt}")),
    ];
    if !accepted.is_empty() {
        blocks.push(paragraph("Please show us, or send us a copy of, what you have of the following:"));
        blocks.push(Block::Bullets(accepted.to_vec()));
    }
    blocks.push(paragraph(
        "We look at it once, write down what kind of document it was, and destroy our copy. If none of this suits you, tell us and we will find another way.",
    ));
    blocks.push(paragraph(due_sentence(deadline)));
    writer.letter(request, "Please confirm who you are", blocks)
}

/// Asks what the person wants; pauses the clock.
pub fn clarification(writer: &Writer, request: &Request, deadline: &Deadline) -> Letter {
    let question = request.clarifications.last().map(|clarification| clarification.question.shown()).unwrap_or_default();
    let blocks = vec![
        paragraph(
            "Thank you for your request for a copy of your personal data. To find what you are looking for, we need to ask you one thing:",
        ),
        paragraph(question),
        paragraph("You do not have to narrow your request. If you want everything, say so and we will look for everything."),
        paragraph(due_sentence(deadline)),
        heading("How we work out the date"),
        explanation(deadline),
    ];
    writer.letter(request, "A question about your request", blocks)
}

/// Tells of the extension, with its reasons (Article 12A(4); clause TURN-95).
pub fn extension(writer: &Writer, request: &Request, deadline: &Deadline) -> Letter {
    let (ground, reasons) = request.extension.as_ref().map_or((ExtensionGround::Complex, String::new()), |e| (e.ground, e.reasons.shown()));
    let ground = match ground {
        ExtensionGround::Complex => "your request is complex",
        ExtensionGround::Number => "of the number of requests you have made",
    };
    let mut blocks = vec![
        paragraph(format!("We need more time to answer your request, because {ground}.")),
        paragraph(format!("In detail: {reasons}")),
        paragraph(due_sentence(deadline)),
        heading("How we worked out this date"),
        explanation(deadline),
        heading("If you disagree"),
    ];
    blocks.push(Block::Bullets(complaint_routes(writer)));
    writer.letter(request, "We need more time", blocks)
}

/// Refuses the request, with ground, reasons and routes (Article 12(4); clause TURN-102).
pub fn refusal(writer: &Writer, request: &Request, ground: RefusalGround, reasons: &str) -> Letter {
    let blocks = vec![
        paragraph(format!("You asked us on {} for a copy of your personal data.", short_date(request.received_on))),
        paragraph(format!("We will not act on this request, because {}.", ground.title())),
        paragraph(format!("Our reasons: {reasons}")),
        heading("If you disagree"),
        Block::Bullets(complaint_routes(writer)),
    ];
    writer.letter(request, "Our answer to your request", blocks)
}
