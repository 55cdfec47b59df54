//! Lists: what is due, and the register of requests. References and dates only: a list
//! shows no names, so it needs no key and is not a reading of personal data.

use domain::ids::{RecordId, UserId};
use domain::people::{Actor, Relation, Role, Verb, may, require};
use jiff::civil::Date;
use store::{Keyset, Listed, Order, ReadTx, RecordQuery};

use super::save::KIND;
use crate::app::{App, day_of_end};
use crate::error::Error;

/// Rows on one page.
const PAGE: u64 = 50;
/// Live states, in order.
pub(super) const LIVE: [&str; 5] = ["open", "searching", "review", "prepared", "approved"];

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    /// The record.
    pub id: RecordId,
    /// Its reference.
    pub reference: String,
    /// State key.
    pub state: String,
    /// In charge.
    pub owner: Option<UserId>,
    /// The last day to answer.
    pub due: Option<Date>,
    /// Calendar days until then; negative when overdue.
    pub days_left: Option<i32>,
}

/// What the Today page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Today {
    /// Today in London.
    pub today: Date,
    /// What is due, overdue first.
    pub due: Vec<ListRow>,
    /// Live requests that wait for somebody outside.
    pub waiting: Vec<ListRow>,
    /// How many are in each live state.
    pub counts: Vec<(String, u64)>,
}

/// What to list.
#[derive(Debug, Clone, Default)]
pub struct ListQuery {
    /// State keys; all when empty.
    pub states: Vec<String>,
    /// Words of a name, an address or a reference. Never part of a URL.
    pub words: Option<String>,
    /// Only what is due by this day.
    pub due_by: Option<Date>,
    /// The row after which to go on.
    pub after: Option<Keyset>,
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page {
    /// The rows.
    pub rows: Vec<ListRow>,
    /// Where the next page begins.
    pub next: Option<Keyset>,
}

/// The Today page.
pub fn today(app: &App, actor: &Actor) -> Result<Today, Error> {
    require(actor, Verb::TodaySee, Relation::None)?;
    let today = app.today();
    app.store.read(|tx| {
        let mut due = Vec::new();
        // What follows from an answer may still be due after it went out.
        for state in LIVE.into_iter().chain(["replied", "refused", "withdrawn"]) {
            due.extend(heads(tx, actor, &query(&[state]), 20)?.into_iter().filter(|listed| listed.head.due_us.is_some()));
        }
        due.sort_by_key(|listed| (listed.head.due_us, listed.head.reference.clone()));
        due.truncate(20);
        let waiting = heads(tx, actor, &RecordQuery { order: Order::Newest, ..query(&LIVE) }, 50)?;
        let waiting = waiting.into_iter().filter(|listed| listed.head.due_us.is_none()).take(10);
        let counts = tx.record_counts(KIND)?.into_iter().filter(|(state, _)| LIVE.contains(&state.as_str())).collect();
        Ok(Today {
            today,
            due: due.into_iter().map(|listed| row(listed, today)).collect(),
            waiting: waiting.map(|listed| row(listed, today)).collect(),
            counts: if may(actor, Verb::RequestList, Relation::None) { counts } else { Vec::new() },
        })
    })
}

/// The register of requests.
pub fn list(app: &App, actor: &Actor, wanted: &ListQuery) -> Result<Page, Error> {
    require(actor, Verb::RequestList, Relation::None)?;
    let today = app.today();
    let states: Vec<&str> = wanted.states.iter().map(String::as_str).collect();
    app.store.read(|tx| {
        let mut asked = query(&states);
        asked.text = wanted.words.clone().unwrap_or_default();
        asked.due_before = wanted.due_by.map(crate::app::end_of_day_us).map(|end| end + 1);
        asked.after.clone_from(&wanted.after);
        let order = asked.order;
        asked.limit = PAGE + 1;
        let mut listed = tx.record_list(&asked)?;
        let more = listed.len() as u64 > PAGE;
        listed.truncate(PAGE as usize);
        let next = if more { listed.last().map(|last| Keyset::after(order, last)) } else { None };
        Ok(Page { rows: listed.into_iter().map(|listed| row(listed, today)).collect(), next })
    })
}

fn query(states: &[&str]) -> RecordQuery {
    RecordQuery {
        kind: KIND.to_owned(),
        states: states.iter().map(|s| (*s).to_owned()).collect(),
        order: Order::DueFirst,
        limit: PAGE,
        ..RecordQuery::default()
    }
}

/// Heads that the actor may see: a handler's list is their own.
fn heads(tx: &mut ReadTx<'_>, actor: &Actor, query: &RecordQuery, limit: u64) -> Result<Vec<Listed>, store::Error> {
    let everything = [Role::Lead, Role::Approver, Role::Auditor].iter().any(|role| actor.has(*role));
    let owner = (!everything).then(|| actor.user.to_string());
    tx.record_list(&RecordQuery { owner, limit, ..query.clone() })
}

fn row(listed: Listed, today: Date) -> ListRow {
    let due = listed.head.due_us.and_then(day_of_end);
    ListRow {
        id: RecordId::new(listed.head.id),
        reference: listed.head.reference,
        state: listed.head.state,
        owner: listed.head.owner.map(UserId::new),
        due,
        days_left: due.and_then(|due| today.until(due).ok()).map(|span| span.get_days()),
    }
}
