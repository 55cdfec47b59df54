//! The duties that are open, and one of them.

use domain::casework::duty::{Begun, Duty, Holder, Stage};
use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, may, require};
use domain::policy::Policy;
use jiff::civil::Date;
use store::{Keyset, Order, ReadTx, RecordQuery};

use super::duty_done::stopped_by;
use super::save::{DUTY_KIND, load_duty};
use crate::accounts::policy_roles;
use crate::app::App;
use crate::error::Error;

/// The role that everybody with an account holds.
const EVERYBODY: &str = "staff";
/// Rows read at once, and open duties shown at most.
const PAGE: u64 = 100;
const MOST_ROWS: usize = 1_000;

/// One open duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRow {
    /// The duty.
    pub duty: Duty,
    /// The record's version, sent back with every change.
    pub at: u64,
    /// Calendar days until it is due; negative when overdue.
    pub days_left: Option<i32>,
    /// The title of the role that does it.
    pub role_title: String,
    /// Whether the actor may do it.
    pub may_do: bool,
    /// Whether it is the actor's own: they hold its role, or logged its event.
    pub mine: bool,
}

/// Everything a page about one duty shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyView {
    /// The duty with its dates.
    pub row: DutyRow,
    /// Who holds the role now: who may sign, in person or on paper.
    pub holders: Vec<Holder>,
    /// Further triggers that its clock takes and that have not been given.
    pub triggers: Vec<String>,
    /// The references of open requests because of which nothing may be destroyed now.
    pub stopped_by: Vec<String>,
}

/// The open duties that the actor may see, earliest due first.
pub fn duties(app: &App, actor: &Actor) -> Result<Vec<DutyRow>, Error> {
    app.store.read(|tx| {
        let policy = std::sync::Arc::clone(&app.policies.on(tx, app.today())?.policy);
        let held = policy_roles(tx, actor.user.as_str())?;
        let (mut rows, mut after): (Vec<DutyRow>, Option<Keyset>) = (Vec::new(), None);
        while rows.len() < MOST_ROWS {
            let query = RecordQuery {
                kind: DUTY_KIND.to_owned(),
                states: vec!["open".to_owned()],
                order: Order::DueFirst,
                after: after.take(),
                limit: PAGE,
                ..RecordQuery::default()
            };
            let listed = tx.record_list(&query)?;
            let Some(last) = listed.last() else { break };
            after = Some(Keyset::after(Order::DueFirst, last));
            for head in &listed {
                let (duty, at) = load_duty(tx, &RecordId::new(head.head.id.clone()))?;
                if may(actor, Verb::DutySee, relation(&duty, actor, &policy, &held)) {
                    rows.push(row(duty, at, (actor, &held), &policy, app.today()));
                }
            }
        }
        Ok(rows)
    })
}

/// One duty.
///
/// # Errors
/// Not found also when the actor may not see it.
pub fn duty_see(app: &App, actor: &Actor, id: &RecordId) -> Result<DutyView, Error> {
    app.store.read(|tx| {
        let policy = std::sync::Arc::clone(&app.policies.on(tx, app.today())?.policy);
        let (duty, at) = load_for(tx, actor, id, Verb::DutySee, &policy)?;
        let taken = duty.begun.triggers().clone();
        let rule = policy.rule(&duty.terms.rule).ok();
        let triggers = match (&duty.begun, rule) {
            (Begun::Event { .. }, Some(rule)) => {
                rule.trigger_names().filter(|name| !taken.contains_key(*name)).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        let held = policy_roles(tx, actor.user.as_str())?;
        let holders = holders(&policy, &duty.terms.role, actor, &held);
        let stopped_by = stopped_by(tx, &duty, &policy)?;
        Ok(DutyView { row: row(duty, at, (actor, &held), &policy, app.today()), holders, triggers, stopped_by })
    })
}

/// Loads a duty the actor may `verb`. Missing and invisible look the same.
pub(super) fn load_for(tx: &mut ReadTx<'_>, actor: &Actor, id: &RecordId, verb: Verb, policy: &Policy) -> Result<(Duty, u64), Error> {
    let (duty, at) = load_duty(tx, id)?;
    let held = policy_roles(tx, actor.user.as_str())?;
    let relation = relation(&duty, actor, policy, &held);
    require(actor, Verb::DutySee, relation).map_err(|_| Error::NotFound)?;
    require(actor, verb, relation)?;
    Ok((duty, at))
}

/// How the actor stands to a duty: involved who logged it, and who holds its role.
pub(super) fn relation(duty: &Duty, actor: &Actor, policy: &Policy, held: &[String]) -> Relation {
    let holders = holders(policy, &duty.terms.role, actor, held);
    let holds = duty.terms.role == EVERYBODY || holders.iter().any(|holder| holder.id == actor.user.as_str());
    let by_name = holders.iter().any(|holder| same_name(&holder.name, &actor.name));
    if holds || by_name { Relation::Involved } else { duty.facts.relation(actor) }
}

/// Who holds a role: those of the policy's directory, the actor when their account holds it (`held`), and for
/// the role of everybody whoever acts.
pub(super) fn holders(policy: &Policy, role: &str, actor: &Actor, held: &[String]) -> Vec<Holder> {
    let listed = policy.directory().iter().filter(|person| person.roles.iter().any(|held| held == role));
    let mut holders: Vec<Holder> = listed.map(|person| Holder { id: person.id.clone(), name: person.name.clone() }).collect();
    let theirs = role == EVERYBODY || held.iter().any(|one| one == role);
    if theirs && !holders.iter().any(|holder| same_name(&holder.name, &actor.name)) {
        holders.push(Holder { id: actor.user.to_string(), name: actor.name.clone() });
    }
    holders
}

fn same_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

fn row(duty: Duty, at: u64, (actor, held): (&Actor, &[String]), policy: &Policy, today: Date) -> DutyRow {
    let days_left = duty.due_on().and_then(|due| today.until(due.date()).ok()).map(|span| span.get_days());
    let role_title = policy.role(&duty.terms.role).map_or_else(|| duty.terms.role.clone(), |role| role.title.clone());
    let relation = relation(&duty, actor, policy, held);
    let may_do = duty.stage == Stage::Open && may(actor, Verb::DutyDo, relation);
    DutyRow { duty, at, days_left, role_title, may_do, mine: relation == Relation::Involved }
}
