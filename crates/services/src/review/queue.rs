//! Working through a review: opening an item for oneself, taking it over, and the next one.

use domain::casework::request::Stage;
use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};
use jiff::Timestamp;
use store::{ReadTx, ReviewClaim, WriteTx};

use super::change::{log_name, open_review};
use super::item::{ReviewItem, shown};
use super::list::Filter;
use super::notes::{Note, notes};
use crate::accounts::display_name;
use crate::app::App;
use crate::error::Error;
use crate::requests::load_for_review;

/// How long an item stays open for somebody who does nothing with it: ten minutes.
pub const LEASE: jiff::SignedDuration = jiff::SignedDuration::from_mins(10);

/// Somebody else who has the item open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Display name.
    pub name: String,
    /// When it is free again, unless they go on.
    pub until: Timestamp,
}

/// How far the review is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Items with nothing left to decide or to confirm.
    pub decided: u64,
    /// Items to decide on.
    pub items: u64,
}

/// An opened item with everything its page shows.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The item.
    pub item: ReviewItem,
    /// Reference of the request.
    pub reference: String,
    /// Whether the reader may decide now: the review is open, and nobody else has the item open.
    pub can_decide: bool,
    /// Whether the review is open.
    pub reviewing: bool,
    /// Who else has it open.
    pub holder: Option<Holder>,
    /// The readable item before.
    pub previous: Option<u64>,
    /// The readable item after.
    pub following: Option<u64>,
    /// How far the review is.
    pub progress: Progress,
    /// The first item of its conversation.
    pub thread: Option<u64>,
    /// Notes, oldest first.
    pub notes: Vec<Note>,
    /// Whether the reader may confirm a second look: nobody confirms what they decided or asked about.
    pub may_confirm: bool,
    /// What the reader decided last in this review, e.g. `include`: it can be undone.
    pub last_act: Option<String>,
}

/// Opens an item: it is the reader's for [`LEASE`], unless somebody else has it open or the review
/// is over. Logged as a reading of personal data.
///
/// # Errors
/// Not found when it cannot be read, repeats another, or is not theirs to see.
pub fn open(app: &App, actor: &Actor, id: &RecordId, index: u64) -> Result<Opened, Error> {
    // Others wait for the writer: what only shows is read afterwards, beside them.
    let (loaded, row, mine) = app.store.write(&app.origin(actor), |tx| {
        let loaded = load_for_review(tx, actor, id, Verb::RequestWork)?;
        let row = tx.review_item_get(id.as_str(), index)?.filter(|row| !row.document.is_empty()).ok_or(Error::NotFound)?;
        tx.log_read(&log_name(id), "review-item", "casework")?;
        let reviewing = loaded.request.stage == Stage::Review;
        let mine = reviewing && tx.review_claim_take(id.as_str(), index, actor.user.as_str(), lease_end(tx), false)?;
        Ok::<_, Error>((loaded, row, mine))
    })?;
    let item = shown(&row)?;
    let reviewing = loaded.request.stage == Stage::Review;
    let now = app.origin(actor).at_us;
    app.store.read(|tx| {
        let other = if mine { None } else { tx.review_claim(id.as_str(), index, now)? };
        let holder = other.filter(|claim| claim.who != actor.user.as_str()).map(|claim| holder(tx, claim)).transpose()?;
        let (previous, following) = tx.review_neighbours(id.as_str(), index)?;
        let decided_by_me = row.item.decided_by == actor.user.as_str();
        let may_confirm = item.second.as_ref().is_some_and(|second| {
            second.confirmed_by.is_none() && (!app.settings.second_person || (second.asked_by != actor.user && !decided_by_me))
        });
        Ok(Opened {
            reference: loaded.request.facts.reference,
            can_decide: mine,
            reviewing,
            holder,
            previous,
            following,
            progress: progress(tx, id)?,
            thread: row.item.thread,
            notes: notes(tx, id, index)?,
            may_confirm,
            last_act: if reviewing { tx.review_last_act(id.as_str(), actor.user.as_str())?.map(|(_, verb)| verb) } else { None },
            item,
        })
    })
}

/// The next item with something to decide that nobody else has open, after `after` and then from the
/// beginning; it is the reader's from then on, and what they had open is free. `None` when nothing is left
/// for them. A filter that shows what needs a second look leaves out what the reader decided.
///
/// # Errors
/// `REQ-004` when the review is not open.
pub fn next(app: &App, actor: &Actor, id: &RecordId, after: Option<u64>, filter: &Filter) -> Result<Option<u64>, Error> {
    app.store.write_technical(&app.origin(actor), |tx| {
        open_review(tx, actor, id)?;
        let me = actor.user.as_str();
        tx.review_claims_drop(id.as_str(), me)?;
        let wanted = filter.queued(me, tx.at_us());
        let not_by = (wanted.state == "second" && app.settings.second_person).then_some(me);
        let until = lease_end(tx);
        for begin in [after, None] {
            let mut begin = begin;
            while let Some(index) = tx.review_next(id.as_str(), me, begin, &wanted, not_by)? {
                if tx.review_claim_take(id.as_str(), index, me, until, false)? {
                    return Ok(Some(index));
                }
                // Somebody took it between the two statements.
                begin = Some(index);
            }
            if after.is_none() {
                break;
            }
        }
        Ok(None)
    })
}

/// Takes an item over from somebody who has it open. Logged.
///
/// # Errors
/// `REQ-004` when the review is not open.
pub fn take_over(app: &App, actor: &Actor, id: &RecordId, index: u64) -> Result<(), Error> {
    app.store.write(&app.origin(actor), |tx| {
        open_review(tx, actor, id)?;
        tx.review_item_light(id.as_str(), index)?.ok_or(Error::NotFound)?;
        let now = tx.at_us();
        let other = tx.review_claim(id.as_str(), index, now)?.is_some_and(|claim| claim.who != actor.user.as_str());
        let until = lease_end(tx);
        if !tx.review_claim_take(id.as_str(), index, actor.user.as_str(), until, true)? {
            return Err(Refusal::new(RefusalCode::ItemHeld, "").into());
        }
        if other {
            tx.log_read(&log_name(id), "take-over", "casework")?;
        }
        Ok(())
    })
}

pub(super) fn lease_end(tx: &WriteTx<'_>) -> i64 {
    tx.at_us().saturating_add(i64::try_from(LEASE.as_micros()).unwrap_or(i64::MAX))
}

pub(super) fn holder(tx: &mut ReadTx<'_>, claim: ReviewClaim) -> Result<Holder, Error> {
    let name = display_name(tx, &claim.who)?.unwrap_or_else(|| "Somebody".to_owned());
    Ok(Holder { name, until: Timestamp::from_microsecond(claim.until_us).unwrap_or_default() })
}

/// How far the review is, from one count over an index.
pub(super) fn progress(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Progress, Error> {
    let mut progress = Progress::default();
    for count in tx.review_counts(id.as_str())? {
        let readable = count.items.saturating_sub(count.duplicates + count.unreadable);
        progress.items += readable;
        if !matches!(count.state.as_str(), "open" | "second") {
            progress.decided += readable;
        }
    }
    Ok(progress)
}
