//! The reply to an access request: every item of Article 15 and of Article 12(4), from the
//! record of processing, the search and the decisions, not from typing (law sections 2.5
//! and 2.7; clauses TURN-75 to TURN-82, SEK-25 to SEK-30, CPO-111 to CPO-113).
//!
//! It is written for adults, and in plain words for a child or for easy read.

mod adult;
mod plain;

use super::writer::Writer;
use super::{Block, Letter};
use crate::calendar::short_date;
use crate::casework::request::{AnswerFormat, Behalf, Request};
use crate::documents::Form;
use crate::policy::Audience;

/// One processing activity as the reply tells it. Filled from the pack's record of processing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActivityText {
    /// The stable name.
    pub id: String,
    /// The title.
    pub title: String,
    /// Why the data are used.
    pub purpose: String,
    /// The lawful basis in words.
    pub basis: String,
    /// What kinds of data.
    pub categories: Vec<String>,
    /// With whom they are shared.
    pub recipients: Vec<String>,
    /// How long they are kept, or by which criteria.
    pub retention: String,
    /// Where they come from; empty when from the person alone.
    pub source: String,
    /// Logic and effect of automated decisions; `None` when there are none.
    pub automated: Option<String>,
    /// Countries outside the United Kingdom; empty when there are none.
    pub countries: Vec<String>,
    /// The safeguards of those transfers.
    pub safeguards: String,
}

/// Something that was withheld, as the person is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithheldText {
    /// What kind of information, never the information itself.
    pub what: String,
    /// The provision.
    pub provision: String,
    /// Why, in plain words.
    pub why: String,
    /// In how many places; 0 when they are not counted.
    pub places: usize,
}

/// What the search and the review came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReplyFacts {
    /// Items in the pack.
    pub items: usize,
    /// What was withheld, as far as the person is told.
    pub withheld: Vec<WithheldText>,
    /// Something may not even be confirmed or denied: the letter then never says that a
    /// list is whole (law section 2.7).
    pub unconfirmed: bool,
    /// Places searched.
    pub places: Vec<String>,
    /// Places not searched, and why.
    pub not_searched: Vec<String>,
    /// Items that could not be read and were not sent.
    pub unreadable: u64,
}

/// The reply.
pub fn reply(writer: &Writer, request: &Request, activities: &[ActivityText], facts: &ReplyFacts) -> Letter {
    let wanted = &request.answer.activities;
    let mine: Vec<&ActivityText> = activities.iter().filter(|a| wanted.is_empty() || wanted.contains(&a.id)).collect();
    let plainly = request.answer.audience != Audience::Adult;
    let blocks = if plainly { plain::blocks(writer, request, &mine, facts) } else { adult::blocks(writer, request, &mine, facts) };
    let title = match (plainly, request.supplements.is_empty()) {
        (true, _) => "What we know about you",
        (false, true) => "Reply to your request",
        (false, false) => "Further reply to your request",
    };
    let mut letter = writer.letter(request, title, blocks);
    letter.audience = request.answer.audience;
    letter.form = if request.answer.format == AnswerFormat::LargePrint { Form::LargePrint } else { Form::Print };
    letter
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(text.into())
}

fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}

fn bullets<const N: usize>(texts: [&str; N]) -> Block {
    Block::Bullets(texts.map(str::to_owned).to_vec())
}

/// `one item`, `2 items`.
fn items(count: usize) -> String {
    if count == 1 { "one item".to_owned() } else { format!("{count} items") }
}

/// With a full stop, and a capital at the front.
fn sentence(text: &str) -> String {
    let text = text.trim().trim_end_matches('.');
    let mut chars = text.chars();
    chars.next().map(|first| format!("{}{}.", first.to_uppercase(), chars.as_str())).unwrap_or_default()
}

fn or(text: &str, otherwise: &str) -> String {
    if text.trim().is_empty() { otherwise.to_owned() } else { text.trim().to_owned() }
}

/// The name of the person, when the letter goes to somebody else.
fn about(request: &Request) -> Option<String> {
    match &request.behalf {
        Behalf::Themselves => None,
        Behalf::Child { .. } | Behalf::Agent { .. } => {
            Some(request.person.get().map_or_else(|| "[erased]".to_owned(), |person| person.display_name().to_owned()))
        }
    }
}

/// Those who in fact received data, as staff wrote them down.
fn recipients(request: &Request) -> Vec<String> {
    request.answer.recipients.as_ref().and_then(|known| known.get().cloned()).unwrap_or_default()
}

/// Where data came from beyond the record of processing.
fn source(request: &Request) -> String {
    request.answer.source.as_ref().and_then(|known| known.get().cloned()).unwrap_or_default()
}

/// What an earlier sending left for this one, and when that was.
fn completes(request: &Request) -> Option<String> {
    let first = request.sendings.last().filter(|sending| sending.rest.is_some())?;
    Some(short_date(first.on))
}
