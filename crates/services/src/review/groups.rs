//! What one decision would settle most of: the same words in many items, the most frequent first.

use std::collections::HashMap;

use domain::casework::request::Stage;
use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use finder::detect::Kind;

use super::change::log_name;
use super::decide::readable_page;
use super::item::{StoredDocument, StoredProposals, parse};
use crate::app::App;
use crate::error::Error;
use crate::requests::load_for_review;
use crate::sar::Decision;

/// Groups that are shown at once.
const MOST: usize = 100;

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
    let mut counted = HashMap::new();
    if reviewing {
        app.store.read(|tx| {
            let mut after = None;
            loop {
                let page = readable_page(tx, id, after)?;
                let Some(last) = page.last() else { return Ok::<_, Error>(()) };
                after = Some(*last);
                for idx in page {
                    let row = tx.review_item_get(id.as_str(), idx)?.ok_or(Error::NotFound)?;
                    let document: StoredDocument = parse(&row.document)?;
                    count(&document.document.text, &parse(&row.proposals)?, (idx, row.item.version), &mut counted);
                }
            }
        })?;
    }
    let mut groups: Vec<Group> = counted.into_values().collect();
    groups.sort_by(|a, b| (b.open, b.items, &a.words, a.at).cmp(&(a.open, a.items, &b.words, b.at)));
    let beyond = groups.len().saturating_sub(MOST) as u64;
    groups.truncate(MOST);
    Ok(Groups { reference: request.facts.reference, reviewing, groups, beyond })
}

fn count(text: &str, stored: &StoredProposals, (idx, version): (u64, u64), counted: &mut HashMap<String, Group>) {
    if stored.included == Some(false) {
        return;
    }
    for (number, proposal) in stored.proposals.iter().enumerate().filter(|(_, one)| one.decided.is_none()) {
        let redaction = &proposal.redaction;
        let Some(words) = text.get(redaction.start..redaction.end).filter(|_| redaction.kind != Kind::Row) else {
            continue;
        };
        let group = counted.entry(finder::fold::squash(words)).or_insert_with(|| Group {
            words: words.split_whitespace().collect::<Vec<_>>().join(" "),
            kind: redaction.kind,
            proposed: redaction.decision,
            open: 0,
            items: 0,
            at: (u64::MAX, version, number),
        });
        group.open += 1;
        if group.at.0 != idx {
            group.items += 1;
            group.at = (idx, version, number);
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
            StoredProposal { redaction, decided: *decided, by_hand: false }
        });
        (text, StoredProposals { proposals: proposals.collect(), included, second: None, pages: None })
    }

    #[test]
    fn words_are_counted_in_any_spelling_where_they_are_open() {
        let mut counted = HashMap::new();
        let items = [
            item("Ben Carter met BEN  CARTER and Zoe", &[("Ben Carter", None), ("BEN  CARTER", None), ("Zoe", Some(Decision::Show))], None),
            item("ben-carter again", &[("ben-carter", None)], Some(true)),
            item("Ben Carter left out", &[("Ben Carter", None)], Some(false)),
        ];
        for (idx, (text, stored)) in items.iter().enumerate() {
            count(text, stored, (idx as u64, 1), &mut counted);
        }
        let groups: Vec<_> = counted.into_values().map(|group| (group.words, group.open, group.items, group.at)).collect();
        assert_eq!(groups, [("Ben Carter".to_owned(), 3, 2, (1, 1, 0))]);
    }
}
