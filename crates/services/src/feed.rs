//! The calendar feed: the due days that concern one account, as references without names.

use domain::ics::{Entry, calendar};
use domain::people::{Actor, Relation, Role, Verb, may};
use domain::policy::Policy;
use jiff::ToSpan;
use sha2::{Digest, Sha256};
use store::ClockDue;

use crate::accounts::{feed_actor, policy_roles};
use crate::app::{App, day_of_end, end_of_day_us};
use crate::error::Error;
use crate::policy::holds_clock;

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
    let (mut entries, mut after) = (Vec::new(), None::<ClockDue>);
    while entries.len() < MOST {
        let clocks = app.store.read(|tx| tx.clocks_due(until, after.as_ref(), BATCH))?;
        let Some(last) = clocks.last() else { break };
        after = Some(last.clone());
        entries.extend(clocks.iter().filter(|clock| concerns(clock, &actor, &held, &policy)).filter_map(entry));
    }
    entries.truncate(MOST);
    let body = calendar("Due days", &entries);
    let hash = store::hex(&Sha256::digest(body.as_bytes()));
    let etag = format!("\"{}\"", hash.get(..32).unwrap_or(&hash));
    Ok(Feed { body, etag })
}

/// Whether a clock belongs into somebody's calendar: a lead's and an approver's hold every case,
/// others' their own; a duty stands in that of the lead and of whoever holds its role.
fn concerns(clock: &ClockDue, actor: &Actor, held: &[String], policy: &Policy) -> bool {
    let own = clock.owner.as_deref() == Some(actor.user.as_str());
    match clock.kind.as_str() {
        "duty" => {
            may(actor, Verb::DutySee, Relation::Involved) && (actor.has(Role::Lead) || holds_clock(policy, actor, held, &clock.clock))
        }
        "request" | "posting" => may(actor, Verb::RequestSee, if own { Relation::Involved } else { Relation::NotInvolved }),
        _ => false,
    }
}

fn entry(clock: &ClockDue) -> Option<Entry> {
    let day = day_of_end(clock.due_us)?;
    let uid = format!("{}.{}", clock.record, clock.clock.replace(':', "-"));
    Some(Entry { uid, day, summary: format!("{} due", clock.reference), changed_us: clock.changed_us })
}
