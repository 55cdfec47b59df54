//! A storm is contained and nothing of it is lost: what one block of addresses sends beyond the
//! limit of an hour is held, sealed and with its reference, until a person makes cases of it or
//! sets it aside. The clock of a case made later still starts the day it was sent.

use domain::calendar::{Division, When, acknowledgement_deadline};
use domain::casework::ClockState;
use domain::ids::{RecordId, SubjectId, UserId};
use domain::people::{Actor, Relation, Verb, require};
use domain::personal::Personal;
use domain::{Refusal, RefusalCode};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{ClockRow, Order, ReadTx, RecordHead, RecordQuery, SaveRecord, WriteTx};

use super::send::{Sending, What, confirm, record};
use crate::app::{App, end_of_day_us};
use crate::error::Error;
use crate::policy::clock_row;
use crate::ports::Failure;
use crate::requests;

/// The kind of record.
const KIND: &str = "portal-held";
/// The clock of a held message: when an answer would be due.
const CLOCK: &str = "inbox:held";
/// Messages shown and dealt with at once.
const PAGE: u64 = 100;
/// Characters of a message that the list shows.
const GLIMPSE: usize = 160;

/// A held message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Held {
    reference: String,
    subject: SubjectId,
    sent_us: i64,
    sending: Personal<Sending>,
    /// The case it became, or why it was set aside, and by whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    settled: Option<Settled>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Settled {
    by: UserId,
    case: Option<RecordId>,
    reason: Personal<String>,
}

/// A held message as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// The record.
    pub id: RecordId,
    /// The reference the visitor was given.
    pub reference: String,
    /// When it was sent.
    pub sent: Timestamp,
    /// Its beginning.
    pub glimpse: String,
}

/// Holds a message: it gets the reference its case will have.
pub(super) fn hold(app: &App, tx: &mut WriteTx<'_>, sending: &Sending) -> Result<String, Error> {
    let year = app.today().year();
    let kind = if matches!(sending.what, What::Complaint(_)) { "CMP" } else { "SAR" };
    let number = tx.sequence_next(&format!("{kind}-{year}"))?;
    let subject = SubjectId::new(app.ids.fresh());
    tx.subject_create(subject.as_str())?;
    let held = Held {
        reference: format!("{kind}-{year}-{number:04}"),
        sent_us: tx.at_us(),
        sending: Personal::known(&subject, sending.clone()),
        settled: None,
        subject,
    };
    // Its time runs: whoever deals with it is reminded by the day an answer would be due.
    let due = due(app, tx, sending.what)?;
    save_due(tx, &app.ids.fresh(), &held, ("held", 0), "portal-held", due)?;
    Ok(held.reference)
}

/// By when a held message would have to be answered, or acknowledged where it is a complaint.
fn due(app: &App, tx: &mut WriteTx<'_>, what: What) -> Result<Option<Date>, Error> {
    if !matches!(what, What::Complaint(_)) {
        return requests::would_be_due(app, tx, app.today());
    }
    let division = app.policies.on(tx, app.today())?.policy.division().unwrap_or(Division::EnglandAndWales);
    Ok(acknowledgement_deadline(app.today(), division, &app.calendar, None)?.due.map(When::date))
}

fn save(tx: &mut WriteTx<'_>, id: &str, held: &Held, at: (&str, u64), verb: &str) -> Result<(), Error> {
    save_due(tx, id, held, at, verb, None)
}

fn save_due(tx: &mut WriteTx<'_>, id: &str, held: &Held, (state, at): (&str, u64), verb: &str, due: Option<Date>) -> Result<(), Error> {
    let clocks: Vec<ClockRow> = due.map(|due| clock_row(CLOCK.to_owned(), ClockState::Running(due), None)).into_iter().collect();
    let body = serde_json::to_value(held).map_err(|error| Failure::because("writing a held message", error))?;
    let head = RecordHead {
        id: id.to_owned(),
        kind: KIND.to_owned(),
        reference: held.reference.clone(),
        state: state.to_owned(),
        owner: None,
        due_us: due.map(end_of_day_us),
        hold: false,
    };
    tx.record_save(SaveRecord { head, body: &body, expected_version: at, verb, reason: "portal", clocks: &clocks, tokens: &[] })?;
    Ok(())
}

fn load(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Option<(Held, u64)>, Error> {
    let stored = tx.record_get(id.as_str())?.filter(|stored| stored.head.kind == KIND && stored.head.state == "held");
    stored
        .map(|stored| {
            let held = serde_json::from_value(stored.body).map_err(|error| Failure::because("reading a held message", error))?;
            Ok((held, stored.version))
        })
        .transpose()
}

/// How many messages are held.
///
/// # Errors
/// `AUTH-001` for roles that may not deal with them.
pub fn held_count(app: &App, actor: &Actor) -> Result<u64, Error> {
    require(actor, Verb::PortalHeld, Relation::None)?;
    let counts = app.store.read(|tx| tx.record_counts(KIND))?;
    Ok(counts.into_iter().filter(|(state, _)| state == "held").map(|(_, n)| n).sum())
}

/// The held messages, oldest reference first, at most 100. Looking is logged.
///
/// # Errors
/// `AUTH-001` for roles that may not deal with them.
pub fn held(app: &App, actor: &Actor) -> Result<Vec<HeldRow>, Error> {
    require(actor, Verb::PortalHeld, Relation::None)?;
    let query = RecordQuery {
        kind: KIND.to_owned(),
        states: vec!["held".to_owned()],
        order: Order::Reference,
        limit: PAGE,
        ..RecordQuery::default()
    };
    app.store.write(&app.origin(actor), |tx| {
        let mut rows = Vec::new();
        for listed in tx.record_list(&query)? {
            let id = RecordId::new(listed.head.id);
            let Some((held, _)) = load(tx, &id)? else { continue };
            tx.log_read(id.as_str(), "see", "portal")?;
            let glimpse = held.sending.get().map_or_else(
                || "[erased]".to_owned(),
                |sending| format!("{}: {}", sending.name, sending.words).chars().take(GLIMPSE).collect(),
            );
            rows.push(HeldRow {
                id,
                reference: held.reference,
                sent: Timestamp::from_microsecond(held.sent_us).unwrap_or_default(),
                glimpse,
            });
        }
        Ok(rows)
    })
}

/// Makes cases of held messages, received on the day each was sent. Returns how many. What
/// somebody else dealt with meanwhile is left as it is.
///
/// # Errors
/// `AUTH-001` for roles that may not deal with them.
pub fn take_held(app: &App, actor: &Actor, ids: &[RecordId]) -> Result<u64, Error> {
    require(actor, Verb::PortalHeld, Relation::None)?;
    app.store.write(&app.origin(actor), |tx| {
        let mut made = 0;
        for id in ids.iter().take(PAGE as usize) {
            let Some((held, at)) = load(tx, id)? else { continue };
            let Some(sending) = held.sending.get().cloned() else { continue };
            let sent = Timestamp::from_microsecond(held.sent_us).unwrap_or_else(|_| app.clock.now());
            let case = record(app, tx, &sending, sent, Some(&held.reference))?;
            confirm(app, tx, &case, &sending)?;
            let settled = Settled { by: actor.user.clone(), case: Some(case.id), reason: Personal::known(&held.subject, String::new()) };
            save(tx, id.as_str(), &Held { settled: Some(settled), ..held }, ("made", at), "portal-held-taken")?;
            made += 1;
        }
        Ok(made)
    })
}

/// Sets held messages aside, with the reason. They stay where they are, sealed.
///
/// # Errors
/// `REQ-002` without a reason, `AUTH-001` for roles that may not deal with them.
pub fn set_held_aside(app: &App, actor: &Actor, ids: &[RecordId], reason: &str) -> Result<u64, Error> {
    require(actor, Verb::PortalHeld, Relation::None)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::new(RefusalCode::ReasonNeeded, "").into());
    }
    app.store.write(&app.origin(actor), |tx| {
        let mut done = 0;
        for id in ids.iter().take(PAGE as usize) {
            let Some((held, at)) = load(tx, id)? else { continue };
            let reason = Personal::known(&held.subject, reason.to_owned());
            let settled = Settled { by: actor.user.clone(), case: None, reason };
            save(tx, id.as_str(), &Held { settled: Some(settled), ..held }, ("aside", at), "portal-held-aside")?;
            done += 1;
        }
        Ok(done)
    })
}
