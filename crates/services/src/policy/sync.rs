//! Opening the duties that the policy in force asks for, revising those it asks for
//! otherwise, closing those it no longer asks for. Safe to run at any time, any number of times.

use std::collections::{BTreeMap, BTreeSet};

use domain::calendar::{Kind, When};
use domain::casework::ClockState;
use domain::casework::duty::{Begun, Duty, Terms, due};
use domain::ids::{RecordId, UserId};
use domain::record::RecordFacts;
use jiff::civil::Date;
use store::{Origin, WriteTx};

use super::live::InForce;
use super::save::{load_duty, save_duty};
use crate::app::App;
use crate::error::Error;

/// Open periods of one duty looked at, at most; there is normally one.
const MOST_OPEN: u64 = 100;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Synced {
    /// Duties opened.
    pub opened: u64,
    /// Duties with new terms.
    pub revised: u64,
    /// Duties closed because the policy no longer asks for them.
    pub dropped: u64,
}

/// Brings the duties in line with the policy in force today. `by` names the part of the
/// system that asks, e.g. `worker`.
pub fn sync_duties(app: &App, by: &str) -> Result<Synced, Error> {
    let origin = Origin { actor: by.to_owned(), at_us: app.now_us() };
    app.store.write(&origin, |tx| {
        let in_force = app.policies.on(tx, app.today())?;
        sync_in(app, tx, &in_force)
    })
}

/// The same in a running transaction, for a policy that may not have been committed yet.
pub(super) fn sync_in(app: &App, tx: &mut WriteTx<'_>, in_force: &InForce) -> Result<Synced, Error> {
    let asked: BTreeMap<String, Terms> = in_force
        .policy
        .duties()
        .iter()
        .map(Terms::of)
        .filter(|terms| comes_round(in_force, terms))
        .map(|terms| (terms.clock_name(), terms))
        .collect();
    let mut synced = Synced::default();
    let open = open_clocks(tx)?;
    for (name, terms) in &asked {
        if open.contains(name) {
            for id in open_periods(tx, name)? {
                synced.revised += u64::from(revise(app, tx, in_force, &id, terms)?);
            }
        } else {
            let from = last_done(tx, name)?.unwrap_or_else(|| first_day(app, in_force, terms));
            open_period(app, tx, in_force, terms.clone(), from)?;
            synced.opened += 1;
        }
    }
    for name in open.iter().filter(|name| !asked.contains_key(*name)) {
        for id in open_periods(tx, name)? {
            synced.dropped += u64::from(drop_period(app, tx, &id)?);
        }
    }
    Ok(synced)
}

/// Whether a duty comes round of itself. What expires waits until its day is logged.
fn comes_round(in_force: &InForce, terms: &Terms) -> bool {
    let expires = in_force.policy.rule(&terms.rule).is_ok_and(|rule| matches!(rule.kind, Kind::Expiry { .. }));
    terms.comes_round() && !(expires && terms.every.is_none())
}

/// The names of clocks of duties that run or wait.
fn open_clocks(tx: &mut WriteTx<'_>) -> Result<BTreeSet<String>, Error> {
    let mut names = BTreeSet::new();
    for word in ["running", "paused"] {
        let (from, below) = ClockState::all_keys(word);
        names.extend(tx.tally_list(&from, &below)?.into_iter().map(|tally| tally.name).filter(|name| name.starts_with("duty:")));
    }
    Ok(names)
}

fn open_periods(tx: &mut WriteTx<'_>, name: &str) -> Result<Vec<RecordId>, Error> {
    let mut ids = Vec::new();
    for word in ["running", "paused"] {
        let (from, below) = ClockState::all_keys(word);
        let found = tx.clocks_in_state(name, (&from, &below), None, MOST_OPEN)?;
        ids.extend(found.into_iter().map(|of| RecordId::new(of.record.head.id)));
    }
    Ok(ids)
}

/// The day a duty was last done, in time or late.
fn last_done(tx: &mut WriteTx<'_>, name: &str) -> Result<Option<Date>, Error> {
    let mut last = None;
    for word in ["kept", "late"] {
        let (from, below) = ClockState::all_keys(word);
        let state = tx.tally_list(&from, &below)?.into_iter().find(|tally| tally.name == name).map(|tally| tally.last);
        let day = state.and_then(|state| ClockState::from_key(&state)).and_then(|state| match state {
            ClockState::Kept(day) | ClockState::Late(day) => Some(day),
            _ => None,
        });
        last = last.max(day);
    }
    Ok(last)
}

/// From when a duty counts that was never done: today, or the adoption where its clock says so.
fn first_day(app: &App, in_force: &InForce, terms: &Terms) -> Date {
    let today = app.today();
    let from_adoption = in_force.policy.rule(&terms.rule).is_ok_and(|rule| rule.trigger.to_lowercase().contains("adopt"));
    if from_adoption { in_force.adopted_on().unwrap_or(today) } else { today }
}

/// A period with the day that the board has set, where the clock takes one.
fn begun(in_force: &InForce, terms: &Terms, started: Date) -> Begun {
    let mut set = BTreeMap::new();
    if let Ok(rule) = in_force.policy.rule(&terms.rule)
        && let Kind::Review { set_by: Some(name), .. } = &rule.kind
        && let Some(day) = in_force.next_review().filter(|day| *day > started)
    {
        set.insert(name.clone(), When::from(day));
    }
    Begun::Interval { started, set }
}

/// Opens the next period of a duty.
pub(super) fn open_period(app: &App, tx: &mut WriteTx<'_>, in_force: &InForce, terms: Terms, started: Date) -> Result<RecordId, Error> {
    let begun = begun(in_force, &terms, started);
    let due = due(&terms, &begun, &in_force.policy, &app.calendar)?;
    let duty = Duty::open(fresh_facts(app, tx)?, terms, begun, due);
    save_duty(tx, &duty, 0, "duty-open")?;
    Ok(duty.facts.id)
}

/// The facts of a new duty. Nobody owns it: it is the role's.
pub(super) fn fresh_facts(app: &App, tx: &mut WriteTx<'_>) -> Result<RecordFacts, Error> {
    let number = tx.sequence_next("DUTY")?;
    Ok(RecordFacts {
        id: RecordId::new(app.ids.fresh()),
        reference: format!("DUTY-{number:04}"),
        owner: None,
        assigned: Vec::new(),
        logged_by: UserId::new(tx.actor()),
        hold: false,
    })
}

fn revise(app: &App, tx: &mut WriteTx<'_>, in_force: &InForce, id: &RecordId, terms: &Terms) -> Result<bool, Error> {
    let (duty, version) = load_duty(tx, id)?;
    let Begun::Interval { started, .. } = duty.begun else { return Ok(false) };
    let begun = begun(in_force, terms, started);
    let deadline = due(terms, &begun, &in_force.policy, &app.calendar)?;
    if duty.terms == *terms && duty.begun == begun && duty.due_on() == deadline.alert() {
        return Ok(false);
    }
    save_duty(tx, &duty.revise(terms.clone(), begun, deadline)?, version, "duty-revise")?;
    Ok(true)
}

fn drop_period(app: &App, tx: &mut WriteTx<'_>, id: &RecordId) -> Result<bool, Error> {
    let (duty, version) = load_duty(tx, id)?;
    // What has to follow an event that happened stays owed, whatever the policy says later.
    if matches!(duty.begun, Begun::Event { .. }) {
        return Ok(false);
    }
    let dropped = duty.drop_it("The policy in force no longer asks for it.", app.today())?;
    save_duty(tx, &dropped, version, "duty-drop")?;
    Ok(true)
}
