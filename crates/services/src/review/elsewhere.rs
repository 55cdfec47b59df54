//! What the decisions of a review mean for pages as they look, read without any text: what is withheld, and what was agreed to.

use std::borrow::Cow;
use std::collections::BTreeSet;

use domain::casework::request::Person;
use domain::ids::RecordId;
use finder::detect::Kind;
use finder::plan::Elsewhere;
use serde::Deserialize;
use store::ReadTx;

use super::item::{StoredDocument, StoredProposals, parse};
use crate::error::Error;
use crate::ports::Failure;
use crate::sar::{Decision, PagesSaid, own};

/// Items read in one go.
const PAGE: u64 = 1_000;

/// Takes the number of an item and what is proposed in it.
type Take<'t> = dyn FnMut(u64, &[u8]) -> Result<(), Error> + 't;

/// Of the proposals of an item, whether somebody agreed to its pages.
#[derive(Deserialize)]
struct Agreed {
    pages: Option<PagesSaid>,
}

/// The items of a review of which somebody agreed to the pages, with their numbers.
pub(crate) fn load_agreed(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Vec<(u64, StoredDocument, StoredProposals)>, Error> {
    let mut agreed = Vec::new();
    each(tx, id, &mut |number, proposals| {
        let said: Agreed = parse(proposals)?;
        if said.pages.is_some_and(|said| said.agreed.is_some()) {
            agreed.push(number);
        }
        Ok(())
    })?;
    let mut items = Vec::new();
    for number in agreed {
        let row = tx.review_item_get(id.as_str(), number)?.ok_or(Error::NotFound)?;
        items.push((number, parse(&row.document)?, parse(&row.proposals)?));
    }
    Ok(items)
}

/// Hands over what is proposed in every readable item, and its number.
fn each(tx: &mut ReadTx<'_>, id: &RecordId, take: &mut Take<'_>) -> Result<(), Error> {
    let mut after = None;
    loop {
        let page = tx.review_proposals(id.as_str(), after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.idx);
        for item in &page {
            take(item.idx, &item.proposals)?;
        }
    }
}

/// Of the proposals of an item, what they say of words.
#[derive(Deserialize)]
struct Decided<'j> {
    #[serde(borrow)]
    proposals: Vec<OneDecided<'j>>,
    included: Option<bool>,
}

#[derive(Deserialize)]
struct OneDecided<'j> {
    redaction: Proposed,
    decided: Option<Decision>,
    #[serde(borrow, default)]
    words: Cow<'j, str>,
}

#[derive(Deserialize)]
struct Proposed {
    kind: Kind,
    decision: Decision,
}

/// What is withheld in any item of a review that is not left out, by decision or, where nobody decided yet, by proposal. Sent or not: the
/// same person is treated alike in each part of an answer.
pub(crate) fn withheld_elsewhere(tx: &mut ReadTx<'_>, id: &RecordId, person: Option<&Person>) -> Result<Elsewhere, Error> {
    let mut met: BTreeSet<(Kind, String, bool)> = BTreeSet::new();
    each(tx, id, &mut |_, proposals| {
        let item: Decided<'_> = serde_json::from_slice(proposals).map_err(|error| Failure::because("reading a review item", error))?;
        let words = item.proposals.into_iter().filter(|one| !one.words.is_empty());
        for one in words.filter(|_| item.included != Some(false)) {
            let is_withheld = one.decided.unwrap_or(one.redaction.decision) == Decision::Withhold;
            met.insert((one.redaction.kind, one.words.into_owned(), is_withheld));
        }
        Ok(())
    })?;
    Ok(Elsewhere::of(met.iter().map(|(kind, words, is_withheld)| (*kind, words.as_str(), *is_withheld)), own(person)))
}
