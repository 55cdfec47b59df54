//! Passes of visitors without an account: mailed links and short sessions, each bound to one
//! record and one purpose. Only hashes of tokens are stored; making, using and ending is logged.

use crate::{
    error::Error,
    log::sha256,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::{Row, values},
};

queries! {
    PASS_GET = "SELECT record, purpose, secret, uses, tries, expires_us FROM passes \
        WHERE org = $1 AND token = $2 AND kind = $3 AND uses > 0 AND expires_us > $4";
    PASS_PUT = "INSERT INTO passes (org, token, kind, record, purpose, secret, uses, tries, expires_us) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)";
    PASS_USE = "UPDATE passes SET uses = uses - 1 WHERE org = $1 AND token = $2 AND kind = $3 AND purpose = $4 AND uses > 0 AND expires_us > $5 \
        RETURNING record, purpose, secret, uses, tries, expires_us";
    PASS_TRY = "UPDATE passes SET tries = tries + 1, uses = CASE WHEN tries + 1 >= $5 THEN 0 ELSE uses END \
        WHERE org = $1 AND token = $2 AND kind = $3 AND uses > 0 AND expires_us > $4 \
        RETURNING record, purpose, secret, uses, tries, expires_us";
    PASSES_OF = "SELECT record, purpose, secret, uses, tries, expires_us FROM passes \
        WHERE org = $1 AND record = $2 AND purpose = $3 AND kind = $4 AND uses > 0 AND expires_us > $5 ORDER BY expires_us DESC LIMIT 50";
    PASSES_END = "DELETE FROM passes WHERE org = $1 AND record = $2 AND purpose = $3";
    PASSES_EXPIRED = "DELETE FROM passes WHERE org = $1 AND expires_us <= $2";
}

/// A pass that is still good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    /// The record it is bound to.
    pub record: String,
    /// What it is good for.
    pub purpose: String,
    /// What else is needed or known: the hash of a passphrase, or where a session came from.
    pub secret: String,
    /// How often it can still be used.
    pub uses: u64,
    /// Wrong passphrases so far.
    pub tries: u64,
    /// When it ends, in microseconds since 1970 UTC.
    pub expires_us: i64,
}

/// A pass to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewPass<'a> {
    /// The hash of its token.
    pub token: &'a [u8],
    /// `link` or `session`.
    pub kind: &'a str,
    /// The record it is bound to.
    pub record: &'a str,
    /// What it is good for.
    pub purpose: &'a str,
    /// What else is needed or known; may be empty.
    pub secret: &'a str,
    /// How often it can be used.
    pub uses: u64,
    /// When it ends, in microseconds since 1970 UTC.
    pub expires_us: i64,
}

fn pass(mut row: Row) -> Result<Pass, Error> {
    let (record, purpose, secret) = (row.text(0)?, row.text(1)?, row.text(2)?);
    Ok(Pass { record, purpose, secret, uses: row.count(3)?, tries: row.count(4)?, expires_us: row.int(5)? })
}

impl ReadTx<'_> {
    /// A pass that is neither spent nor expired at `now_us`, without using it.
    ///
    /// # Errors
    /// What the engine reports.
    pub fn pass_get(&mut self, token: &[u8], kind: &str, now_us: i64) -> Result<Option<Pass>, Error> {
        self.one(&PASS_GET, values![self.org(), sha256(token), kind, now_us])?.map(pass).transpose()
    }
}

impl ReadTx<'_> {
    /// The passes of a record for a purpose that are good at `now_us`, the longest first, at most 50.
    ///
    /// # Errors
    /// What the engine reports.
    pub fn passes_of(&mut self, record: &str, purpose: &str, kind: &str, now_us: i64) -> Result<Vec<Pass>, Error> {
        let rows = self.query(&PASSES_OF, values![self.org(), record, purpose, kind, now_us])?;
        rows.into_iter().map(pass).collect()
    }
}

impl WriteTx<'_> {
    /// Makes a pass. Logged as access to its record.
    ///
    /// # Errors
    /// What the engine reports.
    pub fn pass_create(&mut self, new: &NewPass<'_>) -> Result<(), Error> {
        self.log_access(new.record, "pass_create", new.purpose)?;
        let org = self.org();
        self.touch(&PASS_PUT, values![org, sha256(new.token), new.kind, new.record, new.purpose, new.secret, new.uses, new.expires_us])
            .map(drop)
    }

    /// Uses a pass once and returns what is left of it; `None` when it is unknown, spent,
    /// expired or for another purpose. Of two at once, one more use is counted for each. Logged.
    ///
    /// # Errors
    /// What the engine reports.
    pub fn pass_use(&mut self, token: &[u8], kind: &str, purpose: &str) -> Result<Option<Pass>, Error> {
        let (org, at_us) = (self.org(), self.at_us);
        let rows = self.query(&PASS_USE, values![org, sha256(token), kind, purpose, at_us])?;
        let Some(used) = rows.into_iter().next().map(pass).transpose()? else { return Ok(None) };
        self.log_access(&used.record, "pass_use", purpose)?;
        Ok(Some(used))
    }

    /// Counts a wrong passphrase; after `most` the pass is spent. Logged.
    ///
    /// # Errors
    /// What the engine reports.
    pub fn pass_try(&mut self, token: &[u8], kind: &str, most: u64) -> Result<Option<Pass>, Error> {
        let (org, at_us) = (self.org(), self.at_us);
        let rows = self.query(&PASS_TRY, values![org, sha256(token), kind, at_us, most])?;
        let Some(tried) = rows.into_iter().next().map(pass).transpose()? else { return Ok(None) };
        self.log_access(&tried.record, "pass_try", &tried.purpose)?;
        Ok(Some(tried))
    }

    /// Ends all passes of a record for a purpose, links and sessions. Logged when there were any.
    ///
    /// # Errors
    /// What the engine reports.
    pub fn passes_end(&mut self, record: &str, purpose: &str) -> Result<u64, Error> {
        let org = self.org();
        let ended = self.touch(&PASSES_END, values![org, record, purpose])?;
        if ended > 0 {
            self.log_access(record, "passes_end", purpose)?;
        }
        Ok(ended)
    }

    /// Forgets passes that have expired. Returns how many.
    ///
    /// # Errors
    /// What the engine reports.
    pub fn passes_expire(&mut self) -> Result<u64, Error> {
        let (org, at_us) = (self.org(), self.at_us);
        self.touch(&PASSES_EXPIRED, values![org, at_us])
    }
}
