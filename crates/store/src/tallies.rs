//! What evidence reads: how many clocks are in which state, and how often what was logged.
//!
//! Both are derived rows, kept with every save and every log entry, so that a page about
//! a hundred thousand records reads a few hundred rows. They can be rebuilt from the rows
//! they count, and verification counts those again.

use crate::{
    error::Error,
    records::{ClockRow, Listed, due_from_column},
    settings::{META_GET, META_SET},
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::{Row, values},
};

queries! {
    TALLY_ADD = "INSERT INTO tallies (org, state, name, n) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (org, state, name) DO UPDATE SET n = tallies.n + excluded.n";
    TALLY_LIST = "SELECT name, CAST(sum(n) AS BIGINT), max(state) FROM tallies \
        WHERE org = $1 AND state >= $2 AND state < $3 AND n > 0 GROUP BY name ORDER BY name";
    TALLIES_DROP = "DELETE FROM tallies WHERE org = $1";
    TALLIES_FILL = "INSERT INTO tallies (org, state, name, n) SELECT org, state, name, count(*) FROM clocks WHERE org = $1 \
        GROUP BY org, state, name";
    TALLY_OF = "SELECT n FROM tallies WHERE org = $1 AND state = $2 AND name = $3";
    LOG_COUNT_ADD = "INSERT INTO log_counts (org, day, kind, verb, n) VALUES ($1, $2, $3, $4, 1) \
        ON CONFLICT (org, day, kind, verb) DO UPDATE SET n = log_counts.n + 1";
    LOG_COUNT_LIST = "SELECT kind, verb, CAST(sum(n) AS BIGINT), max(day) FROM log_counts \
        WHERE org = $1 AND day >= $2 AND day < $3 GROUP BY kind, verb ORDER BY kind, verb";
    LOG_COUNTS_DROP = "DELETE FROM log_counts WHERE org = $1";
    LOG_COUNTS_FILL = "INSERT INTO log_counts (org, day, kind, verb, n) SELECT org, at_us / 86400000000, kind, verb, count(*) FROM log \
        WHERE org = $1 GROUP BY org, at_us / 86400000000, kind, verb";
    CLOCKS_DUE_BETWEEN = "SELECT name, count(*) FROM clocks WHERE org = $1 AND due_us < 9223372036854775807 \
        AND due_us >= $2 AND due_us < $3 GROUP BY name ORDER BY name";
    CLOCKS_IN_STATE = "SELECT r.id, r.kind, r.reference, r.state, r.owner, r.due_us, r.hold, r.version, r.created_us, r.updated_us, \
        c.name, c.due_us, c.state FROM clocks c JOIN records r ON r.org = c.org AND r.id = c.record \
        WHERE c.org = $1 AND c.name = $2 AND c.state >= $3 AND c.state < $4 AND (c.state, c.record) > ($5, $6) \
        ORDER BY c.state, c.record LIMIT $7";
}

/// Microseconds of a day.
const DAY_US: i64 = 86_400_000_000;
/// Rows on one page at most.
const MOST_ROWS: u64 = 500;
/// Remembers in `meta` that an older database has been counted.
const COUNTED: &str = "tallies";

/// How many clocks of one name are in a range of states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The clock's name.
    pub name: String,
    /// How many.
    pub n: u64,
    /// The last of these states in their order; states that end in a date tell the latest.
    pub last: String,
}

/// How many log entries of a kind and verb there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogCount {
    /// The kind of entry.
    pub kind: String,
    /// The verb of the use case.
    pub verb: String,
    /// How many.
    pub n: u64,
    /// The last day with one, in days since 1970 UTC.
    pub last_day: i64,
}

/// A clock with the head of its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockOf {
    /// The record.
    pub record: Listed,
    /// The clock.
    pub clock: ClockRow,
}

impl ReadTx<'_> {
    /// The clocks by name whose state is at least `from` and below `below`, in the order of
    /// their bytes. The rows read are names times states, not records.
    pub fn tally_list(&mut self, from: &str, below: &str) -> Result<Vec<Tally>, Error> {
        let rows = self.query(&TALLY_LIST, values![self.org(), from, below])?;
        rows.into_iter().map(|mut row| Ok(Tally { name: row.text(0)?, n: row.count(1)?, last: row.text(2)? })).collect()
    }

    /// How many clocks of one name are in one state.
    pub fn tally_of(&mut self, name: &str, state: &str) -> Result<u64, Error> {
        let row = self.one(&TALLY_OF, values![self.org(), state, name])?;
        row.map_or(Ok(0), |mut row| row.count(0))
    }

    /// The log entries by kind and verb of the days from `first` to before `below` (days since 1970 UTC).
    pub fn log_counts(&mut self, first: i64, below: i64) -> Result<Vec<LogCount>, Error> {
        let rows = self.query(&LOG_COUNT_LIST, values![self.org(), first, below])?;
        let count = |mut row: Row| Ok(LogCount { kind: row.text(0)?, verb: row.text(1)?, n: row.count(2)?, last_day: row.int(3)? });
        rows.into_iter().map(count).collect()
    }

    /// How many clocks by name run out from one instant to before another.
    pub fn clocks_due_between(&mut self, from_us: i64, before_us: i64) -> Result<Vec<(String, u64)>, Error> {
        let rows = self.query(&CLOCKS_DUE_BETWEEN, values![self.org(), from_us, before_us])?;
        rows.into_iter().map(|mut row| Ok((row.text(0)?, row.count(1)?))).collect()
    }

    /// A page of the clocks of one name whose state is at least `from` and below `below`, in
    /// order of state and record; continue after the last one's state and record.
    pub fn clocks_in_state(
        &mut self,
        name: &str,
        (from, below): (&str, &str),
        after: Option<(&str, &str)>,
        limit: u64,
    ) -> Result<Vec<ClockOf>, Error> {
        let (state, record) = after.unwrap_or(("", ""));
        let params = values![self.org(), name, from, below, state, record, limit.min(MOST_ROWS)];
        let rows = self.query(&CLOCKS_IN_STATE, params)?;
        let clock = |mut row: Row| {
            let record = Listed::from_row(&mut row)?;
            let clock = ClockRow { name: row.text(10)?, due_us: due_from_column(row.int(11)?), state: row.text(12)? };
            Ok(ClockOf { record, clock })
        };
        rows.into_iter().map(clock).collect()
    }
}

impl WriteTx<'_> {
    /// Adds to the tally of a clock's name and state.
    pub(crate) fn tally_add(&mut self, clock: &ClockRow, n: i64) -> Result<(), Error> {
        let org = self.org();
        self.touch(&TALLY_ADD, values![org, clock.state.as_str(), clock.name.as_str(), n]).map(drop)
    }

    /// Counts a log entry under its day.
    pub(crate) fn log_count_add(&mut self, kind: &str, verb: &str) -> Result<(), Error> {
        let (org, day) = (self.org(), self.at_us / DAY_US);
        self.touch(&LOG_COUNT_ADD, values![org, day, kind, verb]).map(drop)
    }

    /// Counts clocks and log entries anew, from the rows they stand for.
    pub fn tallies_rebuild(&mut self) -> Result<(), Error> {
        let org = self.org();
        for query in [&TALLIES_DROP, &TALLIES_FILL, &LOG_COUNTS_DROP, &LOG_COUNTS_FILL] {
            self.touch(query, values![org])?;
        }
        Ok(())
    }

    /// Counts what an older version of the program wrote without counting, once.
    pub(crate) fn tallies_begin(&mut self) -> Result<(), Error> {
        let org = self.org();
        if self.one(&META_GET, values![org, COUNTED])?.is_none() {
            self.lock_log()?;
            self.tallies_rebuild()?;
            self.touch(&META_SET, values![org, COUNTED, "1"])?;
        }
        Ok(())
    }
}
