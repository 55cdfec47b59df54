//! Read and sign: opening the policy in force, answering its understanding check, signing,
//! and who has not yet.

use domain::casework::reading::{Reading, Wrong};
use domain::ids::UserId;
use domain::people::{Actor, Relation, Verb, require};
use domain::record::RecordFacts;
use domain::{Refusal, RefusalCode};
use jiff::ToSpan;
use jiff::civil::Date;
use store::ReadTx;

use super::live::InForce;
use super::save::{load_reading, save_reading};
use crate::app::App;
use crate::error::Error;

/// Days to read and sign a version, from the day it is opened or takes effect.
const DAYS: i64 = 28;

/// One person who reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// The account.
    pub user: UserId,
    /// Display name.
    pub name: String,
    /// `signed`, `tried`, `opened` or `not opened`.
    pub state: String,
}

/// How far the reading of the version in force is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readings {
    /// The version as people call it.
    pub label: String,
    /// How many active accounts there are.
    pub readers: u64,
    /// How many of them have signed.
    pub signed: u64,
    /// Who has not, in order of their names.
    pub outstanding: Vec<Reader>,
}

/// Opens the policy in force for the actor, or what they have done so far.
pub fn reading_open(app: &App, actor: &Actor) -> Result<Reading, Error> {
    require(actor, Verb::PolicyRead, Relation::None)?;
    let today = app.today();
    let known = app.store.read(|tx| {
        let in_force = app.policies.on(tx, today)?;
        opened(tx, &in_force, actor)
    })?;
    if let Some((reading, _)) = known {
        return Ok(reading);
    }
    app.store.write(&app.origin(actor), |tx| {
        let in_force = app.policies.on(tx, today)?;
        // Another window of the same person may have opened it meanwhile.
        if let Some((reading, _)) = opened(tx, &in_force, actor)? {
            return Ok(reading);
        }
        let reading = fresh(&in_force, actor, today);
        save_reading(tx, &reading, 0, "reading-open")?;
        Ok(reading)
    })
}

/// Answers the understanding check; the wrong answers come back with their clauses.
///
/// # Errors
/// `READ-002` once signed, `FORM-001` for an answer that was not offered.
pub fn reading_answer(app: &App, actor: &Actor, answers: &[(String, usize)]) -> Result<(Reading, Vec<Wrong>), Error> {
    change(app, actor, "reading-answer", |reading, in_force, today| reading.answer(in_force.policy.understanding(), answers, today))
}

/// Signs that the version in force was read and understood.
///
/// # Errors
/// `READ-001` before the check is passed, `READ-002` when it was signed before.
pub fn reading_sign(app: &App, actor: &Actor) -> Result<Reading, Error> {
    change(app, actor, "reading-sign", |reading, in_force, today| Ok((reading.sign(in_force.policy.understanding(), today)?, ())))
        .map(|(reading, ())| reading)
}

fn change<T>(
    app: &App,
    actor: &Actor,
    verb: &'static str,
    rule: impl Fn(Reading, &InForce, Date) -> Result<(Reading, T), Refusal>,
) -> Result<(Reading, T), Error> {
    require(actor, Verb::PolicyRead, Relation::None)?;
    let today = app.today();
    app.store.write(&app.origin(actor), |tx| {
        let in_force = app.policies.on(tx, today)?;
        let (reading, at) = opened(tx, &in_force, actor)?
            .ok_or_else(|| Refusal::new(RefusalCode::ReadingNotPassed, "The policy was not opened yet, or a newer version holds now."))?;
        let (next, told) = rule(reading, &in_force, today)?;
        save_reading(tx, &next, at, verb)?;
        Ok((next, told))
    })
}

fn opened(tx: &mut ReadTx<'_>, in_force: &InForce, actor: &Actor) -> Result<Option<(Reading, u64)>, Error> {
    load_reading(tx, &Reading::id_of(&in_force.key(), &actor.user))
}

fn fresh(in_force: &InForce, actor: &Actor, today: Date) -> Reading {
    let key = in_force.key();
    let facts = RecordFacts {
        id: Reading::id_of(&key, &actor.user),
        reference: String::new(),
        owner: Some(actor.user.clone()),
        assigned: Vec::new(),
        logged_by: actor.user.clone(),
        hold: false,
    };
    let from = in_force.effective.map_or(today, |effective| effective.max(today));
    Reading::open(facts, &key, today, from.saturating_add(DAYS.days()))
}

/// Who has signed the version in force, and who has not.
pub fn readings(app: &App, actor: &Actor) -> Result<Readings, Error> {
    require(actor, Verb::DutySee, Relation::NotInvolved)?;
    app.store.read(|tx| {
        let in_force = app.policies.on(tx, app.today())?;
        let (mut found, mut after) = (Readings { label: in_force.label(), readers: 0, signed: 0, outstanding: Vec::new() }, String::new());
        loop {
            let users = tx.user_list(&after, 100)?;
            let Some(last) = users.last() else { break };
            after.clone_from(&last.id);
            for user in users.iter().filter(|user| user.state == "active") {
                let id = UserId::new(user.id.clone());
                let state = tx.record_head(Reading::id_of(&in_force.key(), &id).as_str())?.map(|head| head.head.state);
                found.readers += 1;
                if state.as_deref() == Some("signed") {
                    found.signed += 1;
                } else {
                    let name = crate::accounts::display_name_of(user);
                    found.outstanding.push(Reader { user: id, name, state: state.unwrap_or_else(|| "not opened".to_owned()) });
                }
            }
        }
        found.outstanding.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    })
}
