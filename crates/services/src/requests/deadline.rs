//! When a request is due, under which version of the policy, and where its clocks stand.

use std::sync::Arc;

use domain::calendar::{Deadline, When};
use domain::casework::ClockState;
use domain::casework::policy_version::{Contender, choose};
use domain::casework::request::{Request, Stage};
use domain::ids::RecordId;
use jiff::civil::Date;
use store::{ClockRow, Keyset, Order, Origin, ReadTx, RecordQuery};

use super::list::LIVE;
use super::save::{KIND, current};
use crate::app::{App, end_of_day_us, london_date};
use crate::error::Error;
use crate::policy::{InForce, clock_row};

/// The name under which a clock stood before clocks were named by their rules.
const OLD_NAME: &str = "answer";
/// Requests looked at in one transaction.
const BATCH: u64 = 200;

/// The clocks of a request as they shall be stored.
pub(super) struct Clocks {
    /// The statutory day, for lists, while the clock runs.
    pub(super) due_us: Option<i64>,
    /// Every clock.
    pub(super) rows: Vec<ClockRow>,
}

impl App {
    /// When the answer is due: under the policy in force when the request was received, or
    /// under the one in force on `day` where that is better for the person.
    pub(crate) fn request_deadline(&self, tx: &mut ReadTx<'_>, request: &Request, day: Date) -> Result<Deadline, Error> {
        let now = self.policies.on(tx, day)?;
        let then = match &request.policy {
            Some(at_receipt) => self.policies.version(tx, &at_receipt.id)?,
            None => self.policies.configured(),
        };
        let under = |policy: &InForce| request.deadline(&self.calendar, policy.policy.reply_promise().as_ref(), day);
        // The pack of the settings, adopted since then as it stood, is the same policy.
        let as_it_stood = now.label() == then.label() && now.policy.reply_promise() == then.policy.reply_promise();
        if Arc::ptr_eq(&now, &then) || now.id == then.id || as_it_stood {
            return Ok(under(&then)?);
        }
        let contender = |policy: &InForce| Ok::<_, Error>(Contender { label: policy.label(), deadline: under(policy)? });
        Ok(choose(contender(&then)?, contender(&now)?).deadline)
    }

    /// The same in a transaction of its own, today.
    pub(crate) fn request_deadline_today(&self, request: &Request) -> Result<Deadline, Error> {
        self.store.read(|tx| self.request_deadline(tx, request, self.today()))
    }

    /// The clocks of a request: the answer, and the passing on where the policy promises it.
    pub(super) fn request_clocks(&self, tx: &mut ReadTx<'_>, request: &Request) -> Result<Clocks, Error> {
        let answer = |state, due_us| clock_row(format!("reply:{}", request.right.id()), state, due_us);
        let mut clocks = Clocks { due_us: None, rows: Vec::new() };
        match ended(tx, request)? {
            None => {
                let deadline = self.request_deadline(tx, request, self.today())?;
                clocks.due_us = deadline.due.map(|due| end_of_day_us(due.date()));
                let state = deadline.alert().map_or(ClockState::Paused, |due| ClockState::Running(due.date()));
                clocks.rows.push(answer(state, None));
            }
            Some((on, false)) => clocks.rows.push(answer(ClockState::Dropped(on), None)),
            Some((on, true)) => {
                let due = self.request_deadline(tx, request, on)?.alert();
                clocks.rows.push(answer(ClockState::answered(on.into(), due), None));
            }
        }
        for (name, state) in request.action_clocks() {
            let row = clock_row(name, state, None);
            clocks.due_us = clocks.due_us.into_iter().chain(row.due_us).min();
            clocks.rows.push(row);
        }
        if let Some(within) = self.policies.on(tx, request.received_on)?.policy.rights().forward {
            let due = within.end(&self.calendar, request.division, request.received_on);
            let state = ClockState::answered(request.logged_on.into(), Some(When::from(due)));
            clocks.rows.push(clock_row("forward".to_owned(), state, None));
        }
        Ok(clocks)
    }
}

/// The day a request ended, and whether it was answered; `None` while it runs.
fn ended(tx: &mut ReadTx<'_>, request: &Request) -> Result<Option<(Date, bool)>, Error> {
    // A second pack does not undo that the answer was given.
    if let Some(on) = request.answered_on() {
        return Ok(Some((on, true)));
    }
    Ok(match &request.stage {
        Stage::Replied { on } | Stage::Refused { on, .. } => Some((*on, true)),
        Stage::Withdrawn { on } => Some((*on, false)),
        Stage::Closed { on, outcome } => {
            // Closing comes later than the answer, whose day the log has.
            let history = tx.record_history(request.facts.id.as_str())?;
            let answered = history.iter().rev().find(|entry| matches!(entry.verb.as_str(), "reply" | "answer" | "refuse" | "withdraw"));
            let day = answered.and_then(|entry| jiff::Timestamp::from_microsecond(entry.at_us).ok()).map_or(*on, london_date);
            Some((day, outcome != "withdrawn"))
        }
        Stage::Open | Stage::Searching | Stage::Review | Stage::Prepared | Stage::Approved => None,
    })
}

/// Whether a state key is that of a request that still runs.
pub(crate) fn is_live(state: &str) -> bool {
    LIVE.contains(&state)
}

/// Hands over every running request, as far as it can still be read.
pub(crate) fn running(tx: &mut ReadTx<'_>, mut each: impl FnMut(Request, u64) -> Result<(), Error>) -> Result<(), Error> {
    let mut after: Option<Keyset> = None;
    loop {
        let page = live_page(tx, after.take())?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(Keyset::after(Order::DueFirst, last));
        for listed in &page {
            if let Some((request, version)) = current(tx, &RecordId::new(listed.head.id.clone()))? {
                each(request, version)?;
            }
        }
    }
}

fn live_page(tx: &mut ReadTx<'_>, after: Option<Keyset>) -> Result<Vec<store::Listed>, Error> {
    let states = LIVE.map(str::to_owned).to_vec();
    Ok(tx.record_list(&RecordQuery {
        kind: KIND.to_owned(),
        states,
        order: Order::DueFirst,
        after,
        limit: BATCH,
        ..RecordQuery::default()
    })?)
}

/// Brings the clocks of running requests in line with the policy in force today, and gives
/// those of an older version of the program the names by which they are counted. Returns how
/// many requests changed.
///
/// # Errors
/// What the store reports. Safe to run again after any.
pub(crate) fn reclock(app: &App) -> Result<u64, Error> {
    let mut changed = 0;
    loop {
        let old = app.store.read(|tx| tx.clocks_in_state(OLD_NAME, ("", "\u{10ffff}"), None, BATCH))?;
        let ids: Vec<RecordId> =
            old.into_iter().filter(|of| of.record.head.kind == KIND).map(|of| RecordId::new(of.record.head.id)).collect();
        if ids.is_empty() || save_again(app, &ids)? == 0 {
            break;
        }
        changed += ids.len() as u64;
    }
    let mut after = None;
    loop {
        let page = app.store.read(|tx| live_page(tx, after.take()))?;
        let Some(last) = page.last() else { return Ok(changed) };
        after = Some(Keyset::after(Order::DueFirst, last));
        let ids: Vec<RecordId> = page.iter().map(|listed| RecordId::new(listed.head.id.clone())).collect();
        let stale = app.store.read(|tx| {
            let mut stale = Vec::new();
            for id in ids {
                if differs(app, tx, &id)? {
                    stale.push(id);
                }
            }
            Ok::<_, Error>(stale)
        })?;
        if !stale.is_empty() {
            changed += save_again(app, &stale)?;
        }
    }
}

/// Whether the stored clocks of a request are not those it has by the rules.
fn differs(app: &App, tx: &mut ReadTx<'_>, id: &RecordId) -> Result<bool, Error> {
    let Some((request, _)) = current(tx, id)? else { return Ok(false) };
    let mut rows = app.request_clocks(tx, &request)?.rows;
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(rows != tx.record_clocks(id.as_str())?)
}

fn save_again(app: &App, ids: &[RecordId]) -> Result<u64, Error> {
    let origin = Origin { actor: "policy".to_owned(), at_us: app.now_us() };
    app.store.write(&origin, |tx| {
        let mut saved = 0;
        for id in ids {
            if differs(app, tx, id)?
                && let Some((request, version)) = current(tx, id)?
            {
                app.request_save(tx, &request, version, "reclock")?;
                saved += 1;
            }
        }
        Ok(saved)
    })
}
