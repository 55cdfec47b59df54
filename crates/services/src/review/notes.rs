//! Notes on an item: for the reviewers, never for the pack. Sealed to the data subject.

use domain::ids::RecordId;
use domain::people::Actor;
use domain::{Refusal, RefusalCode};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use store::ReadTx;

use super::change::{log_name, open_review};
use crate::accounts::display_name;
use crate::app::App;
use crate::error::Error;

/// Longest note, in characters.
const LONGEST: usize = 4_000;

/// One note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Who wrote it.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// What it says; `[erased]` once the person was erased.
    pub text: String,
}

/// Adds a note to an item. Anybody who works on the review may, whoever has the item open.
///
/// # Errors
/// `FORM-001` when it is empty or too long; `REQ-004` when the review is not open.
pub fn add_note(app: &App, actor: &Actor, id: &RecordId, index: u64, text: &str) -> Result<(), Error> {
    let text = text.trim();
    app.store.write(&app.origin(actor), |tx| {
        let subject = open_review(tx, actor, id)?;
        if text.is_empty() || text.chars().count() > LONGEST {
            return Err(Refusal::new(RefusalCode::ValueInvalid, "Write a note of at most 4,000 characters.").into());
        }
        tx.review_item_light(id.as_str(), index)?.ok_or(Error::NotFound)?;
        let note = app.ids.fresh();
        tx.review_note_add(id.as_str(), index, subject.as_str(), &note, text)?;
        tx.log_batch(&log_name(id), Sha256::digest(format!("note\n{index}\n{note}\n")).into(), "note")?;
        Ok(())
    })
}

/// The notes on an item.
pub(super) fn notes(tx: &mut ReadTx<'_>, id: &RecordId, index: u64) -> Result<Vec<Note>, Error> {
    let mut shown = Vec::new();
    for note in tx.review_notes(id.as_str(), index)? {
        shown.push(Note {
            who: display_name(tx, &note.who)?.unwrap_or_default(),
            at: Timestamp::from_microsecond(note.at_us).unwrap_or_default(),
            text: note.text.unwrap_or_else(|| "[erased]".to_owned()),
        });
    }
    Ok(shown)
}
