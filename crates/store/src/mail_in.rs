//! Incoming mail that was taken, by keyed hashes alone: so that no message is taken twice,
//! and a flood from one sender is seen as one.

use crate::{
    error::Error,
    sql::queries,
    tokens::keyed_hash,
    tx::{ReadTx, WriteTx},
    value::{Value, values},
};

queries! {
    MAIL_IN_GET = "SELECT record FROM mail_in WHERE org = $1 AND fingerprint = $2";
    MAIL_IN_PUT = "INSERT INTO mail_in (org, fingerprint, record, subject, message, sender, thread, at_us, copies) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)";
    MAIL_IN_AGAIN = "UPDATE mail_in SET copies = copies + 1 WHERE org = $1 AND fingerprint = $2";
    MAIL_IN_COPIES = "SELECT CAST(coalesce(sum(copies), 0) AS BIGINT) FROM mail_in WHERE org = $1 AND record = $2";
    MAIL_IN_BY_MESSAGE = "SELECT record FROM mail_in WHERE org = $1 AND message = $2 ORDER BY at_us, record LIMIT 50";
    MAIL_IN_FROM = "SELECT count(*) FROM mail_in WHERE org = $1 AND sender = $2 AND at_us >= $3";
    MAIL_IN_THREAD = "SELECT count(*) FROM mail_in WHERE org = $1 AND thread = $2 AND at_us >= $3";
    MAIL_IN_OF_THREAD = "SELECT record FROM mail_in WHERE org = $1 AND thread = $2 AND at_us >= $3 ORDER BY at_us, record LIMIT 1";
    MAIL_IN_OF_SENDER = "SELECT record FROM mail_in WHERE org = $1 AND sender = $2 AND at_us >= $3 ORDER BY at_us, record LIMIT $4";
    MAIL_IN_FORGET = "UPDATE mail_in SET message = $3, sender = $3, thread = $3 WHERE org = $1 AND subject = $2";
    MAIL_IN_TIE = "UPDATE mail_in SET subject = $3 WHERE org = $1 AND record = $2";
    MAIL_PLACE_GET = "SELECT validity, uid FROM mail_places WHERE org = $1 AND mailbox = $2";
    MAIL_PLACE_SET = "INSERT INTO mail_places (org, mailbox, validity, uid) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (org, mailbox) DO UPDATE SET uid = CASE WHEN mail_places.validity = excluded.validity AND mail_places.uid > excluded.uid \
        THEN mail_places.uid ELSE excluded.uid END, validity = excluded.validity";
}

/// A message that is taken for the first time.
#[derive(Debug, Clone, Copy)]
pub struct NewMailIn<'a> {
    /// What makes it this message and no other.
    pub fingerprint: &'a str,
    /// The record it became.
    pub record: &'a str,
    /// Whose erasure takes the way back to the sender along.
    pub subject: &'a str,
    /// Its Message-ID, possibly empty.
    pub message_id: &'a str,
    /// The sender's address, possibly empty.
    pub sender: &'a str,
    /// The Message-ID that its thread began with, possibly empty.
    pub thread: &'a str,
}

impl ReadTx<'_> {
    fn mail_hash(&self, purpose: &str, text: &str) -> Value {
        if text.is_empty() { Vec::new().into() } else { keyed_hash(self.shared.search_key.as_slice(), purpose, text).into() }
    }

    /// The record that a message became, when it was taken before.
    pub fn mail_in_get(&mut self, fingerprint: &str) -> Result<Option<String>, Error> {
        let fingerprint = self.mail_hash("mail-in", fingerprint);
        let row = self.one(&MAIL_IN_GET, values![self.org(), fingerprint])?;
        row.map(|mut row| row.text(0)).transpose()
    }

    /// The records of the messages with a Message-ID, first come first, at most 50.
    pub fn mail_in_by_message_id(&mut self, message_id: &str) -> Result<Vec<String>, Error> {
        if message_id.is_empty() {
            return Ok(Vec::new());
        }
        let message = self.mail_hash("mail-message", message_id);
        let rows = self.query(&MAIL_IN_BY_MESSAGE, values![self.org(), message])?;
        rows.into_iter().map(|mut row| row.text(0)).collect()
    }

    /// How many messages of a sender were taken since an instant.
    pub fn mail_in_count(&mut self, sender: &str, since_us: i64) -> Result<u64, Error> {
        if sender.is_empty() {
            return Ok(0);
        }
        let sender = self.mail_hash("mail-sender", sender);
        let row = self.one(&MAIL_IN_FROM, values![self.org(), sender, since_us])?;
        row.map_or(Ok(0), |mut row| row.count(0))
    }

    /// How many messages of a thread were taken since an instant.
    pub fn mail_in_thread(&mut self, thread: &str, since_us: i64) -> Result<u64, Error> {
        if thread.is_empty() {
            return Ok(0);
        }
        let thread = self.mail_hash("mail-thread", thread);
        let row = self.one(&MAIL_IN_THREAD, values![self.org(), thread, since_us])?;
        row.map_or(Ok(0), |mut row| row.count(0))
    }

    /// The first message of a thread since an instant.
    pub fn mail_in_of_thread(&mut self, thread: &str, since_us: i64) -> Result<Option<String>, Error> {
        if thread.is_empty() {
            return Ok(None);
        }
        let thread = self.mail_hash("mail-thread", thread);
        let row = self.one(&MAIL_IN_OF_THREAD, values![self.org(), thread, since_us])?;
        row.map(|mut row| row.text(0)).transpose()
    }

    /// The records of a sender's messages since an instant, first come first.
    pub fn mail_in_of(&mut self, sender: &str, since_us: i64, limit: u64) -> Result<Vec<String>, Error> {
        if sender.is_empty() {
            return Ok(Vec::new());
        }
        let sender = self.mail_hash("mail-sender", sender);
        let rows = self.query(&MAIL_IN_OF_SENDER, values![self.org(), sender, since_us, limit])?;
        rows.into_iter().map(|mut row| row.text(0)).collect()
    }

    /// How often the message of a record came, the first time included; 0 for other records.
    pub fn mail_in_copies(&mut self, record: &str) -> Result<u64, Error> {
        let row = self.one(&MAIL_IN_COPIES, values![self.org(), record])?;
        row.map_or(Ok(0), |mut row| row.count(0))
    }

    /// How far a mailbox has been read: the validity of its numbers, and the last one.
    pub fn mail_place(&mut self, mailbox: &str) -> Result<Option<(u64, u64)>, Error> {
        let row = self.one(&MAIL_PLACE_GET, values![self.org(), mailbox])?;
        row.map(|mut row| Ok((row.count(0)?, row.count(1)?))).transpose()
    }
}

impl WriteTx<'_> {
    /// Notes that a message was taken.
    ///
    /// # Errors
    /// [`Error::Taken`] when it was taken before.
    pub fn mail_in_put(&mut self, mail: &NewMailIn<'_>) -> Result<(), Error> {
        let (org, at_us) = (self.org(), self.at_us);
        let fingerprint = self.mail_hash("mail-in", mail.fingerprint);
        let (message, sender) = (self.mail_hash("mail-message", mail.message_id), self.mail_hash("mail-sender", mail.sender));
        let thread = self.mail_hash("mail-thread", mail.thread);
        self.touch(&MAIL_IN_PUT, values![org, fingerprint, mail.record, mail.subject, message, sender, thread, at_us]).map(drop)
    }

    /// Counts another copy of a message that was taken before.
    pub fn mail_in_again(&mut self, fingerprint: &str) -> Result<(), Error> {
        let org = self.org();
        let fingerprint = self.mail_hash("mail-in", fingerprint);
        self.touch(&MAIL_IN_AGAIN, values![org, fingerprint]).map(drop)
    }

    /// Ties a message to another subject: the way to its sender now goes with that one.
    pub fn mail_in_tie(&mut self, record: &str, subject: &str) -> Result<(), Error> {
        let org = self.org();
        self.touch(&MAIL_IN_TIE, values![org, record, subject]).map(drop)
    }

    /// Forgets the way from messages to a sender and to those they wrote with. What remains is the keyed hash that
    /// keeps the same message from being taken a second time.
    pub(crate) fn mail_in_forget(&mut self, subject: &str) -> Result<(), Error> {
        let org = self.org();
        self.touch(&MAIL_IN_FORGET, values![org, subject, Vec::<u8>::new()]).map(drop)
    }

    /// Remembers how far a mailbox has been read. With the same validity it only goes forward.
    pub fn mail_place_set(&mut self, mailbox: &str, validity: u64, uid: u64) -> Result<(), Error> {
        let org = self.org();
        self.touch(&MAIL_PLACE_SET, values![org, mailbox, validity, uid]).map(drop)
    }
}
