//! What one decision would settle most of: the same words in many items, the most frequent first. Counted from
//! words that are written down beside each item: the texts of thousands of items are not touched.

use std::collections::HashMap;

use domain::casework::request::Stage;
use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use finder::detect::Kind;
use store::ReadTx;

use super::change::log_name;
use super::item::{StoredDocument, StoredProposals, parse, words_at};
use super::light::{OpenWords, read_words};
use crate::app::App;
use crate::error::Error;
use crate::requests::load_for_review;
use crate::sar::Decision;

/// Groups that are shown at once.
const MOST: usize = 100;
/// Items read in one go.
const PAGE: u64 = 1_000;

/// The same words, in any spelling that folds alike, wherever nobody has decided about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The words as they stand in the first of the items.
    pub words: String,
    /// What they were taken for there.
    pub kind: Kind,
    /// What is proposed there.
    pub proposed: Decision,
    /// Places that are still open.
    pub open: u64,
    /// Items with such a place.
    pub items: u64,
    /// One of the places: number of the item, its version, number of the proposal in it.
    pub at: (u64, u64, usize),
}

/// All groups of a review.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    /// Reference of the request.
    pub reference: String,
    /// Whether the review is open.
    pub reviewing: bool,
    /// The groups that settle most, at most a hundred.
    pub groups: Vec<Group>,
    /// How many further groups there are.
    pub beyond: u64,
}

/// Counts what is still open by its words, in items that are not left out. Logged as a reading of personal data.
///
/// # Errors
/// Not found when the request is not theirs to see.
pub fn groups(app: &App, actor: &Actor, id: &RecordId) -> Result<Groups, Error> {
    let request = app.store.write(&app.origin(actor), |tx| {
        let loaded = load_for_review(tx, actor, id, Verb::RequestWork)?;
        tx.log_read(&log_name(id), "review-words", "casework")?;
        Ok::<_, Error>(loaded.request)
    })?;
    let reviewing = request.stage == Stage::Review;
    let counted = if reviewing { app.store.read(|tx| count_all(tx, id))? } else { Counted::default() };
    let mut groups = counted.groups;
    let order = |a: &Group, b: &Group| (b.open, b.items, &a.words, a.at).cmp(&(a.open, a.items, &b.words, b.at));
    let beyond = groups.len().saturating_sub(MOST) as u64;
    if beyond > 0 {
        // Of tens of thousands only the first are put in order.
        groups.select_nth_unstable_by(MOST, order);
        groups.truncate(MOST);
    }
    groups.sort_by(order);
    Ok(Groups { reference: request.facts.reference, reviewing, groups, beyond })
}

fn count_all(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Counted, Error> {
    let (mut counted, mut after) = (Counted::default(), None);
    loop {
        let page = tx.review_words(id.as_str(), after, PAGE)?;
        let Some(last) = page.last() else { return Ok(counted) };
        after = Some(last.idx);
        for item in &page {
            if let Some(open) = item.body.as_deref().and_then(read_words) {
                counted.words(&open, (item.idx, item.version));
                continue;
            }
            let row = tx.review_item_get(id.as_str(), item.idx)?.ok_or(Error::NotFound)?;
            let document: StoredDocument = parse(&row.document)?;
            counted.with_text(&document.document.text, &parse(&row.proposals)?, (item.idx, item.version));
        }
    }
}

/// The groups so far.
#[derive(Default)]
struct Counted {
    groups: Vec<Group>,
    /// The group of folded words.
    folded: HashMap<String, usize>,
}

impl Counted {
    fn words(&mut self, open: &[OpenWords<'_>], (idx, version): (u64, u64)) {
        for one in open {
            self.one((one.words, &one.folded), (one.kind, one.proposed), (idx, version, one.number));
        }
    }

    fn with_text(&mut self, text: &str, stored: &StoredProposals, at: (u64, u64)) {
        if stored.included == Some(false) {
            return;
        }
        for (number, one) in stored.proposals.iter().enumerate().filter(|(_, one)| one.decided.is_none()) {
            if let Some(words) = words_at(text, &one.redaction) {
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                self.one((&words, &finder::fold::squash(&words)), (one.redaction.kind, one.redaction.decision), (at.0, at.1, number));
            }
        }
    }

    fn one(&mut self, (words, folded): (&str, &str), (kind, proposed): (Kind, Decision), at: (u64, u64, usize)) {
        let place = self.folded.get(folded).copied().unwrap_or_else(|| {
            let place = self.groups.len();
            self.folded.insert(folded.to_owned(), place);
            let none = (u64::MAX, at.1, at.2);
            self.groups.push(Group { words: words.to_owned(), kind, proposed, open: 0, items: 0, at: none });
            place
        });
        let Some(group) = self.groups.get_mut(place) else { return };
        group.open += 1;
        if group.at.0 != at.0 {
            group.items += 1;
            group.at = at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::StoredProposal;
    use crate::sar::DraftRedaction;

    fn item<'t>(text: &'t str, words: &[(&str, Option<Decision>)], included: Option<bool>) -> (&'t str, StoredProposals) {
        let proposals = words.iter().map(|(words, decided)| {
            let start = text.find(words).unwrap();
            let redaction = DraftRedaction {
                start,
                end: start + words.len(),
                kind: Kind::Person,
                why: String::new(),
                exemption: String::new(),
                decision: Decision::Withhold,
            };
            StoredProposal { decided: *decided, ..StoredProposal::of(text, redaction) }
        });
        (text, StoredProposals { proposals: proposals.collect(), included, second: None, pages: None })
    }

    #[test]
    fn words_are_counted_in_any_spelling_where_they_are_open() {
        let items = [
            item(
                "Ben Carter met BEN  CARTER and \"Zoe\"",
                &[("Ben Carter", None), ("BEN  CARTER", None), ("\"Zoe\"", Some(Decision::Show))],
                None,
            ),
            item("ben-carter again", &[("ben-carter", None)], Some(true)),
            item("Ben Carter left out", &[("Ben Carter", None)], Some(false)),
        ];
        let mut counted = Counted::default();
        for (idx, (text, stored)) in items.iter().enumerate() {
            counted.with_text(text, stored, (idx as u64, 1));
        }
        let groups: Vec<_> = counted.groups.into_iter().map(|group| (group.words, group.open, group.items, group.at)).collect();
        assert_eq!(groups, [("Ben Carter".to_owned(), 3, 2, (1, 1, 0))]);
    }

    #[test]
    fn words_that_were_written_down_are_counted_alike() {
        let (text, stored) = item("Ben Carter met Zoe", &[("Ben Carter", None), ("Zoe", None)], None);
        let (mut whole, mut light) = (Counted::default(), Counted::default());
        whole.with_text(text, &stored, (4, 2));
        let open: Vec<OpenWords<'_>> = stored
            .proposals
            .iter()
            .enumerate()
            .map(|(number, one)| {
                let folded = finder::fold::squash(&one.words).into();
                OpenWords { number, kind: Kind::Person, proposed: Decision::Withhold, words: &one.words, folded }
            })
            .collect();
        light.words(&open, (4, 2));
        assert_eq!(light.groups, whole.groups);
    }
}
