//! The calendar feed: the due days that concern one account, as references without names.

use std::collections::BTreeSet;

use domain::ics::{Entry, calendar};
use domain::people::{Actor, Relation, Role, Verb, may};
use domain::policy::Policy;
use jiff::ToSpan;
use sha2::{Digest, Sha256};
use store::{ClockDue, ReadTx};

use crate::accounts::{feed_actor, policy_roles};
use crate::app::{App, day_of_end, end_of_day_us};
use crate::error::Error;
use crate::policy::holds_clock;
use crate::reminders::Together;

/// How far ahead the calendar reaches, in days.
const AHEAD_DAYS: i64 = 400;
/// Events at most.
const MOST: usize = 1_000;
/// Clocks looked at in one query.
const BATCH: u64 = 500;

/// A calendar as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The iCalendar file.
    pub body: String,
    /// Changes when and only when the file does.
    pub etag: String,
}

/// The calendar that a token opens.
///
/// # Errors
/// Not found for a token that is unknown, renewed, revoked, or of an account that has ended.
pub fn feed(app: &App, token: &str) -> Result<Feed, Error> {
    let actor = feed_actor(app, token)?;
    let policy = app.policy()?;
    let held = app.store.read(|tx| policy_roles(tx, actor.user.as_str()))?;
    let until = end_of_day_us(app.today().saturating_add(AHEAD_DAYS.days()));
    let (mut entries, mut after, mut days) = (Vec::new(), None::<ClockDue>, BTreeSet::new());
    while entries.len() < MOST {
        let clocks = app.store.read(|tx| tx.clocks_due(until, after.as_ref(), BATCH))?;
        let Some(last) = clocks.last() else { break };
        after = Some(last.clone());
        for clock in &clocks {
            if !app.store.read(|tx| concerns(tx, clock, &actor, &held, &policy))? {
                continue;
            }
            // What may come by the thousand stands there once for a day.
            let first = Together::of(&clock.kind).is_none_or(|together| days.insert((together, day_of_end(clock.due_us))));
            entries.extend(entry(clock).filter(|_| first));
        }
    }
    entries.truncate(MOST);
    let body = calendar("Due days", &entries);
    let hash = store::hex(&Sha256::digest(body.as_bytes()));
    let etag = format!("\"{}\"", hash.get(..32).unwrap_or(&hash));
    Ok(Feed { body, etag })
}

/// Whether a clock belongs into somebody's calendar: a lead's and an approver's hold every case,
/// others' those that they are in charge of or help with; a duty stands in that of the lead and of
/// whoever holds its role; the inbox and what is held in that of whoever works on them.
fn concerns(tx: &mut ReadTx<'_>, clock: &ClockDue, actor: &Actor, held: &[String], policy: &Policy) -> Result<bool, Error> {
    let verb = match clock.kind.as_str() {
        "duty" => {
            let holds = actor.has(Role::Lead) || holds_clock(policy, actor, held, &clock.clock);
            return Ok(may(actor, Verb::DutySee, Relation::Involved) && holds);
        }
        "request" | "posting" => Verb::RequestSee,
        "complaint" => Verb::ComplaintSee,
        kind => return Ok(Together::of(kind).is_some_and(|together| may(actor, together.verb(), Relation::None))),
    };
    if may(actor, verb, Relation::NotInvolved) {
        return Ok(true);
    }
    if !may(actor, verb, Relation::Involved) {
        return Ok(false);
    }
    let me = actor.user.as_str();
    if clock.owner.as_deref() == Some(me) {
        return Ok(true);
    }
    let body = tx.record_get(&clock.record)?.map(|stored| stored.body).unwrap_or_default();
    let assigned = body.pointer("/facts/assigned").and_then(|list| list.as_array());
    Ok(assigned.is_some_and(|list| list.iter().any(|user| user.as_str() == Some(me))))
}

fn entry(clock: &ClockDue) -> Option<Entry> {
    let day = day_of_end(clock.due_us)?;
    let (uid, what) = match Together::of(&clock.kind) {
        Some(together) => (format!("{}.{day}", together.key()), together.title()),
        None => (format!("{}.{}", clock.record, clock.clock.replace(':', "-")), clock.reference.as_str()),
    };
    Some(Entry { uid, day, summary: format!("{what} due"), changed_us: clock.changed_us })
}
