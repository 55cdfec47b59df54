//! The one way a record of the policy is read and saved.

use domain::casework::ClockState;
use domain::casework::duty::Duty;
use domain::casework::policy_version::{PolicyVersion, Register};
use domain::casework::reading::Reading;
use domain::ids::RecordId;
use domain::record::RecordFacts;
use domain::{Refusal, RefusalCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{ClockRow, ReadTx, RecordHead, SaveRecord, WriteTx};

use crate::app::end_of_day_us;
use crate::error::Error;
use crate::ports::Failure;

/// The record of the register of versions. There is one.
pub(super) const REGISTER: &str = "policy";
/// The kind of the register's record.
const REGISTER_KIND: &str = "policy-register";
/// The kind of a version in lists.
pub(super) const VERSION_KIND: &str = "policy";
/// The kind of a duty in lists.
pub(super) const DUTY_KIND: &str = "duty";
/// The kind of a reading in lists.
pub(super) const READING_KIND: &str = "reading";

/// A clock as the store keeps it.
pub(crate) fn clock_row(name: String, state: ClockState, due_us: Option<i64>) -> ClockRow {
    let due_us = if let ClockState::Running(day) = state { due_us.or_else(|| Some(end_of_day_us(day))) } else { None };
    ClockRow { name, due_us, state: state.to_string() }
}

/// A record about to be saved.
struct Saving<'a, T> {
    kind: &'a str,
    facts: &'a RecordFacts,
    state: &'a str,
    body: &'a T,
    clock: Option<ClockRow>,
}

fn put<T: Serialize>(tx: &mut WriteTx<'_>, saving: &Saving<'_, T>, expected: u64, verb: &'static str) -> Result<u64, Error> {
    let body = serde_json::to_value(saving.body).map_err(|error| Failure::because("writing a record of the policy", error))?;
    let facts = saving.facts;
    Ok(tx.record_save(SaveRecord {
        head: RecordHead {
            id: facts.id.to_string(),
            kind: saving.kind.to_owned(),
            reference: facts.reference.clone(),
            state: saving.state.to_owned(),
            owner: facts.owner.as_ref().map(ToString::to_string),
            due_us: saving.clock.as_ref().and_then(|clock| clock.due_us),
            hold: facts.hold,
        },
        body: &body,
        expected_version: expected,
        verb,
        reason: "policy",
        clocks: saving.clock.as_slice(),
        tokens: &[],
    })?)
}

fn get<T: DeserializeOwned>(tx: &mut ReadTx<'_>, kind: &str, id: &RecordId) -> Result<Option<(T, u64)>, Error> {
    let stored = tx.record_get(id.as_str())?.filter(|stored| stored.head.kind == kind && stored.head.state != store::ERASED);
    stored
        .map(|stored| {
            let body = serde_json::from_value(stored.body).map_err(|error| Failure::because("reading a record of the policy", error))?;
            Ok((body, stored.version))
        })
        .transpose()
}

/// The register with the version it was read at; empty and 0 before the first draft.
pub(super) fn read_register(tx: &mut ReadTx<'_>) -> Result<(Register, u64), Error> {
    Ok(get(tx, REGISTER_KIND, &RecordId::new(REGISTER))?.unwrap_or_default())
}

/// Saves versions and, with them in the same transaction, the register.
pub(super) fn save_versions(tx: &mut WriteTx<'_>, changed: &[(&PolicyVersion, u64)], verb: &'static str) -> Result<u64, Error> {
    let (mut register, at) = read_register(tx)?;
    let mut saved = 0;
    for (version, expected) in changed {
        let saving = Saving { kind: VERSION_KIND, facts: &version.facts, state: version.stage.key(), body: *version, clock: None };
        saved = put(tx, &saving, *expected, verb)?;
        register.put(version);
    }
    let facts = RecordFacts {
        id: RecordId::new(REGISTER),
        reference: String::new(),
        owner: None,
        assigned: Vec::new(),
        logged_by: domain::ids::UserId::new(tx.actor()),
        hold: false,
    };
    put(tx, &Saving { kind: REGISTER_KIND, facts: &facts, state: "kept", body: &register, clock: None }, at, verb)?;
    Ok(saved)
}

/// A version of the policy.
pub(super) fn load_version(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<(PolicyVersion, u64), Error> {
    get(tx, VERSION_KIND, id)?.ok_or(Error::NotFound)
}

/// A version of the policy, if nobody has changed it since `expected`.
pub(super) fn load_version_at(tx: &mut ReadTx<'_>, id: &RecordId, expected: u64) -> Result<PolicyVersion, Error> {
    let (version, found) = load_version(tx, id)?;
    unchanged(found, expected).map(|()| version)
}

/// Refuses when somebody else saved a newer version meanwhile.
pub(super) fn unchanged(found: u64, expected: u64) -> Result<(), Error> {
    if found == expected { Ok(()) } else { Err(Refusal::new(RefusalCode::Conflict, "").into()) }
}

/// A duty.
pub(super) fn load_duty(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<(Duty, u64), Error> {
    get(tx, DUTY_KIND, id)?.ok_or(Error::NotFound)
}

/// Saves a duty with its clock.
pub(super) fn save_duty(tx: &mut WriteTx<'_>, duty: &Duty, expected: u64, verb: &'static str) -> Result<u64, Error> {
    let moment = duty.due_on().and_then(domain::calendar::When::instant).map(jiff::Timestamp::as_microsecond);
    let clock = Some(clock_row(duty.terms.clock_name(), duty.clock(), moment));
    put(tx, &Saving { kind: DUTY_KIND, facts: &duty.facts, state: duty.stage.key(), body: duty, clock }, expected, verb)
}

/// A reading, if it was opened.
pub(super) fn load_reading(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Option<(Reading, u64)>, Error> {
    get(tx, READING_KIND, id)
}

/// Saves a reading with its clock.
pub(super) fn save_reading(tx: &mut WriteTx<'_>, reading: &Reading, expected: u64, verb: &'static str) -> Result<u64, Error> {
    let clock = Some(clock_row(Reading::clock_name(&reading.policy), reading.clock(), None));
    put(tx, &Saving { kind: READING_KIND, facts: &reading.facts, state: reading.stage(), body: reading, clock }, expected, verb)
}
