//! Deciding. Each decision is a row, each batch of decisions one entry in the log.

use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};
use finder::detect::Kind;
use finder::plan::occurrences;
use sha2::{Digest, Sha256};
use store::{ReviewFilter, ReviewItemFull, WriteTx};

use super::item::{StoredDocument, StoredProposal, StoredProposals, json, open_proposals, parse, state_of};
use crate::app::App;
use crate::error::Error;
use crate::requests::load_for_review;
use crate::sar::{Decision, DraftRedaction, EXEMPTION_OTHERS};

/// One decision.
#[derive(Debug, Clone)]
pub struct Decide {
    /// Which proposal of the item; all that are open when `None`.
    pub proposal: Option<usize>,
    /// What is decided.
    pub decision: Decision,
    /// The same text is decided alike in every item.
    pub everywhere: bool,
}

/// A redaction added by a person.
#[derive(Debug, Clone)]
pub struct Add {
    /// The words to withhold.
    pub words: String,
    /// What kind of information.
    pub kind: Kind,
    /// Why.
    pub why: String,
    /// In every item.
    pub everywhere: bool,
}

type Change<'a> = dyn Fn(&StoredDocument, &mut StoredProposals) + 'a;

/// Decides on proposals of an item.
pub fn decide(app: &App, actor: &Actor, id: &RecordId, index: u64, version: u64, decide: &Decide) -> Result<(), Error> {
    app.store.write(&app.origin(actor), |tx| {
        load_for_review(tx, actor, id, Verb::RequestWork)?;
        let row = current(tx, id, index, version)?;
        let document: StoredDocument = parse(&row.document)?;
        let stored: StoredProposals = parse(&row.proposals)?;
        let mut texts = Vec::new();
        if let (Some(proposal), true) = (decide.proposal, decide.everywhere)
            && let Some(text) = stored.proposals.get(proposal).and_then(|p| document.document.text.get(p.redaction.start..p.redaction.end))
        {
            texts.push(finder::fold::squash(text));
        }
        let one = |_: &StoredDocument, stored: &mut StoredProposals| {
            for (at, proposal) in stored.proposals.iter_mut().enumerate() {
                if decide.proposal.map_or(proposal.decided.is_none(), |wanted| wanted == at) {
                    proposal.decided = Some(decide.decision);
                }
            }
        };
        update(tx, id, &row, &one)?;
        if !texts.is_empty() {
            let alike = |document: &StoredDocument, stored: &mut StoredProposals| {
                for proposal in &mut stored.proposals {
                    let text = document.document.text.get(proposal.redaction.start..proposal.redaction.end).unwrap_or_default();
                    if texts.contains(&finder::fold::squash(text)) {
                        proposal.decided = Some(decide.decision);
                    }
                }
            };
            update_others(tx, id, index, &alike)?;
        }
        log(tx, id, "decide", index)
    })
}

/// Puts an item into the pack or leaves it out.
pub fn include(app: &App, actor: &Actor, id: &RecordId, index: u64, version: u64, included: bool) -> Result<(), Error> {
    app.store.write(&app.origin(actor), |tx| {
        load_for_review(tx, actor, id, Verb::RequestWork)?;
        let row = current(tx, id, index, version)?;
        update(tx, id, &row, &|_, stored| stored.included = Some(included))?;
        log(tx, id, if included { "include" } else { "leave-out" }, index)
    })
}

/// Adds a redaction for words in the item, or in all items. Returns in how many places.
///
/// # Errors
/// `FORM-001` when the words are not in the item.
pub fn add(app: &App, actor: &Actor, id: &RecordId, index: u64, version: u64, add: &Add) -> Result<u64, Error> {
    let words = add.words.trim();
    if words.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return Err(Refusal::new(RefusalCode::ValueInvalid, "Name at least two letters or digits to withhold.").into());
    }
    app.store.write(&app.origin(actor), |tx| {
        load_for_review(tx, actor, id, Verb::RequestWork)?;
        let row = current(tx, id, index, version)?;
        let document: StoredDocument = parse(&row.document)?;
        let mut places = occurrences(&document.document.text, words).len() as u64;
        if places == 0 {
            return Err(Refusal::new(RefusalCode::ValueInvalid, "These words do not stand in this item.").into());
        }
        let insert = |document: &StoredDocument, stored: &mut StoredProposals| insert(document, stored, words, add);
        update(tx, id, &row, &insert)?;
        if add.everywhere {
            places += update_others(tx, id, index, &insert)?;
        }
        log(tx, id, "add-redaction", index)?;
        Ok(places)
    })
}

fn insert(document: &StoredDocument, stored: &mut StoredProposals, words: &str, add: &Add) {
    for range in occurrences(&document.document.text, words) {
        let why = if add.why.trim().is_empty() { "added by the reviewer".to_owned() } else { add.why.trim().to_owned() };
        stored.proposals.push(StoredProposal {
            redaction: DraftRedaction {
                start: range.start,
                end: range.end,
                kind: add.kind,
                why,
                exemption: EXEMPTION_OTHERS.to_owned(),
                decision: Decision::Withhold,
            },
            decided: Some(Decision::Withhold),
            by_hand: true,
        });
    }
    stored.proposals.sort_by_key(|proposal| (proposal.redaction.start, proposal.redaction.end));
}

/// Accepts every proposal that is still open, as suggested, in the items that certainly
/// or likely concern the person. Returns how many items changed.
pub fn accept_rest(app: &App, actor: &Actor, id: &RecordId) -> Result<u64, Error> {
    app.store.write(&app.origin(actor), |tx| {
        load_for_review(tx, actor, id, Verb::RequestWork)?;
        let accept = |_: &StoredDocument, stored: &mut StoredProposals| {
            if stored.included.is_some() {
                for proposal in &mut stored.proposals {
                    proposal.decided = proposal.decided.or(Some(proposal.redaction.decision));
                }
            }
        };
        let changed = update_others(tx, id, u64::MAX, &accept)?;
        log(tx, id, "accept-rest", changed)?;
        Ok(changed)
    })
}

fn current(tx: &mut WriteTx<'_>, id: &RecordId, index: u64, version: u64) -> Result<ReviewItemFull, Error> {
    let row = tx.review_item_get(id.as_str(), index)?.ok_or(Error::NotFound)?;
    if row.item.version == version { Ok(row) } else { Err(Refusal::new(RefusalCode::Conflict, "").into()) }
}

fn update(tx: &mut WriteTx<'_>, id: &RecordId, row: &ReviewItemFull, change: &Change<'_>) -> Result<bool, Error> {
    let document: StoredDocument = parse(&row.document)?;
    let before: StoredProposals = parse(&row.proposals)?;
    let mut after = before.clone();
    change(&document, &mut after);
    if after == before {
        return Ok(false);
    }
    tx.review_item_update(id.as_str(), &row.item, state_of(&after), open_proposals(&after), &json(&after)?)?;
    Ok(true)
}

/// Applies a change to every readable item but one. Returns how many changed.
fn update_others(tx: &mut WriteTx<'_>, id: &RecordId, but: u64, change: &Change<'_>) -> Result<u64, Error> {
    let readable = ReviewFilter { readable: true, ..ReviewFilter::default() };
    let (mut after, mut changed) = (None, 0);
    loop {
        let page = tx.review_items_page(id.as_str(), after, 200, &readable)?;
        let Some(last) = page.last() else { return Ok(changed) };
        after = Some(last.idx);
        for item in page.iter().filter(|item| item.idx != but) {
            let row = tx.review_item_get(id.as_str(), item.idx)?.ok_or(Error::NotFound)?;
            changed += u64::from(update(tx, id, &row, change)?);
        }
    }
}

/// One entry for the batch, bound to what was decided about which item.
fn log(tx: &mut WriteTx<'_>, id: &RecordId, verb: &str, about: u64) -> Result<(), Error> {
    let manifest = Sha256::digest(format!("{id}\n{verb}\n{about}\n"));
    tx.log_batch(id.as_str(), manifest.into(), verb)?;
    Ok(())
}
