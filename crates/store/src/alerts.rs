//! Alerts given about clocks. One row for each stage of each due date, whichever worker
//! gave it and however often the job ran.

use crate::{
    error::Error,
    records::Listed,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::{Row, values},
};

queries! {
    ALERT_PUT = "INSERT INTO alerts (org, record, clock, due_us, stage, at_us) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    ALERTS_MISSING = "SELECT c.record, c.name, c.due_us FROM clocks c \
        WHERE c.org = $1 AND c.due_us < 9223372036854775807 AND c.due_us > $2 AND c.due_us <= $3 AND NOT EXISTS \
        (SELECT 1 FROM alerts a WHERE a.org = c.org AND a.record = c.record AND a.clock = c.name AND a.due_us = c.due_us AND a.stage = $4) \
        ORDER BY c.due_us, c.record, c.name LIMIT $5";
    CLOCKS_DUE = "SELECT c.record, c.name, c.due_us, r.kind, r.reference, r.owner, r.updated_us FROM clocks c \
        JOIN records r ON r.org = c.org AND r.id = c.record \
        WHERE c.org = $1 AND c.due_us < 9223372036854775807 AND c.due_us <= $2 AND (c.due_us, c.record, c.name) > ($3, $4, $5) \
        ORDER BY c.due_us, c.record, c.name LIMIT $6";
    ALERTS_OPEN = "SELECT r.id, r.kind, r.reference, r.state, r.owner, r.due_us, r.hold, r.version, r.created_us, r.updated_us, \
        a.clock, a.due_us, a.stage, a.at_us FROM clocks c \
        JOIN alerts a ON a.org = c.org AND a.record = c.record AND a.clock = c.name AND a.due_us = c.due_us \
        JOIN records r ON r.org = c.org AND r.id = c.record \
        WHERE c.org = $1 AND c.due_us < 9223372036854775807 AND (c.due_us, c.record, c.name) > ($2, $3, $4) AND ($5 = '' OR r.owner = $5) \
        AND NOT EXISTS (SELECT 1 FROM alerts b WHERE b.org = a.org AND b.record = a.record AND b.clock = a.clock AND b.due_us = a.due_us \
        AND b.stage > a.stage) ORDER BY c.due_us, c.record, c.name LIMIT $6";
}

/// Rows on one page at most.
const MOST_ROWS: u64 = 500;

/// What an alert is about: one stage of one due date of one clock.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AlertKey {
    /// The record.
    pub record: String,
    /// The clock's name.
    pub clock: String,
    /// When it runs out, in microseconds since 1970 UTC.
    pub due_us: i64,
    /// The stage; a higher one is more urgent.
    pub stage: i64,
}

/// A clock that runs, with what lists know of its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockDue {
    /// The record.
    pub record: String,
    /// The clock's name.
    pub clock: String,
    /// When it runs out, in microseconds since 1970 UTC.
    pub due_us: i64,
    /// The record's kind.
    pub kind: String,
    /// Its reference; empty for some kinds.
    pub reference: String,
    /// Its owner.
    pub owner: Option<String>,
    /// When the record was last saved, in microseconds since 1970 UTC.
    pub changed_us: i64,
}

/// An alert whose clock still runs to the same date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAlert {
    /// What it is about; the most urgent stage given so far.
    pub key: AlertKey,
    /// The record.
    pub record: Listed,
    /// When it was given, in microseconds since 1970 UTC.
    pub at_us: i64,
}

impl ReadTx<'_> {
    /// Running clocks that run out after `after_us` and no later than `until_us`, and about
    /// which no alert of this stage was given, earliest first.
    pub fn alerts_missing(&mut self, stage: i64, after_us: i64, until_us: i64, limit: u64) -> Result<Vec<AlertKey>, Error> {
        let rows = self.query(&ALERTS_MISSING, values![self.org(), after_us, until_us, stage, limit.min(MOST_ROWS)])?;
        let key = |mut row: Row| Ok(AlertKey { record: row.text(0)?, clock: row.text(1)?, due_us: row.int(2)?, stage });
        rows.into_iter().map(key).collect()
    }

    /// The clocks that run out no later than `until_us`, overdue ones included, earliest first.
    /// Continue after the last one.
    pub fn clocks_due(&mut self, until_us: i64, after: Option<&ClockDue>, limit: u64) -> Result<Vec<ClockDue>, Error> {
        let (at, record, clock) = after.map_or((i64::MIN, "", ""), |last| (last.due_us, last.record.as_str(), last.clock.as_str()));
        let rows = self.query(&CLOCKS_DUE, values![self.org(), until_us, at, record, clock, limit.min(MOST_ROWS)])?;
        let due = |mut row: Row| {
            Ok(ClockDue {
                record: row.text(0)?,
                clock: row.text(1)?,
                due_us: row.int(2)?,
                kind: row.text(3)?,
                reference: row.text(4)?,
                owner: row.opt_text(5)?,
                changed_us: row.int(6)?,
            })
        };
        rows.into_iter().map(due).collect()
    }

    /// The alerts about clocks that still run, each with its most urgent stage, earliest due
    /// first; of one owner's records where given. Continue after the last one's key.
    pub fn alerts_open(&mut self, owner: Option<&str>, after: Option<&AlertKey>, limit: u64) -> Result<Vec<OpenAlert>, Error> {
        let (at, record, clock) = after.map_or((i64::MIN, "", ""), |key| (key.due_us, key.record.as_str(), key.clock.as_str()));
        let params = values![self.org(), at, record, clock, owner.unwrap_or_default(), limit.min(MOST_ROWS)];
        let rows = self.query(&ALERTS_OPEN, params)?;
        let alert = |mut row: Row| {
            let record = Listed::from_row(&mut row)?;
            let key = AlertKey { record: record.head.id.clone(), clock: row.text(10)?, due_us: row.int(11)?, stage: row.int(12)? };
            Ok(OpenAlert { key, record, at_us: row.int(13)? })
        };
        rows.into_iter().map(alert).collect()
    }
}

impl WriteTx<'_> {
    /// Records that an alert is given. `false` when it was given before. The caller logs the batch.
    pub fn alert_put(&mut self, key: &AlertKey) -> Result<bool, Error> {
        let (org, at_us) = (self.org(), self.at_us);
        let params = values![org, key.record.as_str(), key.clock.as_str(), key.due_us, key.stage, at_us];
        Ok(self.change(&ALERT_PUT, params)? > 0)
    }
}
