//! The outbox: queueing mails, and looking at what became of them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::ids::{RecordId, SubjectId};
use domain::people::{Actor, Relation, Verb, may, require};
use domain::{Refusal, RefusalCode};
use serde::{Deserialize, Serialize};
use store::{MailEnd, MailStatus, NewMail, ReadTx, WriteTx};

use super::address::{clean_address, clean_message_id, one_line};
use crate::app::App;
use crate::error::Error;
use crate::ports::{Failure, MailFile};

/// Bytes of attachments one mail may carry: what most servers take.
const MOST_BYTES: usize = 15_000_000;
/// Mails shown of one state at most.
const SHOWN: u64 = 100;

/// A mail to be sent.
#[derive(Clone)]
pub struct OutMail {
    /// The one address it goes to.
    pub to: String,
    /// Whose key seals it; `None` for a mail to staff, whose text is not kept once it is sent.
    pub subject_key: Option<SubjectId>,
    /// The record it belongs to, which shows what became of it.
    pub record: Option<RecordId>,
    /// The subject line, without personal data.
    pub title: String,
    /// The plain text, without a salutation by name.
    pub text: String,
    /// Attachments.
    pub files: Vec<OutFile>,
    /// The Message-ID that it answers, with its brackets; ignored where it is none.
    pub in_reply_to: Option<String>,
    /// What it is for, e.g. `acknowledgement`, `portal-link`, `digest`. Not personal data.
    pub purpose: &'static str,
    /// A key: a second mail with the same one is not queued.
    pub once: Option<String>,
}

/// An attachment of a mail to be sent.
#[derive(Clone)]
pub struct OutFile {
    /// Its name, without personal data.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A mail as it is sealed in the store.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredMail {
    pub(super) to: String,
    pub(super) title: String,
    pub(super) text: String,
    files: Vec<StoredFile>,
    pub(super) in_reply_to: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct StoredFile {
    name: String,
    mime: String,
    base64: String,
}

impl StoredMail {
    /// The attachments as they were queued.
    pub(super) fn files(&self) -> Result<Vec<MailFile>, Failure> {
        let file = |file: &StoredFile| {
            let bytes = BASE64.decode(&file.base64).map_err(|error| Failure::because("reading an attachment", error))?;
            Ok(MailFile { name: file.name.clone(), mime: file.mime.clone(), bytes })
        };
        self.files.iter().map(file).collect()
    }
}

/// Queues a mail in a running transaction: it is sent once the transaction has committed, and
/// not at all when it does not. `false` when a mail with the same `once` was queued before.
///
/// # Errors
/// `MAIL-001` when the address is none, `MAIL-002` when the attachments are too big.
pub fn queue(app: &App, tx: &mut WriteTx<'_>, mail: &OutMail) -> Result<bool, Error> {
    let to = clean_address(&mail.to).ok_or_else(|| Refusal::new(RefusalCode::MailAddress, ""))?;
    if mail.files.iter().map(|file| file.bytes.len()).sum::<usize>() > MOST_BYTES {
        return Err(Refusal::new(RefusalCode::MailTooBig, "").into());
    }
    let file = |file: &OutFile| StoredFile { name: one_line(&file.name), mime: file.mime.clone(), base64: BASE64.encode(&file.bytes) };
    let stored = StoredMail {
        to,
        title: one_line(&mail.title),
        text: mail.text.clone(),
        files: mail.files.iter().map(file).collect(),
        in_reply_to: mail.in_reply_to.as_deref().and_then(clean_message_id),
    };
    let body = serde_json::to_value(&stored).map_err(|error| Failure::because("writing a mail", error))?;
    let id = app.ids.fresh();
    let due_us = tx.at_us();
    Ok(tx.mail_queue(&NewMail {
        message_id: &format!("<{id}@{}>", app.mail.domain()),
        id: &id,
        once: mail.once.as_deref(),
        record: mail.record.as_ref().map(RecordId::as_str),
        subject: mail.subject_key.as_ref().map(SubjectId::as_str),
        purpose: mail.purpose,
        body: &body,
        due_us,
    })?)
}

/// Whether a mail with this key was queued before.
pub fn mail_waits(tx: &mut ReadTx<'_>, once: &str) -> Result<bool, Error> {
    Ok(tx.mail_once(once)?)
}

/// A mail with the reference of the record it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// The mail.
    pub mail: MailStatus,
    /// The reference of its record; empty when it belongs to none.
    pub reference: String,
    /// The kind of that record.
    pub kind: String,
}

/// The outbox at a glance. Holds no address and no text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outbox {
    /// How many mails are in each state.
    pub counts: Vec<(String, u64)>,
    /// Mails of which the server did not say whether it took them, oldest first, at most 100.
    pub unknown: Vec<OutboxRow>,
    /// Mails that wait or are being sent, likewise.
    pub waiting: Vec<OutboxRow>,
    /// Mails that will not be sent, likewise.
    pub failed: Vec<OutboxRow>,
    /// Mails that came back, likewise.
    pub bounced: Vec<OutboxRow>,
    /// Whether there is a server to send them to.
    pub set_up: bool,
    /// Whether the actor may settle a mail of which nobody knows.
    pub may_work: bool,
}

/// Shows the outbox.
pub fn outbox(app: &App, actor: &Actor) -> Result<Outbox, Error> {
    require(actor, Verb::OutboxSee, Relation::None)?;
    app.store.read(|tx| {
        let mut waiting = rows(tx, "ready")?;
        waiting.extend(rows(tx, "sending")?);
        Ok(Outbox {
            counts: tx.mail_counts()?,
            unknown: rows(tx, "unknown")?,
            waiting,
            failed: rows(tx, "failed")?,
            bounced: rows(tx, "bounced")?,
            set_up: app.mail.post.is_some(),
            may_work: may(actor, Verb::OutboxWork, Relation::None),
        })
    })
}

fn rows(tx: &mut ReadTx<'_>, state: &str) -> Result<Vec<OutboxRow>, Error> {
    let mut rows = Vec::new();
    for mail in tx.mails_in_state(state, None, SHOWN)? {
        let head = match &mail.record {
            Some(record) => tx.record_head(record)?.map(|head| (head.head.reference, head.head.kind)),
            None => None,
        };
        let (reference, kind) = head.unwrap_or_default();
        rows.push(OutboxRow { mail, reference, kind });
    }
    Ok(rows)
}

/// What a person found out about a mail of which nobody knew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettleMail {
    /// It went out: it lies in the sent mail, or whoever it is for has it.
    Sent,
    /// It did not, and is to be sent again, under the same Message-ID.
    Again,
}

/// Settles a mail of which the server did not say whether it took it.
///
/// # Errors
/// `CONC-001` when it was settled meanwhile, by its copy or by somebody else.
pub fn settle_mail(app: &App, actor: &Actor, id: &str, how: SettleMail) -> Result<(), Error> {
    require(actor, Verb::OutboxWork, Relation::None).map_err(|_| Error::NotFound)?;
    app.store.write(&app.origin(actor), |tx| {
        let (status, _) = tx.mail_get(id)?.ok_or(Error::NotFound)?;
        let settled = match how {
            _ if status.state != "unknown" => false,
            SettleMail::Sent => tx.mail_end(id, None, MailEnd::Sent, "")?,
            SettleMail::Again => tx.mail_revive(id)?,
        };
        if settled { Ok(()) } else { Err(Refusal::new(RefusalCode::Conflict, "").into()) }
    })
}
