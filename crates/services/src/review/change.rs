//! How decisions are kept: a row an item, an entry in the log for what was decided in one go.

use domain::casework::request::Stage;
use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};
use sha2::{Digest, Sha256};
use store::{ReadTx, ReviewChange, ReviewItemFull, WriteTx};

use super::item::{SecondLook, StoredProposals, json, open_proposals, parse, state_of};
use super::light::put_words;
use crate::app::App;
use crate::error::Error;
use crate::requests::load_for_review;

/// The name under which the log keeps what happens to the items of a review: by the thousand,
/// so that they do not crowd out what happens to the request.
pub(super) fn log_name(id: &RecordId) -> String {
    format!("{id}.review")
}

/// Loads a request whose review is open, and asks whether the actor works on it. Returns the data subject.
///
/// # Errors
/// `REQ-004` when the review has not begun or is finished.
pub(super) fn open_review(tx: &mut ReadTx<'_>, actor: &Actor, id: &RecordId) -> Result<domain::ids::SubjectId, Error> {
    let loaded = load_for_review(tx, actor, id, Verb::RequestWork)?;
    if loaded.request.stage == Stage::Review {
        Ok(loaded.request.subject)
    } else {
        Err(Refusal::new(RefusalCode::WrongState, "The review is not open.").into())
    }
}

/// One go of decisions: the items it changed, for the log.
pub(super) struct Act {
    verb: &'static str,
    id: String,
    manifest: Sha256,
    /// How many items it changed.
    pub(super) changed: u64,
}

impl Act {
    pub(super) fn begin(app: &App, verb: &'static str) -> Self {
        let id = app.ids.fresh();
        Self { verb, manifest: Sha256::new_with_prefix(format!("{verb}\n{id}\n")), id, changed: 0 }
    }

    /// Keeps new decisions of an item, unless they are what they were. A decision made after a
    /// second person confirmed has to be confirmed again.
    pub(super) fn keep(
        &mut self,
        tx: &mut WriteTx<'_>,
        id: &RecordId,
        row: &ReviewItemFull,
        mut after: StoredProposals,
    ) -> Result<bool, Error> {
        let before: StoredProposals = parse(&row.proposals)?;
        if after == before {
            return Ok(false);
        }
        if let Some(second) = &mut after.second
            && before.second.as_ref().is_some_and(|before| before.confirmed_by.is_some())
            && self.verb != "undo"
        {
            second.confirmed_by = None;
        }
        self.put(tx, id, row, &after, None).map(|()| true)
    }

    /// Writes the decisions. `decided` names who counts as having decided them, where it is not who writes:
    /// then nothing is kept for undoing.
    pub(super) fn put(
        &mut self,
        tx: &mut WriteTx<'_>,
        id: &RecordId,
        row: &ReviewItemFull,
        after: &StoredProposals,
        decided: Option<(&str, i64)>,
    ) -> Result<(), Error> {
        let proposals = json(after)?;
        tx.review_item_update(
            id.as_str(),
            &row.item,
            &ReviewChange {
                state: state_of(after),
                open_proposals: open_proposals(after),
                marks: after.proposals.len() as u64,
                second: SecondLook::key(after.second.as_ref()),
                proposals: &proposals,
                before: if decided.is_some() { &[] } else { &row.proposals },
                verb: self.verb,
                act: &self.id,
                decided,
            },
        )?;
        put_words(tx, id, (row.item.idx, row.item.version + 1), after)?;
        self.manifest.update(format!("{} {}\n", row.item.idx, row.item.version + 1));
        self.manifest.update(Sha256::digest(&proposals));
        self.changed += 1;
        Ok(())
    }

    /// One entry in the log, bound to what was decided about which item.
    pub(super) fn end(self, tx: &mut WriteTx<'_>, id: &RecordId) -> Result<u64, Error> {
        if self.changed > 0 {
            tx.log_batch(&log_name(id), self.manifest.finalize().into(), self.verb)?;
        }
        Ok(self.changed)
    }
}

/// An item at the version somebody looked at, unless somebody else has it open now.
///
/// # Errors
/// `AUTH-002` when it was decided meanwhile; `REVIEW-001` when somebody else has it open.
pub(super) fn held(
    tx: &mut WriteTx<'_>,
    actor: &Actor,
    id: &RecordId,
    index: u64,
    version: u64,
    text: bool,
) -> Result<ReviewItemFull, Error> {
    let now = tx.at_us();
    if tx.review_claim(id.as_str(), index, now)?.is_some_and(|claim| claim.who != actor.user.as_str()) {
        return Err(Refusal::new(RefusalCode::ItemHeld, "").into());
    }
    let row = if text { tx.review_item_get(id.as_str(), index)? } else { tx.review_item_light(id.as_str(), index)? };
    let row = row.filter(|row| !row.proposals.is_empty()).ok_or(Error::NotFound)?;
    if row.item.version == version { Ok(row) } else { Err(Refusal::new(RefusalCode::Conflict, "").into()) }
}
