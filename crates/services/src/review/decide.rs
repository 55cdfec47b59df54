//! Deciding. Each decision is a row, each batch of decisions one entry in the log.

use domain::ids::RecordId;
use domain::people::Actor;
use domain::{Refusal, RefusalCode};
use finder::detect::Kind;
use finder::plan::occurrences;
use store::{ReadTx, ReviewFilter, ReviewItemFull, WriteTx};

use super::change::{Act, held, open_review};
use super::item::{StoredDocument, StoredProposal, StoredProposals, open_proposals, parse};
use super::light::standing_on;
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
    /// The same words are decided alike in every item: in so many places, as [`super::everywhere`] told. `None` for this place alone.
    pub everywhere: Option<u64>,
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

type Change<'a> = dyn FnMut(&StoredDocument, &mut StoredProposals) + 'a;

/// Decides on proposals of an item. Returns how many decisions are left in it.
///
/// # Errors
/// `AUTH-002` when somebody decided it meanwhile, or the same words elsewhere; `REVIEW-001` when somebody else has it
/// open; `REQ-004` when the review is not open.
pub fn decide(app: &App, actor: &Actor, id: &RecordId, index: u64, version: u64, decide: &Decide) -> Result<u64, Error> {
    app.store.write(&app.origin(actor), |tx| {
        open_review(tx, actor, id)?;
        let told = decide.everywhere.filter(|_| decide.proposal.is_some());
        let row = held(tx, actor, id, index, version, told.is_some())?;
        let mut act = Act::begin(app, "decide");
        let left = match told {
            None => here(tx, &mut act, id, &row, decide)?,
            Some(places) => alike(tx, &mut act, id, &row, decide, places)?,
        };
        act.end(tx, id)?;
        Ok(left)
    })
}

/// In one item alone. Returns how many decisions are left in it.
fn here(tx: &mut WriteTx<'_>, act: &mut Act, id: &RecordId, row: &ReviewItemFull, decide: &Decide) -> Result<u64, Error> {
    let mut after: StoredProposals = parse(&row.proposals)?;
    for (at, proposal) in after.proposals.iter_mut().enumerate() {
        if decide.proposal.map_or(proposal.decided.is_none(), |wanted| wanted == at) {
            proposal.decided = Some(decide.decision);
        }
    }
    let left = open_proposals(&after);
    act.keep(tx, id, row, after)?;
    Ok(left)
}

/// The same words in every item. Refused when it is not as many places as the person was told.
fn alike(tx: &mut WriteTx<'_>, act: &mut Act, id: &RecordId, row: &ReviewItemFull, decide: &Decide, told: u64) -> Result<u64, Error> {
    let document: StoredDocument = parse(&row.document)?;
    let mut after: StoredProposals = parse(&row.proposals)?;
    let words = text_of(&document, &after, decide.proposal).ok_or(Error::NotFound)?;
    let mut places = 0;
    let mut change = |document: &StoredDocument, stored: &mut StoredProposals| {
        for at in same_words(document, stored, &words) {
            if let Some(proposal) = stored.proposals.get_mut(at) {
                places += u64::from(proposal.decided != Some(decide.decision));
                proposal.decided = Some(decide.decision);
            }
        }
    };
    change(&document, &mut after);
    let left = open_proposals(&after);
    act.keep(tx, id, row, after)?;
    let others = standing_on(tx, id, &words)?;
    update(tx, act, id, others.into_iter().filter(|idx| *idx != row.item.idx), &mut change)?;
    if places == told { Ok(left) } else { Err(Refusal::new(RefusalCode::Conflict, "").into()) }
}

/// The proposals of an item that stand on these folded words.
pub(super) fn same_words(document: &StoredDocument, stored: &StoredProposals, words: &str) -> Vec<usize> {
    let here = |at: &(usize, &StoredProposal)| {
        let redaction = &at.1.redaction;
        document.document.text.get(redaction.start..redaction.end).is_some_and(|text| finder::fold::squash(text) == words)
    };
    stored.proposals.iter().enumerate().filter(here).map(|(at, _)| at).collect()
}

/// The folded text of one proposal.
pub(super) fn text_of(document: &StoredDocument, stored: &StoredProposals, proposal: Option<usize>) -> Option<String> {
    let redaction = &stored.proposals.get(proposal?)?.redaction;
    document.document.text.get(redaction.start..redaction.end).map(finder::fold::squash)
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
        let left = open_proposals(&after);
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
        let mut insert = |document: &StoredDocument, stored: &mut StoredProposals| insert(document, stored, words, add);
        let mut after: StoredProposals = parse(&row.proposals)?;
        insert(&document, &mut after);
        let mut act = Act::begin(app, "add-redaction");
        act.keep(tx, id, &row, after)?;
        if add.everywhere {
            places += update_others(tx, &mut act, id, &[index], &mut insert)?;
        }
        act.end(tx, id)?;
        Ok(places)
    })
}

fn insert(document: &StoredDocument, stored: &mut StoredProposals, words: &str, add: &Add) {
    for range in occurrences(&document.document.text, words) {
        let why = if add.why.trim().is_empty() { "added by the reviewer".to_owned() } else { add.why.trim().to_owned() };
        let redaction = DraftRedaction {
            start: range.start,
            end: range.end,
            kind: add.kind,
            why,
            exemption: EXEMPTION_OTHERS.to_owned(),
            decision: Decision::Withhold,
        };
        let proposal = StoredProposal::of(&document.document.text, redaction);
        stored.proposals.push(StoredProposal { decided: Some(Decision::Withhold), by_hand: true, ..proposal });
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
        let mut accept = |_: &StoredDocument, stored: &mut StoredProposals| {
            if stored.included.is_some() {
                for proposal in &mut stored.proposals {
                    proposal.decided = proposal.decided.or(Some(proposal.redaction.decision));
                }
            }
        };
        let mut act = Act::begin(app, "accept-rest");
        let held = others(tx, actor, id)?;
        update_others(tx, &mut act, id, &held, &mut accept)?;
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
fn update_others(tx: &mut WriteTx<'_>, act: &mut Act, id: &RecordId, but: &[u64], change: &mut Change<'_>) -> Result<u64, Error> {
    let (mut after, mut changed) = (None, 0);
    loop {
        let page = readable_page(tx, id, after)?;
        let Some(last) = page.last() else { return Ok(changed) };
        after = Some(*last);
        changed += update(tx, act, id, page.into_iter().filter(|idx| !but.contains(idx)), change)?;
    }
}

/// Applies a change to these items. Returns how many changed.
fn update(
    tx: &mut WriteTx<'_>,
    act: &mut Act,
    id: &RecordId,
    items: impl Iterator<Item = u64>,
    change: &mut Change<'_>,
) -> Result<u64, Error> {
    let mut changed = 0;
    for idx in items {
        let row = tx.review_item_get(id.as_str(), idx)?.ok_or(Error::NotFound)?;
        let document: StoredDocument = parse(&row.document)?;
        let mut stored: StoredProposals = parse(&row.proposals)?;
        change(&document, &mut stored);
        changed += u64::from(act.keep(tx, id, &row, stored)?);
    }
    Ok(changed)
}

/// The numbers of the next readable items.
fn readable_page(tx: &mut ReadTx<'_>, id: &RecordId, after: Option<u64>) -> Result<Vec<u64>, Error> {
    let readable = ReviewFilter { readable: true, ..ReviewFilter::default() };
    Ok(tx.review_items_page(id.as_str(), after, 200, &readable)?.into_iter().map(|item| item.idx).collect())
}
