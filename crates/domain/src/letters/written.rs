//! The letters on the way to an answer: acknowledgement, identity, clarification,
//! extension, fee, refusal.

use super::reply::WithheldText;
use super::writer::{Writer, complaint_routes, due_sentence, explanation};
use super::{Block, Letter, pounds};
use crate::calendar::{Deadline, short_date};
use crate::casework::request::{Behalf, Channel, ExtensionGround, FeeGround, RefusalGround, Request};
use crate::policy::Audience;
use crate::rights::RequestKind;

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
        Channel::Portal => "through our website",
    };
    if request.answer.audience != Audience::Adult && request.kind.searches() {
        return acknowledgement_plainly(writer, request, deadline);
    }
    let blocks = vec![
        paragraph(format!(
            "Thank you for your request {}. It reached us {how} on {}.",
            request.kind.procedure().asks,
            short_date(request.received_on)
        )),
        paragraph(due_sentence(deadline)),
        heading("How we worked out this date"),
        explanation(deadline),
        heading("What happens next"),
        Block::Bullets(request.kind.procedure().next.iter().map(|line| (*line).to_owned()).collect()),
        paragraph(format!("If anything is unclear, or you would like the answer in another format, write to {}.", writer.contact)),
    ];
    writer.letter(request, "We have received your request", blocks)
}

/// The acknowledgement in plain words: for a child who asks, and for easy read.
fn acknowledgement_plainly(writer: &Writer, request: &Request, deadline: &Deadline) -> Letter {
    let mut blocks = vec![
        paragraph(format!("Thank you for asking what we know about you. You asked us on {}.", short_date(request.received_on))),
        paragraph(due_sentence(deadline)),
        heading("What happens next"),
        Block::Bullets(vec![
            "We look in all the places where we keep information.".to_owned(),
            "We take out what is private to other people.".to_owned(),
            "We send you a copy. It costs you nothing.".to_owned(),
        ]),
        paragraph(format!(
            "If you like, we meet you and read it through together. You can bring somebody you trust. Just tell our {}: {}.",
            writer.signatory, writer.contact
        )),
    ];
    if request.answer.audience == Audience::Child && matches!(request.behalf, Behalf::Themselves) {
        blocks.push(paragraph("This letter is for you. We have not sent it to your parents."));
    }
    blocks.extend([heading("How we worked out the day"), explanation(deadline)]);
    let mut letter = writer.letter(request, "Thank you for asking us", blocks);
    letter.audience = request.answer.audience;
    letter
}

/// Asks for proof of identity; `accepted` lists the kinds of document that will do.
pub fn identity_request(writer: &Writer, request: &Request, deadline: &Deadline, accepted: &[String]) -> Letter {
    let doubt = request.identity.as_ref().map(|identity| identity.doubt.shown()).unwrap_or_default();
    let mut blocks = vec![
        paragraph(format!(
            "Thank you for your request {}. Before we send personal data to anyone, or change or erase it, we must be sure who is asking.",
            request.kind.procedure().asks
        )),
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

/// Refuses the request, with ground, reasons and routes (Article 12(4); law section 2.7;
/// clause TURN-102). `withheld` are the exemptions it rests on, as far as the person is told;
/// with `unconfirmed` the letter neither confirms nor denies that anything is held.
pub fn refusal(
    writer: &Writer,
    request: &Request,
    ground: RefusalGround,
    reasons: &str,
    withheld: &[WithheldText],
    unconfirmed: bool,
) -> Letter {
    let asked = format!("On {} your request {} reached us.", short_date(request.received_on), request.kind.procedure().asks);
    let mut blocks = vec![paragraph(asked)];
    if unconfirmed {
        blocks.push(paragraph("We do not give you the information you asked for."));
        blocks.push(paragraph(
            "The law lets us neither confirm nor deny whether we hold certain information, because saying so would by itself defeat what the \
             law protects. Nothing in this letter says that we hold, or that we do not hold, information about you.",
        ));
        blocks.push(paragraph("Our reasons: the Data Protection Act 2018, Schedules 2 to 4, exempts us from saying more."));
    } else {
        blocks.push(paragraph(format!("We will not act on this request, because {}.", ground.title())));
        blocks.push(paragraph(format!("Our reasons: {reasons}")));
        if !withheld.is_empty() {
            blocks.push(Block::Terms(
                withheld.iter().map(|one| (one.what.clone(), format!("{} The rule: {}.", one.why, one.provision))).collect(),
            ));
        }
    }
    if matches!(request.kind, RequestKind::Objection | RequestKind::Restriction) && !unconfirmed {
        blocks.push(paragraph(
            "Where we restricted the use of your data while we looked at your request, the restriction ends after this letter (UK GDPR \
             Article 18(3)).",
        ));
    }
    blocks.push(heading("If you disagree"));
    blocks.push(Block::Bullets(complaint_routes(writer)));
    writer.letter(request, "Our answer to your request", blocks)
}

/// The statement of a fee: why, made up of what, and what follows (Articles 12(5), 12A(2)(c)
/// and 15(3); law section 1.2).
pub fn fee_statement(writer: &Writer, request: &Request) -> Letter {
    let Some(fee) = &request.fee else { return writer.letter(request, "About a fee", Vec::new()) };
    let ground = match fee.ground {
        FeeGround::Unfounded => "the request is manifestly unfounded (UK GDPR Article 12(5))",
        FeeGround::Excessive => "the request is manifestly excessive (UK GDPR Article 12(5))",
        FeeGround::FurtherCopies => "you ask for further copies of what you have already had (UK GDPR Article 15(3))",
    };
    let mut rows: Vec<(String, String)> = fee.lines.iter().map(|line| (line.what.clone(), pounds(line.pence.into()))).collect();
    rows.push(("In all".to_owned(), pounds(fee.total())));
    let mut blocks = vec![
        paragraph(format!("We have your request of {} {}.", short_date(request.received_on), request.kind.procedure().asks)),
        paragraph(format!("We ask for a reasonable fee before we answer, because {ground}.")),
        paragraph(format!("Our reasons: {}", fee.reasons.shown())),
        heading("What the fee is made up of"),
        Block::Terms(rows),
        paragraph("It covers our costs of administration for this request and nothing else."),
        heading("What happens next"),
        paragraph(
            "The time for our answer begins on the day you pay. If we have not heard from you within a month, we close the request. You can ask again at any time.",
        ),
        heading("If you disagree"),
    ];
    blocks.push(Block::Bullets(complaint_routes(writer)));
    writer.letter(request, "A fee for your request", blocks)
}
