//! What a search notes as it goes, sealed under the key of the data subject. Working data: no
//! evidence rests on it, and it goes with the end of the request or the subject's erasure.

use crate::{
    error::Error,
    keys::table::{Held, Holder},
    seal,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::values,
};

queries! {
    SEARCH_NOTES_AFTER = "SELECT number, subject, body FROM search_notes WHERE org = $1 AND record = $2 AND number > $3 ORDER BY number LIMIT 20";
    SEARCH_NOTE_LAST = "SELECT CAST(coalesce(max(number), 0) AS BIGINT) FROM search_notes WHERE org = $1 AND record = $2";
    SEARCH_NOTE_PUT = "INSERT INTO search_notes (org, record, number, subject, body) VALUES ($1, $2, $3, $4, $5)";
    SEARCH_NOTE_DROP = "DELETE FROM search_notes WHERE org = $1 AND record = $2 AND number = $3";
    SEARCH_NOTES_CLEAR = "DELETE FROM search_notes WHERE org = $1 AND record = $2";
    SEARCH_NOTES_FORGET = "DELETE FROM search_notes WHERE org = $1 AND subject = $2";
}

fn context(org: &str, record: &str, number: u64) -> Vec<u8> {
    seal::context("probity-search-note-v1", &[org, record, &number.to_string()])
}

impl ReadTx<'_> {
    /// The next notes of a record's search after a number (0 for the first), at most 20, each with its number. What
    /// cannot be opened comes as an empty note.
    pub fn search_notes_after(&mut self, record: &str, after: u64) -> Result<Vec<(u64, Vec<u8>)>, Error> {
        let rows = self.query(&SEARCH_NOTES_AFTER, values![self.org(), record, after])?;
        let mut notes = Vec::with_capacity(rows.len());
        for mut row in rows {
            let (number, subject, sealed) = (row.count(0)?, row.text(1)?, row.blob(2)?);
            let clear = match self.key(Holder::Subject, &subject)? {
                Held::Alive(key) => seal::open(&key, &context(self.org(), record, number), &sealed),
                Held::Erased | Held::Never => None,
            };
            notes.push((number, clear.unwrap_or_default()));
        }
        Ok(notes)
    }
}

impl WriteTx<'_> {
    /// Adds a note to a record's search. Use it in [`crate::Store::write_technical`].
    ///
    /// # Errors
    /// [`Error::Erased`] when the subject was erased.
    pub fn search_note_add(&mut self, record: &str, subject: &str, note: &[u8]) -> Result<(), Error> {
        let key = self.key_alive(Holder::Subject, subject)?;
        let last = self.one(&SEARCH_NOTE_LAST, values![self.org(), record])?;
        let number = last.map_or(Ok(0), |mut row| row.count(0))? + 1;
        let org = self.org();
        let body = seal::seal(&key, &context(org, record, number), note)?;
        self.touch(&SEARCH_NOTE_PUT, values![org, record, number, subject, body]).map(drop)
    }

    /// Drops notes that are of no use any more.
    pub fn search_notes_drop(&mut self, record: &str, numbers: &[u64]) -> Result<(), Error> {
        let org = self.org();
        for number in numbers {
            self.touch(&SEARCH_NOTE_DROP, values![org, record, *number])?;
        }
        Ok(())
    }

    /// Drops every note of a record's search.
    pub fn search_notes_clear(&mut self, record: &str) -> Result<(), Error> {
        let org = self.org();
        self.touch(&SEARCH_NOTES_CLEAR, values![org, record]).map(drop)
    }

    /// Drops every note that is sealed to a subject.
    pub(crate) fn search_notes_forget(&mut self, subject: &str) -> Result<(), Error> {
        let org = self.org();
        self.touch(&SEARCH_NOTES_FORGET, values![org, subject]).map(drop)
    }
}
