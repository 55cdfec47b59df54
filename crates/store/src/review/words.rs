//! The words of items that wait for a decision, small and apart from their texts. Derived: what is not there, or is of
//! another version of its item, is made from the item itself.

use crate::{
    error::Error,
    keys::table::Holder,
    seal,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::{Row, values},
};

queries! {
    WORDS_PUT = "INSERT INTO review_words (org, record, idx, version, body) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (org, record, idx) DO UPDATE SET version = excluded.version, body = excluded.body";
    WORDS_OPEN = "SELECT i.idx, i.version, w.body FROM review_items i LEFT JOIN review_words w ON w.org = i.org AND w.record = i.record \
        AND w.idx = i.idx AND w.version = i.version WHERE i.org = $1 AND i.record = $2 AND i.state = 'open' AND i.idx > $3 \
        AND i.duplicate_of IS NULL AND i.unreadable IS NULL ORDER BY i.idx LIMIT $4";
    WORDS_CLEAR = "DELETE FROM review_words WHERE org = $1 AND record = $2";
}

/// The open words of an item.
#[derive(Clone, PartialEq, Eq)]
pub struct ReviewWords {
    /// Its number in the review, from 0.
    pub idx: u64,
    /// The version of its decisions.
    pub version: u64,
    /// The words, in the caller's own form; `None` where nobody wrote them down.
    pub body: Option<Vec<u8>>,
}

/// Never prints content.
impl std::fmt::Debug for ReviewWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReviewWords").field("idx", &self.idx).field("version", &self.version).finish_non_exhaustive()
    }
}

fn context(org: &str, record: &str, idx: u64, version: u64) -> Vec<u8> {
    seal::context("probity-review-words-v1", &[org, record, &idx.to_string(), &version.to_string()])
}

impl ReadTx<'_> {
    /// The words of the next readable items in which something is open, at most `limit`.
    ///
    /// # Errors
    /// [`Error::Erased`] when the record's key was destroyed. What does not open is `None`.
    pub fn review_words(&mut self, record: &str, after: Option<u64>, limit: u64) -> Result<Vec<ReviewWords>, Error> {
        let key = self.key_alive(Holder::Record, record)?;
        let org = self.org();
        let after = after.map_or(-1, |n| i64::try_from(n).unwrap_or(i64::MAX));
        let rows = self.query(&WORDS_OPEN, values![org, record, after, limit])?;
        let opened = |mut row: Row| {
            let (idx, version) = (row.count(0)?, row.count(1)?);
            let body = row.opt_blob(2)?.and_then(|sealed| seal::open(&key, &context(org, record, idx, version), &sealed));
            Ok(ReviewWords { idx, version, body })
        };
        rows.into_iter().map(opened).collect()
    }
}

impl WriteTx<'_> {
    /// Writes down the open words of an item at a version of it.
    ///
    /// # Errors
    /// [`Error::Erased`] when the record's key was destroyed.
    pub fn review_words_put(&mut self, record: &str, idx: u64, version: u64, words: &[u8]) -> Result<(), Error> {
        let key = self.key_alive(Holder::Record, record)?;
        let org = self.org();
        let body = seal::seal(&key, &context(org, record, idx, version), words)?;
        self.touch(&WORDS_PUT, values![org, record, idx, version, body]).map(drop)
    }
}
