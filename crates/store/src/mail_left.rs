//! Messages that lie in a mailbox and could not be taken, with their reason, so that one of them never keeps the
//! others waiting and none is forgotten. Queue data, no evidence: use it in [`crate::Store::write_technical`].

use crate::{
    error::Error,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::{Row, values},
};

queries! {
    LEFT_ALL = "SELECT mailbox, validity, number, reason, tries, due_us, since_us FROM mail_left WHERE org = $1 \
        ORDER BY since_us, mailbox, number LIMIT $2";
    LEFT_OF = "SELECT mailbox, validity, number, reason, tries, due_us, since_us FROM mail_left WHERE org = $1 AND mailbox = $2 \
        ORDER BY since_us, number LIMIT $3";
    LEFT_COUNT = "SELECT count(*) FROM mail_left WHERE org = $1";
    LEFT_PUT = "INSERT INTO mail_left (org, mailbox, validity, number, reason, tries, due_us, since_us) VALUES ($1, $2, $3, $4, $5, 1, $6, $7) \
        ON CONFLICT (org, mailbox, validity, number) DO UPDATE SET reason = excluded.reason, tries = mail_left.tries + 1, \
        due_us = excluded.due_us";
    LEFT_GONE = "DELETE FROM mail_left WHERE org = $1 AND mailbox = $2 AND validity = $3 AND number = $4";
}

/// Rows read at most.
const MOST: u64 = 1000;

/// A message that was left where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailLeft {
    /// The mailbox, by its short name.
    pub mailbox: String,
    /// The validity of its numbers; 0 where they have none.
    pub validity: u64,
    /// Its number there; 0 for the mailbox as a whole.
    pub number: u64,
    /// Why, as a code.
    pub reason: String,
    /// How often it was tried.
    pub tries: u64,
    /// When it is tried again, in microseconds since 1970 UTC.
    pub due_us: i64,
    /// When it was first left, likewise.
    pub since_us: i64,
}

impl MailLeft {
    fn from_row(row: &mut Row) -> Result<Self, Error> {
        Ok(Self {
            mailbox: row.text(0)?,
            validity: row.count(1)?,
            number: row.count(2)?,
            reason: row.text(3)?,
            tries: row.count(4)?,
            due_us: row.int(5)?,
            since_us: row.int(6)?,
        })
    }
}

impl ReadTx<'_> {
    /// Everything that was left, the oldest first, at most `limit`.
    pub fn mail_left(&mut self, limit: u64) -> Result<Vec<MailLeft>, Error> {
        let rows = self.query(&LEFT_ALL, values![self.org(), limit.min(MOST)])?;
        rows.into_iter().map(|mut row| MailLeft::from_row(&mut row)).collect()
    }

    /// What was left in one mailbox, likewise.
    pub fn mail_left_of(&mut self, mailbox: &str) -> Result<Vec<MailLeft>, Error> {
        let rows = self.query(&LEFT_OF, values![self.org(), mailbox, MOST])?;
        rows.into_iter().map(|mut row| MailLeft::from_row(&mut row)).collect()
    }

    /// How much was left.
    pub fn mail_left_count(&mut self) -> Result<u64, Error> {
        let row = self.one(&LEFT_COUNT, values![self.org()])?;
        row.map_or(Ok(0), |mut row| row.count(0))
    }
}

impl WriteTx<'_> {
    /// Notes that a message was left, or once more; `due_us` is when it is to be tried again.
    pub fn mail_left_put(&mut self, mailbox: &str, at: (u64, u64), reason: &str, due_us: i64) -> Result<(), Error> {
        let (org, at_us, (validity, number)) = (self.org(), self.at_us, at);
        self.touch(&LEFT_PUT, values![org, mailbox, validity, number, reason, due_us, at_us]).map(drop)
    }

    /// Strikes a message off: it was taken, or is no longer there.
    pub fn mail_left_gone(&mut self, mailbox: &str, validity: u64, number: u64) -> Result<(), Error> {
        let org = self.org();
        self.touch(&LEFT_GONE, values![org, mailbox, validity, number]).map(drop)
    }
}
