//! What each decision was before it was made: for undoing the last, and for counting who
//! decided how many. Evidence is the log.

use super::Place;
use crate::{
    error::Error,
    keys::table::Holder,
    seal,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::{Row, values},
};

queries! {
    DECISION_PUT = "INSERT INTO review_decisions (org, record, idx, version, prior, act, verb, who, at_us, before) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    DECISION_LAST = "SELECT act, verb FROM review_decisions WHERE org = $1 AND record = $2 AND who = $3 ORDER BY at_us DESC, act DESC LIMIT 1";
    DECISIONS_OF_ACT = "SELECT idx, version, prior, before FROM review_decisions WHERE org = $1 AND record = $2 AND act = $3 ORDER BY idx";
    DECISION_DROP = "DELETE FROM review_decisions WHERE org = $1 AND record = $2 AND idx = $3 AND version = $4";
    DECISION_MOVE = "UPDATE review_decisions SET version = $5 WHERE org = $1 AND record = $2 AND idx = $3 AND version = $4";
    DECISION_BY = "SELECT who, at_us FROM review_decisions WHERE org = $1 AND record = $2 AND idx = $3 AND version = $4";
    DECISIONS_SINCE = "SELECT who, count(DISTINCT idx) FROM review_decisions WHERE org = $1 AND record = $2 AND at_us >= $3 \
        GROUP BY who ORDER BY who";
    DECISIONS_CLEAR = "DELETE FROM review_decisions WHERE org = $1 AND record = $2";
}

/// One decision that can be undone.
#[derive(Clone, PartialEq, Eq)]
pub struct Undoable {
    /// The item.
    pub idx: u64,
    /// The item's version after the decision.
    pub version: u64,
    /// The item's version that it was made on, as far as the decision before is concerned.
    pub prior: u64,
    /// The proposals before it.
    pub before: Vec<u8>,
}

/// Never prints content.
impl std::fmt::Debug for Undoable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Undoable").field("idx", &self.idx).field("version", &self.version).finish_non_exhaustive()
    }
}

impl ReadTx<'_> {
    /// The last thing somebody decided in a review: its act and its verb.
    pub fn review_last_act(&mut self, record: &str, who: &str) -> Result<Option<(String, String)>, Error> {
        let row = self.one(&DECISION_LAST, values![self.org(), record, who])?;
        row.map(|mut row| Ok((row.text(0)?, row.text(1)?))).transpose()
    }

    /// Everything that was decided in one act, with what stood there before.
    ///
    /// # Errors
    /// [`Error::Erased`] when the record's key was destroyed; [`Error::Corrupt`] when a seal does not open.
    pub fn review_act(&mut self, record: &str, act: &str) -> Result<Vec<Undoable>, Error> {
        let key = self.key_alive(Holder::Record, record)?;
        let org = self.org();
        let rows = self.query(&DECISIONS_OF_ACT, values![org, record, act])?;
        let undoable = |mut row: Row| {
            let (idx, version, prior) = (row.count(0)?, row.count(1)?, row.count(2)?);
            let place = Place { org, record, idx: &idx.to_string() };
            let before = seal::open(&key, &place.context("probity-review-before-v1"), &row.blob(3)?).ok_or_else(|| place.damaged())?;
            Ok(Undoable { idx, version, prior, before })
        };
        rows.into_iter().map(undoable).collect()
    }

    /// Who made the decision that led to a version of an item, and when.
    pub fn review_decision_by(&mut self, record: &str, idx: u64, version: u64) -> Result<Option<(String, i64)>, Error> {
        let row = self.one(&DECISION_BY, values![self.org(), record, idx, version])?;
        row.map(|mut row| Ok((row.text(0)?, row.int(1)?))).transpose()
    }

    /// How many items each user decided since an instant.
    pub fn review_decided_since(&mut self, record: &str, since_us: i64) -> Result<Vec<(String, u64)>, Error> {
        let rows = self.query(&DECISIONS_SINCE, values![self.org(), record, since_us])?;
        rows.into_iter().map(|mut row| Ok((row.text(0)?, row.count(1)?))).collect()
    }
}

impl WriteTx<'_> {
    /// Forgets an undone decision. The one before it, whose state the item is in again, now
    /// belongs to the item's version `now`.
    pub fn review_decision_undone(&mut self, record: &str, undone: &Undoable, now: u64) -> Result<(), Error> {
        let org = self.org();
        self.change(&DECISION_DROP, values![org, record, undone.idx, undone.version])?;
        self.change(&DECISION_MOVE, values![org, record, undone.idx, undone.prior, now]).map(drop)
    }
}
