//! Failed attempts, counted by keyed hash, so that the table names nobody.

use crate::{
    error::Error,
    sql::queries,
    tokens::keyed_hash,
    tx::{ReadTx, WriteTx},
    value::{Value, values},
};

queries! {
    THROTTLE_GET = "SELECT failures, until_us FROM throttle WHERE org = $1 AND who = $2";
    THROTTLE_FAIL = "INSERT INTO throttle (org, who, failures, until_us) VALUES ($1, $2, 1, $3) \
        ON CONFLICT (org, who) DO UPDATE SET failures = throttle.failures + 1, until_us = excluded.until_us RETURNING failures";
    THROTTLE_COUNT = "INSERT INTO throttle (org, who, failures, until_us) VALUES ($1, $2, 1, $3) \
        ON CONFLICT (org, who) DO UPDATE SET \
        failures = CASE WHEN throttle.until_us > $4 THEN throttle.failures + 1 ELSE 1 END, \
        until_us = CASE WHEN throttle.until_us > $4 THEN throttle.until_us ELSE excluded.until_us END RETURNING failures";
    THROTTLE_CLEAR = "DELETE FROM throttle WHERE org = $1 AND who = $2";
    THROTTLE_EXPIRED = "DELETE FROM throttle WHERE org = $1 AND until_us <= $2";
}

/// Failed attempts of one account or address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Throttle {
    /// Failures since the last success or expiry.
    pub failures: u64,
    /// Until when further attempts are refused, in microseconds since 1970 UTC.
    pub until_us: i64,
}

impl ReadTx<'_> {
    /// The failures of an account or address; none when it is unknown.
    pub fn throttle_get(&mut self, who: &str) -> Result<Throttle, Error> {
        let who = self.throttle_key(who);
        let row = self.one(&THROTTLE_GET, values![self.org(), who])?;
        row.map_or(Ok(Throttle::default()), |mut row| Ok(Throttle { failures: row.count(0)?, until_us: row.int(1)? }))
    }

    fn throttle_key(&self, who: &str) -> Value {
        keyed_hash(self.shared.search_key.as_slice(), "throttle", who).into()
    }
}

impl WriteTx<'_> {
    /// Counts a failure and refuses further attempts until an instant. Returns the count.
    pub fn throttle_fail(&mut self, who: &str, until_us: i64) -> Result<u64, Error> {
        let who = self.throttle_key(who);
        let rows = self.query(&THROTTLE_FAIL, values![self.org(), who, until_us])?;
        rows.into_iter().next().map_or(Ok(1), |mut row| row.count(0))
    }

    /// Counts one more in a window that began with the first and ends at `until_us` when it begins now. Returns the count. One
    /// statement, whether or not anything was counted before.
    pub fn throttle_count(&mut self, who: &str, until_us: i64) -> Result<u64, Error> {
        let (who, now_us) = (self.throttle_key(who), self.at_us());
        let rows = self.query(&THROTTLE_COUNT, values![self.org(), who, until_us, now_us])?;
        rows.into_iter().next().map_or(Ok(1), |mut row| row.count(0))
    }

    /// Forgets the failures after a success.
    pub fn throttle_clear(&mut self, who: &str) -> Result<(), Error> {
        let who = self.throttle_key(who);
        let org = self.org();
        self.touch(&THROTTLE_CLEAR, values![org, who]).map(drop)
    }

    /// Forgets what has run out before an instant. Returns how many.
    pub fn throttle_expire(&mut self, before_us: i64) -> Result<u64, Error> {
        let org = self.org();
        self.touch(&THROTTLE_EXPIRED, values![org, before_us])
    }
}
