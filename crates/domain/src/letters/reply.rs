//! The reply to an access request: every item of Article 15, from the record of
//! processing and the search, not from typing (clauses TURN-75 to TURN-82).

use super::writer::{Writer, complaint_routes};
use super::{Block, Letter};
use crate::calendar::short_date;
use crate::casework::request::Request;

/// One processing activity as the reply tells it. Filled from the pack's record of processing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityText {
    /// Why the data are used.
    pub purpose: String,
    /// The lawful basis in words.
    pub basis: String,
    /// What kinds of data.
    pub categories: String,
    /// With whom they are shared.
    pub recipients: String,
    /// How long they are kept, or by which criteria.
    pub retention: String,
    /// Where they come from.
    pub source: String,
    /// Automated decisions with their logic and effect; empty when there are none.
    pub automated: String,
    /// Safeguards for transfers abroad; empty when there are none.
    pub transfers: String,
}

/// What the search and the review came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReplyFacts {
    /// Items in the pack.
    pub items: usize,
    /// Passages withheld.
    pub withheld: usize,
    /// Places searched.
    pub places: Vec<String>,
    /// Places not searched, and why.
    pub not_searched: Vec<String>,
    /// Items that could not be read and were not sent.
    pub unreadable: u64,
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(text.into())
}

/// The reply.
pub fn reply(writer: &Writer, request: &Request, activities: &[ActivityText], facts: &ReplyFacts) -> Letter {
    let mut blocks = vec![paragraph(format!("You asked us on {} for a copy of your personal data.", short_date(request.received_on)))];
    blocks.extend(found(facts));
    blocks.push(Block::Heading("Where we looked".to_owned()));
    blocks.push(Block::Bullets(facts.places.clone()));
    if !facts.not_searched.is_empty() {
        blocks.push(paragraph("We did not look in these places:"));
        blocks.push(Block::Bullets(facts.not_searched.clone()));
    }
    if facts.unreadable > 0 {
        blocks.push(paragraph(format!(
            "{} could not be opened by our program, for example pictures and protected files. They are listed at the end of the pack.",
            items(facts.unreadable as usize)
        )));
    }
    blocks.extend(processing(activities));
    blocks.push(Block::Heading("Your rights".to_owned()));
    blocks.push(Block::Bullets(
        [
            "You can ask us to correct what is wrong and to complete what is incomplete.",
            "You can ask us to erase your data, or to restrict what we do with them.",
            "You can object to our use of your data. If we use them for direct marketing, we stop.",
            "Where we rely on your consent, you can withdraw it at any time.",
        ]
        .map(str::to_owned)
        .to_vec(),
    ));
    blocks.push(Block::Heading("If you are not satisfied".to_owned()));
    blocks.push(Block::Bullets(complaint_routes(writer)));
    writer.letter(request, "Reply to your request", blocks)
}

fn items(count: usize) -> String {
    if count == 1 { "One item".to_owned() } else { format!("{count} items") }
}

/// Items 1 and 2 of Article 15: confirmation and copy.
fn found(facts: &ReplyFacts) -> Vec<Block> {
    if facts.items == 0 {
        return vec![paragraph("We searched the places named below and found no personal data about you.")];
    }
    let mut blocks = vec![paragraph(format!(
        "We confirm that we process personal data about you. A copy comes with this letter: {} in the disclosure pack.",
        items(facts.items).to_lowercase()
    ))];
    if facts.withheld > 0 {
        blocks.push(paragraph(format!(
            "In {} we withheld information about other people. The schedule at the end of the pack says for each what kind of information it was and why.",
            if facts.withheld == 1 { "one place".to_owned() } else { format!("{} places", facts.withheld) }
        )));
    }
    blocks
}

/// Items (a) to (d), (g), (h) of Article 15(1) and Article 15(2).
fn processing(activities: &[ActivityText]) -> Vec<Block> {
    let mut blocks = vec![Block::Heading("How we use your data".to_owned())];
    for activity in activities {
        blocks.push(Block::Terms(
            [
                ("Purpose", &activity.purpose),
                ("Lawful basis", &activity.basis),
                ("Kinds of data", &activity.categories),
                ("Shared with", &activity.recipients),
                ("How long we keep them", &activity.retention),
                ("Where they come from", &activity.source),
            ]
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(term, text)| (term.to_owned(), text.clone()))
            .collect(),
        ));
    }
    blocks.push(paragraph(sentence_or(
        activities.iter().map(|a| a.automated.as_str()),
        "We make no decisions about you by automated means alone.",
    )));
    blocks.push(paragraph(sentence_or(
        activities.iter().map(|a| a.transfers.as_str()),
        "We do not send your data outside the United Kingdom.",
    )));
    blocks
}

fn sentence_or<'a>(texts: impl Iterator<Item = &'a str>, otherwise: &str) -> String {
    let mut all: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    all.dedup();
    if all.is_empty() { otherwise.to_owned() } else { all.join(" ") }
}
