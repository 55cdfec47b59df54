//! What goes out by post: printed from the files of a case, posted with its proof, and seen to
//! when it comes back. Addresses are sealed to the person; looking at one is logged.

use domain::casework::ClockState;
use domain::casework::posting::{How, Posted, Posting, Stage, send_by};
use domain::casework::request::{Behalf, Request};
use domain::ids::{BlobId, RecordId};
use domain::people::{Actor, Relation, Role, Verb, require};
use domain::personal::Personal;
use domain::record::RecordFacts;
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;
use store::{Order, ReadTx, RecordHead, RecordQuery, SaveRecord, SearchToken, WriteTx};

use crate::app::{App, day_of_end};
use crate::error::Error;
use crate::policy::clock_row;
use crate::ports::Failure;
use crate::requests::load_for_review as load_case;

/// The kind of record in lists.
const KIND: &str = "posting";
/// The clock until it is posted.
const CLOCK: &str = "post:letter";
/// Postings of a case shown at most, and rows on the list of work.
const MOST: u64 = 100;
/// Longest address, in characters.
const LONGEST: usize = 600;

/// What is needed to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintForm {
    /// The stored file of the case.
    pub document: BlobId,
    /// Name and address, a line each.
    pub address: String,
    /// How it is to go.
    pub how: How,
}

/// A posting with what the page needs besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostingView {
    /// The posting.
    pub posting: Posting,
    /// Its version, sent back with every change.
    pub at: u64,
    /// The reference of its case.
    pub case: String,
    /// Display name of who printed it.
    pub printed_by: String,
}

/// One posting on a list, without its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostingRow {
    /// The posting.
    pub id: RecordId,
    /// Its case.
    pub case: RecordId,
    /// Its reference.
    pub reference: String,
    /// The name of the file.
    pub name: String,
    /// The tag.
    pub title: &'static str,
    /// Key of the stage.
    pub stage: &'static str,
    /// The last day to post it, while it waits.
    pub send_by: Option<Date>,
    /// The day it was posted.
    pub posted_on: Option<Date>,
}

/// What the form to print begins with: the file's name, the address as far as it is known, and
/// the last day to post for each way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintOffer {
    /// The reference of the case.
    pub case: String,
    /// The file's name.
    pub name: String,
    /// Name and address, a line each; empty parts are for the person to fill in.
    pub address: String,
    /// The last day to post it, by the way it goes.
    pub send_by: Vec<(How, Option<Date>)>,
}

/// What can be said before a letter is printed. Logged: it shows an address.
pub fn print_offer(app: &App, actor: &Actor, case: &RecordId, document: &BlobId) -> Result<PrintOffer, Error> {
    app.store.write(&app.origin(actor), |tx| {
        let request = load_case(tx, actor, case, Verb::RequestWork)?.request;
        let name = file_name(tx, case, document)?;
        tx.log_read(case.as_str(), "post-address", "casework")?;
        let deadline = app.request_deadline(tx, &request, app.today())?;
        let by = |how: How| (how, send_by(&deadline, how, &app.calendar, request.division));
        Ok(PrintOffer {
            case: request.facts.reference.clone(),
            name,
            address: address_of(&request),
            send_by: How::ALL.iter().map(|how| by(*how)).collect(),
        })
    })
}

/// Records that a file of the case was printed to be posted. Returns the posting.
///
/// # Errors
/// `FORM-001` without an address or with one longer than an envelope takes; `ADR-001` when the file
/// shows an address that is kept from whoever asks.
pub fn print(app: &App, actor: &Actor, case: &RecordId, form: &PrintForm) -> Result<RecordId, Error> {
    let lines: Vec<&str> = form.address.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let address = lines.join("\n");
    let request = app.store.read(|tx| {
        file_name(tx, case, &form.document)?;
        Ok::<_, Error>(load_case(tx, actor, case, Verb::RequestWork)?.request)
    })?;
    app.stored_may_go(&request, &form.document)?;
    app.store.write(&app.origin(actor), |tx| {
        let request = load_case(tx, actor, case, Verb::RequestWork)?.request;
        let name = file_name(tx, case, &form.document)?;
        if lines.len() < 2 || address.chars().count() > LONGEST {
            return Err(Refusal::new(RefusalCode::ValueInvalid, "Write the name and the address, a line each.").into());
        }
        let today = app.today();
        let deadline = app.request_deadline(tx, &request, today)?;
        let posting = Posting {
            facts: RecordFacts {
                id: RecordId::new(app.ids.fresh()),
                reference: format!("POST-{}-{:04}", today.year(), tx.sequence_next(&format!("POST-{}", today.year()))?),
                owner: request.facts.owner.clone(),
                assigned: request.facts.assigned.clone(),
                logged_by: actor.user.clone(),
                hold: false,
            },
            case: case.clone(),
            document: form.document.clone(),
            name,
            address: Personal::known(&request.subject, address.clone()),
            printed_on: today,
            how: form.how,
            // A case that has ended has no day to meet; the letter goes when it goes.
            send_by: send_by(&deadline, form.how, &app.calendar, request.division).filter(|_| request.stage.is_live()),
            stage: Stage::Printed,
            subject: request.subject.clone(),
        };
        save(tx, &posting, 0, "post-print")?;
        Ok(posting.facts.id)
    })
}

/// Records that it was posted. Returns the new version.
pub fn post(app: &App, actor: &Actor, at: (&RecordId, &RecordId, u64), on: Date, how: How, proof: &str) -> Result<u64, Error> {
    let posted = Posted { on, how, proof: proof.trim().to_owned(), by: actor.user.clone() };
    change(app, actor, at, "post-posted", |posting, today| posting.post(posted.clone(), today))
}

/// Records that it came back. Returns the new version.
pub fn returned(app: &App, actor: &Actor, at: (&RecordId, &RecordId, u64), on: Date, why: &str) -> Result<u64, Error> {
    change(app, actor, at, "post-returned", |posting, today| posting.returned(on, why, today))
}

/// Records what was done about it. Returns the new version.
pub fn settle(app: &App, actor: &Actor, at: (&RecordId, &RecordId, u64), what: &str) -> Result<u64, Error> {
    change(app, actor, at, "post-settled", |posting, today| posting.settle(what, today))
}

fn change(
    app: &App,
    actor: &Actor,
    at: (&RecordId, &RecordId, u64),
    verb: &'static str,
    rule: impl Fn(Posting, Date) -> Result<Posting, Refusal>,
) -> Result<u64, Error> {
    let (case, id, expected) = at;
    app.store.write(&app.origin(actor), |tx| {
        load_case(tx, actor, case, Verb::RequestWork)?;
        let (posting, found) = load(tx, case, id)?;
        if found != expected {
            return Err(Refusal::new(RefusalCode::Conflict, "").into());
        }
        save(tx, &rule(posting, app.today())?, expected, verb)
    })
}

/// One posting of a case. Logged: it shows an address.
pub fn posting_see(app: &App, actor: &Actor, case: &RecordId, id: &RecordId) -> Result<PostingView, Error> {
    app.store.write(&app.origin(actor), |tx| {
        let request = load_case(tx, actor, case, Verb::RequestWork)?.request;
        let (posting, at) = load(tx, case, id)?;
        tx.log_read(id.as_str(), "post-address", "casework")?;
        let printed_by = crate::accounts::display_name(tx, posting.facts.logged_by.as_str())?.unwrap_or_default();
        Ok(PostingView { posting, at, case: request.facts.reference, printed_by })
    })
}

/// The postings of a case, the newest first, for whoever may see the case.
pub fn postings_of(app: &App, actor: &Actor, case: &RecordId) -> Result<Vec<PostingRow>, Error> {
    app.store.read(|tx| {
        load_case(tx, actor, case, Verb::RequestSee)?;
        rows(tx, &RecordQuery { text: word(case), order: Order::Newest, ..query(&[]) })
    })
}

/// What waits to be posted and what came back, for whoever works on requests: all of it for the
/// lead, their own cases' for others.
pub fn postings_waiting(app: &App, actor: &Actor) -> Result<Vec<PostingRow>, Error> {
    require(actor, Verb::TodaySee, Relation::None)?;
    let owner = (!actor.has(Role::Lead)).then(|| actor.user.to_string());
    app.store.read(|tx| rows(tx, &RecordQuery { owner, order: Order::DueFirst, ..query(&["printed", "returned"]) }))
}

fn query(states: &[&str]) -> RecordQuery {
    let states = states.iter().map(|state| (*state).to_owned()).collect();
    RecordQuery { kind: KIND.to_owned(), states, limit: MOST, ..RecordQuery::default() }
}

fn rows(tx: &mut ReadTx<'_>, query: &RecordQuery) -> Result<Vec<PostingRow>, Error> {
    let listed = tx.record_list(query)?;
    let mut rows = Vec::with_capacity(listed.len());
    for head in listed {
        let Some(stored) = tx.record_get(&head.head.id)? else { continue };
        let posting: Posting = read(stored.body)?;
        let posted_on = match &posting.stage {
            Stage::Posted(posted) | Stage::Returned { posted, .. } => Some(posted.on),
            Stage::Printed | Stage::Settled { .. } => None,
        };
        rows.push(PostingRow {
            id: posting.facts.id,
            case: posting.case,
            reference: posting.facts.reference,
            name: posting.name,
            title: posting.stage.title(),
            stage: posting.stage.key(),
            send_by: head.head.due_us.and_then(day_of_end),
            posted_on,
        });
    }
    Ok(rows)
}

fn load(tx: &mut ReadTx<'_>, case: &RecordId, id: &RecordId) -> Result<(Posting, u64), Error> {
    let stored = tx.record_get(id.as_str())?.filter(|stored| stored.head.kind == KIND).ok_or(Error::NotFound)?;
    let posting: Posting = read(stored.body)?;
    if posting.case == *case { Ok((posting, stored.version)) } else { Err(Error::NotFound) }
}

fn read(body: serde_json::Value) -> Result<Posting, Error> {
    serde_json::from_value(body).map_err(|error| Failure::because("reading a posting", error).into())
}

fn save(tx: &mut WriteTx<'_>, posting: &Posting, expected: u64, verb: &'static str) -> Result<u64, Error> {
    let body = serde_json::to_value(posting).map_err(|error| Failure::because("writing a posting", error))?;
    let state = match (&posting.stage, posting.send_by) {
        (_, None) => None,
        (Stage::Printed, Some(by)) => Some(ClockState::Running(by)),
        (Stage::Posted(posted) | Stage::Returned { posted, .. }, Some(by)) => Some(ClockState::answered(posted.on.into(), Some(by.into()))),
        (Stage::Settled { on, .. }, Some(_)) => Some(ClockState::Dropped(*on)),
    };
    let clocks: Vec<_> = state.map(|state| clock_row(CLOCK.to_owned(), state, None)).into_iter().collect();
    let facts = &posting.facts;
    Ok(tx.record_save(SaveRecord {
        head: RecordHead {
            id: facts.id.to_string(),
            kind: KIND.to_owned(),
            reference: facts.reference.clone(),
            state: posting.stage.key().to_owned(),
            owner: facts.owner.as_ref().map(ToString::to_string),
            due_us: clocks.first().and_then(|clock| clock.due_us),
            hold: facts.hold,
        },
        body: &body,
        expected_version: expected,
        verb,
        reason: "casework",
        clocks: &clocks,
        tokens: &[SearchToken::plain(&word(&posting.case)), SearchToken::plain(&facts.reference)],
    })?)
}

/// The case's identifier as one word, by which its postings are found.
fn word(case: &RecordId) -> String {
    case.as_str().replace('-', "")
}

fn file_name(tx: &mut ReadTx<'_>, case: &RecordId, document: &BlobId) -> Result<String, Error> {
    let meta = tx.blob_list(case.as_str())?.into_iter().find(|meta| meta.id == document.as_str());
    meta.and_then(|meta| meta.name).ok_or(Error::NotFound)
}

/// Who is written to, as far as the case knows: never an e-mail address.
fn address_of(request: &Request) -> String {
    let postal = |text: &str| if text.contains('@') { String::new() } else { text.replace(", ", "\n") };
    match &request.behalf {
        Behalf::Themselves => request.person.get().map_or_else(String::new, |person| {
            let address = person.addresses.first().map(|address| postal(address)).unwrap_or_default();
            format!("{}\n{address}", person.display_name())
        }),
        Behalf::Child { requester, .. } | Behalf::Agent { requester } => {
            requester.get().map_or_else(String::new, |asked| format!("{}\n{}", asked.name, postal(&asked.contact)))
        }
    }
}
