//! Lists by keyset: each page is a short range of one index, however large the register.
//!
//! A list over several states reads a page from each state's range and merges them, so that
//! no page ever sorts or skips. A search by words starts from the tokens instead.

use std::cmp::Ordering;

use crate::{
    error::Error,
    records::{ClockRow, Listed, NEVER, due_from_column},
    sql::{Query, queries},
    tx::ReadTx,
    value::{Value, values},
};

queries! {
    LIST_DUE = "SELECT id, kind, reference, state, owner, due_us, hold, version, created_us, updated_us FROM records \
        WHERE org = $1 AND kind = $2 AND state = $3 AND (due_us, id) > ($4, $5) AND due_us <= $6 AND ($7 = '' OR owner = $7) \
        ORDER BY due_us, id LIMIT $8";
    LIST_NEWEST = "SELECT id, kind, reference, state, owner, due_us, hold, version, created_us, updated_us FROM records \
        WHERE org = $1 AND kind = $2 AND state = $3 AND (created_us, id) < ($4, $5) AND due_us <= $6 AND ($7 = '' OR owner = $7) \
        ORDER BY created_us DESC, id DESC LIMIT $8";
    LIST_REFERENCE = "SELECT id, kind, reference, state, owner, due_us, hold, version, created_us, updated_us FROM records \
        WHERE org = $1 AND kind = $2 AND reference > $3 AND reference <> '' AND due_us <= $4 AND ($5 = '' OR owner = $5) \
        AND state IN ($7, $8, $9, $10, $11, $12, $13, $14) ORDER BY reference LIMIT $6";
    SEARCH = "SELECT r.id, r.kind, r.reference, r.state, r.owner, r.due_us, r.hold, r.version, r.created_us, r.updated_us \
        FROM tokens t JOIN records r ON r.org = t.org AND r.id = t.record \
        WHERE t.org = $1 AND t.token = $5 AND t.record < $9 AND r.kind = $2 AND r.due_us <= $3 AND ($4 = '' OR r.owner = $4) \
        AND EXISTS (SELECT 1 FROM tokens a WHERE a.org = $1 AND a.token = $6 AND a.record = t.record) \
        AND EXISTS (SELECT 1 FROM tokens b WHERE b.org = $1 AND b.token = $7 AND b.record = t.record) \
        AND EXISTS (SELECT 1 FROM tokens c WHERE c.org = $1 AND c.token = $8 AND c.record = t.record) \
        ORDER BY t.record DESC LIMIT $10";
    DUE_LIST = "SELECT id, kind, reference, state, owner, due_us, hold, version, created_us, updated_us FROM records \
        WHERE org = $1 AND due_us < 9223372036854775807 AND (due_us, id) > ($2, $3) ORDER BY due_us, id LIMIT $4";
    DUE_COUNT = "SELECT count(*) FROM (SELECT 1 FROM records \
        WHERE org = $1 AND due_us < 9223372036854775807 AND due_us < $2 LIMIT $3) AS due";
    CLOCK_DUE = "SELECT record, name, due_us, state FROM clocks \
        WHERE org = $1 AND due_us < 9223372036854775807 AND (due_us, record, name) > ($2, $3, $4) ORDER BY due_us, record, name LIMIT $5";
    COUNTS = "SELECT state, n FROM counts WHERE org = $1 AND kind = $2 AND n > 0 ORDER BY state";
    COUNT_ONE = "SELECT n FROM counts WHERE org = $1 AND kind = $2 AND state = $3";
}

/// States that one query may name.
const MOST_STATES: usize = 8;
/// Words that one search may ask for; further ones are ignored.
const MOST_WORDS: usize = 4;
/// Sorts after every id.
const LAST_ID: &str = "\u{10ffff}";
/// Rows on one page at most.
const MOST_ROWS: u64 = 500;

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Earliest due first; what is not due comes last.
    #[default]
    DueFirst,
    /// Latest first saved first.
    Newest,
    /// By reference; records without one are left out.
    Reference,
}

/// Where the next page begins: the order's value and the id of the last row of this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyset {
    /// `due_us` (the largest integer when nothing is due) or `created_us`; 0 in reference order.
    pub at: i64,
    /// The id of the last row, or its reference in reference order.
    pub id: String,
}

impl Keyset {
    /// The keyset that continues after a row.
    pub fn after(order: Order, row: &Listed) -> Self {
        match order {
            Order::DueFirst => Self { at: row.head.due_us.unwrap_or(NEVER), id: row.head.id.clone() },
            Order::Newest => Self { at: row.created_us, id: row.head.id.clone() },
            Order::Reference => Self { at: 0, id: row.head.reference.clone() },
        }
    }
}

/// What to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordQuery {
    /// The kind of record.
    pub kind: String,
    /// Only these states; all when empty. At most eight.
    pub states: Vec<String>,
    /// Only records of this owner.
    pub owner: Option<String>,
    /// Only records with all these words (of the texts they were saved with). The result then
    /// comes in falling order of ids (which rise with time), whatever the order says; continue
    /// with [`Order::Newest`]'s keyset.
    pub text: String,
    /// Only records due before this instant, in microseconds since 1970 UTC.
    pub due_before: Option<i64>,
    /// Continue after this row.
    pub after: Option<Keyset>,
    /// Rows a page, at most 500.
    pub limit: u64,
    /// The order.
    pub order: Order,
}

impl ReadTx<'_> {
    /// One page of records.
    pub fn record_list(&mut self, query: &RecordQuery) -> Result<Vec<Listed>, Error> {
        let limit = query.limit.min(MOST_ROWS);
        let mut rows = if query.text.trim().is_empty() {
            let mut rows = self.list_by_state(query, limit)?;
            rows.sort_by(|a, b| compare(query.order, a, b));
            rows
        } else {
            self.search(query, limit)?
        };
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(rows)
    }

    fn list_by_state(&mut self, query: &RecordQuery, limit: u64) -> Result<Vec<Listed>, Error> {
        let mut states = query.states.clone();
        if states.is_empty() {
            states = self.record_counts(&query.kind)?.into_iter().map(|(state, _)| state).collect();
        }
        let mut found = Vec::new();
        match query.order {
            Order::DueFirst => {
                for state in &states {
                    found.extend(self.page(&LIST_DUE, query, state, i64::MIN, limit)?);
                }
            }
            Order::Newest => {
                for state in &states {
                    found.extend(self.page(&LIST_NEWEST, query, state, i64::MAX, limit)?);
                }
            }
            Order::Reference => {
                for chunk in states.chunks(MOST_STATES) {
                    found.extend(self.page_by_reference(query, chunk, limit)?);
                }
            }
        }
        Ok(found)
    }

    fn page(&mut self, sql: &Query, query: &RecordQuery, state: &str, start: i64, limit: u64) -> Result<Vec<Listed>, Error> {
        let (at, id) = query.after.as_ref().map_or((start, ""), |after| (after.at, after.id.as_str()));
        let owner = query.owner.as_deref().unwrap_or_default();
        let params = values![self.org(), query.kind.as_str(), state, at, id, last_due(query), owner, limit];
        self.listed(sql, params)
    }

    fn page_by_reference(&mut self, query: &RecordQuery, states: &[String], limit: u64) -> Result<Vec<Listed>, Error> {
        let after = query.after.as_ref().map_or("", |after| after.id.as_str());
        let owner = query.owner.as_deref().unwrap_or_default();
        let mut params = values![self.org(), query.kind.as_str(), after, last_due(query), owner, limit].to_vec();
        let first = states.first().map_or("", String::as_str);
        params.extend((0..MOST_STATES).map(|i| Value::from(states.get(i).map_or(first, String::as_str))));
        self.listed(&LIST_REFERENCE, &params)
    }

    fn listed(&mut self, sql: &Query, params: &[Value]) -> Result<Vec<Listed>, Error> {
        let rows = self.query(sql, params)?;
        rows.into_iter().map(|mut row| Listed::from_row(&mut row)).collect()
    }

    /// Walks down the records of the longest word, latest id first, until the page is full.
    fn search(&mut self, query: &RecordQuery, limit: u64) -> Result<Vec<Listed>, Error> {
        let tokens = self.tokens_asked(&query.text);
        let Some(first) = tokens.first() else { return Ok(Vec::new()) };
        let owner = query.owner.as_deref().unwrap_or_default();
        let mut before = query.after.as_ref().map_or_else(|| LAST_ID.to_owned(), |after| after.id.clone());
        // States are filtered here: then a page of the index may hold few that are wanted.
        let step = if query.states.is_empty() { limit } else { MOST_ROWS };
        let mut found: Vec<Listed> = Vec::new();
        while (found.len() as u64) < limit {
            let mut params = values![self.org(), query.kind.as_str(), last_due(query), owner].to_vec();
            params.extend((0..MOST_WORDS).map(|i| Value::from(tokens.get(i).unwrap_or(first).as_slice())));
            params.extend_from_slice(values![before.as_str(), step]);
            let rows = self.listed(&SEARCH, &params)?;
            let Some(last) = rows.last() else { break };
            before.clone_from(&last.head.id);
            let full = rows.len() as u64 == step;
            found.extend(rows.into_iter().filter(|row| query.states.is_empty() || query.states.contains(&row.head.state)));
            // A word of two subjects of one record gives the record twice.
            found.dedup_by(|a, b| a.head.id == b.head.id);
            if !full {
                break;
            }
        }
        Ok(found)
    }

    /// What is due, over all kinds, earliest (that is: most overdue) first. One range of one index.
    pub fn due_list(&mut self, after: Option<&Keyset>, limit: u64) -> Result<Vec<Listed>, Error> {
        let (at, id) = after.map_or((i64::MIN, ""), |keyset| (keyset.at, keyset.id.as_str()));
        self.listed(&DUE_LIST, values![self.org(), at, id, limit.min(MOST_ROWS)])
    }

    /// How many records are due before an instant, counting no further than `most`.
    pub fn due_count(&mut self, before_us: i64, most: u64) -> Result<u64, Error> {
        let row = self.one(&DUE_COUNT, values![self.org(), before_us, most])?;
        row.map_or(Ok(0), |mut row| row.count(0))
    }

    /// Clocks that run out, over all records, earliest first, with the record's id.
    pub fn clock_due(&mut self, after: Option<(i64, &str, &str)>, limit: u64) -> Result<Vec<(String, ClockRow)>, Error> {
        let (at, record, name) = after.unwrap_or((i64::MIN, "", ""));
        let rows = self.query(&CLOCK_DUE, values![self.org(), at, record, name, limit.min(MOST_ROWS)])?;
        let clock = |mut row: crate::value::Row| {
            Ok((row.text(0)?, ClockRow { name: row.text(1)?, due_us: due_from_column(row.int(2)?), state: row.text(3)? }))
        };
        rows.into_iter().map(clock).collect()
    }

    /// How many records of a kind are in a state. One row is read, however many there are.
    pub fn record_count(&mut self, kind: &str, state: &str) -> Result<u64, Error> {
        let row = self.one(&COUNT_ONE, values![self.org(), kind, state])?;
        row.map_or(Ok(0), |mut row| row.count(0))
    }

    /// The states that records of a kind are in, with how many.
    pub fn record_counts(&mut self, kind: &str) -> Result<Vec<(String, u64)>, Error> {
        let rows = self.query(&COUNTS, values![self.org(), kind])?;
        rows.into_iter().map(|mut row| Ok((row.text(0)?, row.count(1)?))).collect()
    }
}

/// The latest due date a list takes: "before" is strict, but without it undated records belong too.
fn last_due(query: &RecordQuery) -> i64 {
    query.due_before.map_or(NEVER, |before| before.saturating_sub(1))
}

fn compare(order: Order, a: &Listed, b: &Listed) -> Ordering {
    let due = |row: &Listed| row.head.due_us.unwrap_or(NEVER);
    match order {
        Order::DueFirst => (due(a), &a.head.id).cmp(&(due(b), &b.head.id)),
        Order::Newest => (b.created_us, &b.head.id).cmp(&(a.created_us, &a.head.id)),
        Order::Reference => a.head.reference.cmp(&b.head.reference),
    }
}
