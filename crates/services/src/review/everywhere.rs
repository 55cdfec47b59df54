//! What it would change to decide the same words alike in every item, before it is done.

use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};

use super::decide::{same_words, text_of};
use super::item::{StoredDocument, StoredProposals, parse};
use super::light::standing_on;
use crate::app::App;
use crate::error::Error;
use crate::requests::load_for_review;
use crate::sar::Decision;

/// What would change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Everywhere {
    /// The words as they stand in the item.
    pub words: String,
    /// Places where the decision would be new or another one.
    pub places: u64,
    /// Items they stand in.
    pub items: u64,
    /// Of the places: those that a person decided the other way.
    pub turned: u64,
}

/// Counts the places of the same words, in any spelling that folds alike.
///
/// # Errors
/// `AUTH-002` when somebody decided the item meanwhile; not found when there is no such proposal.
pub fn everywhere(app: &App, actor: &Actor, id: &RecordId, at: (u64, u64, usize), decision: Decision) -> Result<Everywhere, Error> {
    let (index, version, proposal) = at;
    app.store.read(|tx| {
        load_for_review(tx, actor, id, Verb::RequestWork)?;
        let row = tx.review_item_get(id.as_str(), index)?.filter(|row| !row.document.is_empty()).ok_or(Error::NotFound)?;
        if row.item.version != version {
            return Err(Refusal::new(RefusalCode::Conflict, "").into());
        }
        let (document, stored): (StoredDocument, StoredProposals) = (parse(&row.document)?, parse(&row.proposals)?);
        let words = text_of(&document, &stored, Some(proposal)).ok_or(Error::NotFound)?;
        let here = stored.proposals.get(proposal).map(|proposal| &proposal.redaction);
        let shown = here.and_then(|r| document.document.text.get(r.start..r.end)).unwrap_or_default();
        let mut found = Everywhere { words: shown.to_owned(), ..Everywhere::default() };
        for idx in standing_on(tx, id, &words)? {
            let row = tx.review_item_get(id.as_str(), idx)?.ok_or(Error::NotFound)?;
            let (document, stored): (StoredDocument, StoredProposals) = (parse(&row.document)?, parse(&row.proposals)?);
            found.count(&document, &stored, &words, decision);
        }
        Ok(found)
    })
}

impl Everywhere {
    fn count(&mut self, document: &StoredDocument, stored: &StoredProposals, words: &str, decision: Decision) {
        let before: Vec<Option<Decision>> =
            same_words(document, stored, words).into_iter().filter_map(|at| stored.proposals.get(at)).map(|one| one.decided).collect();
        let new = before.iter().filter(|decided| **decided != Some(decision)).count() as u64;
        self.places += new;
        self.items += u64::from(new > 0);
        self.turned += before.iter().filter(|decided| decided.is_some_and(|one| one != decision)).count() as u64;
    }
}
