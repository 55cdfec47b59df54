//! The list of a review, what it is filtered by, and how far it is.

use domain::casework::request::Stage;
use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use store::{ReadTx, ReviewFilter};

use super::queue::{Holder, holder, progress};
use crate::accounts::display_name;
use crate::app::App;
use crate::error::Error;
use crate::requests::load_for_review;

/// Rows on one page.
const PAGE: u64 = 100;

/// Which items to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// Everything.
    #[default]
    All,
    /// Only what is undecided.
    Open,
    /// Only what waits for a second look.
    Second,
    /// Only what the reader decided or has open.
    Mine,
    /// Only what needs, or had, a second look.
    Flagged,
    /// Only what is decided and goes into the pack.
    Decided,
    /// Only what is left out.
    LeftOut,
    /// Only what repeats another.
    Duplicates,
    /// Only what could not be read.
    Unreadable,
}

impl Show {
    /// Every choice with its word in addresses.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("", Self::All),
        ("open", Self::Open),
        ("second", Self::Second),
        ("mine", Self::Mine),
        ("flagged", Self::Flagged),
        ("decided", Self::Decided),
        ("left-out", Self::LeftOut),
        ("duplicates", Self::Duplicates),
        ("unreadable", Self::Unreadable),
    ];
}

/// What the list and the queue are filtered by; what is empty does not filter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Which items.
    pub show: Show,
    /// `certain`, `likely` or `possible`.
    pub band: String,
    /// The place it was found in.
    pub place: String,
    /// What it is, e.g. `mail`.
    pub kind: String,
    /// Only with proposals.
    pub with_marks: bool,
    /// Only the conversation that begins with this item.
    pub thread: Option<u64>,
}

impl Filter {
    /// As the store filters a list for `me`.
    pub(super) fn listed(&self, me: &str, now_us: i64) -> ReviewFilter {
        let state = match self.show {
            Show::Open => "open",
            Show::Second => "second",
            Show::Decided => "decided",
            Show::LeftOut => "left_out",
            _ => "",
        };
        ReviewFilter {
            state: state.to_owned(),
            readable: !state.is_empty(),
            band: self.band.clone(),
            place: self.place.clone(),
            kind: self.kind.clone(),
            with_marks: self.with_marks,
            thread: self.thread,
            flagged: self.show == Show::Flagged,
            duplicates: self.show == Show::Duplicates,
            unreadable: self.show == Show::Unreadable,
            mine: if self.show == Show::Mine { me.to_owned() } else { String::new() },
            now_us,
        }
    }

    /// As the queue hands out: what is open, or what waits for a second look.
    pub(super) fn queued(&self, me: &str, now_us: i64) -> ReviewFilter {
        let state = if self.show == Show::Second { "second" } else { "open" };
        ReviewFilter { state: state.to_owned(), readable: true, ..self.listed(me, now_us) }
    }
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// Number of the item, from 0.
    pub index: u64,
    /// Where it was found.
    pub locator: String,
    /// `certain`, `likely`, `possible`; empty when it could not be read.
    pub band: String,
    /// `open`, `second`, `decided`, `left_out`.
    pub state: String,
    /// Decisions left.
    pub open: u64,
    /// The item with the same text.
    pub duplicate_of: Option<u64>,
    /// Why it could not be read.
    pub unreadable: Option<String>,
    /// The first item of its conversation.
    pub thread: Option<u64>,
    /// Whether a second person has to look: empty, `asked` or `confirmed`.
    pub second: String,
    /// Somebody else who has it open now.
    pub holder: Option<Holder>,
}

/// The review at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReviewSummary {
    /// Items to decide on.
    pub items: u64,
    /// Items with nothing left to decide.
    pub decided: u64,
    /// Items that wait for a second look alone.
    pub second: u64,
    /// Items that repeat another.
    pub duplicates: u64,
    /// Items that could not be read.
    pub unreadable: u64,
    /// Of these, items that a password may open.
    pub locked: u64,
    /// Items that the search left out because they hold no more than a part of the name, and are many.
    pub left_out: u64,
    /// Items that the filter means.
    pub matching: u64,
}

/// How many items somebody decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewer {
    /// Display name.
    pub name: String,
    /// Items decided today, in London.
    pub today: u64,
    /// The item they have open now.
    pub at: Option<u64>,
}

/// A page of the list with what stands around it.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// Reference of the request.
    pub reference: String,
    /// Whether the review is open.
    pub reviewing: bool,
    /// The places that were searched.
    pub places: Vec<String>,
    /// The rows.
    pub rows: Vec<ReviewRow>,
    /// The review at a glance.
    pub summary: ReviewSummary,
    /// What the reader decided last in this review: it can be undone.
    pub last_act: Option<String>,
}

/// A page of the list and the review at a glance.
pub fn rows(app: &App, actor: &Actor, id: &RecordId, filter: &Filter, after: Option<u64>) -> Result<Listing, Error> {
    let now = app.now_us();
    app.store.read(|tx| {
        let request = load_for_review(tx, actor, id, Verb::RequestWork)?.request;
        let wanted = filter.listed(actor.user.as_str(), now);
        let items = tx.review_items_page(id.as_str(), after, PAGE, &wanted)?;
        let mut open = Vec::new();
        for claim in tx.review_claims(id.as_str(), now)? {
            if claim.who != actor.user.as_str() && items.iter().any(|item| item.idx == claim.idx) {
                open.push((claim.idx, holder(tx, claim)?));
            }
        }
        let row = |item: store::ReviewItem| ReviewRow {
            holder: open.iter().find(|(idx, _)| *idx == item.idx).map(|(_, holder)| holder.clone()),
            index: item.idx,
            locator: item.locator,
            band: item.band,
            state: item.state,
            open: item.open_proposals,
            duplicate_of: item.duplicate_of,
            unreadable: item.unreadable,
            thread: item.thread,
            second: item.second,
        };
        let mut summary = summary(tx, id)?;
        summary.matching = tx.review_how_many(id.as_str(), &wanted)?;
        summary.left_out = request.search.as_ref().map_or(0, |search| search.left_out);
        let reviewing = request.stage == Stage::Review;
        Ok(Listing {
            rows: items.into_iter().map(row).collect(),
            summary,
            reviewing,
            last_act: if reviewing { tx.review_last_act(id.as_str(), actor.user.as_str())?.map(|(_, verb)| verb) } else { None },
            reference: request.facts.reference,
            places: request.search.map(|search| search.places).unwrap_or_default(),
        })
    })
}

/// Who works on the review: decisions of today, and what is open where.
pub fn reviewers(app: &App, actor: &Actor, id: &RecordId) -> Result<Vec<Reviewer>, Error> {
    let now = app.now_us();
    let today = crate::app::end_of_day_us(app.today().yesterday().unwrap_or(app.today()));
    app.store.read(|tx| {
        load_for_review(tx, actor, id, Verb::RequestWork)?;
        let mut found: Vec<(String, u64, Option<u64>)> =
            tx.review_decided_since(id.as_str(), today)?.into_iter().map(|(who, n)| (who, n, None)).collect();
        for claim in tx.review_claims(id.as_str(), now)? {
            match found.iter_mut().find(|(who, _, _)| *who == claim.who) {
                Some((_, _, at)) => *at = Some(claim.idx),
                None => found.push((claim.who, 0, Some(claim.idx))),
            }
        }
        found.into_iter().map(|(who, today, at)| Ok(Reviewer { name: display_name(tx, &who)?.unwrap_or_default(), today, at })).collect()
    })
}

fn summary(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<ReviewSummary, Error> {
    let mut summary = ReviewSummary::default();
    for count in tx.review_counts(id.as_str())? {
        let readable = count.items.saturating_sub(count.duplicates + count.unreadable);
        summary.items += readable;
        summary.duplicates += count.duplicates;
        summary.unreadable += count.unreadable;
        match count.state.as_str() {
            "open" => {}
            "second" => summary.second += readable,
            _ => summary.decided += readable,
        }
    }
    if summary.unreadable > 0 {
        let locked = tx.review_reasons(id.as_str())?.into_iter().filter(|(reason, _)| crate::sar::is_locked(reason));
        summary.locked = locked.map(|(_, items)| items).sum();
    }
    Ok(summary)
}

/// Items with something left to decide or to confirm.
pub fn undecided(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<u64, Error> {
    let progress = progress(tx, id)?;
    Ok(progress.items.saturating_sub(progress.decided))
}
