//! The letters of a complaint: acknowledgement, progress, outcome (DPA 2018 section 164A;
//! clauses CEN-73, CEN-77, CEN-91).

use super::writer::{Writer, explanation};
use super::{Block, Letter};
use crate::calendar::{Deadline, long_date, short_date};
use crate::casework::complaint::{Complaint, Finding};

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(text.into())
}

fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}

/// The acknowledgement: what arrived and when, what we understood, what happens next. `next`
/// is the date of the next letter, where the policy promises one.
pub fn complaint_acknowledgement(writer: &Writer, complaint: &Complaint, next: Option<&Deadline>) -> Letter {
    let mut blocks = vec![
        paragraph(format!("Thank you for your complaint. It reached us on {}.", short_date(complaint.received_on))),
        heading("What we understood"),
        paragraph(complaint.words.shown()),
        paragraph(format!("If this is not what you meant, please tell us: write to {}.", writer.contact)),
        heading("What happens next"),
    ];
    let mut steps = vec!["We look into it, and ask people and look at records where we need to.".to_owned()];
    match next.and_then(|deadline| deadline.due) {
        Some(due) => steps.push(format!("You will have our letter by {} at the latest.", long_date(due.date()))),
        None => steps.push("We tell you how far we are, and the outcome, without undue delay.".to_owned()),
    }
    steps.push("It costs you nothing, and it makes no difference to any service you have from us.".to_owned());
    blocks.push(Block::Bullets(steps));
    if let Some(deadline) = next.filter(|deadline| deadline.due.is_some()) {
        blocks.push(heading("How we worked out this date"));
        blocks.push(explanation(deadline));
    }
    letter(writer, complaint, "We have received your complaint", blocks)
}

/// Tells the person how far the matter is.
pub fn complaint_progress(writer: &Writer, complaint: &Complaint, note: &str) -> Letter {
    let blocks = vec![
        paragraph(format!("We are looking into the complaint that reached us on {}.", short_date(complaint.received_on))),
        paragraph(note),
        paragraph(format!("If you want to add anything, write to {}.", writer.contact)),
    ];
    letter(writer, complaint, "Your complaint: where we are", blocks)
}

/// The outcome: what was looked at and found, what changes, and where else the person can go.
/// For personal data that is the regulator (section 165) and the court.
pub fn complaint_outcome(writer: &Writer, complaint: &Complaint) -> Letter {
    let mut blocks = vec![paragraph(format!("You complained to us on {}.", short_date(complaint.received_on)))];
    if let Some(outcome) = &complaint.outcome {
        blocks.push(heading("What we decided"));
        blocks.push(paragraph(match outcome.finding {
            Finding::Upheld => "Your complaint was justified. We apologise.",
            Finding::Partly => "Your complaint was justified in part. For that part we apologise.",
            Finding::NotUpheld => "We do not think that the complaint was justified.",
        }));
        blocks.push(heading("What we looked at and found"));
        blocks.push(paragraph(outcome.findings.shown()));
        let changes = outcome.changes.shown();
        if !changes.is_empty() {
            blocks.push(heading("What we change"));
            blocks.push(paragraph(changes));
        }
    }
    blocks.push(heading("If you are not satisfied"));
    let mut routes = Vec::new();
    if complaint.about.is_about_data() {
        let regulator = &writer.regulator;
        routes.push(format!(
            "You can complain to {} (Data Protection Act 2018, section 165): {}, telephone {}, {}.",
            regulator.name, regulator.web, regulator.phone, regulator.post
        ));
        routes.push("You can ask a court to order us to comply (Data Protection Act 2018, sections 167 and 180).".to_owned());
    }
    routes.push(format!("You can write to {} again, if there is something we did not consider.", writer.contact));
    blocks.push(Block::Bullets(routes));
    letter(writer, complaint, "The outcome of your complaint", blocks)
}

fn letter(writer: &Writer, complaint: &Complaint, title: &str, blocks: Vec<Block>) -> Letter {
    let (name, contact) = match complaint.complainant.get() {
        Some(complainant) => (complainant.name.clone(), complainant.contact()),
        None => ("[erased]".to_owned(), None),
    };
    writer.letter_to(&name, contact, &complaint.facts.reference, title, blocks)
}
