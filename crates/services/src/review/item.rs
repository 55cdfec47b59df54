//! One item of a review: its text with the person and the proposals marked.

use domain::ids::{RecordId, UserId};
use finder::document::Document;
use finder::identity::Band;
use serde::{Deserialize, Serialize};
use store::{ReadTx, ReviewItemFull};

use super::quoted::{Quoted, settled};
use crate::error::Error;
use crate::ports::Failure;
use crate::sar::{Decision, DraftItem, DraftRedaction, PagesSaid, ScannedDocument, has_pages};

/// The document of a review item as it is stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StoredDocument {
    /// Name of the place it was found in.
    pub(crate) place: String,
    /// Where it is within the place.
    pub(crate) locator: String,
    /// The text.
    pub(crate) document: Document,
    /// Where the person stands.
    pub(crate) hits: Vec<finder::identity::Hit>,
    /// How surely.
    pub(crate) band: Band,
    /// Why.
    pub(crate) reasons: Vec<String>,
    /// Title for lists and the pack.
    pub(crate) label: String,
    /// Proposals inside the title; follow the decisions of the text.
    pub(crate) label_redactions: Vec<DraftRedaction>,
    /// Passages that stand in another item as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) quoted: Vec<Quoted>,
}

/// One proposal as it is stored, with its decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredProposal {
    /// What and where.
    pub(crate) redaction: DraftRedaction,
    /// Decided by a person.
    pub(crate) decided: Option<Decision>,
    /// Added by a person.
    pub(crate) by_hand: bool,
    /// The words it stands on, to count them without the text. Empty for a row, sentence or passage, and in a review of an
    /// earlier version.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) words: String,
}

impl StoredProposal {
    /// A proposal about a text.
    pub(crate) fn of(text: &str, redaction: DraftRedaction) -> Self {
        let words = words_at(text, &redaction).map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
        Self { redaction, decided: None, by_hand: false, words: words.unwrap_or_default() }
    }
}

/// The words that a proposal stands on; of a whole row, sentence or passage none are taken.
pub(crate) fn words_at<'t>(text: &'t str, redaction: &DraftRedaction) -> Option<&'t str> {
    text.get(redaction.start..redaction.end).filter(|_| !redaction.kind.is_stretch())
}

/// The decisions of one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredProposals {
    /// In the order of the text.
    pub(crate) proposals: Vec<StoredProposal>,
    /// Whether it goes into the pack; open for items that only possibly concern the person.
    pub(crate) included: Option<bool>,
    /// A second person has to look, or has looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) second: Option<SecondLook>,
    /// What a person said of its pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pages: Option<PagesSaid>,
}

/// A second pair of eyes on an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondLook {
    /// Who asked for it.
    pub asked_by: UserId,
    /// Who confirmed the decisions as they stand; open while `None`.
    pub confirmed_by: Option<UserId>,
}

impl SecondLook {
    /// The word in lists.
    pub(crate) fn key(second: Option<&Self>) -> &'static str {
        match second {
            None => "",
            Some(second) if second.confirmed_by.is_none() => "asked",
            Some(_) => "confirmed",
        }
    }
}

/// How many decisions are open.
pub(crate) fn open_proposals(stored: &StoredProposals) -> u64 {
    if stored.included == Some(false) {
        return 0;
    }
    stored.proposals.iter().filter(|proposal| proposal.decided.is_none()).count() as u64 + u64::from(stored.included.is_none())
}

/// What a piece of text is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Shown {
    /// Plain text.
    Text,
    /// A mention of the person.
    Person {
        /// Why.
        why: String,
    },
    /// A proposal.
    Proposal {
        /// Its number within the item.
        index: usize,
        /// What kind of information, in words.
        kind: String,
        /// Why.
        why: String,
        /// The exemption.
        exemption: String,
        /// Its test, in one line.
        test: Option<&'static str>,
        /// What is proposed.
        suggested: Decision,
        /// What was decided.
        decided: Option<Decision>,
        /// Added by a person.
        by_hand: bool,
    },
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// What they are.
    pub shown: Shown,
    /// The item that shows them already, where they are a quotation in which nothing is left to decide.
    pub stands_in: Option<u64>,
}

/// One item with everything the review page shows.
#[derive(Debug, Clone)]
pub struct ReviewItem {
    /// Number of the item, from 0.
    pub index: u64,
    /// Version of its decisions; sent back with every change.
    pub version: u64,
    /// Title.
    pub title: String,
    /// Where it was found.
    pub place: String,
    /// Locator within the place.
    pub locator: String,
    /// How surely it concerns the person.
    pub band: Band,
    /// Why.
    pub reasons: Vec<String>,
    /// Whether it goes into the pack.
    pub included: Option<bool>,
    /// The text in pieces.
    pub pieces: Vec<Piece>,
    /// Proposals in all.
    pub proposals: u64,
    /// Decisions left.
    pub open: u64,
    /// A second person has to look, or has looked.
    pub second: Option<SecondLook>,
    /// What was said of its pages, where it is of a kind that has any.
    pub pages: Option<PagesSaid>,
}

/// What a row holds, for the page. Duplicates and what could not be read have no text: they are not found.
pub(super) fn shown(row: &ReviewItemFull) -> Result<ReviewItem, Error> {
    if row.document.is_empty() {
        return Err(Error::NotFound);
    }
    let document: StoredDocument = parse(&row.document)?;
    let stored: StoredProposals = parse(&row.proposals)?;
    Ok(ReviewItem {
        index: row.item.idx,
        version: row.item.version,
        title: if document.label.trim().is_empty() { "Without a title".to_owned() } else { document.label.clone() },
        place: document.place.clone(),
        locator: document.locator.clone(),
        band: document.band,
        reasons: document.reasons.clone(),
        included: stored.included,
        proposals: stored.proposals.len() as u64,
        open: open_proposals(&stored),
        pieces: pieces(&document, &stored),
        pages: has_pages(&document.document, &document.locator).then(|| stored.pages.clone().unwrap_or_default()),
        second: stored.second,
    })
}

pub(super) fn parse<T: serde::de::DeserializeOwned>(json: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(json).map_err(|error| Failure::because("reading a review item", error).into())
}

/// Cuts the text into plain text, mentions and proposals; a proposal wins over a mention.
fn pieces(document: &StoredDocument, stored: &StoredProposals) -> Vec<Piece> {
    let text = &document.document.text;
    let mut marks: Vec<(usize, usize, Shown)> = stored
        .proposals
        .iter()
        .enumerate()
        .map(|(index, proposal)| {
            let shown = Shown::Proposal {
                index,
                kind: crate::sar::kind_words(proposal.redaction.kind).to_owned(),
                why: proposal.redaction.why.clone(),
                exemption: proposal.redaction.exemption.clone(),
                test: finder::plan::test_of(&proposal.redaction.exemption),
                suggested: proposal.redaction.decision,
                decided: proposal.decided,
                by_hand: proposal.by_hand,
            };
            (proposal.redaction.start, proposal.redaction.end, shown)
        })
        .collect();
    let taken: Vec<(usize, usize)> = marks.iter().map(|(start, end, _)| (*start, *end)).collect();
    marks.extend(
        document
            .hits
            .iter()
            .filter(|hit| !taken.iter().any(|(start, end)| hit.start < *end && *start < hit.end))
            .map(|hit| (hit.start, hit.end, Shown::Person { why: hit.reason.clone() })),
    );
    marks.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let quoted: Vec<Quoted> = settled(document, stored).collect();
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end, shown) in marks {
        if start < at {
            continue;
        }
        let Some(marked) = text.get(start..end) else { continue };
        plain(text, (at, start), &quoted, &mut pieces);
        let stands_in = quoted.iter().find(|one| one.start <= start && end <= one.end).map(|one| one.stands_in);
        pieces.push(Piece { text: marked.to_owned(), shown, stands_in });
        at = end;
    }
    plain(text, (at, text.len()), &quoted, &mut pieces);
    pieces
}

/// Plain text between marks, cut where a quotation begins and ends.
fn plain(text: &str, (from, to): (usize, usize), quoted: &[Quoted], pieces: &mut Vec<Piece>) {
    let mut at = from;
    let edges = quoted.iter().flat_map(|one| [one.start, one.end]).filter(|edge| from < *edge && *edge < to).chain([to]);
    for edge in edges {
        if let Some(words) = text.get(at..edge).filter(|words| !words.is_empty()) {
            let stands_in = quoted.iter().find(|one| one.start <= at && edge <= one.end).map(|one| one.stands_in);
            pieces.push(Piece { text: words.to_owned(), shown: Shown::Text, stands_in });
        }
        at = at.max(edge);
    }
}

/// All items of a review with their numbers and decisions, for the pack.
pub(crate) fn load_numbered(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Vec<(u64, StoredDocument, StoredProposals)>, Error> {
    let mut all = Vec::new();
    let mut after = None;
    let readable = store::ReviewFilter { readable: true, ..store::ReviewFilter::default() };
    loop {
        let page = tx.review_items_page(id.as_str(), after, 200, &readable)?;
        let Some(last) = page.last() else { return Ok(all) };
        after = Some(last.idx);
        for row in page {
            let row = tx.review_item_get(id.as_str(), row.idx)?.ok_or(Error::NotFound)?;
            all.push((row.item.idx, parse(&row.document)?, parse(&row.proposals)?));
        }
    }
}

/// An item with its final decisions as the burner takes it. A title follows the
/// decisions of the text: what is withheld there is withheld here. `places` are those of the search.
pub(crate) fn to_draft(document: StoredDocument, stored: &StoredProposals, places: &[String]) -> DraftItem {
    let redactions = stored
        .proposals
        .iter()
        .map(|proposal| DraftRedaction { decision: proposal.decided.unwrap_or(proposal.redaction.decision), ..proposal.redaction.clone() })
        .collect();
    DraftItem {
        scanned: ScannedDocument {
            locator: document.locator,
            place: places.iter().position(|name| *name == document.place).unwrap_or(usize::MAX),
            document: document.document,
            hits: document.hits,
            band: document.band,
            reasons: document.reasons,
        },
        redactions,
        label: document.label,
        label_redactions: document.label_redactions,
        pages: stored.pages.clone(),
    }
}

/// The stored form of a document or of proposals.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(value).map_err(|error| Failure::because("writing a review item", error).into())
}

/// The state of an item in lists.
pub(crate) fn state_of(stored: &StoredProposals) -> &'static str {
    match (open_proposals(stored), stored.included) {
        (0, _) if SecondLook::key(stored.second.as_ref()) == "asked" => "second",
        (0, Some(false)) => "left_out",
        (0, _) => "decided",
        _ => "open",
    }
}
