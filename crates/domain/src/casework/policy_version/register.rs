//! The register of versions: small, read before each use, so that every process notices an
//! adoption at once.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{PolicyVersion, Stage};
use crate::ids::RecordId;

/// Every version there is or was, in the order in which they were begun.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Register {
    /// One line a version.
    pub entries: Vec<Entry>,
}

/// One version in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The record.
    pub id: RecordId,
    /// Its reference.
    pub reference: String,
    /// The version as the pack calls itself.
    pub label: String,
    /// The key of its stage.
    pub stage: String,
    /// From which day it holds or shall hold, once proposed.
    pub effective: Option<Date>,
    /// The first day on which it no longer holds, once superseded.
    pub until: Option<Date>,
}

impl Entry {
    /// The line of a version.
    pub fn of(version: &PolicyVersion) -> Self {
        Self {
            id: version.facts.id.clone(),
            reference: version.facts.reference.clone(),
            label: version.label.clone(),
            stage: version.stage.key().to_owned(),
            effective: version.stage.proposal().map(|proposal| proposal.effective),
            until: if let Stage::Superseded { from, .. } = &version.stage { Some(*from) } else { None },
        }
    }

    fn was_adopted(&self) -> bool {
        matches!(self.stage.as_str(), "adopted" | "superseded")
    }
}

impl Register {
    /// The version in force on a day; `None` before the first took effect.
    pub fn in_force(&self, day: Date) -> Option<&Entry> {
        let holds = |entry: &&Entry| {
            entry.was_adopted() && entry.effective.is_some_and(|from| from <= day) && entry.until.is_none_or(|until| day < until)
        };
        self.entries.iter().filter(holds).max_by_key(|entry| entry.effective)
    }

    /// The last version adopted, in force already or from a later day.
    pub fn last_adopted(&self) -> Option<&Entry> {
        self.entries.iter().filter(|entry| entry.stage == "adopted").max_by_key(|entry| entry.effective)
    }

    /// Every day from which a version holds, of those adopted.
    pub fn effective_days(&self) -> impl Iterator<Item = Date> {
        self.entries.iter().filter(|entry| entry.was_adopted()).filter_map(|entry| entry.effective)
    }

    /// Puts the line of a version, new or changed.
    pub fn put(&mut self, version: &PolicyVersion) {
        let line = Entry::of(version);
        match self.entries.iter_mut().find(|entry| entry.id == line.id) {
            Some(entry) => *entry = line,
            None => self.entries.push(line),
        }
    }
}
