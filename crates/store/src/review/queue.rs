//! The queue of a review: who has which item open, and which comes next.
//!
//! A claim is a lease: it ends by itself. It only keeps two people from reading the same
//! item; what keeps a decision from being lost is the item's version.

use crate::{
    error::Error,
    review::ReviewFilter,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::{Row, values},
};

queries! {
    CLAIM_TAKE = "INSERT INTO review_claims (org, record, idx, who, until_us) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (org, record, idx) DO UPDATE SET who = excluded.who, until_us = excluded.until_us \
        WHERE review_claims.until_us <= $6 OR review_claims.who = excluded.who OR $7 = 1";
    CLAIM_GET = "SELECT idx, who, until_us FROM review_claims WHERE org = $1 AND record = $2 AND idx = $3 AND until_us > $4";
    CLAIMS_OF = "SELECT idx, who, until_us FROM review_claims WHERE org = $1 AND record = $2 AND until_us > $3 ORDER BY idx LIMIT 1000";
    CLAIMS_DROP = "DELETE FROM review_claims WHERE org = $1 AND record = $2 AND who = $3";
    CLAIMS_CLEAR = "DELETE FROM review_claims WHERE org = $1 AND record = $2";
    REVIEW_NEXT = "SELECT i.idx FROM review_items i WHERE i.org = $1 AND i.record = $2 AND i.state = $3 AND i.idx > $4 \
        AND i.duplicate_of IS NULL AND i.unreadable IS NULL AND ($5 = '' OR i.band = $5) AND ($6 = '' OR i.place = $6) \
        AND ($7 = '' OR i.kind = $7) AND ($8 = 0 OR i.marks > 0) AND ($9 = 0 OR i.second <> '') AND ($10 < 0 OR i.thread = $10) \
        AND i.decided_by <> $13 AND NOT EXISTS (SELECT 1 FROM review_claims c \
        WHERE c.org = $1 AND c.record = $2 AND c.idx = i.idx AND c.until_us > $11 AND c.who <> $12) ORDER BY i.idx LIMIT 1";
    REVIEW_AFTER = "SELECT idx FROM review_items WHERE org = $1 AND record = $2 AND idx > $3 AND duplicate_of IS NULL AND unreadable IS NULL \
        ORDER BY idx LIMIT 1";
    REVIEW_BEFORE = "SELECT idx FROM review_items WHERE org = $1 AND record = $2 AND idx < $3 AND duplicate_of IS NULL AND unreadable IS NULL \
        ORDER BY idx DESC LIMIT 1";
}

/// Who has an item open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewClaim {
    /// The item.
    pub idx: u64,
    /// The user.
    pub who: String,
    /// When the lease ends, in microseconds since 1970 UTC.
    pub until_us: i64,
}

fn claim(mut row: Row) -> Result<ReviewClaim, Error> {
    Ok(ReviewClaim { idx: row.count(0)?, who: row.text(1)?, until_us: row.int(2)? })
}

impl ReadTx<'_> {
    /// Who has an item open now.
    pub fn review_claim(&mut self, record: &str, idx: u64, now_us: i64) -> Result<Option<ReviewClaim>, Error> {
        self.one(&CLAIM_GET, values![self.org(), record, idx, now_us])?.map(claim).transpose()
    }

    /// Everything that is open now, at most 1,000.
    pub fn review_claims(&mut self, record: &str, now_us: i64) -> Result<Vec<ReviewClaim>, Error> {
        self.query(&CLAIMS_OF, values![self.org(), record, now_us])?.into_iter().map(claim).collect()
    }

    /// The readable items before and after one.
    pub fn review_neighbours(&mut self, record: &str, idx: u64) -> Result<(Option<u64>, Option<u64>), Error> {
        let before = self.one(&REVIEW_BEFORE, values![self.org(), record, idx])?.map(|mut row| row.count(0)).transpose()?;
        let after = self.one(&REVIEW_AFTER, values![self.org(), record, idx])?.map(|mut row| row.count(0)).transpose()?;
        Ok((before, after))
    }

    /// The next item in a state (that of the filter) after a number that nobody but `who` has open.
    /// `not_by` leaves out what this user decided last; empty leaves out nothing.
    pub fn review_next(
        &mut self,
        record: &str,
        who: &str,
        after: Option<u64>,
        filter: &ReviewFilter,
        not_by: Option<&str>,
    ) -> Result<Option<u64>, Error> {
        let after = after.map_or(-1, |n| i64::try_from(n).unwrap_or(i64::MAX));
        let thread = filter.thread.map_or(-1, |n| i64::try_from(n).unwrap_or(i64::MAX));
        // Nobody is called by a space, so that it leaves out nothing.
        let not_by = not_by.unwrap_or(" ");
        let (band, place, kind) = (filter.band.as_str(), filter.place.as_str(), filter.kind.as_str());
        let (state, marks, flagged, now) = (filter.state.as_str(), filter.with_marks, filter.flagged, filter.now_us);
        let params = values![self.org(), record, state, after, band, place, kind, marks, flagged, thread, now, who, not_by];
        self.one(&REVIEW_NEXT, params)?.map(|mut row| row.count(0)).transpose()
    }
}

impl WriteTx<'_> {
    /// Opens an item for somebody until an instant. `false` when somebody else has it open,
    /// unless it is taken over (`force`), which the caller logs.
    pub fn review_claim_take(&mut self, record: &str, idx: u64, who: &str, until_us: i64, force: bool) -> Result<bool, Error> {
        let (org, now) = (self.org(), self.at_us);
        Ok(self.touch(&CLAIM_TAKE, values![org, record, idx, who, until_us, now, force])? > 0)
    }

    /// Closes everything that somebody has open in a review.
    pub fn review_claims_drop(&mut self, record: &str, who: &str) -> Result<u64, Error> {
        let org = self.org();
        self.touch(&CLAIMS_DROP, values![org, record, who])
    }
}
