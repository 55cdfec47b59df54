//! The proposals of thousands of items without their texts: a page that counts them must not read what it does not show.

use std::borrow::Cow;
use std::collections::HashMap;

use domain::ids::RecordId;
use finder::detect::Kind;
use serde::{Deserialize, Serialize};
use store::{ReadTx, ReviewItemFull, ReviewProposals, WriteTx};

use super::item::{StoredProposals, open_proposals, parse};
use crate::error::Error;
use crate::ports::Failure;
use crate::sar::Decision;

/// Items read in one go.
const PAGE: u64 = 1_000;

/// Of the proposals of an item, the words.
#[derive(Deserialize)]
struct Light<'j> {
    #[serde(borrow)]
    proposals: Vec<LightProposal<'j>>,
}

#[derive(Deserialize)]
struct LightProposal<'j> {
    #[serde(borrow, default)]
    words: Cow<'j, str>,
}

/// One proposal that waits for a decision.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct OpenWords<'w> {
    /// Its number in the item.
    pub(super) number: usize,
    /// What the words were taken for.
    pub(super) kind: Kind,
    /// What is proposed.
    pub(super) proposed: Decision,
    /// The words.
    pub(super) words: &'w str,
    /// The same for whatever is spelt alike: folded once, when it is written down.
    #[serde(borrow)]
    pub(super) folded: Cow<'w, str>,
}

/// The words of an item that wait for a decision, as they are written down beside it. `None` for a review of an earlier version,
/// whose proposals do not carry their words.
fn open_words(stored: &StoredProposals) -> Result<Option<Vec<u8>>, Error> {
    let mut open = Vec::new();
    let undecided = stored.proposals.iter().enumerate().filter(|(_, one)| stored.included != Some(false) && one.decided.is_none());
    for (number, one) in undecided.filter(|(_, one)| !one.redaction.kind.is_stretch()) {
        if one.words.is_empty() {
            return Ok(None);
        }
        let (kind, proposed, folded) = (one.redaction.kind, one.redaction.decision, finder::fold::squash(&one.words).into());
        open.push(OpenWords { number, kind, proposed, words: &one.words, folded });
    }
    let written = postcard::to_allocvec(&open).map_err(|error| Failure::because("writing down the words of an item", error))?;
    Ok(Some(written))
}

/// The words as they were written down; `None` when they cannot be read.
pub(super) fn read_words(written: &[u8]) -> Option<Vec<OpenWords<'_>>> {
    postcard::from_bytes(written).ok()
}

/// Writes down the words of an item at a version of it.
pub(super) fn put_words(tx: &mut WriteTx<'_>, id: &RecordId, at: (u64, u64), stored: &StoredProposals) -> Result<(), Error> {
    // Of what is decided nothing is counted.
    if open_proposals(stored) == 0 {
        return Ok(());
    }
    if let Some(words) = open_words(stored)? {
        tx.review_words_put(id.as_str(), at.0, at.1, &words)?;
    }
    Ok(())
}

/// Adds items to a review, with their words.
pub(crate) fn insert(tx: &mut WriteTx<'_>, id: &RecordId, items: &[ReviewItemFull]) -> Result<(), Error> {
    tx.review_items_insert(id.as_str(), items)?;
    for item in items.iter().filter(|item| item.item.state == "open" && !item.proposals.is_empty()) {
        put_words(tx, id, (item.item.idx, 1), &parse(&item.proposals)?)?;
    }
    Ok(())
}

/// Hands over what is proposed in every readable item.
fn each(tx: &mut ReadTx<'_>, id: &RecordId, each: &mut dyn FnMut(&ReviewProposals, &Light<'_>)) -> Result<(), Error> {
    let mut after = None;
    loop {
        let page = tx.review_proposals(id.as_str(), after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.idx);
        for item in &page {
            let light = serde_json::from_slice(&item.proposals).map_err(|error| Failure::because("reading a review item", error))?;
            each(item, &light);
        }
    }
}

/// The numbers of the readable items that may have a proposal on these folded words; of rows and of reviews of an earlier
/// version only the text tells.
pub(super) fn standing_on(tx: &mut ReadTx<'_>, id: &RecordId, words: &str) -> Result<Vec<u64>, Error> {
    let (mut numbers, mut folded) = (Vec::new(), HashMap::new());
    each(tx, id, &mut |item, light| {
        let same = light.proposals.iter().any(|one| {
            let known = folded.get(one.words.as_ref()).copied();
            known.unwrap_or_else(|| {
                let same = one.words.is_empty() || finder::fold::squash(&one.words) == words;
                folded.insert(one.words.clone().into_owned(), same);
                same
            })
        });
        if same {
            numbers.push(item.idx);
        }
    })?;
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::StoredProposal;
    use crate::sar::DraftRedaction;

    fn stored(included: Option<bool>) -> StoredProposals {
        let text = "Ben Carter, ben@example.org, Zoe";
        let proposal = |start, end, kind, decided| {
            let (why, exemption) = (String::new(), String::new());
            let redaction = DraftRedaction { start, end, kind, why, exemption, decision: Decision::Withhold };
            StoredProposal { decided, ..StoredProposal::of(text, redaction) }
        };
        let proposals = vec![
            proposal(0, 10, Kind::Person, None),
            proposal(12, 27, Kind::Email, Some(Decision::Show)),
            proposal(0, 32, Kind::Row, None),
            proposal(29, 32, Kind::Person, None),
        ];
        StoredProposals { proposals, included, second: None, pages: None }
    }

    #[test]
    fn what_is_open_is_written_down_and_read_back() {
        let written = open_words(&stored(None)).unwrap().unwrap();
        let word = |number, words| {
            let folded = finder::fold::squash(words).into();
            OpenWords { number, kind: Kind::Person, proposed: Decision::Withhold, words, folded }
        };
        assert_eq!(read_words(&written).unwrap(), [word(0, "Ben Carter"), word(3, "Zoe")]);
        assert_eq!(read_words(&open_words(&stored(Some(false))).unwrap().unwrap()).unwrap(), [], "what is left out waits for nothing");
        assert_eq!(read_words(&[9, 9]), None);
        let mut earlier = stored(None);
        earlier.proposals[3].words.clear();
        assert_eq!(open_words(&earlier).unwrap(), None);
    }
}
