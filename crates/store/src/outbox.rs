//! Outgoing mail. A mail is queued in the transaction that causes it, with its Message-ID, and
//! is claimed by one worker at a time under a lease, like a job. What becomes of it (queued,
//! sent, failed, bounced) is an entry of the log about the record it belongs to.

use serde_json::{Value as Json, json};

use crate::{
    error::Error,
    keys::table::{Held, Holder},
    log::{Entry, Kind, hash_json, sha256},
    seal,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::{Row, values},
};

queries! {
    MAIL_PUT = "INSERT INTO outbox (org, id, message_id, once, record, subject, purpose, state, attempts, finished, due_us, queued_us, \
        changed_us, worker, error, seq, body) VALUES ($1, $2, $3, $4, $5, $6, $7, 'ready', 0, 0, $8, $9, $9, '', '', $10, $11)";
    MAIL_ONCE = "SELECT id FROM outbox WHERE org = $1 AND once = $2";
    MAIL_CLAIM = "UPDATE outbox SET state = 'sending', attempts = attempts + 1, due_us = $3, worker = $4 WHERE org = $1 AND id = \
        (SELECT id FROM outbox WHERE org = $1 AND state IN ('ready', 'sending') AND due_us <= $2 ORDER BY due_us, id LIMIT 1) \
        RETURNING id, message_id, record, subject, purpose, attempts, body, dot, queued_us";
    MAIL_CLAIM_SKIP_LOCKED = "UPDATE outbox SET state = 'sending', attempts = attempts + 1, due_us = $3, worker = $4 WHERE org = $1 AND id = \
        (SELECT id FROM outbox WHERE org = $1 AND state IN ('ready', 'sending') AND due_us <= $2 ORDER BY due_us, id LIMIT 1 \
        FOR UPDATE SKIP LOCKED) RETURNING id, message_id, record, subject, purpose, attempts, body, dot, queued_us";
    MAIL_AGAIN = "UPDATE outbox SET state = 'ready', due_us = $4, error = $5, worker = '', changed_us = $6, finished = attempts, dot = 0 \
        WHERE org = $1 AND id = $2 AND worker = $3 AND state = 'sending'";
    MAIL_DOT = "UPDATE outbox SET dot = attempts WHERE org = $1 AND id = $2 AND worker = $3 AND state = 'sending'";
    MAIL_END = "UPDATE outbox SET state = $3, error = $4, worker = '', changed_us = $5, seq = $6, body = $7 WHERE org = $1 AND id = $2";
    MAIL_REVIVE = "UPDATE outbox SET state = 'ready', error = '', worker = '', changed_us = $3, due_us = $3, seq = $4, dot = 0, attempts = 0, \
        finished = 0 WHERE org = $1 AND id = $2 AND state = 'unknown'";
    MAIL_ROW = "SELECT id, message_id, record, subject, purpose, state, attempts, due_us, queued_us, changed_us, error, once, worker, body \
        FROM outbox WHERE org = $1 AND id = $2";
    MAIL_BY_MESSAGE_ID = "SELECT id, message_id, record, subject, purpose, state, attempts, due_us, queued_us, changed_us, error, once, \
        worker, body FROM outbox WHERE org = $1 AND message_id = $2";
    MAILS_OF_RECORD = "SELECT id, message_id, record, subject, purpose, state, attempts, due_us, queued_us, changed_us, error \
        FROM outbox WHERE org = $1 AND record = $2 ORDER BY id";
    MAILS_IN_STATE = "SELECT id, message_id, record, subject, purpose, state, attempts, due_us, queued_us, changed_us, error \
        FROM outbox WHERE org = $1 AND state = $2 AND id > $3 ORDER BY id LIMIT $4";
    MAIL_COUNTS = "SELECT state, count(*) FROM outbox WHERE org = $1 GROUP BY state ORDER BY state";
}

/// Mails on one page at most.
const MOST_ROWS: u64 = 500;

/// A mail to be queued.
#[derive(Debug, Clone, Copy)]
pub struct NewMail<'a> {
    /// Its id, made by the caller.
    pub id: &'a str,
    /// Its Message-ID with the angle brackets; never changes, however often the mail is handed over.
    pub message_id: &'a str,
    /// A key: a second mail with the same one is not queued.
    pub once: Option<&'a str>,
    /// The record it belongs to.
    pub record: Option<&'a str>,
    /// Whose key seals it; the organisation's when `None`.
    pub subject: Option<&'a str>,
    /// What it is for, e.g. `acknowledgement`. Not personal data.
    pub purpose: &'a str,
    /// The mail itself.
    pub body: &'a Json,
    /// Not to be sent before this instant, in microseconds since 1970 UTC.
    pub due_us: i64,
}

/// A claimed mail.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimedMail {
    /// Its id.
    pub id: String,
    /// Its Message-ID.
    pub message_id: String,
    /// The record it belongs to.
    pub record: Option<String>,
    /// What it is for.
    pub purpose: String,
    /// How often it was claimed, this time included.
    pub attempts: u64,
    /// The mail; `None` when its subject was erased meanwhile.
    pub body: Option<Json>,
    /// An earlier attempt was cut off after the mail's last full stop went out: the server may or
    /// may not have taken it.
    pub in_doubt: bool,
    /// When it was queued, in microseconds since 1970 UTC.
    pub queued_us: i64,
}

/// How the life of a mail ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailEnd {
    /// The server has taken it.
    Sent,
    /// It will not be sent.
    Failed,
    /// It came back.
    Bounced,
    /// It was handed over to its last full stop, and no answer came: only a person can say.
    Unknown,
}

impl MailEnd {
    const fn state(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Bounced => "bounced",
            Self::Unknown => "unknown",
        }
    }

    const fn verb(self) -> &'static str {
        match self {
            Self::Sent => "mail_sent",
            Self::Failed => "mail_failed",
            Self::Bounced => "mail_bounced",
            Self::Unknown => "mail_unknown",
        }
    }
}

/// A mail as pages show it. Holds no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailStatus {
    /// Its id.
    pub id: String,
    /// Its Message-ID.
    pub message_id: String,
    /// The record it belongs to.
    pub record: Option<String>,
    /// What it is for.
    pub purpose: String,
    /// `ready`, `sending`, `sent`, `failed`, `bounced` or `unknown`.
    pub state: String,
    /// How often it was claimed.
    pub attempts: u64,
    /// When it is tried next, or until when its lease lasts.
    pub due_us: i64,
    /// When it was queued, in microseconds since 1970 UTC.
    pub queued_us: i64,
    /// When its state changed last.
    pub changed_us: i64,
    /// Why it was not sent: a code, without personal data.
    pub error: String,
}

impl MailStatus {
    fn from_row(row: &mut Row) -> Result<Self, Error> {
        Ok(Self {
            id: row.text(0)?,
            message_id: row.text(1)?,
            record: row.opt_text(2)?,
            purpose: row.text(4)?,
            state: row.text(5)?,
            attempts: row.count(6)?,
            due_us: row.int(7)?,
            queued_us: row.int(8)?,
            changed_us: row.int(9)?,
            error: row.text(10)?,
        })
    }
}

/// The hash of a mail's row. `state` is `queued` until the mail's life has ended.
pub(crate) fn mail_head(id: &str, message_id: &str, once: Option<&str>, record: Option<&str>, purpose: &str, state: &str) -> [u8; 32] {
    let state = if matches!(state, "ready" | "sending") { "queued" } else { state };
    hash_json(&json!(["probity-mail-head-v1", id, message_id, once, record, purpose, state]))
}

fn context(org: &str, id: &str, message_id: &str) -> Vec<u8> {
    seal::context("probity-mail-v1", &[org, id, message_id])
}

impl ReadTx<'_> {
    /// The mails of a record, oldest first.
    pub fn mails_of_record(&mut self, record: &str) -> Result<Vec<MailStatus>, Error> {
        let rows = self.query(&MAILS_OF_RECORD, values![self.org(), record])?;
        rows.into_iter().map(|mut row| MailStatus::from_row(&mut row)).collect()
    }

    /// A page of the mails in a state, oldest first, after an id.
    pub fn mails_in_state(&mut self, state: &str, after: Option<&str>, limit: u64) -> Result<Vec<MailStatus>, Error> {
        let rows = self.query(&MAILS_IN_STATE, values![self.org(), state, after.unwrap_or_default(), limit.min(MOST_ROWS)])?;
        rows.into_iter().map(|mut row| MailStatus::from_row(&mut row)).collect()
    }

    /// The mail with a Message-ID of ours.
    pub fn mail_by_message_id(&mut self, message_id: &str) -> Result<Option<MailStatus>, Error> {
        let row = self.one(&MAIL_BY_MESSAGE_ID, values![self.org(), message_id])?;
        row.map(|mut row| MailStatus::from_row(&mut row)).transpose()
    }

    /// Whether a mail with this key was queued before.
    pub fn mail_once(&mut self, once: &str) -> Result<bool, Error> {
        Ok(self.one(&MAIL_ONCE, values![self.org(), once])?.is_some())
    }

    /// A mail with what is in it; the latter is `None` when its subject was erased.
    pub fn mail_get(&mut self, id: &str) -> Result<Option<(MailStatus, Option<Json>)>, Error> {
        let Some(mut row) = self.one(&MAIL_ROW, values![self.org(), id])? else { return Ok(None) };
        let status = MailStatus::from_row(&mut row)?;
        let (subject, sealed) = (row.opt_text(3)?, row.blob(13)?);
        let body = self.mail_open(&status.id, &status.message_id, subject.as_deref(), &sealed)?;
        Ok(Some((status, body)))
    }

    /// How many mails are in each state.
    pub fn mail_counts(&mut self) -> Result<Vec<(String, u64)>, Error> {
        let rows = self.query(&MAIL_COUNTS, values![self.org()])?;
        rows.into_iter().map(|mut row| Ok((row.text(0)?, row.count(1)?))).collect()
    }

    fn mail_key(&mut self, subject: Option<&str>) -> Result<Held, Error> {
        match subject {
            Some(subject) => self.key(Holder::Subject, subject),
            None => Ok(Held::Alive(self.shared.org_key.clone())),
        }
    }

    fn mail_open(&mut self, id: &str, message_id: &str, subject: Option<&str>, sealed: &[u8]) -> Result<Option<Json>, Error> {
        let (Held::Alive(key), false) = (self.mail_key(subject)?, sealed.is_empty()) else { return Ok(None) };
        let clear = seal::open(&key, &context(self.org(), id, message_id), sealed);
        let body = clear.and_then(|clear| serde_json::from_slice(&clear).ok());
        body.map(Some).ok_or_else(|| Error::corrupt("outbox", id, "the seal does not open"))
    }
}

impl WriteTx<'_> {
    /// Queues a mail; workers see it once this transaction has committed. `false` when a mail
    /// with the same `once` was queued before.
    ///
    /// # Errors
    /// [`Error::Unknown`] or [`Error::Erased`] when its subject has no living key;
    /// [`Error::Taken`] when its id or Message-ID is in use.
    pub fn mail_queue(&mut self, mail: &NewMail<'_>) -> Result<bool, Error> {
        // Two writers with the same key wait for each other here.
        self.lock_log()?;
        if let Some(once) = mail.once
            && self.mail_once(once)?
        {
            return Ok(false);
        }
        let key = match self.mail_key(mail.subject)? {
            Held::Alive(key) => key,
            Held::Erased => return Err(Error::Erased),
            Held::Never => return Err(Error::Unknown { what: "subject" }),
        };
        let (org, at_us) = (self.org(), self.at_us);
        let body = seal::seal(&key, &context(org, mail.id, mail.message_id), mail.body.to_string().as_bytes())?;
        let head = mail_head(mail.id, mail.message_id, mail.once, mail.record, mail.purpose, "queued");
        let about = mail.record.unwrap_or(mail.id);
        let entry = Entry { record: about, verb: "mail_queued", reason: mail.purpose, body: &sha256(&body), head: &head, version: 0 };
        let seq = self.append(Kind::Mail, &entry)?;
        let own = |text: Option<&str>| text.map(str::to_owned);
        let (once, record, subject) = (own(mail.once), own(mail.record), own(mail.subject));
        let params = values![org, mail.id, mail.message_id, once, record, subject, mail.purpose, mail.due_us, at_us, seq, body];
        self.touch(&MAIL_PUT, params)?;
        Ok(true)
    }

    /// Claims the next mail that is due, for `lease_us` microseconds from the transaction's
    /// instant. A mail whose lease has ended is due again: whoever had it may or may not have
    /// handed it over. Use it in [`crate::Store::write_technical`].
    pub fn mail_claim(&mut self, worker: &str, lease_us: i64) -> Result<Option<ClaimedMail>, Error> {
        let (at_us, claim) = (self.at_us, self.shared.dialect.mail_claim());
        let params = values![self.org(), at_us, at_us.saturating_add(lease_us), worker];
        let Some(mut row) = self.query(claim, params)?.into_iter().next() else {
            return Ok(None);
        };
        let (id, message_id, subject) = (row.text(0)?, row.text(1)?, row.opt_text(3)?);
        let (attempts, sealed) = (row.count(5)?, row.blob(6)?);
        let body = self.mail_open(&id, &message_id, subject.as_deref(), &sealed)?;
        Ok(Some(ClaimedMail {
            record: row.opt_text(2)?,
            purpose: row.text(4)?,
            attempts,
            in_doubt: row.count(7)? > 0,
            queued_us: row.int(8)?,
            id,
            message_id,
            body,
        }))
    }

    /// Notes that the last full stop of a claimed mail is about to go out: from here on it is in
    /// doubt until an answer is marked. `false` when the worker no longer holds it.
    pub fn mail_dot(&mut self, id: &str, worker: &str) -> Result<bool, Error> {
        let org = self.org();
        Ok(self.touch(&MAIL_DOT, values![org, id, worker])? > 0)
    }

    /// Puts a claimed mail back, to be tried again later. `error` is a code. `false` when the
    /// worker no longer holds it.
    pub fn mail_again(&mut self, id: &str, worker: &str, due_us: i64, error: &str) -> Result<bool, Error> {
        let (org, at_us) = (self.org(), self.at_us);
        Ok(self.touch(&MAIL_AGAIN, values![org, id, worker, due_us, error, at_us])? > 0)
    }

    /// Ends the life of a mail and logs it. `worker` is who claimed it, `None` for news that
    /// came later (a bounce). `error` is a code, without personal data. A mail that belongs to
    /// nobody outside keeps no body. `false` when there is nothing to change: the mail is held
    /// by another worker, or has ended this way before.
    pub fn mail_end(&mut self, id: &str, worker: Option<&str>, end: MailEnd, error: &str) -> Result<bool, Error> {
        self.lock_log()?;
        let (org, at_us) = (self.org(), self.at_us);
        let Some(mut row) = self.one(&MAIL_ROW, values![org, id])? else { return Ok(false) };
        let status = MailStatus::from_row(&mut row)?;
        let (subject, once, holder) = (row.opt_text(3)?, row.opt_text(11)?, row.text(12)?);
        let held = worker.is_none_or(|worker| status.state == "sending" && holder == worker);
        if !held || status.state == end.state() {
            return Ok(false);
        }
        // What may have to be sent again keeps its body.
        let body = if subject.is_some() || end == MailEnd::Unknown { row.blob(13)? } else { Vec::new() };
        let head = mail_head(id, &status.message_id, once.as_deref(), status.record.as_deref(), &status.purpose, end.state());
        let about = status.record.as_deref().unwrap_or(id);
        let entry = Entry { record: about, verb: end.verb(), reason: &status.purpose, head: &head, ..Entry::default() };
        let seq = self.append(Kind::Mail, &entry)?;
        self.touch(&MAIL_END, values![org, id, end.state(), error, at_us, seq, body])?;
        Ok(true)
    }

    /// Puts an unknown mail back into the outbox because a person said so, and logs it. `false`
    /// when it is not unknown, or nothing of it is left.
    pub fn mail_revive(&mut self, id: &str) -> Result<bool, Error> {
        self.lock_log()?;
        let (org, at_us) = (self.org(), self.at_us);
        let Some(mut row) = self.one(&MAIL_ROW, values![org, id])? else { return Ok(false) };
        let status = MailStatus::from_row(&mut row)?;
        let (once, body) = (row.opt_text(11)?, row.blob(13)?);
        if status.state != "unknown" || body.is_empty() {
            return Ok(false);
        }
        let head = mail_head(id, &status.message_id, once.as_deref(), status.record.as_deref(), &status.purpose, "queued");
        let about = status.record.as_deref().unwrap_or(id);
        let entry = Entry { record: about, verb: "mail_again", reason: &status.purpose, head: &head, ..Entry::default() };
        let seq = self.append(Kind::Mail, &entry)?;
        self.touch(&MAIL_REVIVE, values![org, id, at_us, seq])?;
        Ok(true)
    }
}
