//! Undoing the last decision of a reviewer: what stood there before stands there again.

use domain::ids::RecordId;
use domain::people::Actor;
use domain::{Refusal, RefusalCode};
use store::Undoable;

use super::change::{Act, open_review};
use super::item::{StoredProposals, parse};
use crate::app::App;
use crate::error::Error;

/// Undoes what the actor decided last in this review, in all items that it touched, or in none. Returns
/// the first of them; `None` when there is nothing to undo.
///
/// # Errors
/// `AUTH-002` when somebody decided one of these items since; `REQ-004` when the review is not open.
pub fn undo(app: &App, actor: &Actor, id: &RecordId) -> Result<Option<u64>, Error> {
    app.store.write(&app.origin(actor), |tx| {
        open_review(tx, actor, id)?;
        let Some((last, _)) = tx.review_last_act(id.as_str(), actor.user.as_str())? else { return Ok(None) };
        let undoable: Vec<Undoable> = tx.review_act(id.as_str(), &last)?;
        let first = undoable.first().map(|one| one.idx);
        let mut act = Act::begin(app, "undo");
        for one in &undoable {
            let row = tx.review_item_light(id.as_str(), one.idx)?.ok_or(Error::NotFound)?;
            if row.item.version != one.version {
                return Err(Refusal::new(RefusalCode::Conflict, "").into());
            }
            let before: StoredProposals = parse(&one.before)?;
            let by = tx.review_decision_by(id.as_str(), one.idx, one.prior)?;
            let by = by.as_ref().map_or(("", 0), |(who, at)| (who.as_str(), *at));
            act.put(tx, id, &row, &before, Some(by))?;
            tx.review_decision_undone(id.as_str(), one, row.item.version + 1)?;
        }
        act.end(tx, id)?;
        Ok(first)
    })
}
