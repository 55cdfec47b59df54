//! Searching: a job that scans the chosen places and fills the review.

use domain::casework::request::SearchCounts;
use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};
use finder::document::DocumentKind;
use finder::identity::{Band, Matcher};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Job, NewJob, Origin, ReviewItem, ReviewItemFull};

use super::found;
use super::progress::{Pace, SEARCHING, progress_row};
use super::save::current;
use super::search_notes::Notes;
use crate::app::App;
use crate::error::Error;
use crate::mail;
use crate::ports::Failure;
use crate::review::{
    StoredDocument, StoredProposal, StoredProposals, find_kept, json as to_bytes, load_numbered, note_quoted, open_proposals,
    put_kept_back, state_of,
};
use crate::sar::{DraftItem, Edition, Keeping, Place, Scan, Terms, identity, propose, scan_on};

/// The kind of job.
const JOB: &str = "search";
/// How long a worker holds the job before another may take it over.
pub(super) const LEASE_US: i64 = 120_000_000;
/// How often a search is begun that ends its worker each time. It goes on where it was, and a machine may be started anew often.
const MOST_STARTS: u64 = 20;

/// What is to be searched.
#[derive(Debug, Clone, Default)]
pub struct ScanForm {
    /// Names of the places.
    pub places: Vec<String>,
    /// Places that are not searched, and why.
    pub not_searched: Vec<String>,
    /// Whether items that hold no more than a part of a name are taken in however many there are.
    pub parts: bool,
}

/// Begins the search in the places of these names. The job is queued in the same
/// transaction.
pub fn start_search(app: &App, actor: &Actor, id: &RecordId, version: u64, form: &ScanForm) -> Result<u64, Error> {
    let places = &form.places;
    let unknown = places.iter().find(|name| !app.places.iter().any(|(known, _)| known == *name));
    if unknown.is_some() {
        return Err(Refusal::new(RefusalCode::SourceUnknown, "This place is not set up here.").into());
    }
    let loaded = app.request_load(actor, id, Verb::RequestWork)?;
    let mut request = loaded.request.search(places.clone(), form.not_searched.clone(), app.today())?;
    if let Some(search) = &mut request.search {
        search.parts = form.parts;
        app.store.read(|tx| super::by_hand::carry_over(tx, id, search))?;
    }
    app.store.write(&app.origin(actor), |tx| {
        let saved = app.request_save(tx, &request, version, "search")?;
        let payload = json!({ "places": places, "actor": actor.user.as_str() });
        tx.job_enqueue(&NewJob { id: &app.ids.fresh(), kind: JOB, record: Some(id.as_str()), payload: &payload, run_at_us: app.now_us() })?;
        tx.progress_put(id.as_str(), &progress_row("waiting", 0, 0, "running", app.now_us()))?;
        Ok(saved)
    })
}

/// Runs a claimed search job to its end. Safe to run again after a crash: the review is
/// filled in the transaction that moves the request on.
fn run_search(app: &App, worker: &str, job: &Job) -> Result<(), Error> {
    let id = RecordId::new(job.record.clone().unwrap_or_default());
    let outcome = begun(job, MOST_STARTS).and_then(|()| search(app, worker, job, &id));
    let origin = Origin { actor: worker.to_owned(), at_us: app.now_us() };
    if let Err(error) = &outcome {
        let reason = match error {
            Error::Refused(refusal) => refusal.code.id(),
            Error::NotFound => "not found",
            Error::Failed(_) => "failed",
        };
        app.store.write(&origin, |tx| {
            if let Some((request, version)) = current(tx, &id)?
                && let Ok(request) = request.search_failed()
            {
                app.request_save(tx, &request, version, "search-failed")?;
            }
            tx.progress_put(id.as_str(), &progress_row(reason, 0, 0, "failed", app.now_us()))?;
            tx.job_failed(&job.id, worker, reason)?;
            Ok::<_, Error>(())
        })?;
    }
    outcome
}

/// Gives a job up that was begun more often than this: what ends its worker each time would end it for ever.
pub(super) fn begun(job: &Job, most: u64) -> Result<(), Error> {
    if job.attempts > most { Err(Failure::new("going on with a job that ended its worker each time").into()) } else { Ok(()) }
}

fn search(app: &App, worker: &str, job: &Job, id: &RecordId) -> Result<(), Error> {
    let origin = || Origin { actor: worker.to_owned(), at_us: app.now_us() };
    let (request, _) = app.store.read(|tx| current(tx, id))?.ok_or(Error::NotFound)?;
    let person = request.person.get().ok_or(Error::NotFound)?;
    let wanted = identity(person);
    let matcher = Matcher::new(&wanted)?;
    let mut places = named_places(app, job)?;
    places.extend(app.store.read(|tx| found::places(tx, &request))?);
    let mut pace = Pace::new(SEARCHING, app.now_us());
    let mut kept = true;
    let mut notes = Notes { app, worker, record: id.as_str(), subject: request.subject.as_str() };
    let parts = request.search.as_ref().is_some_and(|search| search.parts);
    let keeping = Keeping::Review;
    let edition = Edition::of(&wanted, keeping, app.extractor.as_ref())?;
    let terms = Terms { matcher: &matcher, extractor: app.extractor.as_ref(), keeping, parts, memory: Some((&mut notes, edition)) };
    let (mut found, _) = scan_on(&places, terms, &mut |progress| {
        let now = app.now_us();
        if pace.is_due(now) {
            let row = pace.row(progress, now);
            let noted = app.store.write_technical(&origin(), |tx| {
                tx.progress_put(id.as_str(), &row)?;
                tx.job_extend(&job.id, worker, LEASE_US)
            });
            kept = noted.unwrap_or(false);
        }
        kept
    })?;
    if !kept {
        return Err(Failure::new("keeping the search job").into());
    }
    if request.search.as_ref().is_some_and(|search| search.passwords.iter().any(|one| one.opened > 0)) {
        let before = app.store.read(|tx| load_numbered(tx, id))?;
        super::unlock::keep_opened(&mut found, &places, before, &matcher);
    }
    let mut drafts = propose(&*app.policy()?, &wanted, &found)?;
    crate::sar::withhold_everywhere(&mut drafts, request.confidential_addresses());
    let mut items = review_items(&found, &places, drafts)?;
    note_quoted(&mut items)?;
    let unreadable = found.met.iter().filter(|met| met.unreadable.is_some()).count() as u64;
    app.store.write(&origin(), |tx| {
        let (request, version) = current(tx, id)?.ok_or(Error::NotFound)?;
        let kept = find_kept(tx, id, &mut items)?;
        let counts = SearchCounts { met: found.items, found: found.documents.len() as u64, unreadable, left_out: found.left_out };
        let request = request.searched(counts)?.renumbered(&kept.moved);
        tx.review_items_clear(id.as_str())?;
        crate::review::insert_items(tx, id, &items)?;
        tx.log_batch(id.as_str(), manifest(&items), "search-result")?;
        put_kept_back(app, tx, id, &items, kept)?;
        app.request_save(tx, &request, version, "searched")?;
        tx.progress_put(id.as_str(), &progress_row("done", found.items, found.items, "done", app.now_us()))?;
        tx.job_done(&job.id, worker)?;
        Ok(())
    })
}

fn named_places(app: &App, job: &Job) -> Result<Vec<Place>, Error> {
    let names = job.payload.get("places").and_then(|v| v.as_array()).into_iter().flatten().filter_map(|v| v.as_str());
    open_places(app, &names.collect::<Vec<_>>())
}

/// The places of these names.
pub(super) fn open_places(app: &App, names: &[&str]) -> Result<Vec<Place>, Error> {
    let mut places = Vec::new();
    for (name, path) in app.places.iter().filter(|(name, _)| names.contains(&name.as_str())) {
        places.push(Place { name: name.clone(), source: app.sources.open(path)?, by_hand: false });
    }
    Ok(places)
}

/// The rows of the review: documents with proposals, duplicates, and what could not be read.
pub(super) fn review_items(found: &Scan, places: &[Place], drafts: Vec<DraftItem>) -> Result<Vec<ReviewItemFull>, Error> {
    let heads = conversations(found);
    let mut drafts: Vec<Option<DraftItem>> = drafts.into_iter().map(Some).collect();
    let mut index_of = vec![None; drafts.len()];
    let mut by_locator = std::collections::BTreeMap::new();
    let mut items = Vec::new();
    for met in &found.met {
        let place = places.get(met.place).map(|place| place.name.clone()).unwrap_or_default();
        let idx = items.len() as u64;
        let mut item = ReviewItem {
            idx,
            band: String::new(),
            state: "decided".to_owned(),
            duplicate_of: None,
            unreadable: None,
            open_proposals: 0,
            version: 1,
            locator: format!("{place}: {}", met.locator),
            place: place.clone(),
            ..ReviewItem::default()
        };
        if let Some((at, draft)) = met.document.and_then(|at| Some((at, drafts.get_mut(at)?.take()?))) {
            by_locator.insert(met.locator.clone(), idx);
            if let Some(slot) = index_of.get_mut(at) {
                *slot = Some(idx);
            }
            // The head of a conversation comes before its other messages, so its number is known.
            item.thread = heads.get(at).copied().flatten().and_then(|head| index_of.get(head).copied().flatten());
            let (document, stored) = stored(draft, place);
            // Lists show the title; it is sealed like the locator.
            if !document.label.trim().is_empty() {
                item.locator = format!("{} ({})", document.label.trim(), document.place);
            }
            document.band.key().clone_into(&mut item.band);
            kind_key(document.document.kind).clone_into(&mut item.kind);
            item.marks = stored.proposals.len() as u64;
            item.open_proposals = open_proposals(&stored);
            state_of(&stored).clone_into(&mut item.state);
            items.push(ReviewItemFull { item, proposals: to_bytes(&stored)?, document: to_bytes(&document)? });
        } else if let Some(first) = met.duplicate_of.as_ref().and_then(|locator| by_locator.get(locator)) {
            item.duplicate_of = Some(*first);
            if let Some(original) = usize::try_from(*first).ok().and_then(|at| items.get(at)) {
                let original: &ReviewItemFull = original;
                item.kind.clone_from(&original.item.kind);
            }
            met.band.map(Band::key).unwrap_or_default().clone_into(&mut item.band);
            items.push(ReviewItemFull { item, proposals: Vec::new(), document: Vec::new() });
        } else if let Some(reason) = &met.unreadable {
            item.unreadable = Some(reason.clone());
            items.push(ReviewItemFull { item, proposals: Vec::new(), document: Vec::new() });
        }
    }
    Ok(items)
}

/// The head of each found document's conversation.
fn conversations(found: &Scan) -> Vec<Option<usize>> {
    let documents: Vec<_> = found
        .documents
        .iter()
        .map(|scanned| {
            let path = &scanned.document.path;
            let source = scanned.locator.strip_suffix(path.as_str()).unwrap_or(&scanned.locator).trim_end_matches('!');
            Some((&scanned.document, source))
        })
        .collect();
    crate::review::threads(&documents)
}

/// The word for a kind of document in filters.
const fn kind_key(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Mail => "mail",
        DocumentKind::Text => "text",
        DocumentKind::Html => "html",
        DocumentKind::Word => "word",
        DocumentKind::Sheet => "sheet",
        DocumentKind::Slides => "slides",
        DocumentKind::Pdf => "pdf",
    }
}

fn stored(draft: DraftItem, place: String) -> (StoredDocument, StoredProposals) {
    let scanned = draft.scanned;
    let document = StoredDocument {
        place,
        locator: scanned.locator,
        document: scanned.document,
        hits: scanned.hits,
        band: scanned.band,
        reasons: scanned.reasons,
        label: draft.label,
        label_redactions: draft.label_redactions,
        quoted: Vec::new(),
    };
    let text = &document.document.text;
    let proposals = draft.redactions.into_iter().map(|redaction| StoredProposal::of(text, redaction)).collect();
    let included = (document.band != Band::Possible).then_some(true);
    (document, StoredProposals { proposals, included, second: None, pages: None })
}

pub(super) fn manifest(items: &[ReviewItemFull]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for item in items {
        hash.update(Sha256::digest(&item.document));
        hash.update(Sha256::digest(&item.proposals));
    }
    hash.finalize().into()
}

/// Claims and runs one waiting job; `false` when there was none.
pub fn work_once(app: &App, worker: &str) -> Result<bool, Error> {
    let origin = Origin { actor: worker.to_owned(), at_us: app.now_us() };
    // A search extends its lease while it goes on; an acknowledgement is quick.
    let lease_us = LEASE_US.min(i64::from(app.mail.hold_seconds) * 1_000_000);
    let job = app.store.write_technical(&origin, |tx| tx.job_claim(worker, lease_us))?;
    match job {
        Some(job) if job.kind == JOB => run_search(app, worker, &job).map(|()| true),
        Some(job) if job.kind == super::unlock::JOB => super::unlock::run(app, worker, &job).map(|()| true),
        Some(job) if job.kind == crate::portal::FOLLOW => crate::portal::run_follow(app, worker, &job).map(|()| true),
        Some(job) if job.kind == mail::JOB => mail::run_job(app, worker, &job).map(|()| true),
        Some(job) => {
            app.store.write_technical(&origin, |tx| tx.job_failed(&job.id, worker, "unknown kind of job"))?;
            Ok(true)
        }
        None => Ok(false),
    }
}
