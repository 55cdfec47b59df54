//! The log itself: every leaf from its columns, every version against its leaf, the tree
//! against its stored nodes and the signed roots.

use sha2::{Digest, Sha256};
use tlog_tiles::Hash;

use super::{Anchor, Check, VERIFY_HASHES, VERIFY_HASHES_BEYOND, VERIFY_LOG, VERIFY_ORPHANS};
use crate::{
    error::Error,
    log::{Leaf, tree::Edge},
    value::{Row, Value, values},
};

/// Entries read at once; with their bodies a few megabytes.
const PAGE: usize = 256;

/// One entry with the version it claims.
struct Found {
    seq: u64,
    kind: String,
    record: String,
    version: u64,
    verb: String,
    actor: String,
    at_us: i64,
    reason: String,
    body_hash: Vec<u8>,
    head_hash: Vec<u8>,
    leaf_hash: Vec<u8>,
    stored: Option<(String, u64, Vec<u8>)>,
}

impl Found {
    fn from_row(mut row: Row) -> Result<Self, Error> {
        let stored = match row.opt_text(11)? {
            Some(record) => Some((record, row.count(12)?, row.blob(13)?)),
            None => None,
        };
        Ok(Self {
            seq: row.count(0)?,
            kind: row.text(1)?,
            record: row.text(2)?,
            version: row.count(3)?,
            verb: row.text(4)?,
            actor: row.text(5)?,
            at_us: row.int(6)?,
            reason: row.text(7)?,
            body_hash: row.blob(8)?,
            head_hash: row.blob(9)?,
            leaf_hash: row.blob(10)?,
            stored,
        })
    }

    fn leaf(&self, org: &str) -> Hash {
        let Self { seq, kind, record, version, verb, actor, at_us, reason, body_hash, head_hash, .. } = self;
        Leaf { kind, record, version: *version, verb, actor, at_us: *at_us, reason, body: body_hash, head: head_hash }.hash(org, *seq)
    }
}

impl Check<'_> {
    /// Reads the whole log and returns the edge of the tree that its entries make.
    pub(super) fn entries(&mut self, anchors: Vec<Anchor>) -> Edge {
        let mut edge = Edge::default();
        let mut waiting = anchors.into_iter().peekable();
        let mut last = -1_i64;
        let mut last_node = -1_i64;
        loop {
            self.anchors_at(&edge, &mut waiting);
            let Some(rows) = self.rows(&VERIFY_LOG, values![self.org, last, PAGE as i64]) else {
                self.problem(None, format!("the log cannot be read after entry {last}"));
                break;
            };
            let full = rows.len() == PAGE;
            let mut nodes = Vec::new();
            for row in rows {
                last = self.entry(row, last, &mut edge, &mut nodes);
                self.anchors_at(&edge, &mut waiting);
            }
            self.nodes(&nodes, &mut last_node);
            if !full {
                break;
            }
        }
        for anchor in waiting {
            self.problem(None, format!("{} is of {} entries, but the log has {}", anchor.what, anchor.size, edge.size));
        }
        if self.report.checkpoint.lines().nth(1).and_then(|size| size.parse().ok()) != Some(edge.size) {
            self.problem(None, "the latest checkpoint is not of all entries");
        }
        self.orphans(last_node);
        edge
    }

    /// Checks one entry and adds it to the tree; returns its position.
    fn entry(&mut self, row: Row, last: i64, edge: &mut Edge, nodes: &mut Vec<(u64, Hash)>) -> i64 {
        self.report.entries += 1;
        let position = row.0.first().and_then(Value::as_int).unwrap_or(last + 1).max(last + 1);
        let found = match Found::from_row(row) {
            Ok(found) => found,
            Err(error) => {
                self.problem(u64::try_from(position).ok(), format!("an entry cannot be read: {error}"));
                return position;
            }
        };
        if position != last + 1 {
            self.problem(Some(found.seq), format!("entries {} to {} are missing", last + 1, position - 1));
        }
        let leaf = found.leaf(self.org);
        if found.leaf_hash != leaf.0 {
            self.problem(Some(found.seq), "the entry was changed: its hash is another");
        }
        self.version(&found);
        match edge.push(leaf) {
            Ok(made) => nodes.extend(made),
            Err(error) => self.problem(Some(found.seq), error.to_string()),
        }
        let known = match found.kind.as_str() {
            "user" => Some(&mut self.users),
            "setting" => Some(&mut self.settings),
            _ => None,
        };
        if let Some(known) = known {
            known.insert(found.record);
        }
        *self.kinds.entry(found.kind).or_default() += 1;
        position
    }

    fn version(&mut self, found: &Found) {
        let seq = Some(found.seq);
        match &found.stored {
            None if found.version == 0 => {}
            None => self.problem(seq, format!("version {} of record {} is missing", found.version, found.record)),
            Some(_) if found.version == 0 => self.problem(seq, "a version is stored that the log does not know"),
            Some((record, version, body)) => {
                self.report.versions += 1;
                if *record != found.record || *version != found.version {
                    self.problem(seq, format!("version {} of record {} was swapped for another", found.version, found.record));
                }
                if found.body_hash != Sha256::digest(body).as_slice() {
                    self.problem(seq, format!("version {} of record {} was changed", found.version, found.record));
                }
            }
        }
    }

    fn anchors_at(&mut self, edge: &Edge, waiting: &mut std::iter::Peekable<std::vec::IntoIter<Anchor>>) {
        while let Some(anchor) = waiting.next_if(|anchor| anchor.size == edge.size) {
            if edge.root().ok() != Some(anchor.root) {
                let what = match anchor.what {
                    "the saved checkpoint" => "the log is not a continuation of the saved checkpoint: its history was changed".to_owned(),
                    other => format!("{other} does not have the root of the log's first {} entries", anchor.size),
                };
                self.problem(edge.size.checked_sub(1), what);
            }
        }
    }

    /// Compares the stored inner nodes with those that a page of entries made.
    fn nodes(&mut self, nodes: &[(u64, Hash)], last: &mut i64) {
        let Some((high, _)) = nodes.last() else { return };
        let Some(rows) = self.rows(&VERIFY_HASHES, values![self.org, *last, *high]) else { return };
        let mut stored = Vec::with_capacity(rows.len());
        for mut row in rows {
            if let (Ok(index), Ok(hash)) = (row.count(0), row.hash(1)) {
                stored.push((index, Hash(hash)));
            }
        }
        if stored != nodes {
            self.problem(None, format!("stored nodes of the Merkle tree up to {high} are not those of the entries"));
        }
        *last = i64::try_from(*high).unwrap_or(i64::MAX);
    }

    /// What is stored beyond the log.
    fn orphans(&mut self, last_node: i64) {
        if self.number(&VERIFY_HASHES_BEYOND, values![self.org, last_node]).is_some_and(|n| n > 0) {
            self.problem(None, "nodes of the Merkle tree are stored beyond the log");
        }
        for mut row in self.rows(&VERIFY_ORPHANS, values![self.org]).unwrap_or_default() {
            self.problem(row.count(0).ok(), "a version is stored whose log entry is missing");
        }
    }
}
