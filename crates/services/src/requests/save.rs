//! The one way a request is read, changed and saved.

use domain::casework::request::Request;
use domain::ids::RecordId;
use domain::people::{Actor, Verb, require};
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;
use serde_json::Value;
use store::{ReadTx, RecordHead, SaveRecord, SearchToken, WriteTx};

use crate::app::App;
use crate::error::Error;
use crate::ports::Failure;

/// The kind of record in lists.
pub const KIND: &str = "request";

/// A request with the version it was loaded at.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    pub(crate) request: Request,
    pub(crate) version: u64,
}

/// A file that comes with a change.
pub(crate) struct NewFile {
    pub(super) name: &'static str,
    pub(super) mime: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// Loads a request the actor may `verb`. Missing, erased and forbidden look the same.
pub(crate) fn load(tx: &mut ReadTx<'_>, actor: &Actor, id: &RecordId, verb: Verb) -> Result<Loaded, Error> {
    let stored = tx.record_get(id.as_str())?.filter(|stored| stored.head.kind == KIND && stored.head.state != store::ERASED);
    let stored = stored.ok_or(Error::NotFound)?;
    let request: Request = from_json(stored.body)?;
    require(actor, Verb::RequestSee, request.facts.relation(actor)).map_err(|_| Error::NotFound)?;
    require(actor, verb, request.facts.relation(actor))?;
    Ok(Loaded { request, version: stored.version })
}

/// A request as the program itself sees it: whoever set the work going was allowed to.
pub(crate) fn current(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Option<(Request, u64)>, Error> {
    let stored = tx.record_get(id.as_str())?.filter(|stored| stored.head.kind == KIND && stored.head.state != store::ERASED);
    stored
        .map(|stored| {
            let request = from_json(stored.body)?;
            Ok((request, stored.version))
        })
        .transpose()
}

fn from_json(body: Value) -> Result<Request, Error> {
    serde_json::from_value(body).map_err(|error| Failure::because("reading a stored request", error).into())
}

impl App {
    /// Loads a request in a transaction of its own.
    pub(super) fn request_load(&self, actor: &Actor, id: &RecordId, verb: Verb) -> Result<Loaded, Error> {
        self.store.read(|tx| load(tx, actor, id, verb))
    }

    /// Changes a request: load, permission, rule, save, files, in one transaction.
    /// `at` is the request and the version the person was looking at.
    pub(super) fn request_change(
        &self,
        actor: &Actor,
        at: (&RecordId, u64),
        verb: Verb,
        name: &'static str,
        rule: impl Fn(Request, Date) -> Result<Request, Refusal>,
    ) -> Result<u64, Error> {
        self.request_change_with(actor, at, verb, name, |request, today| Ok((rule(request, today)?, Vec::new())))
    }

    /// Like [`App::request_change`], with files made from the changed request. The files
    /// are made before the transaction: no typesetting happens inside one.
    pub(super) fn request_change_with(
        &self,
        actor: &Actor,
        at: (&RecordId, u64),
        verb: Verb,
        name: &'static str,
        rule: impl Fn(Request, Date) -> Result<(Request, Vec<NewFile>), Error>,
    ) -> Result<u64, Error> {
        let (id, expected) = at;
        let loaded = self.request_load(actor, id, verb)?;
        if loaded.version != expected {
            return Err(Refusal::new(RefusalCode::Conflict, "").into());
        }
        let (request, files) = rule(loaded.request, self.today())?;
        self.store.write(&self.origin(actor), |tx| {
            let version = self.request_save(tx, &request, expected, name)?;
            for file in &files {
                self.file_put(tx, &request, file)?;
            }
            Ok(version)
        })
    }

    /// Appends the next version with its head, clocks and search words.
    pub(super) fn request_save(&self, tx: &mut WriteTx<'_>, request: &Request, expected: u64, name: &'static str) -> Result<u64, Error> {
        if !request.stage.is_live() {
            // What a search noted serves searching again, and nothing is searched any more.
            tx.search_notes_clear(request.facts.id.as_str())?;
        }
        let clocks = self.request_clocks(tx, request)?;
        let body = serde_json::to_value(request).map_err(|error| Failure::because("writing a request", error))?;
        let texts = search_texts(request);
        let mut tokens: Vec<SearchToken<'_>> = texts.iter().map(|text| SearchToken::of(request.subject.as_str(), text)).collect();
        tokens.push(SearchToken::plain(&request.facts.reference));
        Ok(tx.record_save(SaveRecord {
            head: RecordHead {
                id: request.facts.id.to_string(),
                kind: KIND.to_owned(),
                reference: request.facts.reference.clone(),
                state: request.stage.key().to_owned(),
                owner: request.facts.owner.as_ref().map(ToString::to_string),
                due_us: clocks.due_us,
                hold: request.facts.hold,
            },
            body: &body,
            expected_version: expected,
            verb: name,
            reason: "casework",
            clocks: &clocks.rows,
            tokens: &tokens,
        })?)
    }
}

/// What a request is found by.
fn search_texts(request: &Request) -> Vec<String> {
    let person = request.person.get();
    let mut texts: Vec<String> =
        person.map(|p| p.names.iter().chain(&p.emails).chain(&p.references).cloned().collect()).unwrap_or_default();
    if let domain::casework::request::Behalf::Child { requester, .. } | domain::casework::request::Behalf::Agent { requester } =
        &request.behalf
        && let Some(requester) = requester.get()
    {
        texts.push(requester.name.clone());
    }
    texts
}
