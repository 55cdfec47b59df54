//! The marks there are, by reference, and one of them with whom it is about.

use domain::calendar::When;
use domain::casework::mark::{Mark, MarkKind};
use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, may, require};
use store::{Order, RecordQuery};

use super::save::{KIND, load};
use crate::app::App;
use crate::error::Error;

/// Rows on the page.
const PAGE: u64 = 200;

/// One mark of the list: no name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkRow {
    /// The record.
    pub id: RecordId,
    /// Its reference.
    pub reference: String,
    /// Its kind.
    pub kind: MarkKind,
    /// Since when.
    pub since: When,
    /// Whether it was lifted.
    pub lifted: bool,
}

/// One mark with whom it is about.
#[derive(Debug, Clone)]
pub struct MarkView {
    /// The mark.
    pub mark: Mark,
    /// The version the page shows.
    pub version: u64,
    /// Whether the actor may lift it.
    pub may_lift: bool,
}

/// The latest marks, active ones first.
pub fn list(app: &App, actor: &Actor) -> Result<Vec<MarkRow>, Error> {
    require(actor, Verb::MarkSee, Relation::None)?;
    app.store.read(|tx| {
        let mut rows = Vec::new();
        for state in ["active", "lifted"] {
            let query = RecordQuery {
                kind: KIND.to_owned(),
                states: vec![state.to_owned()],
                order: Order::Newest,
                limit: PAGE,
                ..RecordQuery::default()
            };
            for listed in tx.record_list(&query)? {
                if let Some((mark, _)) = load(tx, &RecordId::new(listed.head.id))? {
                    let lifted = mark.lifted.is_some();
                    rows.push(MarkRow { id: mark.facts.id, reference: mark.facts.reference, kind: mark.kind, since: mark.since, lifted });
                }
            }
        }
        Ok(rows)
    })
}

/// One mark. Looking is logged.
pub fn see(app: &App, actor: &Actor, id: &RecordId) -> Result<MarkView, Error> {
    require(actor, Verb::MarkSee, Relation::None)?;
    app.store.write(&app.origin(actor), |tx| {
        let (mark, version) = load(tx, id)?.ok_or(Error::NotFound)?;
        tx.log_read(id.as_str(), "see", "marks")?;
        Ok(MarkView { mark, version, may_lift: may(actor, Verb::MarkLift, Relation::None) })
    })
}
