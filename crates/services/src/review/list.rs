//! The queue of a review.

use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use store::{ReadTx, ReviewFilter};

use crate::app::App;
use crate::error::Error;
use crate::requests::load_for_review;

/// Rows on one page.
const PAGE: u64 = 100;

/// Which items to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    /// Everything.
    #[default]
    All,
    /// Only what is undecided.
    Open,
    /// Only what possibly concerns the person.
    Possible,
    /// Only what could not be read.
    Unreadable,
}

/// One row of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// Number of the item, from 0.
    pub index: u64,
    /// Where it was found.
    pub locator: String,
    /// `certain`, `likely`, `possible`; empty when it could not be read.
    pub band: String,
    /// `open`, `decided`, `left_out`.
    pub state: String,
    /// Decisions left.
    pub open: u64,
    /// The item with the same text.
    pub duplicate_of: Option<u64>,
    /// Why it could not be read.
    pub unreadable: Option<String>,
}

/// The review at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReviewSummary {
    /// Items to decide on.
    pub items: u64,
    /// Items with nothing left to decide.
    pub decided: u64,
    /// Items that repeat another.
    pub duplicates: u64,
    /// Items that could not be read.
    pub unreadable: u64,
    /// The first item with something to decide.
    pub next_open: Option<u64>,
}

/// A page of the queue and the review at a glance.
pub fn rows(app: &App, actor: &Actor, id: &RecordId, filter: Filter, after: Option<u64>) -> Result<(Vec<ReviewRow>, ReviewSummary), Error> {
    app.store.read(|tx| {
        load_for_review(tx, actor, id, Verb::RequestWork)?;
        let wanted = match filter {
            Filter::All | Filter::Unreadable => ReviewFilter::default(),
            Filter::Open => ReviewFilter { state: "open".to_owned(), readable: true, ..ReviewFilter::default() },
            Filter::Possible => ReviewFilter { band: "possible".to_owned(), readable: true, ..ReviewFilter::default() },
        };
        let items = tx.review_items_page(id.as_str(), after, PAGE, &wanted)?;
        let rows = items
            .into_iter()
            .filter(|item| filter != Filter::Unreadable || item.unreadable.is_some())
            .map(|item| ReviewRow {
                index: item.idx,
                locator: item.locator,
                band: item.band,
                state: item.state,
                open: item.open_proposals,
                duplicate_of: item.duplicate_of,
                unreadable: item.unreadable,
            })
            .collect();
        Ok((rows, summary(tx, id)?))
    })
}

fn summary(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<ReviewSummary, Error> {
    let mut summary = ReviewSummary::default();
    for count in tx.review_counts(id.as_str())? {
        let readable = count.items.saturating_sub(count.duplicates + count.unreadable);
        summary.items += readable;
        summary.duplicates += count.duplicates;
        summary.unreadable += count.unreadable;
        if count.state != "open" {
            summary.decided += readable;
        }
    }
    let open = ReviewFilter { state: "open".to_owned(), readable: true, ..ReviewFilter::default() };
    summary.next_open = tx.review_items_page(id.as_str(), None, 1, &open)?.first().map(|item| item.idx);
    Ok(summary)
}

/// Items with something left to decide.
pub fn undecided(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<u64, Error> {
    let summary = summary(tx, id)?;
    Ok(summary.items.saturating_sub(summary.decided))
}
