//! What reviewers note about an item. The text may say anything about the data subject, so
//! it is sealed under their key and goes with it.

use crate::{
    error::Error,
    keys::table::{Held, Holder},
    seal,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::{Row, values},
};

queries! {
    NOTE_PUT = "INSERT INTO review_notes (org, record, idx, id, subject, who, at_us, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    NOTES_OF = "SELECT id, subject, who, at_us, body FROM review_notes WHERE org = $1 AND record = $2 AND idx = $3 ORDER BY at_us, id";
    NOTES_CLEAR = "DELETE FROM review_notes WHERE org = $1 AND record = $2";
}

/// One note.
#[derive(Clone, PartialEq, Eq)]
pub struct ReviewNote {
    /// Its id.
    pub id: String,
    /// Who wrote it.
    pub who: String,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// What it says; `None` when the data subject was erased.
    pub text: Option<String>,
}

/// Never prints content.
impl std::fmt::Debug for ReviewNote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReviewNote").field("id", &self.id).field("who", &self.who).finish_non_exhaustive()
    }
}

fn context(org: &str, record: &str, idx: u64, id: &str) -> Vec<u8> {
    seal::context("probity-review-note-v1", &[org, record, &idx.to_string(), id])
}

impl ReadTx<'_> {
    /// The notes on an item, oldest first.
    pub fn review_notes(&mut self, record: &str, idx: u64) -> Result<Vec<ReviewNote>, Error> {
        let rows = self.query(&NOTES_OF, values![self.org(), record, idx])?;
        rows.into_iter()
            .map(|mut row: Row| {
                let (id, subject, who, at_us, sealed) = (row.text(0)?, row.text(1)?, row.text(2)?, row.int(3)?, row.blob(4)?);
                let text = match self.key(Holder::Subject, &subject)? {
                    Held::Alive(key) => {
                        let clear = seal::open(&key, &context(self.org(), record, idx, &id), &sealed);
                        let text = clear.and_then(|clear| String::from_utf8(clear).ok());
                        Some(text.ok_or_else(|| Error::corrupt("review_notes", id.clone(), "the seal does not open"))?)
                    }
                    Held::Erased | Held::Never => None,
                };
                Ok(ReviewNote { id, who, at_us, text })
            })
            .collect()
    }
}

impl WriteTx<'_> {
    /// Adds a note to an item. Follow it with [`WriteTx::log_batch`].
    ///
    /// # Errors
    /// [`Error::Erased`] when the subject was erased.
    pub fn review_note_add(&mut self, record: &str, idx: u64, subject: &str, id: &str, text: &str) -> Result<(), Error> {
        let key = self.key_alive(Holder::Subject, subject)?;
        let org = self.org();
        let body = seal::seal(&key, &context(org, record, idx, id), text.as_bytes())?;
        let (who, at_us) = (self.actor.clone(), self.at_us);
        self.change(&NOTE_PUT, values![org, record, idx, id, subject, who, at_us, body]).map(drop)
    }
}
