//! The rows that the program works with, against the entries that they rest on.

use std::collections::BTreeMap;
use std::io::Read;

use sha2::{Digest, Sha256};

use super::{
    Check, VERIFY_BLOBS, VERIFY_CLOCK_COUNT, VERIFY_CLOCK_STATES, VERIFY_CLOCKS, VERIFY_COUNTS, VERIFY_ERASED, VERIFY_HEADLESS,
    VERIFY_KEYLESS, VERIFY_LOG_COUNTS, VERIFY_LOGGED, VERIFY_MAIL_ENTRIES, VERIFY_MAILS, VERIFY_RECORDS, VERIFY_SETTINGS, VERIFY_STALE,
    VERIFY_STATES, VERIFY_TALLIES, VERIFY_USERS,
};
use crate::{
    blobs::files::BlobFiles,
    error::Error,
    log::{blob_head, sha256, user_head},
    outbox::mail_head,
    records::{ClockRow, Listed, due_from_column, head_hash},
    sql::Query,
    value::{Row, values},
};

/// Rows read at once.
const PAGE: i64 = 500;

impl Check<'_> {
    /// Every head against the entry of its latest version. A head can only be of a version
    /// that exists, so when the numbers of all heads add up to the number of all versions,
    /// none is missing and none is old.
    pub(super) fn records(&mut self) {
        let (mut last, mut versions, mut clocks) = (String::new(), 0, 0);
        loop {
            let Some(rows) = self.rows(&VERIFY_RECORDS, values![self.org, last.as_str(), PAGE]) else { return };
            let full = rows.len() as i64 == PAGE;
            let mut heads = Vec::with_capacity(rows.len());
            for mut row in rows {
                let head = Listed::from_row(&mut row);
                if let Some(head) = self.readable("a record's head", head) {
                    heads.push((head, row));
                }
            }
            let Some(high) = heads.last().map(|(head, _)| head.head.id.clone()) else { break };
            let mut found = self.clocks(&last, &high);
            for (head, row) in heads {
                let mine = found.remove(&head.head.id).unwrap_or_default();
                clocks += mine.len() as u64;
                versions += head.version;
                self.head(&head, row, &mine);
            }
            for record in found.into_keys() {
                self.problem(None, format!("clocks are stored for record {record}, which does not exist"));
            }
            last = high;
            if !full {
                break;
            }
        }
        if self.number(&VERIFY_CLOCK_COUNT, values![self.org]).is_some_and(|n| n != clocks) {
            self.problem(None, "clocks are stored for records that do not exist");
        }
        if versions != self.report.versions {
            self.lagging();
        }
    }

    fn clocks(&mut self, after: &str, up_to: &str) -> BTreeMap<String, Vec<ClockRow>> {
        let mut clocks: BTreeMap<String, Vec<ClockRow>> = BTreeMap::new();
        for mut row in self.rows(&VERIFY_CLOCKS, values![self.org, after, up_to]).unwrap_or_default() {
            if let (Ok(record), Ok(name), Ok(due), Ok(state)) = (row.text(0), row.text(1), row.int(2), row.text(3)) {
                clocks.entry(record).or_default().push(ClockRow { name, due_us: due_from_column(due), state });
            }
        }
        clocks
    }

    fn head(&mut self, head: &Listed, mut row: Row, clocks: &[ClockRow]) {
        let id = &head.head.id;
        let seq = row.count(10).ok();
        let leaf = (row.text(11), row.count(12), row.blob(13), row.int(14));
        let (Ok(record), Ok(version), Ok(hash), Ok(at_us)) = leaf else {
            self.problem(seq, format!("the head of record {id} rests on an entry that does not exist"));
            return;
        };
        if record != *id || version != head.version {
            self.problem(seq, format!("the head of record {id} rests on an entry of another version or record"));
        }
        if hash != head_hash(&head.head, head.created_us, clocks) || at_us != head.updated_us {
            self.problem(seq, format!("the head of record {id} (reference, state, owner, dates or clocks) was changed"));
        }
    }

    /// Names the heads that are missing or older than their latest version.
    fn lagging(&mut self) {
        self.problem(None, "the heads of the records are not those of the latest versions");
        for mut row in self.rows(&VERIFY_STALE, values![self.org]).unwrap_or_default() {
            self.problem(None, format!("the head of record {} is older than its latest version", row.text(0).unwrap_or_default()));
        }
        for mut row in self.rows(&VERIFY_HEADLESS, values![self.org]).unwrap_or_default() {
            self.problem(row.count(1).ok(), format!("the head of record {} is missing", row.text(0).unwrap_or_default()));
        }
    }

    /// The kept counts against counted ones.
    pub(super) fn counts(&mut self) {
        let counted = self.grouped(&VERIFY_STATES);
        let kept = self.grouped(&VERIFY_COUNTS);
        if counted != kept {
            self.problem(None, "the counts of records by state are not those of the records");
        }
    }

    /// The tallies of clocks and log entries against counted ones.
    pub(super) fn tallies(&mut self) {
        if self.grouped(&VERIFY_CLOCK_STATES) != self.grouped(&VERIFY_TALLIES) {
            self.problem(None, "the tallies of clocks are not those of the clocks");
        }
        if self.grouped(&VERIFY_LOGGED) != self.grouped(&VERIFY_LOG_COUNTS) {
            self.problem(None, "the counts of log entries are not those of the log");
        }
    }

    fn grouped(&mut self, query: &Query) -> Vec<(Option<String>, Option<String>, Option<i64>)> {
        let rows = self.rows(query, values![self.org]).unwrap_or_default();
        rows.into_iter().map(|mut row| (row.text(0).ok(), row.text(1).ok(), row.int(2).ok())).collect()
    }

    /// Every stored file against the entry of its storing.
    pub(super) fn blobs(&mut self) {
        let (mut last, mut all, mut removed) = (String::new(), 0, 0);
        loop {
            let Some(rows) = self.rows(&VERIFY_BLOBS, values![self.org, last.as_str(), PAGE]) else { return };
            let full = rows.len() as i64 == PAGE;
            for mut row in rows {
                all += 1;
                last = row.text(0).unwrap_or_else(|_| last.clone());
                let state = row.text(6).unwrap_or_default();
                removed += u64::from(state == "removed");
                let live = state == "live";
                if !live && state != "removed" {
                    self.problem(None, format!("the stored file {last} is in no known state"));
                }
                let checked = self.blob(&last, row, live);
                self.readable("a stored file", checked);
            }
            if !full {
                break;
            }
        }
        let kinds = |kind: &str| self.kinds.get(kind).copied().unwrap_or_default();
        if kinds("blob") != all || kinds("blob_removed") != removed {
            self.problem(None, "the list of stored files is not the one in the log");
        }
    }

    fn blob(&mut self, id: &str, mut row: Row, live: bool) -> Result<(), Error> {
        let (record, file, mime) = (row.text(1)?, row.text(2)?, row.text(3)?);
        let (size, seq) = (row.count(4)?, row.count(5)?);
        let (kind, about) = (row.opt_text(7)?, row.opt_text(8)?);
        let (body_hash, head) = (row.opt_blob(9)?.unwrap_or_default(), row.opt_blob(10)?.unwrap_or_default());
        if kind.as_deref() != Some("blob") || about.as_deref() != Some(id) || head != blob_head(id, &record, &file, &mime, size) {
            self.problem(Some(seq), format!("the entry of file {id} does not fit its row"));
        }
        if !live {
            return Ok(());
        }
        self.report.files += 1;
        match self.file_hash(&file) {
            Ok(hash) if hash == body_hash => {}
            Ok(_) => self.problem(Some(seq), format!("the stored file {id} was changed")),
            Err(what) => self.problem(Some(seq), format!("the stored file {id} {what}")),
        }
        Ok(())
    }

    fn file_hash(&self, file: &str) -> Result<Vec<u8>, &'static str> {
        let files = self.files.as_ref().ok_or("is missing: there is no folder of files")?;
        let mut from = files.open(file).map_err(|_| "is missing")?;
        let mut hash = Sha256::new();
        let mut piece = vec![0; 64 * 1024];
        loop {
            let n = from.read(&mut piece).map_err(|_| "cannot be read")?;
            if n == 0 {
                return Ok(hash.finalize().to_vec());
            }
            hash.update(piece.get(..n).unwrap_or_default());
        }
    }

    /// Every account against its latest entry: nobody was given a role behind the log's back.
    pub(super) fn users(&mut self) {
        let mut known = std::mem::take(&mut self.users);
        for mut row in self.rows(&VERIFY_USERS, values![self.org]).unwrap_or_default() {
            let id = row.text(0).unwrap_or_default();
            let fits = user_fits(&id, &mut row).unwrap_or_default();
            if !fits {
                self.problem(None, format!("the account {id} is not as the log says"));
            }
            known.remove(&id);
        }
        for id in known {
            self.problem(None, format!("the account {id} is missing"));
        }
    }

    /// Every setting against its latest entry.
    pub(super) fn settings(&mut self) {
        let mut known = std::mem::take(&mut self.settings);
        for mut row in self.rows(&VERIFY_SETTINGS, values![self.org]).unwrap_or_default() {
            let name = row.text(0).unwrap_or_default();
            let fits = setting_fits(&name, &mut row).unwrap_or_default();
            if !fits {
                self.problem(None, format!("the setting {name} is not as the log says"));
            }
            known.remove(&name);
        }
        for name in known {
            self.problem(None, format!("the setting {name} is missing"));
        }
    }

    /// Every outgoing mail against the entry of its latest state; none is missing.
    pub(super) fn mails(&mut self) {
        let (mut last, mut all) = (String::new(), 0);
        loop {
            let Some(rows) = self.rows(&VERIFY_MAILS, values![self.org, last.as_str(), PAGE]) else { return };
            let full = rows.len() as i64 == PAGE;
            for mut row in rows {
                all += 1;
                last = row.text(0).unwrap_or_else(|_| last.clone());
                if !mail_fits(&last, &mut row).unwrap_or_default() {
                    self.problem(None, format!("the outgoing mail {last} is not as the log says"));
                }
            }
            if !full {
                break;
            }
        }
        if self.number(&VERIFY_MAIL_ENTRIES, values![self.org]).is_some_and(|n| n != all) {
            self.problem(None, "the outgoing mails are not those in the log");
        }
    }

    /// Everybody who was given a key has one; every erasure in the log has a destroyed key, and
    /// the other way round.
    pub(super) fn keys(&mut self) {
        for mut row in self.rows(&VERIFY_KEYLESS, values![self.org]).unwrap_or_default() {
            let (whose, id) = (row.text(0).unwrap_or_default(), row.text(1).unwrap_or_default());
            self.problem(None, format!("the key of {whose} {id} is missing from the list of keys"));
        }
        let mut erased = 0;
        for mut row in self.rows(&VERIFY_ERASED, values![self.org]).unwrap_or_default() {
            erased += 1;
            let id = row.text(1).unwrap_or_default();
            let state = row.text(2).unwrap_or_default();
            let seq = row.opt_int(3).ok().flatten().and_then(|seq| u64::try_from(seq).ok());
            let entry = (row.opt_text(4).ok().flatten(), row.opt_text(5).ok().flatten());
            if state == "alive" || entry != (Some("erased".to_owned()), Some(id.clone())) {
                self.problem(seq, format!("the key of {id} and the log disagree on its erasure"));
            }
        }
        if self.kinds.get("erased").copied().unwrap_or_default() != erased {
            self.problem(None, "the erased keys are not those in the log");
        }
    }
}

fn user_fits(id: &str, row: &mut Row) -> Result<bool, Error> {
    let (token, roles, state, body) = (row.blob(1)?, row.text(2)?, row.text(3)?, row.blob(4)?);
    let seq = row.count(5)?;
    let (kind, about, body_hash, head, newest) = (row.text(6)?, row.text(7)?, row.blob(8)?, row.blob(9)?, row.count(10)?);
    Ok(kind == "user" && about == id && newest == seq && body_hash == sha256(&body) && head == user_head(id, &token, &roles, &state))
}

fn mail_fits(id: &str, row: &mut Row) -> Result<bool, Error> {
    let (message_id, once, record) = (row.text(1)?, row.opt_text(2)?, row.opt_text(3)?);
    let (purpose, state, kind, about, hash) = (row.text(4)?, row.text(5)?, row.text(6)?, row.text(7)?, row.blob(8)?);
    let head = mail_head(id, &message_id, once.as_deref(), record.as_deref(), &purpose, &state);
    Ok(kind == "mail" && about == record.as_deref().unwrap_or(id) && hash == head)
}

fn setting_fits(name: &str, row: &mut Row) -> Result<bool, Error> {
    let (body, seq) = (row.blob(1)?, row.count(2)?);
    let (kind, about, body_hash, newest) = (row.text(3)?, row.text(4)?, row.blob(5)?, row.count(6)?);
    Ok(kind == "setting" && about == name && newest == seq && body_hash == sha256(&body))
}
