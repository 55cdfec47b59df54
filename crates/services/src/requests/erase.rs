//! Erasing the data subject of a request: their key is destroyed, so every value, file
//! and version sealed to them reads as erased, in backups of the data too.

use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};

use super::save::load;
use crate::app::App;
use crate::error::Error;

/// Erases the data subject of a finished request. The review's copies go first; then the
/// key. The log keeps that it happened, when and by whom.
///
/// # Errors
/// `REQ-004` while the request still runs: erasing then would conceal data that somebody
/// asked for (DPA 2018 section 173). `REQ-004` under a legal hold.
pub fn erase(app: &App, actor: &Actor, id: &RecordId) -> Result<(), Error> {
    app.store.write(&app.origin(actor), |tx| {
        let loaded = load(tx, actor, id, Verb::RequestConclude)?;
        if loaded.request.stage.is_live() || loaded.request.facts.hold {
            return Err(Refusal::new(RefusalCode::WrongState, "It still runs, or a legal hold keeps it.").into());
        }
        if tx.review_items_clear(id.as_str())? > 0 {
            tx.log_batch(id.as_str(), [0; 32], "review-cleared")?;
        }
        tx.subject_erase(loaded.request.subject.as_str(), "erasure")?;
        Ok(())
    })
}
