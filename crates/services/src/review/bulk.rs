//! Deciding many items at once: first how many, then all of them, or none.

use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};
use store::ReviewFilter;

use super::change::{Act, open_review};
use super::decide::others;
use super::item::{StoredProposals, parse};
use super::list::Filter;
use crate::app::App;
use crate::error::Error;
use crate::requests::load_for_review;
use crate::sar::Decision;

/// What is decided about each item that a filter means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bulk {
    /// Everything still open in it is decided as proposed.
    Accept,
    /// Everything still open in it is withheld.
    Withhold,
    /// Everything still open in it is shown.
    Show,
    /// It goes into the reply.
    Include,
    /// It is left out: not about the person.
    LeaveOut,
}

impl Bulk {
    /// Every choice with its word in addresses.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("accept", Self::Accept),
        ("withhold", Self::Withhold),
        ("show", Self::Show),
        ("include", Self::Include),
        ("leave-out", Self::LeaveOut),
    ];

    const fn verb(self) -> &'static str {
        match self {
            Self::Accept => "bulk-accept",
            Self::Withhold => "bulk-withhold",
            Self::Show => "bulk-show",
            Self::Include => "bulk-include",
            Self::LeaveOut => "bulk-leave-out",
        }
    }

    fn apply(self, stored: &mut StoredProposals) {
        let decision = match self {
            Self::Include | Self::LeaveOut => {
                stored.included = Some(self == Self::Include);
                return;
            }
            Self::Accept => None,
            Self::Withhold => Some(Decision::Withhold),
            Self::Show => Some(Decision::Show),
        };
        for proposal in &mut stored.proposals {
            proposal.decided = proposal.decided.or(Some(decision.unwrap_or(proposal.redaction.decision)));
        }
    }
}

/// How a bulk act ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BulkDone {
    /// Items changed.
    pub changed: u64,
    /// Items left alone because somebody else has them open.
    pub held: u64,
}

/// How many readable items a filter means now.
pub fn bulk_preview(app: &App, actor: &Actor, id: &RecordId, filter: &Filter) -> Result<u64, Error> {
    let now = app.now_us();
    app.store.read(|tx| {
        load_for_review(tx, actor, id, Verb::RequestWork)?;
        Ok(tx.review_how_many(id.as_str(), &readable(filter, actor, now))?)
    })
}

/// Decides every item that a filter means, except those that somebody else has open. `expected` is how many
/// the person was shown: when it is another number now, nothing is done.
///
/// # Errors
/// `AUTH-002` when the number has changed; `REQ-004` when the review is not open.
pub fn bulk(app: &App, actor: &Actor, id: &RecordId, filter: &Filter, what: Bulk, expected: u64) -> Result<BulkDone, Error> {
    app.store.write(&app.origin(actor), |tx| {
        open_review(tx, actor, id)?;
        let now = tx.at_us();
        let wanted = readable(filter, actor, now);
        if tx.review_how_many(id.as_str(), &wanted)? != expected {
            return Err(Refusal::new(RefusalCode::Conflict, "").into());
        }
        let others = others(tx, actor, id)?;
        let mut act = Act::begin(app, what.verb());
        let (mut after, mut held) = (None, 0);
        loop {
            let page = tx.review_items_page(id.as_str(), after, 500, &wanted)?;
            let Some(last) = page.last() else { break };
            after = Some(last.idx);
            for item in &page {
                if others.contains(&item.idx) {
                    held += 1;
                    continue;
                }
                let row = tx.review_item_light(id.as_str(), item.idx)?.ok_or(Error::NotFound)?;
                let mut stored: StoredProposals = parse(&row.proposals)?;
                what.apply(&mut stored);
                act.keep(tx, id, &row, stored)?;
            }
        }
        Ok(BulkDone { changed: act.end(tx, id)?, held })
    })
}

fn readable(filter: &Filter, actor: &Actor, now: i64) -> ReviewFilter {
    ReviewFilter { readable: true, ..filter.listed(actor.user.as_str(), now) }
}
