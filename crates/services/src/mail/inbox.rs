//! The inbox: what arrived and is not settled. A list shows what a message looks like and by
//! when it would be due, not who wrote it; opening one is logged.

use domain::casework::message::{Message, Sort, Stage};
use domain::casework::request::{Channel, Person};
use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, may, require};
use domain::record::RecordFacts;
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;
use store::{Keyset, MailStatus, Order, RecordQuery, WriteTx};

use super::left::{self, LeftBehind};
use super::messages::{CLOCK, KIND, in_flood, load, of_case, original, save};
use crate::app::{App, day_of_end};
use crate::error::Error;
use crate::requests::{self, Event, OnBehalf, ReceiveForm};

/// Rows on one page.
const PAGE: u64 = 50;

/// Which messages to list.
#[derive(Debug, Clone, Default)]
pub struct InboxQuery {
    /// `decide`, `confirm`, `other`, `machine`, `done` or `flood`; what is to be done when empty.
    pub state: String,
    /// Words of a sender, a subject line or a reference. Never part of a URL.
    pub words: Option<String>,
    /// The row after which to go on.
    pub after: Option<Keyset>,
}

/// One row of the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxRow {
    /// The message.
    pub id: RecordId,
    /// Its reference.
    pub reference: String,
    /// What it looks like.
    pub sort: Sort,
    /// What is to be done with it: the state in lists.
    pub state: String,
    /// The day it reached the organisation.
    pub received_on: Date,
    /// By when an answer would be due.
    pub due: Option<Date>,
    /// Calendar days until then.
    pub days_left: Option<i32>,
    /// How many more of the sender or thread came within the hour: shown with the first.
    pub more: u64,
}

/// One page of the inbox.
#[derive(Debug, Clone)]
pub struct InboxPage {
    /// How many messages are in each state.
    pub counts: Vec<(String, u64)>,
    /// The rows.
    pub rows: Vec<InboxRow>,
    /// Where the next page begins.
    pub next: Option<Keyset>,
    /// What lies in the mailboxes and could not be taken, with its reasons.
    pub left: Vec<LeftBehind>,
}

/// Everything the page of one message shows.
#[derive(Debug, Clone)]
pub struct MessageView {
    /// The message.
    pub message: Message,
    /// The version the page shows; sent back with every change.
    pub version: u64,
    /// The case it names or was tied to: its record and reference.
    pub case: Option<(RecordId, String)>,
    /// Earlier messages of the sender: record, reference, and the case they became.
    pub earlier: Vec<(RecordId, String, Option<String>)>,
    /// How often it came.
    pub copies: u64,
    /// How many more came within the hour.
    pub more: u64,
    /// What happened, newest first.
    pub timeline: Vec<Event>,
    /// Whether the actor may settle it.
    pub may_work: bool,
}

/// What the Today page shows of mail.
#[derive(Debug, Clone, Default)]
pub struct MailToday {
    /// Messages that look like requests, the earliest date first, at most 10.
    pub decide: Vec<InboxRow>,
    /// How many messages wait in each state.
    pub counts: Vec<(String, u64)>,
    /// Mails of ours that may not have gone out, came back or could not be sent, the newest first, at most 10.
    pub troubled: Vec<MailStatus>,
    /// How much lies in the mailboxes and could not be taken.
    pub left: u64,
}

/// Lists messages: by the date an answer would be due, then the newest first.
pub fn inbox(app: &App, actor: &Actor, wanted: &InboxQuery) -> Result<InboxPage, Error> {
    require(actor, Verb::InboxSee, Relation::None)?;
    let today = app.today();
    app.store.read(|tx| {
        let order = if wanted.state == "decide" { Order::DueFirst } else { Order::Newest };
        let states = if wanted.state.is_empty() { vec!["decide".to_owned(), "confirm".to_owned()] } else { vec![wanted.state.clone()] };
        let query = RecordQuery {
            kind: KIND.to_owned(),
            states,
            text: wanted.words.clone().unwrap_or_default(),
            order,
            after: wanted.after.clone(),
            limit: PAGE + 1,
            ..RecordQuery::default()
        };
        let mut listed = tx.record_list(&query)?;
        let more = listed.len() as u64 > PAGE;
        listed.truncate(PAGE as usize);
        let next = if more { listed.last().map(|last| Keyset::after(order, last)) } else { None };
        let rows = listed.into_iter().map(|listed| row(tx, listed, today)).collect::<Result<Vec<_>, Error>>()?;
        Ok(InboxPage { counts: tx.record_counts(KIND)?, rows: rows.into_iter().flatten().collect(), next, left: left::read(tx)? })
    })
}

/// What waits, for the Today page; nothing for those who may not see the inbox.
pub fn mail_today(app: &App, actor: &Actor) -> Result<MailToday, Error> {
    if !may(actor, Verb::InboxSee, Relation::None) {
        return Ok(MailToday::default());
    }
    let today = app.today();
    app.store.read(|tx| {
        let query = RecordQuery {
            kind: KIND.to_owned(),
            states: vec!["decide".to_owned()],
            order: Order::DueFirst,
            limit: 10,
            ..RecordQuery::default()
        };
        let listed = tx.record_list(&query)?;
        let decide = listed.into_iter().map(|listed| row(tx, listed, today)).collect::<Result<Vec<_>, Error>>()?;
        let mut troubled = tx.mails_in_state("unknown", None, 100)?;
        troubled.extend(tx.mails_in_state("bounced", None, 100)?);
        troubled.extend(tx.mails_in_state("failed", None, 100)?);
        troubled.sort_by_key(|mail| std::cmp::Reverse(mail.changed_us));
        troubled.truncate(10);
        Ok(MailToday {
            decide: decide.into_iter().flatten().collect(),
            counts: tx.record_counts(KIND)?,
            troubled,
            left: tx.mail_left_count()?,
        })
    })
}

fn row(tx: &mut store::ReadTx<'_>, listed: store::Listed, today: Date) -> Result<Option<InboxRow>, Error> {
    let id = RecordId::new(listed.head.id);
    let Some((message, _)) = load(tx, &id)? else { return Ok(None) };
    let due = listed.head.due_us.and_then(day_of_end);
    Ok(Some(InboxRow {
        more: in_flood(tx, &id)?,
        id,
        reference: listed.head.reference,
        sort: message.sort,
        state: listed.head.state,
        received_on: message.received_on,
        due,
        days_left: due.and_then(|due| today.until(due).ok()).map(|span| span.get_days()),
    }))
}

/// Shows a message and logs that it was looked at.
pub fn message(app: &App, actor: &Actor, id: &RecordId) -> Result<MessageView, Error> {
    require(actor, Verb::InboxSee, Relation::None).map_err(|_| Error::NotFound)?;
    app.store.write(&app.origin(actor), |tx| {
        let (message, version) = load(tx, id)?.ok_or(Error::NotFound)?;
        tx.log_read(id.as_str(), "see", "inbox")?;
        let reference = |tx: &mut WriteTx<'_>, id: &RecordId| Ok::<_, Error>(tx.record_head(id.as_str())?.map(|head| head.head.reference));
        let mut case = None;
        if let Some(id) = message.case().or(message.about.as_ref()) {
            case = reference(tx, id)?.map(|reference| (id.clone(), reference));
        }
        let mut earlier = Vec::new();
        for id in &message.earlier {
            let Some((other, _)) = load(tx, id)? else { continue };
            let became = match other.case() {
                Some(case) => reference(tx, case)?,
                None => None,
            };
            earlier.push((id.clone(), other.facts.reference, became));
        }
        let timeline = requests::events(tx, id)?;
        let (copies, more) = (tx.mail_in_copies(id.as_str())?, in_flood(tx, id)?);
        Ok(MessageView { may_work: may(actor, Verb::InboxWork, Relation::None), message, version, case, earlier, copies, more, timeline })
    })
}

/// The message as it came, with everything in it. Logged.
pub fn message_file(app: &App, actor: &Actor, id: &RecordId) -> Result<Vec<u8>, Error> {
    require(actor, Verb::InboxSee, Relation::None).map_err(|_| Error::NotFound)?;
    app.store.write(&app.origin(actor), |tx| {
        load(tx, id)?.ok_or(Error::NotFound)?;
        let bytes = original(tx, id)?;
        tx.log_read(id.as_str(), "open", "inbox")?;
        if bytes.is_empty() { Err(Error::NotFound) } else { Ok(bytes) }
    })
}

/// Whom a request is about, and who asks: what a person settles before a message becomes a case.
#[derive(Debug, Clone)]
pub struct MakeRequest {
    /// The data subject.
    pub person: Person,
    /// Somebody else who asks.
    pub on_behalf: Option<OnBehalf>,
    /// The day it reached anyone.
    pub received_on: Date,
}

/// Makes a message a case. Returns the case and its reference.
pub fn make_request(app: &App, actor: &Actor, at: (&RecordId, u64), form: &MakeRequest) -> Result<(RecordId, String), Error> {
    require(actor, Verb::InboxWork, Relation::None).map_err(|_| Error::NotFound)?;
    let (id, expected) = at;
    app.store.write(&app.origin(actor), |tx| {
        let message = current(tx, id, expected)?;
        // Its time runs since it reached us: a later day would take days from whoever asks.
        if form.received_on > message.received_on {
            return Err(Refusal::new(RefusalCode::MessageLater, "").into());
        }
        let letter = message.letter.get().cloned().unwrap_or_default();
        let receive = ReceiveForm {
            channel: Channel::Email,
            received_on: form.received_on,
            received_by: letter.to.first().cloned().unwrap_or_default(),
            words: format!("{}\n\n{}", letter.title, letter.words.trim()),
            person: form.person.clone(),
            on_behalf: form.on_behalf.clone(),
        };
        requests::checked(actor, &receive)?;
        let bytes = original(tx, id)?;
        let kinds = domain::casework::intake::recognise(&letter.title, &letter.words).kinds;
        let request = requests::record_mail(app, tx, actor, &receive, &kinds, &bytes)?;
        let RecordFacts { id: case, reference, .. } = request.facts.clone();
        tie(tx, message.made_request(&case, app.today())?, expected, &request.subject, "message-request")?;
        Ok((case, reference))
    })
}

/// Files a message to a case by its reference: the case's clock stays as it is.
pub fn file_message(app: &App, actor: &Actor, at: (&RecordId, u64), reference: &str) -> Result<RecordId, Error> {
    require(actor, Verb::InboxWork, Relation::None).map_err(|_| Error::NotFound)?;
    let (id, expected) = at;
    app.store.write(&app.origin(actor), |tx| {
        let message = current(tx, id, expected)?;
        let found = tx.record_by_reference(requests::KIND, reference.trim().to_ascii_uppercase().as_str())?.map(RecordId::new);
        let unknown = || Refusal::new(RefusalCode::MessageCase, "");
        let case = found.ok_or_else(unknown)?;
        // A case that the actor may not work on looks like one that is not there.
        let request = requests::load_for_review(tx, actor, &case, Verb::RequestWork).map_err(|_| unknown())?.request;
        let bytes = original(tx, id)?;
        app.mail_put(tx, &request, &bytes)?;
        tx.log_read(case.as_str(), "message-filed", "inbox")?;
        tie(tx, message.filed(&case, app.today())?, expected, &request.subject, "message-filed")?;
        Ok(case)
    })
}

/// Says that a message is nothing for us, and why.
pub fn dismiss_message(app: &App, actor: &Actor, at: (&RecordId, u64), reason: &str) -> Result<u64, Error> {
    require(actor, Verb::InboxWork, Relation::None).map_err(|_| Error::NotFound)?;
    let (id, expected) = at;
    app.store.write(&app.origin(actor), |tx| {
        let message = current(tx, id, expected)?.nothing(reason, app.today())?;
        save(tx, &message, expected, "message-nothing")
    })
}

/// A message at the version that the person was looking at.
fn current(tx: &mut WriteTx<'_>, id: &RecordId, expected: u64) -> Result<Message, Error> {
    let (message, version) = load(tx, id)?.ok_or(Error::NotFound)?;
    if version == expected { Ok(message) } else { Err(Refusal::new(RefusalCode::Conflict, "").into()) }
}

/// Seals a message to the subject of its case. The key that it had before is destroyed: from
/// now on it goes with the case.
fn tie(tx: &mut WriteTx<'_>, message: Message, expected: u64, subject: &domain::ids::SubjectId, verb: &'static str) -> Result<(), Error> {
    let before = message.subject.clone();
    let message = message.sealed_to(subject);
    save(tx, &message, expected, verb)?;
    if before != message.subject {
        tx.mail_in_tie(message.facts.id.as_str(), subject.as_str())?;
        tx.subject_erase(before.as_str(), "tied to a case")?;
    }
    Ok(())
}

/// A message of a case, as the case's page lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseMessage {
    /// The message.
    pub id: RecordId,
    /// Its reference.
    pub reference: String,
    /// The day it came.
    pub received_on: Date,
    /// Whether a person still has to confirm that it belongs to the case.
    pub open: bool,
}

/// Mail of a case, in and out. For those who may see the case; asked by its page.
#[derive(Debug, Clone, Default)]
pub struct CaseMail {
    /// Messages filed to it.
    pub messages: Vec<CaseMessage>,
    /// Mails sent about it.
    pub sent: Vec<MailStatus>,
}

/// The mail of a case that the caller may see.
pub(crate) fn case_mail(tx: &mut store::ReadTx<'_>, case: &RecordId) -> Result<CaseMail, Error> {
    let mut messages = Vec::new();
    for id in of_case(tx, case)? {
        if let Some((message, _)) = load(tx, &id)? {
            let open = matches!(message.stage, Stage::New);
            messages.push(CaseMessage { id, reference: message.facts.reference, received_on: message.received_on, open });
        }
    }
    Ok(CaseMail { messages, sent: tx.mails_of_record(case.as_str())? })
}

/// Whether a clock is the one of a message that looks like a request.
pub(crate) fn is_inbox_clock(name: &str) -> bool {
    name == CLOCK || name == "inbox:held"
}
