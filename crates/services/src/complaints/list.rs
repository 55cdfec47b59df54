//! The register of complaints: references and dates only.

use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, require};
use jiff::civil::Date;
use store::{Keyset, Order, RecordQuery};

use super::save::KIND;
use crate::app::{App, day_of_end};
use crate::error::Error;

/// Rows on one page.
const PAGE: u64 = 50;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComplaintRow {
    /// The record.
    pub id: RecordId,
    /// Its reference.
    pub reference: String,
    /// State key.
    pub state: String,
    /// The next day to keep.
    pub due: Option<Date>,
}

/// One page of the register.
#[derive(Debug, Clone)]
pub struct ComplaintPage {
    /// The rows, the earliest due first.
    pub rows: Vec<ComplaintRow>,
    /// Where the next page begins.
    pub next: Option<Keyset>,
    /// Today in London.
    pub today: Date,
}

/// The register of complaints, of all states or of some.
pub fn list(app: &App, actor: &Actor, states: &[String], after: Option<Keyset>) -> Result<ComplaintPage, Error> {
    require(actor, Verb::ComplaintList, Relation::None)?;
    let query = RecordQuery {
        kind: KIND.to_owned(),
        states: states.to_vec(),
        order: Order::DueFirst,
        after,
        limit: PAGE + 1,
        ..RecordQuery::default()
    };
    let mut listed = app.store.read(|tx| tx.record_list(&query))?;
    let more = listed.len() as u64 > PAGE;
    listed.truncate(PAGE as usize);
    let next = if more { listed.last().map(|last| Keyset::after(Order::DueFirst, last)) } else { None };
    let rows = listed.into_iter().map(|listed| ComplaintRow {
        id: RecordId::new(listed.head.id),
        reference: listed.head.reference,
        state: listed.head.state,
        due: listed.head.due_us.and_then(day_of_end),
    });
    Ok(ComplaintPage { rows: rows.collect(), next, today: app.today() })
}
