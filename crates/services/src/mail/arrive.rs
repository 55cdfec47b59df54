//! A message arrives: what it looks like, where it belongs, what follows from it. All of it is
//! one transaction, so that a message is never half taken and never taken twice.

use domain::calendar::in_range;
use domain::casework::intake::Recognition;
use domain::casework::message::{Letter, Message, Signals, Sort, Sorted, Stage, sort};
use domain::casework::request::{Channel, Request};
use domain::ids::{RecordId, SubjectId, UserId};
use domain::people::{Actor, Standing};
use domain::personal::Personal;
use domain::record::RecordFacts;
use jiff::civil::Date;
use serde_json::json;
use store::{MailEnd, NewJob, NewMailIn, Origin, WriteTx};

use super::acknowledge::JOB;
use super::head::{Head, ids_of_domain, is_final, references};
use super::messages::{attach, load, save};
use crate::app::{App, london_date};
use crate::error::Error;
use crate::intake::{RequestMail, read_mail, received_by_server, received_on};
use crate::ports::Arrived;
use crate::requests::{self, ReceiveForm};

/// An hour in microseconds: the span in which messages of one sender count as a flood.
const HOUR_US: i64 = 3_600_000_000;
/// The span in which an earlier request of the same sender may still be open: three months.
const EARLIER_US: i64 = 92 * 24 * HOUR_US;
/// Earlier messages of a sender looked at.
const EARLIER: u64 = 20;

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// It was there before.
    Again,
    /// It lies in the inbox.
    Taken,
    /// It became a case.
    Request,
}

/// A message as it was read, before it is decided what it is.
struct Seen<'a> {
    bytes: &'a [u8],
    head: Head,
    fingerprint: String,
    received_on: Date,
    /// `None` in a flood: such messages are kept as they are. Also when it cannot be read.
    mail: Option<RequestMail>,
    whole: bool,
    flood: bool,
    /// Nothing said on which day it came.
    undated: bool,
    /// A person settles it: it is stored, and nothing follows from it.
    by_hand: bool,
}

/// How a message is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// With all that follows from it.
    Whole,
    /// Stored for a person, and nothing else: the way for a message with which something went wrong.
    ByHand,
}

/// Where in a mailbox a message lies. Without one, coming again is no news: it was only not yet put away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The mailbox.
    pub(super) mailbox: &'a str,
    /// The validity of its numbers.
    pub(super) validity: u64,
    /// The message's number.
    pub(super) number: u64,
}

/// Takes a message, and remembers in the same transaction that the mailbox was read so far. What a
/// rule refuses is stored for a person.
pub(super) fn arrive(app: &App, worker: &str, message: &Arrived, place: Option<Place<'_>>) -> Result<Arrival, Error> {
    match arrive_in(Way::Whole, app, worker, message, place) {
        Err(Error::Refused(_) | Error::NotFound) => arrive_in(Way::ByHand, app, worker, message, place),
        other => other,
    }
}

/// Takes a message one way.
pub(super) fn arrive_in(way: Way, app: &App, worker: &str, message: &Arrived, place: Option<Place<'_>>) -> Result<Arrival, Error> {
    let head = Head::read(&message.bytes);
    let origin = Origin { actor: worker.to_owned(), at_us: app.now_us() };
    if is_own_copy(app, &origin, &head)? {
        app.store.write_technical(&origin, |tx| remember(tx, place))?;
        return Ok(Arrival::Again);
    }
    let fingerprint = head.fingerprint(&message.bytes);
    let (known, flood) = app.store.read(|tx| {
        let since = origin.at_us - HOUR_US;
        let many = tx.mail_in_count(&bucket(&head), since)?.max(tx.mail_in_thread(&head.thread(), since)?);
        Ok::<_, Error>((tx.mail_in_get(&fingerprint)?.is_some(), many >= app.mail.most_an_hour))
    })?;
    if known {
        return again(app, &origin, &fingerprint, place);
    }
    let by_hand = way == Way::ByHand;
    let mail = if flood {
        None
    } else {
        match read(app, &message.bytes) {
            Err(_) if by_hand => None,
            read => read?,
        }
    };
    let (received_on, undated) = day_of_receipt(message, app.today());
    let whole = message.size <= message.bytes.len() as u64;
    let seen = Seen { bytes: &message.bytes, head, fingerprint, received_on, mail, whole, flood, undated, by_hand };
    app.store.write(&origin, |tx| {
        remember(tx, place)?;
        // Another worker may have taken it meanwhile.
        if tx.mail_in_get(&seen.fingerprint)?.is_some() {
            return Ok(Arrival::Again);
        }
        put(app, tx, worker, &seen)
    })
}

/// The day it reached us: as the receiving server wrote, else when the mailbox took it, else as the
/// sender wrote; and whether none of them says. A day that no calendar knows (a mailbox that was
/// restored may date everything 1970) is no answer.
fn day_of_receipt(message: &Arrived, today: Date) -> (Date, bool) {
    let by_mailbox = || message.at.map(london_date).and_then(|day| in_range(day).ok());
    let day = received_by_server(&message.bytes).or_else(by_mailbox).or_else(|| received_on(&message.bytes));
    (day.unwrap_or(today).min(today), day.is_none())
}

/// Whether it is the copy of a mail of ours. It proves that the mail went out.
fn is_own_copy(app: &App, origin: &Origin, head: &Head) -> Result<bool, Error> {
    let id = head.message_id();
    if app.mail.from.is_empty() || !sender_key(head).eq_ignore_ascii_case(&app.mail.from) || id.is_empty() {
        return Ok(false);
    }
    let Some(mail) = app.store.read(|tx| tx.mail_by_message_id(&id))? else { return Ok(false) };
    if matches!(mail.state.as_str(), "ready" | "sending" | "unknown") {
        app.store.write(origin, |tx| tx.mail_end(&mail.id, None, MailEnd::Sent, ""))?;
    }
    Ok(true)
}

fn again(app: &App, origin: &Origin, fingerprint: &str, place: Option<Place<'_>>) -> Result<Arrival, Error> {
    app.store.write_technical(origin, |tx| {
        if place.is_some() {
            tx.mail_in_again(fingerprint)?;
        }
        remember(tx, place)
    })?;
    Ok(Arrival::Again)
}

fn remember(tx: &mut WriteTx<'_>, place: Option<Place<'_>>) -> Result<(), Error> {
    if let Some(Place { mailbox, validity, number }) = place {
        tx.mail_place_set(mailbox, validity, number)?;
    }
    Ok(())
}

/// Reads a message in the confined reader; `None` when it cannot be read as one.
fn read(app: &App, bytes: &[u8]) -> Result<Option<RequestMail>, Error> {
    match read_mail(app.extractor.as_ref(), "message.eml", bytes) {
        Ok(mail) => Ok(Some(mail)),
        Err(Error::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Addresses are compared without regard to case.
fn sender_key(head: &Head) -> String {
    head.sender().to_ascii_lowercase()
}

/// What messages of one sender are counted by. Those that name nobody, or several, share one.
fn bucket(head: &Head) -> String {
    let sender = sender_key(head);
    if sender.is_empty() { "nobody".to_owned() } else { sender }
}

fn put(app: &App, tx: &mut WriteTx<'_>, worker: &str, seen: &Seen<'_>) -> Result<Arrival, Error> {
    let id = RecordId::new(app.ids.fresh());
    let year = seen.received_on.year();
    let reference = format!("IN-{year}-{:05}", tx.sequence_next(&format!("IN-{year}"))?);
    let flood = first_of_flood(app, tx, &seen.head)?;
    // By hand, nothing is read that may be what went wrong.
    let about = if seen.by_hand { None } else { case_named(tx, seen)? };
    let earlier = if seen.by_hand { Vec::new() } else { earlier(tx, &seen.head)? };
    let sorted = look(app, seen, about.as_ref(), !earlier.is_empty());
    let own = sorted.sort == Sort::OwnRequest && flood.is_none() && !seen.by_hand;
    let case = if own { Some(open_case(app, tx, worker, seen)?) } else { None };
    let subject = match &case {
        Some(case) => case.subject.clone(),
        None => SubjectId::new(app.ids.fresh()),
    };
    tx.subject_create(subject.as_str())?;
    let on = app.today();
    let stage = match (&case, flood) {
        (Some(case), _) => Stage::Request { case: case.facts.id.clone(), on },
        (None, Some(first)) => Stage::Flood { first },
        (None, None) => Stage::New,
    };
    let is_request = matches!(sorted.sort, Sort::OwnRequest | Sort::MaybeRequest);
    let message = Message {
        facts: RecordFacts { id: id.clone(), reference, owner: None, assigned: Vec::new(), logged_by: UserId::new(worker), hold: false },
        letter: Personal::known(&subject, letter(seen)),
        subject,
        received_on: seen.received_on,
        returned: if seen.by_hand { None } else { returned(app, tx, seen, sorted.sort)? },
        sort: sorted.sort,
        reasons: sorted.reasons,
        would_be_due: if is_request { due(app, tx, seen)? } else { None },
        about: about.map(|(request, _)| request.facts.id),
        earlier,
        size: seen.bytes.len() as u64,
        stage,
    };
    save(tx, &message, 0, "message-taken")?;
    attach(app, tx, &message, seen.bytes)?;
    tx.mail_in_put(&NewMailIn {
        fingerprint: &seen.fingerprint,
        record: id.as_str(),
        subject: message.subject.as_str(),
        message_id: &seen.head.message_id(),
        sender: &bucket(&seen.head),
        thread: &seen.head.thread(),
    })?;
    let Some(case) = case else { return Ok(Arrival::Taken) };
    if app.mail.acknowledge && app.mail.post.is_some() {
        let payload = json!({ "message": id.as_str() });
        let run_at_us = tx.at_us();
        tx.job_enqueue(&NewJob { id: &app.ids.fresh(), kind: JOB, record: Some(case.facts.id.as_str()), payload: &payload, run_at_us })?;
    }
    Ok(Arrival::Request)
}

/// When an answer would be due; nothing where no rule says.
fn due(app: &App, tx: &mut WriteTx<'_>, seen: &Seen<'_>) -> Result<Option<Date>, Error> {
    match requests::would_be_due(app, tx, seen.received_on) {
        Err(Error::Refused(_)) => Ok(None),
        Err(_) if seen.by_hand => Ok(None),
        due => due,
    }
}

/// What the message looks like.
fn look(app: &App, seen: &Seen<'_>, about: Option<&(Request, bool)>, repeated: bool) -> Sorted {
    let mut signals: Signals = seen.head.signals(&app.mail.from);
    signals.names_case = about.is_some();
    signals.known_to_case = about.is_some_and(|(_, known)| *known);
    signals.repeated = repeated;
    signals.unread = !seen.whole || seen.mail.as_ref().is_none_or(|mail| mail.unread);
    signals.closed = seen.mail.is_none() && !seen.flood;
    signals.undated = seen.undated;
    signals.by_hand = seen.by_hand;
    let nothing = Recognition { is_request: false, kinds: Vec::new(), on_behalf: false, own: false, reasons: Vec::new() };
    let read = seen.mail.as_ref().map_or(nothing, |mail| mail.recognition.clone());
    sort(&signals, &read)
}

fn letter(seen: &Seen<'_>) -> Letter {
    let mail = seen.mail.as_ref();
    Letter {
        from_name: mail.map(|mail| mail.from_name.clone()).unwrap_or_default(),
        from: Some(seen.head.sender())
            .filter(|sender| !sender.is_empty())
            .or_else(|| mail.map(|mail| mail.from_address.clone()))
            .unwrap_or_default(),
        to: mail.map(|mail| mail.to.clone()).unwrap_or_default(),
        title: mail.map_or_else(|| seen.head.title().to_owned(), |mail| mail.subject.clone()),
        words: mail.map(|mail| mail.words.trim().to_owned()).unwrap_or_default(),
        message_id: seen.head.message_id(),
        attachments: mail.map(|mail| mail.attachments.clone()).unwrap_or_default(),
    }
}

/// The first message of the flood that this one is part of.
fn first_of_flood(app: &App, tx: &mut WriteTx<'_>, head: &Head) -> Result<Option<RecordId>, Error> {
    let since = tx.at_us() - HOUR_US;
    let (sender, thread) = (bucket(head), head.thread());
    let many = tx.mail_in_count(&sender, since)? >= app.mail.most_an_hour;
    let first = if many {
        tx.mail_in_of(&sender, since, 1)?.into_iter().next()
    } else if tx.mail_in_thread(&thread, since)? >= app.mail.most_an_hour {
        tx.mail_in_of_thread(&thread, since)?
    } else {
        None
    };
    let Some(first) = first else { return Ok(None) };
    // The first of the last hour may itself be part of the flood of the hour before.
    let first = RecordId::new(first);
    Ok(Some(match load(tx, &first)?.map(|(message, _)| message.stage) {
        Some(Stage::Flood { first }) => first,
        _ => first,
    }))
}

/// The case that the message names or answers, and whether the case knows the sender's address.
fn case_named(tx: &mut WriteTx<'_>, seen: &Seen<'_>) -> Result<Option<(Request, bool)>, Error> {
    let title = seen.mail.as_ref().map_or(seen.head.title(), |mail| mail.subject.as_str());
    let mut ids: Vec<String> = Vec::new();
    for reference in references(title) {
        ids.extend(tx.record_by_reference(requests::KIND, &reference)?);
    }
    for answered in seen.head.answers() {
        ids.extend(tx.mail_by_message_id(&answered)?.and_then(|mail| mail.record));
        for record in tx.mail_in_by_message_id(&answered)? {
            let message = load(tx, &RecordId::new(record))?;
            ids.extend(message.and_then(|(message, _)| message.case().map(ToString::to_string)));
        }
    }
    let sender = sender_key(&seen.head);
    for id in ids {
        if let Some((request, _)) = requests::current(tx, &RecordId::new(id))? {
            let known = requests::knows_address(&request, &sender);
            return Ok(Some((request, known)));
        }
    }
    Ok(None)
}

/// Earlier messages of the sender that read as requests and may still be open.
fn earlier(tx: &mut WriteTx<'_>, head: &Head) -> Result<Vec<RecordId>, Error> {
    let (sender, since) = (sender_key(head), tx.at_us() - EARLIER_US);
    let mut found = if sender.is_empty() { Vec::new() } else { tx.mail_in_of(&sender, since, EARLIER)? };
    found.extend(tx.mail_in_by_message_id(&head.message_id())?);
    let mut earlier = Vec::new();
    for record in found {
        let record = RecordId::new(record);
        let Some((message, _)) = load(tx, &record)? else { continue };
        let asks = matches!(message.sort, Sort::OwnRequest | Sort::MaybeRequest) && !matches!(message.stage, Stage::Nothing { .. });
        if asks && !earlier.contains(&record) {
            earlier.push(record);
        }
    }
    Ok(earlier)
}

/// Marks the mail of ours that came back.
fn returned(app: &App, tx: &mut WriteTx<'_>, seen: &Seen<'_>, sort: Sort) -> Result<Option<String>, Error> {
    if sort != Sort::Bounce {
        return Ok(None);
    }
    let mut ids = ids_of_domain(seen.bytes, app.mail.domain());
    ids.extend(seen.head.answers());
    for id in ids {
        if let Some(mail) = tx.mail_by_message_id(&id)? {
            if is_final(seen.bytes) {
                tx.mail_end(&mail.id, None, MailEnd::Bounced, "returned")?;
            }
            return Ok(Some(mail.id));
        }
    }
    Ok(None)
}

/// A clear request of somebody for themselves becomes a case.
fn open_case(app: &App, tx: &mut WriteTx<'_>, worker: &str, seen: &Seen<'_>) -> Result<Request, Error> {
    let mail = seen.mail.as_ref().ok_or(Error::NotFound)?;
    let form = ReceiveForm {
        channel: Channel::Email,
        received_on: seen.received_on,
        received_by: mail.to.first().cloned().unwrap_or_default(),
        words: format!("{}\n\n{}", mail.subject, mail.words.trim()),
        person: mail.person(),
        on_behalf: None,
    };
    let actor = Actor { user: UserId::new(worker), name: String::new(), roles: Vec::new(), standing: Standing::Active };
    requests::record_mail(app, tx, &actor, &form, &mail.recognition.kinds, seen.bytes)
}
