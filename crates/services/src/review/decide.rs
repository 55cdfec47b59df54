//! Deciding. Each decision is a row, each batch of decisions one entry in the log.

use domain::ids::RecordId;
use domain::people::Actor;
use domain::{Refusal, RefusalCode};
use finder::detect::Kind;
use finder::plan::occurrences;
use store::{ReviewFilter, WriteTx};

use super::change::{Act, held, open_review};
use super::item::{StoredDocument, StoredProposal, StoredProposals, parse};
use crate::app::App;
use crate::error::Error;
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

/// Decides on proposals of an item. Returns how many decisions are left in it.
///
/// # Errors
/// `AUTH-002` when somebody decided it meanwhile; `REVIEW-001` when somebody else has it open;
/// `REQ-004` when the review is not open.
pub fn decide(app: &App, actor: &Actor, id: &RecordId, index: u64, version: u64, decide: &Decide) -> Result<u64, Error> {
    app.store.write(&app.origin(actor), |tx| {
        open_review(tx, actor, id)?;
        let everywhere = decide.everywhere && decide.proposal.is_some();
        let row = held(tx, actor, id, index, version, everywhere)?;
        let mut after: StoredProposals = parse(&row.proposals)?;
        for (at, proposal) in after.proposals.iter_mut().enumerate() {
            if decide.proposal.map_or(proposal.decided.is_none(), |wanted| wanted == at) {
                proposal.decided = Some(decide.decision);
            }
        }
        let mut act = Act::begin(app, "decide");
        let left = super::item::open_proposals(&after);
        let text = if everywhere { text_of(&row.document, &after, decide.proposal)? } else { None };
        act.keep(tx, id, &row, after)?;
        if let Some(text) = text {
            let alike = |document: &StoredDocument, stored: &mut StoredProposals| {
                for proposal in &mut stored.proposals {
                    let here = document.document.text.get(proposal.redaction.start..proposal.redaction.end).unwrap_or_default();
                    if finder::fold::squash(here) == text {
                        proposal.decided = Some(decide.decision);
                    }
                }
            };
            update_others(tx, &mut act, id, &[index], &alike)?;
        }
        act.end(tx, id)?;
        Ok(left)
    })
}

/// The folded text of one proposal.
fn text_of(document: &[u8], stored: &StoredProposals, proposal: Option<usize>) -> Result<Option<String>, Error> {
    let document: StoredDocument = parse(document)?;
    let redaction = proposal.and_then(|at| stored.proposals.get(at)).map(|proposal| &proposal.redaction);
    Ok(redaction.and_then(|r| document.document.text.get(r.start..r.end)).map(finder::fold::squash))
}

/// Puts an item into the pack or leaves it out. Returns how many decisions are left in it.
///
/// # Errors
/// As [`decide`].
pub fn include(app: &App, actor: &Actor, id: &RecordId, index: u64, version: u64, included: bool) -> Result<u64, Error> {
    app.store.write(&app.origin(actor), |tx| {
        open_review(tx, actor, id)?;
        let row = held(tx, actor, id, index, version, false)?;
        let mut after: StoredProposals = parse(&row.proposals)?;
        after.included = Some(included);
        let left = super::item::open_proposals(&after);
        let mut act = Act::begin(app, if included { "include" } else { "leave-out" });
        act.keep(tx, id, &row, after)?;
        act.end(tx, id)?;
        Ok(left)
    })
}

/// Adds a redaction for words in the item, or in all items. Returns in how many places.
///
/// # Errors
/// `FORM-001` when the words are not in the item; else as [`decide`].
pub fn add(app: &App, actor: &Actor, id: &RecordId, index: u64, version: u64, add: &Add) -> Result<u64, Error> {
    let words = add.words.trim();
    if words.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return Err(Refusal::new(RefusalCode::ValueInvalid, "Name at least two letters or digits to withhold.").into());
    }
    app.store.write(&app.origin(actor), |tx| {
        open_review(tx, actor, id)?;
        let row = held(tx, actor, id, index, version, true)?;
        let document: StoredDocument = parse(&row.document)?;
        let mut places = occurrences(&document.document.text, words).len() as u64;
        if places == 0 {
            return Err(Refusal::new(RefusalCode::ValueInvalid, "These words do not stand in this item.").into());
        }
        let insert = |document: &StoredDocument, stored: &mut StoredProposals| insert(document, stored, words, add);
        let mut after: StoredProposals = parse(&row.proposals)?;
        insert(&document, &mut after);
        let mut act = Act::begin(app, "add-redaction");
        act.keep(tx, id, &row, after)?;
        if add.everywhere {
            places += update_others(tx, &mut act, id, &[index], &insert)?;
        }
        act.end(tx, id)?;
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
/// or likely concern the person, and that nobody else has open. Returns how many items changed.
///
/// # Errors
/// `REQ-004` when the review is not open.
pub fn accept_rest(app: &App, actor: &Actor, id: &RecordId) -> Result<u64, Error> {
    app.store.write(&app.origin(actor), |tx| {
        open_review(tx, actor, id)?;
        let accept = |_: &StoredDocument, stored: &mut StoredProposals| {
            if stored.included.is_some() {
                for proposal in &mut stored.proposals {
                    proposal.decided = proposal.decided.or(Some(proposal.redaction.decision));
                }
            }
        };
        let mut act = Act::begin(app, "accept-rest");
        let held = others(tx, actor, id)?;
        update_others(tx, &mut act, id, &held, &accept)?;
        act.end(tx, id)
    })
}

/// The items that other people have open now.
pub(super) fn others(tx: &mut WriteTx<'_>, actor: &Actor, id: &RecordId) -> Result<Vec<u64>, Error> {
    let now = tx.at_us();
    let claims = tx.review_claims(id.as_str(), now)?;
    Ok(claims.into_iter().filter(|claim| claim.who != actor.user.as_str()).map(|claim| claim.idx).collect())
}

/// Applies a change to every readable item but some. Returns how many changed.
fn update_others(tx: &mut WriteTx<'_>, act: &mut Act, id: &RecordId, but: &[u64], change: &Change<'_>) -> Result<u64, Error> {
    let readable = ReviewFilter { readable: true, ..ReviewFilter::default() };
    let (mut after, mut changed) = (None, 0);
    loop {
        let page = tx.review_items_page(id.as_str(), after, 200, &readable)?;
        let Some(last) = page.last() else { return Ok(changed) };
        after = Some(last.idx);
        for item in page.iter().filter(|item| !but.contains(&item.idx)) {
            let row = tx.review_item_get(id.as_str(), item.idx)?.ok_or(Error::NotFound)?;
            let document: StoredDocument = parse(&row.document)?;
            let mut stored: StoredProposals = parse(&row.proposals)?;
            change(&document, &mut stored);
            changed += u64::from(act.keep(tx, id, &row, stored)?);
        }
    }
}
