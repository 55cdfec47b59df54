//! Giving alerts, and showing those whose clocks still run.

use domain::alerts::Stage;
use domain::casework::duty::Terms;
use domain::ids::RecordId;
use domain::people::{Actor, Relation, Role, Verb, require};
use domain::policy::Policy;
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use store::{AlertKey, OpenAlert, Origin, WriteTx};

use super::duties::holders;
use crate::app::{App, day_of_end, end_of_day_us};
use crate::error::Error;

/// Alerts given in one transaction at most.
const BATCH: u64 = 500;
/// Pages looked through for the alerts of one person.
const MOST_PAGES: usize = 10;

/// One alert on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRow {
    /// The record.
    pub id: RecordId,
    /// `request`, `duty` or `reading`.
    pub kind: String,
    /// Its reference; empty for a reading.
    pub reference: String,
    /// What is due, in words.
    pub title: String,
    /// The clock's name.
    pub clock: String,
    /// How near it is.
    pub stage: Stage,
    /// The day it is due.
    pub due: Date,
    /// Calendar days until then; negative when overdue.
    pub days_left: i32,
    /// When the alert was given.
    pub given: Timestamp,
}

/// Gives the alerts that today brings, each once however often and by however many workers
/// this runs. Returns how many were new.
pub fn give_alerts(app: &App, by: &str) -> Result<u64, Error> {
    let today = app.today();
    let mut given = 0;
    for stage in Stage::ALL {
        let (after, until) = stage.due_days(today);
        let (after_us, until_us) = (after.map_or(i64::MIN, end_of_day_us), end_of_day_us(until));
        loop {
            let origin = Origin { actor: by.to_owned(), at_us: app.now_us() };
            // Looked for first without a lock: most days bring nothing.
            if app.store.read(|tx| tx.alerts_missing(stage.number(), after_us, until_us, 1))?.is_empty() {
                break;
            }
            given += app.store.write(&origin, |tx| {
                let missing = tx.alerts_missing(stage.number(), after_us, until_us, BATCH)?;
                put(tx, &missing)
            })?;
        }
    }
    Ok(given)
}

/// Records a batch under one entry of the log.
fn put(tx: &mut WriteTx<'_>, missing: &[AlertKey]) -> Result<u64, Error> {
    let (mut new, mut manifest) = (0, Sha256::new());
    for key in missing {
        if tx.alert_put(key)? {
            new += 1;
            manifest.update(format!("{}\t{}\t{}\t{}\n", key.record, key.clock, key.due_us, key.stage));
        }
    }
    if new > 0 {
        tx.log_batch("alerts", manifest.finalize().into(), "alerts-given")?;
    }
    Ok(new)
}

/// The alerts that concern the actor and whose clocks still run, most overdue first, at most
/// `limit`: for lead, approver and auditor all, for others those of their records and roles.
pub fn alerts_for(app: &App, actor: &Actor, limit: usize) -> Result<Vec<AlertRow>, Error> {
    require(actor, Verb::PolicySee, Relation::None)?;
    let everything = [Role::Lead, Role::Approver, Role::Auditor].iter().any(|role| actor.has(*role));
    let today = app.today();
    app.store.read(|tx| {
        let in_force = app.policies.on(tx, today)?;
        let held = crate::accounts::policy_roles(tx, actor.user.as_str())?;
        let mine = clocks_of(&in_force.policy, actor, &held);
        let concerns = |alert: &OpenAlert| {
            everything || alert.record.head.owner.as_deref() == Some(actor.user.as_str()) || mine.contains(&alert.key.clock)
        };
        let (mut rows, mut after): (Vec<AlertRow>, Option<AlertKey>) = (Vec::new(), None);
        for _ in 0..MOST_PAGES {
            let page = tx.alerts_open(None, after.as_ref(), 100)?;
            let Some(last) = page.last() else { break };
            after = Some(last.key.clone());
            rows.extend(page.into_iter().filter(concerns).filter_map(|alert| row(alert, &in_force.policy, today)));
            if rows.len() >= limit {
                break;
            }
        }
        rows.truncate(limit);
        Ok(rows)
    })
}

/// Whether the actor holds the role of the duty that runs this clock.
pub(crate) fn holds_clock(policy: &Policy, actor: &Actor, held: &[String], clock: &str) -> bool {
    clocks_of(policy, actor, held).iter().any(|own| own == clock)
}

/// The clocks of the duties whose role the actor holds.
fn clocks_of(policy: &Policy, actor: &Actor, held: &[String]) -> Vec<String> {
    let holds = |role: &str| {
        holders(policy, role, actor, held).iter().any(|holder| holder.name.trim().to_lowercase() == actor.name.trim().to_lowercase())
    };
    policy.duties().iter().filter(|duty| holds(&duty.role)).map(|duty| Terms::clock_name_of(&duty.id)).collect()
}

fn row(alert: OpenAlert, policy: &Policy, today: Date) -> Option<AlertRow> {
    let (due, head) = (day_of_end(alert.key.due_us)?, alert.record.head);
    Some(AlertRow {
        id: RecordId::new(head.id),
        kind: head.kind,
        reference: head.reference,
        title: title(&alert.key.clock, policy),
        stage: Stage::from_number(alert.key.stage)?,
        days_left: today.until(due).map_or(0, |span| span.get_days()),
        clock: alert.key.clock,
        due,
        given: Timestamp::from_microsecond(alert.at_us).unwrap_or_default(),
    })
}

/// What a clock is about, in words of the policy.
fn title(clock: &str, policy: &Policy) -> String {
    match clock.split_once(':') {
        Some(("reply", right)) => policy.rule(right).map_or_else(|_| "Reply to a request".to_owned(), |rule| rule.title.clone()),
        Some(("duty", id)) => {
            policy.duties().iter().find(|duty| duty.id == id).map_or_else(|| "A duty of the policy".to_owned(), |d| d.title.clone())
        }
        Some(_) if crate::mail::is_inbox_clock(clock) => "Look at a message that seems to be a request".to_owned(),
        Some(("reading", _)) => "Read the policy and sign".to_owned(),
        Some(("post", _)) => "Post a letter so that it arrives in time".to_owned(),
        _ => clock.to_owned(),
    }
}
