//! The log: one Merkle leaf for every save, read, erasure, sign-in and batch.
//!
//! # Leaf bytes
//!
//! A leaf is the UTF-8 text of a JSON array without white space, with these 12 members in
//! this order:
//!
//! ```text
//! ["probity-log-v1", org, seq, kind, record, version, verb, actor, at_us, reason, body, head]
//! ```
//!
//! `seq` counts from 0; `version` is 0 where the entry saves no version; `at_us` is UTC in
//! microseconds since 1970; `body` and `head` are 64 lower-case hexadecimal digits or `""`.
//! Strings are escaped as `json.dumps(.., ensure_ascii=False, separators=(",", ":"))` does.
//! The leaf hash is SHA-256 of a zero byte and these bytes, inner nodes are SHA-256 of a one
//! byte and the two children (RFC 6962).
//!
//! # What the hashes bind
//!
//! | kind | record | body | head |
//! |---|---|---|---|
//! | `saved`, `erased` with a version | record id | SHA-256 of the stored bytes of the version | SHA-256 of the head, below |
//! | `erased` without a version | subject or user id | | |
//! | `read` | record id | | |
//! | `blob`, `blob_removed` | blob id | SHA-256 of the stored file (`blob`) | SHA-256 of `["probity-blob-head-v1", id, record, file, mime, size]` |
//! | `batch` | record id | the manifest hash of the batch | |
//! | `user` | user id | SHA-256 of the sealed body | SHA-256 of `["probity-user-head-v1", id, email token, roles, state]` |
//! | `mail` | record id, else mail id | SHA-256 of the sealed mail (when queued) | SHA-256 of `["probity-mail-head-v1", id, message id, once, record, purpose, state]` |
//! | `setting` | its name | SHA-256 of the sealed body | |
//! | `signed_in`, `signed_out`, `access`, `key` | user id or purpose | | |
//!
//! The head of a record is `["probity-head-v1", id, kind, reference, state, owner, due_us, hold,
//! created_us, [[clock, due_us, state], ..]]` with `owner` null or text, `due_us` null or a number,
//! `hold` 0 or 1, `created_us` the instant of version 1, and the clocks in order of their names: a
//! changed date or state is as visible as a changed body.
//!
//! # Checkpoint
//!
//! A C2SP signed note over `origin`, size and root, one a line, with origin and key name
//! `probity/<org>`, signed with Ed25519.

pub(crate) mod checkpoint;
pub(crate) mod proofs;
pub(crate) mod tree;

use serde_json::json;
use sha2::{Digest, Sha256};
use tlog_tiles::{Hash, record_hash};

use crate::{
    error::Error,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::{Row, values},
};

queries! {
    LOG_HEAD_INIT = "INSERT INTO log_head (org, size, peaks, checkpoint) VALUES ($1, 0, $2, $3) ON CONFLICT (org) DO NOTHING";
    LOG_HEAD_LOCK = "UPDATE log_head SET size = size WHERE org = $1 RETURNING size, peaks";
    LOG_HEAD_GET = "SELECT size, peaks, checkpoint FROM log_head WHERE org = $1";
    LOG_HEAD_SET = "UPDATE log_head SET size = $2, peaks = $3, checkpoint = $4 WHERE org = $1";
    LOG_APPEND = "INSERT INTO log (org, seq, kind, record, version, verb, actor, at_us, reason, body_hash, head_hash, leaf_hash) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    LOG_OF_RECORD = "SELECT seq, kind, record, version, verb, actor, at_us, reason FROM log \
        WHERE org = $1 AND record = $2 AND seq > $3 ORDER BY seq LIMIT $4";
    LOG_LATEST = "SELECT seq, kind, record, version, verb, actor, at_us, reason FROM log WHERE org = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";
    LOG_LEAF_HASH = "SELECT leaf_hash FROM log WHERE org = $1 AND seq = $2";
    HASH_ADD = "INSERT INTO hashes (org, idx, hash) VALUES ($1, $2, $3)";
    HASH_GET = "SELECT hash FROM hashes WHERE org = $1 AND idx = $2";
    CHECKPOINT_KEEP = "INSERT INTO checkpoints (org, size, checkpoint) VALUES ($1, $2, $3) ON CONFLICT (org, size) DO NOTHING";
    CHECKPOINT_LIST = "SELECT size, checkpoint FROM checkpoints WHERE org = $1 ORDER BY size DESC LIMIT $2";
}

/// A checkpoint is kept for good whenever the log passes a multiple of this many entries.
pub(crate) const KEEP_EVERY: u64 = 256;

/// What kind of event an entry records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A version of a record was saved.
    Saved,
    /// Personal data was read.
    Read,
    /// A key was destroyed.
    Erased,
    /// Many rows were changed under one manifest hash.
    Batch,
    /// A file was attached.
    Blob,
    /// A file was removed.
    BlobRemoved,
    /// A user account was saved.
    User,
    /// A setting was saved.
    Setting,
    /// Somebody signed in.
    SignedIn,
    /// Somebody signed out or was signed out.
    SignedOut,
    /// Access was given or taken otherwise, e.g. by a one-time token.
    Access,
    /// A key was made.
    Key,
    /// An outgoing mail was queued, sent, given up or came back.
    Mail,
}

impl Kind {
    /// The word that stands in the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Read => "read",
            Self::Erased => "erased",
            Self::Batch => "batch",
            Self::Blob => "blob",
            Self::BlobRemoved => "blob_removed",
            Self::User => "user",
            Self::Setting => "setting",
            Self::SignedIn => "signed_in",
            Self::SignedOut => "signed_out",
            Self::Access => "access",
            Self::Key => "key",
            Self::Mail => "mail",
        }
    }
}

/// One entry of the log as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// Position in the log, from 0.
    pub seq: u64,
    /// What kind of event; see [`Kind::as_str`].
    pub kind: String,
    /// What it is about: a record, subject, user, blob or setting.
    pub record: String,
    /// The version saved, or 0.
    pub version: u64,
    /// The verb of the use case, e.g. `extend`.
    pub verb: String,
    /// Who did it.
    pub actor: String,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// Why: a code or a phrase without personal data.
    pub reason: String,
}

impl LogEntry {
    pub(crate) fn from_row(mut row: Row) -> Result<Self, Error> {
        Ok(Self {
            seq: row.count(0)?,
            kind: row.text(1)?,
            record: row.text(2)?,
            version: row.count(3)?,
            verb: row.text(4)?,
            actor: row.text(5)?,
            at_us: row.int(6)?,
            reason: row.text(7)?,
        })
    }
}

/// Everything a leaf is made of.
pub(crate) struct Leaf<'a> {
    pub(crate) kind: &'a str,
    pub(crate) record: &'a str,
    pub(crate) version: u64,
    pub(crate) verb: &'a str,
    pub(crate) actor: &'a str,
    pub(crate) at_us: i64,
    pub(crate) reason: &'a str,
    pub(crate) body: &'a [u8],
    pub(crate) head: &'a [u8],
}

impl Leaf<'_> {
    /// The hash of the leaf at position `seq` of an organisation's log.
    pub(crate) fn hash(&self, org: &str, seq: u64) -> Hash {
        let (body, head) = (crate::hex(self.body), crate::hex(self.head));
        let fields =
            ("probity-log-v1", org, seq, self.kind, self.record, self.version, self.verb, self.actor, self.at_us, self.reason, body, head);
        // A tuple of texts and numbers always serialises.
        record_hash(&serde_json::to_vec(&fields).unwrap_or_default())
    }
}

/// What an entry says besides who and when, which the transaction knows.
#[derive(Debug, Default)]
pub(crate) struct Entry<'a> {
    pub(crate) record: &'a str,
    pub(crate) version: u64,
    pub(crate) verb: &'a str,
    pub(crate) reason: &'a str,
    pub(crate) body: &'a [u8],
    pub(crate) head: &'a [u8],
}

/// SHA-256 of bytes.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 of a JSON value's text.
pub(crate) fn hash_json(value: &serde_json::Value) -> [u8; 32] {
    sha256(value.to_string().as_bytes())
}

impl WriteTx<'_> {
    /// Appends a leaf and returns its position. What was changed before it counts as logged.
    pub(crate) fn append(&mut self, kind: Kind, entry: &Entry<'_>) -> Result<u64, Error> {
        self.lock_log()?;
        let shared = self.shared;
        let head = self.log.as_mut().ok_or(Error::Unlogged)?;
        let seq = head.size;
        let leaf = Leaf {
            kind: kind.as_str(),
            record: entry.record,
            version: entry.version,
            verb: entry.verb,
            actor: &self.actor,
            at_us: self.at_us,
            reason: entry.reason,
            body: entry.body,
            head: entry.head,
        };
        let hash = leaf.hash(&shared.org, seq);
        let inner = head.push(hash)?;
        let params = values![
            shared.org.as_str(),
            seq,
            leaf.kind,
            leaf.record,
            leaf.version,
            leaf.verb,
            leaf.actor,
            leaf.at_us,
            leaf.reason,
            leaf.body,
            leaf.head,
            hash.0
        ];
        self.read.run(&LOG_APPEND, params)?;
        for (index, hash) in inner {
            self.read.run(&HASH_ADD, values![shared.org.as_str(), index, hash.0])?;
        }
        self.log_count_add(kind.as_str(), entry.verb)?;
        self.unlogged = 0;
        Ok(seq)
    }

    /// Logs that personal data of a record was read: who (the transaction's actor), what, why.
    pub fn log_read(&mut self, record: &str, verb: &str, reason: &str) -> Result<(), Error> {
        self.append(Kind::Read, &Entry { record, verb, reason, ..Entry::default() }).map(drop)
    }

    /// Logs a batch of changes to rows (review items, imports) as one entry. `manifest` is
    /// the SHA-256 of the batch's manifest.
    pub fn log_batch(&mut self, record: &str, manifest: [u8; 32], verb: &str) -> Result<(), Error> {
        self.append(Kind::Batch, &Entry { record, verb, body: &manifest, ..Entry::default() }).map(drop)
    }

    /// Logs an event that is about access rather than about a record.
    pub fn log_access(&mut self, about: &str, verb: &str, reason: &str) -> Result<(), Error> {
        self.append(Kind::Access, &Entry { record: about, verb, reason, ..Entry::default() }).map(drop)
    }
}

impl ReadTx<'_> {
    /// The entries about one record (or subject, user, blob, setting), oldest first, at most 10,000.
    pub fn record_history(&mut self, id: &str) -> Result<Vec<LogEntry>, Error> {
        self.log_of(id, None, 10_000)
    }

    /// A page of the entries about one thing, oldest first, after a position.
    pub fn log_of(&mut self, id: &str, after: Option<u64>, limit: u64) -> Result<Vec<LogEntry>, Error> {
        let after = after.map_or(-1, |seq| i64::try_from(seq).unwrap_or(i64::MAX));
        let rows = self.query(&LOG_OF_RECORD, values![self.org(), id, after, limit])?;
        rows.into_iter().map(LogEntry::from_row).collect()
    }

    /// A page of the whole log, newest first, before a position.
    pub fn log_latest(&mut self, before: Option<u64>, limit: u64) -> Result<Vec<LogEntry>, Error> {
        let before = before.map_or(i64::MAX, |seq| i64::try_from(seq).unwrap_or(i64::MAX));
        let rows = self.query(&LOG_LATEST, values![self.org(), before, limit])?;
        rows.into_iter().map(LogEntry::from_row).collect()
    }
}

/// The hash of a blob's row.
pub(crate) fn blob_head(id: &str, record: &str, file: &str, mime: &str, size: u64) -> [u8; 32] {
    hash_json(&json!(["probity-blob-head-v1", id, record, file, mime, size]))
}

/// The hash of a user's row.
pub(crate) fn user_head(id: &str, email_token: &[u8], roles: &str, state: &str) -> [u8; 32] {
    hash_json(&json!(["probity-user-head-v1", id, crate::hex(email_token), roles, state]))
}
