//! The one way a message is read and saved.

use std::io::Read;

use domain::casework::ClockState;
use domain::casework::message::{Message, Sort, Stage};
use domain::ids::RecordId;
use store::{ClockRow, NewBlob, ReadTx, RecordHead, SaveRecord, SearchToken, WriteTx};

use crate::app::{App, end_of_day_us};
use crate::error::Error;
use crate::policy::clock_row;
use crate::ports::Failure;

/// The kind of record in lists.
pub(crate) const KIND: &str = "message";
/// The clock of a message that looks like a request: when an answer would be due.
pub(crate) const CLOCK: &str = "inbox:request";
/// The clock whose state names the case that a message belongs to.
const CASE: &str = "case";
/// The clock whose state names the first message of a flood.
const FLOOD: &str = "flood";

/// A message with its version, as the program itself sees it.
pub(super) fn load(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Option<(Message, u64)>, Error> {
    let stored = tx.record_get(id.as_str())?.filter(|stored| stored.head.kind == KIND && stored.head.state != store::ERASED);
    stored
        .map(|stored| {
            let message = serde_json::from_value(stored.body).map_err(|error| Failure::because("reading a stored message", error))?;
            Ok((message, stored.version))
        })
        .transpose()
}

/// Appends the next version of a message.
pub(super) fn save(tx: &mut WriteTx<'_>, message: &Message, expected: u64, verb: &'static str) -> Result<u64, Error> {
    let body = serde_json::to_value(message).map_err(|error| Failure::because("writing a message", error))?;
    let state = message.state();
    let due = message.would_be_due.filter(|_| state == "decide");
    let mut clocks: Vec<ClockRow> = due.map(|due| clock_row(CLOCK.to_owned(), ClockState::Running(due), None)).into_iter().collect();
    let names = message.about.as_ref().filter(|_| matches!(message.sort, Sort::Reply | Sort::Claim));
    clocks.extend(message.case().or(names).map(|case| named(CASE, case)));
    if let Stage::Flood { first } = &message.stage {
        clocks.push(named(FLOOD, first));
    }
    let letter = message.letter.get();
    let found_by = letter.map(|letter| [letter.from.clone(), letter.from_name.clone(), letter.title.clone()]).unwrap_or_default();
    let mut tokens: Vec<SearchToken<'_>> = found_by.iter().map(|text| SearchToken::of(message.subject.as_str(), text)).collect();
    tokens.push(SearchToken::plain(&message.facts.reference));
    Ok(tx.record_save(SaveRecord {
        head: RecordHead {
            id: message.facts.id.to_string(),
            kind: KIND.to_owned(),
            reference: message.facts.reference.clone(),
            state: state.to_owned(),
            owner: None,
            due_us: due.map(end_of_day_us),
            hold: message.facts.hold,
        },
        body: &body,
        expected_version: expected,
        verb,
        reason: "inbox",
        clocks: &clocks,
        tokens: &tokens,
    })?)
}

/// A clock that never runs: its state is a record, so that what belongs to it can be listed.
fn named(name: &str, record: &RecordId) -> ClockRow {
    ClockRow { name: name.to_owned(), due_us: None, state: record.to_string() }
}

/// Keeps the message as it came, under its subject's key.
pub(super) fn attach(app: &App, tx: &mut WriteTx<'_>, message: &Message, bytes: &[u8]) -> Result<(), Error> {
    let blob = NewBlob {
        id: &app.ids.fresh(),
        record: message.facts.id.as_str(),
        subject: Some(message.subject.as_str()),
        name: "message.eml",
        mime: "message/rfc822",
    };
    app.store.blob_put(tx, &blob, bytes)?;
    Ok(())
}

/// The message as it came; nothing when it was erased.
pub(super) fn original(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Vec<u8>, Error> {
    let Some(meta) = tx.blob_list(id.as_str())?.into_iter().next() else { return Ok(Vec::new()) };
    let Some((_, mut reader)) = tx.blob_open(&meta.id)? else { return Ok(Vec::new()) };
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|error| Failure::because("reading a stored message", error))?;
    Ok(bytes)
}

/// The messages that belong to a case or claim to, first come first, at most 50.
pub(crate) fn of_case(tx: &mut ReadTx<'_>, case: &RecordId) -> Result<Vec<RecordId>, Error> {
    named_by(tx, CASE, case, 50)
}

/// How many messages came in the flood that began with one, at most 500 counted.
pub(super) fn in_flood(tx: &mut ReadTx<'_>, first: &RecordId) -> Result<u64, Error> {
    Ok(tx.tally_of(FLOOD, first.as_str())?)
}

fn named_by(tx: &mut ReadTx<'_>, name: &str, record: &RecordId, limit: u64) -> Result<Vec<RecordId>, Error> {
    let below = format!("{record}\u{1}");
    let rows = tx.clocks_in_state(name, (record.as_str(), &below), None, limit)?;
    Ok(rows.into_iter().map(|row| RecordId::new(row.record.head.id)).collect())
}
