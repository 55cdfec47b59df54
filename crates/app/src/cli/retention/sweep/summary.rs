//! What a sweep found, in a few lines.

use std::path::Path;

use domain::retention::{Outcome, Schedule, State};

use super::bad::Bad;

/// The most kinds of missing facts, or of bad rows, that are listed.
const LISTED: usize = 10;

/// Counts of a sweep.
#[derive(Debug, Clone, Default)]
pub(crate) struct Summary {
    /// Rows read.
    pub(crate) rows: u64,
    /// Rows that have to go.
    pub(crate) due: u64,
    /// Rows that do not have to go yet.
    pub(crate) not_due: u64,
    /// Rows that a hold stops.
    pub(crate) held: u64,
    /// Rows of which a fact is missing.
    pub(crate) missing: u64,
    /// Rows that cannot be evaluated.
    pub(crate) bad: u64,
    alerts: u64,
    /// Missing facts by the reason's place.
    reasons: Vec<u64>,
    first_bad: Option<(u64, Bad)>,
}

impl Summary {
    pub(super) fn new(schedule: &Schedule) -> Self {
        Self { reasons: vec![0; schedule.texts().count()], ..Self::default() }
    }

    pub(super) fn count(&mut self, outcome: &Outcome) {
        match outcome.state {
            State::Due => self.due += 1,
            State::NotDue => self.not_due += 1,
            State::Held => self.held += 1,
            State::MissingFact => {
                self.missing += 1;
                if let Some(count) = self.reasons.get_mut(outcome.reason) {
                    *count += 1;
                }
            }
            State::Error => self.bad += 1,
        }
        self.alerts += u64::from(outcome.alert.is_some());
    }

    pub(super) fn bad(&mut self, bad: &Bad) {
        self.bad += 1;
        if self.first_bad.is_none() {
            self.first_bad = Some((self.rows, bad.clone()));
        }
    }

    /// The summary for a person.
    pub(super) fn lines(&self, schedule: &Schedule, errors: Option<&Path>) -> Vec<String> {
        let mut lines = vec![format!(
            "{} rows: {} due, {} not due, {} held, {} with a missing fact, {} that cannot be evaluated.",
            self.rows, self.due, self.not_due, self.held, self.missing, self.bad
        )];
        if self.alerts > 0 {
            lines.push(format!("{} rows need somebody to look at them; see their alert.", self.alerts));
        }
        let mut missing: Vec<_> = self.reasons.iter().copied().enumerate().filter(|(_, count)| *count > 0).collect();
        missing.sort_by_key(|(reason, count)| (std::cmp::Reverse(*count), *reason));
        lines.extend(missing.iter().take(LISTED).map(|(reason, count)| format!("  {count}: {}", schedule.text(*reason))));
        if missing.len() > LISTED {
            lines.push(format!("  and {} other reasons", missing.len() - LISTED));
        }
        if let Some((row, bad)) = &self.first_bad {
            lines.push(format!("first bad row: {row}: {}", bad.reason()));
            match errors {
                Some(path) => lines.push(format!("all {} bad rows: {}", self.bad, path.display())),
                None => lines.push("hint: --errors FILE writes every bad row to a file of its own".to_owned()),
            }
        }
        lines
    }
}
