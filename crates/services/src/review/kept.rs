//! A new search keeps what people decided about items that are found again unchanged: the same text.
//! New and changed items are open.

use std::collections::BTreeMap;

use domain::ids::RecordId;
use sha2::{Digest, Sha256};
use store::{ReadTx, ReviewItemFull, WriteTx};

use super::change::Act;
use super::item::{StoredDocument, StoredProposal, StoredProposals, json, load_numbered, parse};
use crate::app::App;
use crate::error::Error;
use crate::sar::Decision;

/// What a person reads about an item whose decisions were kept.
const WHY: &str = "found again unchanged: what was decided before the new search is kept";

/// The decisions of one item, to be put back after the new items are in.
struct Again {
    /// Where it is in the new review.
    at: usize,
    stored: StoredProposals,
    /// Who decided, and when; empty when nobody did.
    decided: (String, i64),
}

/// What is kept of an earlier review.
pub(crate) struct Kept {
    again: Vec<Again>,
    /// From the old number of an item to its new one, of all that are found again unchanged.
    pub(crate) moved: BTreeMap<u64, u64>,
}

/// The content of an item: its text and its title.
fn content(document: &StoredDocument) -> [u8; 32] {
    Sha256::new()
        .chain_update(document.label.as_bytes())
        .chain_update([0])
        .chain_update(document.document.text.as_bytes())
        .finalize()
        .into()
}

/// Finds the items of the earlier review among the new ones, and says so in their reasons.
///
/// # Errors
/// A failure of the store.
pub(crate) fn find(tx: &mut ReadTx<'_>, id: &RecordId, items: &mut [ReviewItemFull]) -> Result<Kept, Error> {
    let mut kept = Kept { again: Vec::new(), moved: BTreeMap::new() };
    // The same text may stand in several items: first those that stand where they stood.
    let mut waiting: BTreeMap<[u8; 32], Vec<(u64, String, StoredProposals)>> = BTreeMap::new();
    for (number, document, stored) in load_numbered(tx, id)? {
        waiting.entry(content(&document)).or_default().push((number, whereabouts(&document), stored));
    }
    if waiting.is_empty() {
        return Ok(kept);
    }
    let mut documents = BTreeMap::new();
    for (at, item) in items.iter().enumerate().filter(|(_, item)| !item.document.is_empty()) {
        documents.insert(at, parse::<StoredDocument>(&item.document)?);
    }
    for in_place in [true, false] {
        documents.retain(|at, document| {
            let here = whereabouts(document);
            let Some(same) = waiting.get_mut(&content(document)) else { return true };
            let Some(found) = same.iter().position(|(_, place, _)| !in_place || *place == here) else { return true };
            let (number, _, stored) = same.remove(found);
            kept.moved.insert(number, *at as u64);
            kept.again.push(Again { at: *at, stored, decided: (String::new(), 0) });
            false
        });
    }
    let old: BTreeMap<u64, u64> = kept.moved.iter().map(|(old, new)| (*new, *old)).collect();
    for again in &mut kept.again {
        let Some(item) = items.get_mut(again.at) else { continue };
        if let Some(row) = old.get(&(again.at as u64)).map(|number| tx.review_item_light(id.as_str(), *number)).transpose()?.flatten() {
            again.decided = (row.item.decided_by, row.item.decided_us);
        }
        let proposed: StoredProposals = parse(&item.proposals)?;
        again.stored = merged(proposed, &again.stored);
        if !again.decided.0.is_empty() {
            let mut document: StoredDocument = parse(&item.document)?;
            document.reasons.push(WHY.to_owned());
            item.document = json(&document)?;
        }
    }
    kept.again.retain(|again| !again.decided.0.is_empty());
    Ok(kept)
}

fn whereabouts(document: &StoredDocument) -> String {
    format!("{}\n{}", document.place, document.locator)
}

/// What is proposed now, with what was decided before. What a person withheld stays withheld although
/// nothing proposes it any more; what is proposed for the first time is open.
fn merged(proposed: StoredProposals, before: &StoredProposals) -> StoredProposals {
    let at = |proposal: &StoredProposal| (proposal.redaction.start, proposal.redaction.end);
    let mut after = proposed;
    for proposal in &mut after.proposals {
        if let Some(same) = before.proposals.iter().find(|old| at(old) == at(proposal)) {
            proposal.decided = same.decided;
        }
    }
    for old in &before.proposals {
        let gone = !after.proposals.iter().any(|proposal| at(proposal) == at(old));
        if gone && old.decided == Some(Decision::Withhold) {
            after.proposals.push(old.clone());
        }
    }
    after.proposals.sort_by_key(at);
    after.included = before.included;
    after.second.clone_from(&before.second);
    after.pages.clone_from(&before.pages);
    after
}

/// Puts the decisions back into the new items, under the names of those who made them. One entry in the log.
///
/// # Errors
/// A failure of the store.
pub(crate) fn put_back(app: &App, tx: &mut WriteTx<'_>, id: &RecordId, items: &[ReviewItemFull], kept: Kept) -> Result<u64, Error> {
    let mut act = Act::begin(app, "kept");
    for again in kept.again {
        if let Some(row) = items.get(again.at) {
            act.put(tx, id, row, &again.stored, Some((&again.decided.0, again.decided.1)))?;
        }
    }
    act.end(tx, id)
}

#[cfg(test)]
mod tests {
    use finder::detect::Kind;

    use super::*;
    use crate::sar::DraftRedaction;

    fn proposal(start: usize, decided: Option<Decision>) -> StoredProposal {
        let redaction = DraftRedaction {
            start,
            end: start + 5,
            kind: Kind::Person,
            why: String::new(),
            exemption: String::new(),
            decision: Decision::Withhold,
        };
        StoredProposal { redaction, decided, by_hand: false, words: String::new() }
    }

    fn stored(proposals: Vec<StoredProposal>, included: Option<bool>) -> StoredProposals {
        StoredProposals { proposals, included, second: None, pages: None }
    }

    #[test]
    fn what_was_decided_stays_and_what_is_new_is_open() {
        let before = stored(
            vec![proposal(0, Some(Decision::Show)), proposal(20, Some(Decision::Withhold)), proposal(40, Some(Decision::Show))],
            Some(false),
        );
        let after = merged(stored(vec![proposal(0, None), proposal(10, None)], Some(true)), &before);
        let decisions: Vec<(usize, Option<Decision>)> = after.proposals.iter().map(|one| (one.redaction.start, one.decided)).collect();
        assert_eq!(decisions, [(0, Some(Decision::Show)), (10, None), (20, Some(Decision::Withhold))]);
        assert_eq!(after.included, Some(false));
    }
}
