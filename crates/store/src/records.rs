//! Records: every save appends a sealed version and a leaf; the latest head stands in
//! `records` for lists.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use crate::{
    body::{Opener, Sealer, open_body, seal_body},
    error::Error,
    keys::table::{Held, Holder},
    log::{Entry, Kind, hash_json, sha256},
    sql::queries,
    tokens::SearchToken,
    tx::{After, ReadTx, WriteTx},
    value::{Row, values},
};

queries! {
    RECORD_GET = "SELECT r.id, r.kind, r.reference, r.state, r.owner, r.due_us, r.hold, r.version, r.created_us, r.updated_us, v.body \
        FROM records r JOIN versions v ON v.org = r.org AND v.seq = r.seq WHERE r.org = $1 AND r.id = $2";
    RECORD_HEAD = "SELECT id, kind, reference, state, owner, due_us, hold, version, created_us, updated_us FROM records WHERE org = $1 AND id = $2";
    RECORD_BY_REFERENCE = "SELECT id FROM records WHERE org = $1 AND kind = $2 AND reference = $3 AND reference <> ''";
    RECORD_INSERT = "INSERT INTO records (org, id, kind, reference, state, owner, due_us, hold, version, seq, created_us, updated_us) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $10)";
    RECORD_UPDATE = "UPDATE records SET kind = $3, reference = $4, state = $5, owner = $6, due_us = $7, hold = $8, seq = $9, updated_us = $10, \
        version = version + 1 WHERE org = $1 AND id = $2 AND version = $11";
    VERSION_INSERT = "INSERT INTO versions (org, seq, record, version, body) VALUES ($1, $2, $3, $4, $5)";
    VERSION_GET = "SELECT body FROM versions WHERE org = $1 AND record = $2 AND version = $3 AND seq IN \
        (SELECT seq FROM log WHERE org = $1 AND record = $2)";
    CLOCKS_OF = "SELECT name, due_us, state FROM clocks WHERE org = $1 AND record = $2 ORDER BY name";
    CLOCK_PUT = "INSERT INTO clocks (org, record, name, due_us, state) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (org, record, name) DO UPDATE SET due_us = excluded.due_us, state = excluded.state";
    CLOCK_DROP = "DELETE FROM clocks WHERE org = $1 AND record = $2 AND name = $3";
    COUNT_ADD = "INSERT INTO counts (org, kind, state, n) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (org, kind, state) DO UPDATE SET n = counts.n + excluded.n";
    SEQUENCE_NEXT = "INSERT INTO sequences (org, name, n) VALUES ($1, $2, 1) \
        ON CONFLICT (org, name) DO UPDATE SET n = sequences.n + 1 RETURNING n";
    JOBS_DROP = "DELETE FROM jobs WHERE org = $1 AND record = $2";
}

/// Stands in `due_us` columns for "nothing is due", so that due dates sort in one index.
pub(crate) const NEVER: i64 = i64::MAX;

/// The state of a record whose key was destroyed.
pub const ERASED: &str = "erased";

/// What lists and searches know about a record. Nothing in it is personal data.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordHead {
    /// The record's identifier.
    pub id: String,
    /// What it is, e.g. `request`.
    pub kind: String,
    /// What people call it, e.g. `SAR-2026-0001`; unique within its kind, or empty.
    pub reference: String,
    /// The state of its life cycle; [`ERASED`] once its key was destroyed.
    pub state: String,
    /// The user it is assigned to.
    pub owner: Option<String>,
    /// When it is due, in microseconds since 1970 UTC; `None` when nothing is due.
    pub due_us: Option<i64>,
    /// Whether a legal hold keeps it from disposal.
    pub hold: bool,
}

/// One clock of a record, e.g. the time limit to answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClockRow {
    /// Its name, unique within the record.
    pub name: String,
    /// When it runs out, in microseconds since 1970 UTC; `None` while it is paused or done.
    pub due_us: Option<i64>,
    /// Its state, e.g. `running/2026-11-28`, `paused`, `kept/2026-11-20`. States are tallied as they
    /// stand: one that names a day in it can be counted and listed by ranges of days.
    pub state: String,
}

/// A record to be saved.
#[derive(Debug, Clone)]
pub struct SaveRecord<'a> {
    /// The head as it shall stand in lists.
    pub head: RecordHead,
    /// The whole state. Personal values in it (`domain::Personal`) are sealed to their subject.
    pub body: &'a Json,
    /// The version that the caller loaded; 0 for a new record.
    pub expected_version: u64,
    /// The verb of the use case, for the log.
    pub verb: &'a str,
    /// Why: a code or a phrase without personal data.
    pub reason: &'a str,
    /// All clocks of the record.
    pub clocks: &'a [ClockRow],
    /// All texts it shall be found by.
    pub tokens: &'a [SearchToken<'a>],
}

/// A record as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// The head; its state is [`ERASED`] when the record's key was destroyed.
    pub head: RecordHead,
    /// The latest version, from 1.
    pub version: u64,
    /// When it was first saved, in microseconds since 1970 UTC.
    pub created_us: i64,
    /// When it was last saved.
    pub updated_us: i64,
    /// The body, with personal values opened, or marked as erased; `{"erased": true}` when the
    /// record's key was destroyed.
    pub body: Json,
}

/// A head with what the store knows about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The head.
    pub head: RecordHead,
    /// The latest version.
    pub version: u64,
    /// When it was first saved, in microseconds since 1970 UTC.
    pub created_us: i64,
    /// When it was last saved.
    pub updated_us: i64,
}

impl Listed {
    /// Reads the ten columns that every list selects in the same order.
    pub(crate) fn from_row(row: &mut Row) -> Result<Self, Error> {
        let head = RecordHead {
            id: row.text(0)?,
            kind: row.text(1)?,
            reference: row.text(2)?,
            state: row.text(3)?,
            owner: row.opt_text(4)?,
            due_us: due_from_column(row.int(5)?),
            hold: row.flag(6)?,
        };
        Ok(Self { head, version: row.count(7)?, created_us: row.int(8)?, updated_us: row.int(9)? })
    }
}

pub(crate) fn due_from_column(due_us: i64) -> Option<i64> {
    Some(due_us).filter(|due| *due != NEVER)
}

/// The hash of a head, its first instant and its clocks; the clocks must be in order of their names.
pub(crate) fn head_hash(head: &RecordHead, created_us: i64, clocks: &[ClockRow]) -> [u8; 32] {
    let clocks: Vec<Json> = clocks.iter().map(|c| json!([c.name, c.due_us, c.state])).collect();
    let RecordHead { id, kind, reference, state, owner, due_us, hold } = head;
    hash_json(&json!(["probity-head-v1", id, kind, reference, state, owner, due_us, i32::from(*hold), created_us, clocks]))
}

impl ReadTx<'_> {
    /// The latest version of a record.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the stored bytes do not open: they are never shown half.
    pub fn record_get(&mut self, id: &str) -> Result<Option<Stored>, Error> {
        let Some(mut row) = self.one(&RECORD_GET, values![self.org(), id])? else {
            return Ok(None);
        };
        let Listed { mut head, version, created_us, updated_us } = Listed::from_row(&mut row)?;
        let sealed = row.blob(10)?;
        let body = self.body_open(id, version, &sealed)?;
        if body.is_none() {
            ERASED.clone_into(&mut head.state);
        }
        Ok(Some(Stored { head, version, created_us, updated_us, body: body.unwrap_or_else(erased_body) }))
    }

    /// The head of a record, without opening its body.
    pub fn record_head(&mut self, id: &str) -> Result<Option<Listed>, Error> {
        let row = self.one(&RECORD_HEAD, values![self.org(), id])?;
        row.map(|mut row| Listed::from_row(&mut row)).transpose()
    }

    /// The id of the record of a kind with a reference.
    pub fn record_by_reference(&mut self, kind: &str, reference: &str) -> Result<Option<String>, Error> {
        let row = self.one(&RECORD_BY_REFERENCE, values![self.org(), kind, reference])?;
        row.map(|mut row| row.text(0)).transpose()
    }

    /// The body of one version of a record, as far as it can still be read.
    pub fn record_version(&mut self, id: &str, version: u64) -> Result<Option<Json>, Error> {
        let Some(mut row) = self.one(&VERSION_GET, values![self.org(), id, version])? else {
            return Ok(None);
        };
        let sealed = row.blob(0)?;
        Ok(Some(self.body_open(id, version, &sealed)?.unwrap_or_else(erased_body)))
    }

    /// The clocks of a record, in order of their names.
    pub fn record_clocks(&mut self, id: &str) -> Result<Vec<ClockRow>, Error> {
        let rows = self.query(&CLOCKS_OF, values![self.org(), id])?;
        rows.into_iter()
            .map(|mut row| Ok(ClockRow { name: row.text(0)?, due_us: due_from_column(row.int(1)?), state: row.text(2)? }))
            .collect()
    }

    /// Opens a stored body; `None` when the record's key was destroyed.
    fn body_open(&mut self, id: &str, version: u64, sealed: &[u8]) -> Result<Option<Json>, Error> {
        let key = match self.key(Holder::Record, id)? {
            Held::Alive(key) => key,
            Held::Erased => return Ok(None),
            Held::Never => return Err(Error::corrupt("keys", id, "the record has no key")),
        };
        let org = self.org();
        let Some(body) = open_body(&key, org, id, version, sealed)? else { return Ok(None) };
        Opener::new(self, id, version).open(&body).map(Some)
    }
}

fn erased_body() -> Json {
    json!({"erased": true})
}

impl WriteTx<'_> {
    /// Saves a record as its next version, with its head, clocks, tokens and a log entry.
    /// Returns the number of the new version.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the expected version is not the latest; [`Error::Erased`] when
    /// the record's key was destroyed; [`Error::Unknown`] when a personal value names a subject
    /// that was never created; [`Error::Taken`] when the reference is in use.
    pub fn record_save(&mut self, save: SaveRecord<'_>) -> Result<u64, Error> {
        let id = save.head.id.as_str();
        let old = self.record_head(id)?;
        Self::expect_version(old.as_ref(), save.expected_version)?;
        let key = match self.key(Holder::Record, id)? {
            Held::Alive(key) => key,
            Held::Erased => return Err(Error::Erased),
            Held::Never => self.key_create(Holder::Record, id)?,
        };
        let version = save.expected_version + 1;
        let body = Sealer::new(self, id, version).seal(save.body)?;
        let org = self.org();
        let bytes = seal_body(&key, org, id, version, &body)?;
        self.version_append(Kind::Saved, &save, old.as_ref(), &bytes)?;
        self.tokens_replace(id, save.tokens)?;
        Ok(version)
    }

    /// Erases a record: its last version says so, its key is destroyed after the commit, and
    /// with it everything that the key sealed: all earlier versions, its files, its review items.
    /// `false` when there is no such record or it was erased before.
    ///
    /// # Errors
    /// [`Error::Conflict`] as for a save.
    pub fn record_erase(&mut self, id: &str, expected_version: u64, verb: &str, reason: &str) -> Result<bool, Error> {
        let Some(old) = self.record_head(id)?.filter(|old| old.head.state != ERASED) else {
            return Ok(false);
        };
        Self::expect_version(Some(&old), expected_version)?;
        let head = RecordHead { state: ERASED.to_owned(), owner: None, due_us: None, hold: false, ..old.head.clone() };
        let body = erased_body();
        let save = SaveRecord { head, body: &body, expected_version, verb, reason, clocks: &[], tokens: &[] };
        let bytes = crate::body::plain_body(&body);
        let seq = self.version_append(Kind::Erased, &save, Some(&old), &bytes)?;
        self.tokens_replace(id, &[])?;
        let org = self.org();
        self.review_drop(id)?;
        self.touch(&JOBS_DROP, values![org, id])?;
        for file in self.blobs_remove_of(Holder::Record, id, verb)? {
            self.after.push(After::RemoveBlob { file });
        }
        self.key_destroy(Holder::Record, id, seq)?;
        Ok(true)
    }

    /// The next number of a named sequence, from 1. Numbers of a rolled-back transaction are
    /// given out again, so that references have no gaps.
    pub fn sequence_next(&mut self, name: &str) -> Result<u64, Error> {
        let row = self.query(&SEQUENCE_NEXT, values![self.org(), name])?.into_iter().next();
        row.ok_or(Error::Unknown { what: "sequence" })?.count(0)
    }

    fn expect_version(old: Option<&Listed>, expected: u64) -> Result<(), Error> {
        let found = old.map_or(0, |old| old.version);
        if found == expected { Ok(()) } else { Err(Error::Conflict { expected, found }) }
    }

    /// Appends the leaf, the version, the head, the clocks and the counts. Returns the leaf's position.
    fn version_append(&mut self, kind: Kind, save: &SaveRecord<'_>, old: Option<&Listed>, bytes: &[u8]) -> Result<u64, Error> {
        let SaveRecord { head, expected_version, verb, reason, .. } = save;
        let version = expected_version + 1;
        let mut clocks = save.clocks.to_vec();
        clocks.sort_by(|a, b| a.name.cmp(&b.name));
        let created_us = old.map_or(self.at_us, |old| old.created_us);
        let (body_hash, head_hash) = (sha256(bytes), head_hash(head, created_us, &clocks));
        let entry = Entry { record: &head.id, version, verb, reason, body: &body_hash, head: &head_hash };
        let seq = self.append(kind, &entry)?;
        let org = self.org();
        self.touch(&VERSION_INSERT, values![org, seq, head.id.as_str(), version, bytes])?;
        self.head_put(head, seq, *expected_version)?;
        self.clocks_replace(&head.id, &clocks)?;
        self.counts_move(old.map(|old| &old.head), head)?;
        Ok(seq)
    }

    fn head_put(&mut self, head: &RecordHead, seq: u64, expected: u64) -> Result<(), Error> {
        let (org, at_us, due_us) = (self.org(), self.at_us, head.due_us.unwrap_or(NEVER));
        let RecordHead { id, kind, reference, state, owner, hold, .. } = head;
        if expected == 0 {
            let params = values![org, id, kind, reference, state, owner.clone(), due_us, *hold, seq, at_us];
            self.touch(&RECORD_INSERT, params)?;
            return Ok(());
        }
        let params = values![org, id, kind, reference, state, owner.clone(), due_us, *hold, seq, at_us, expected];
        if self.touch(&RECORD_UPDATE, params)? == 0 {
            let found = self.record_head(id)?.map_or(0, |head| head.version);
            return Err(Error::Conflict { expected, found });
        }
        Ok(())
    }

    /// Makes the clocks of a record these, and their tallies, touching only what differs.
    fn clocks_replace(&mut self, id: &str, clocks: &[ClockRow]) -> Result<(), Error> {
        let org = self.org();
        let old: BTreeMap<String, ClockRow> = self.record_clocks(id)?.into_iter().map(|c| (c.name.clone(), c)).collect();
        let names: BTreeSet<&str> = clocks.iter().map(|c| c.name.as_str()).collect();
        for clock in clocks.iter().filter(|c| old.get(&c.name) != Some(c)) {
            let params = values![org, id, clock.name.as_str(), clock.due_us.unwrap_or(NEVER), clock.state.as_str()];
            self.touch(&CLOCK_PUT, params)?;
            let before = old.get(&clock.name);
            if before.is_none_or(|before| before.state != clock.state) {
                before.map_or(Ok(()), |before| self.tally_add(before, -1))?;
                self.tally_add(clock, 1)?;
            }
        }
        for (name, before) in old.iter().filter(|(name, _)| !names.contains(name.as_str())) {
            self.touch(&CLOCK_DROP, values![org, id, name])?;
            self.tally_add(before, -1)?;
        }
        Ok(())
    }

    fn counts_move(&mut self, old: Option<&RecordHead>, new: &RecordHead) -> Result<(), Error> {
        let same = old.is_some_and(|old| old.kind == new.kind && old.state == new.state);
        if same {
            return Ok(());
        }
        let org = self.org();
        if let Some(old) = old {
            self.touch(&COUNT_ADD, values![org, old.kind.as_str(), old.state.as_str(), -1_i64])?;
        }
        self.touch(&COUNT_ADD, values![org, new.kind.as_str(), new.state.as_str(), 1_i64])?;
        Ok(())
    }
}
