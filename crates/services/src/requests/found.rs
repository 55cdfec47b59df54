//! What people find by hand: scans and copies are stored with the case and read like everything the program finds. During
//! the review they join it; before, the search takes them in. A new search reads them again, so none is lost.

use std::io::Read;

use domain::casework::request::{FoundFile, Request, Stage};
use domain::ids::{BlobId, RecordId};
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};
use finder::identity::Matcher;
use store::{NewBlob, ReadTx, ReviewItemFull, WriteTx};

use super::save::{current, load};
use super::search::{manifest, review_items};
use crate::app::App;
use crate::error::Error;
use crate::ports::{Failure, Source, SourceItem, Walker};
use crate::sar::{Place, identity, propose, scan, withhold_everywhere};

/// Scans and copies from one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundFiles {
    /// Where they were found, in words.
    pub place: String,
    /// File names and contents.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Files that are at hand already.
struct AtHand(Vec<(String, Vec<u8>)>);

impl Source for AtHand {
    fn title(&self) -> String {
        "found by hand".to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        for (name, bytes) in &self.0 {
            let item = SourceItem { locator: name.clone(), name: name.clone(), bytes: Ok(bytes.clone()), truncated_from: None };
            if !visit.item(item, None) {
                break;
            }
        }
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        Some(self.0.len() as u64)
    }
}

/// Puts scans or copies of what was found by hand into a request. Returns how many of them cannot be read by the
/// program: they are listed, and a person has to look at them.
///
/// # Errors
/// `FORM-001` without a place or a file; `REQ-004` while the program searches and once the review is finished.
pub fn add_found(app: &App, actor: &Actor, id: &RecordId, found: FoundFiles) -> Result<u64, Error> {
    app.request_load(actor, id, Verb::RequestWork)?;
    let ready = prepare(app, id, found)?;
    app.store.write(&app.origin(actor), |tx| {
        load(tx, actor, id, Verb::RequestWork)?;
        let (request, version) = current(tx, id)?.ok_or(Error::NotFound)?;
        let request = keep(app, tx, request, &ready)?;
        app.request_save(tx, &request, version, "found-by-hand")?;
        Ok(ready.unreadable)
    })
}

/// Files that were read and compared, to be kept in a transaction.
pub(super) struct Ready {
    found: FoundFiles,
    rows: Vec<ReviewItemFull>,
    unreadable: u64,
}

/// Reads and compares the files, outside every transaction: it takes a while.
pub(super) fn prepare(app: &App, id: &RecordId, found: FoundFiles) -> Result<Ready, Error> {
    let place = found.place.trim().to_owned();
    if place.is_empty() || found.files.is_empty() {
        return Err(Refusal::new(RefusalCode::ValueInvalid, "Name the place and choose at least one file.").into());
    }
    let (request, _) = app.store.read(|tx| current(tx, id))?.ok_or(Error::NotFound)?;
    let person = request.person.get().ok_or(Error::NotFound)?;
    let wanted = identity(person);
    let places = [Place { name: place.clone(), source: Box::new(AtHand(found.files.clone())), by_hand: true }];
    let met = scan(&places, &Matcher::new(&wanted)?, app.extractor.as_ref(), &mut |_| true)?;
    let mut drafts = propose(&*app.policy()?, &wanted, &met)?;
    withhold_everywhere(&mut drafts, request.confidential_addresses());
    let unreadable = met.met.iter().filter(|met| met.unreadable.is_some()).count() as u64;
    Ok(Ready { rows: review_items(&met, &places, drafts)?, unreadable, found: FoundFiles { place, ..found } })
}

/// Stores the files under the data subject's key; during the review they join it.
pub(super) fn keep(app: &App, tx: &mut WriteTx<'_>, request: Request, ready: &Ready) -> Result<Request, Error> {
    let (record, subject) = (request.facts.id.clone(), request.subject.clone());
    let mut listed = Vec::with_capacity(ready.found.files.len());
    for (name, bytes) in &ready.found.files {
        let file = BlobId::new(app.ids.fresh());
        let mime = "application/octet-stream";
        let blob = NewBlob { id: file.as_str(), record: record.as_str(), subject: Some(subject.as_str()), name, mime };
        app.store.blob_put(tx, &blob, bytes)?;
        listed.push(FoundFile { file, place: ready.found.place.clone() });
    }
    let mut request = request.found_by_hand(listed)?;
    if request.stage == Stage::Review {
        let from = tx.review_last(record.as_str())?.map_or(0, |last| last + 1);
        let rows = numbered_from(&ready.rows, from);
        crate::review::insert_items(tx, &record, &rows)?;
        tx.log_batch(record.as_str(), manifest(&rows), "found-by-hand")?;
        if let Some(search) = request.search.as_mut() {
            search.met += ready.found.files.len() as u64;
            search.found += rows.iter().filter(|row| !row.document.is_empty()).count() as u64;
            search.unreadable += ready.unreadable;
        }
    }
    Ok(request)
}

/// The rows with the numbers they have in the review.
pub(super) fn numbered_from(rows: &[ReviewItemFull], from: u64) -> Vec<ReviewItemFull> {
    let moved = |row: &ReviewItemFull| {
        let mut row = row.clone();
        row.item.idx += from;
        row.item.duplicate_of = row.item.duplicate_of.map(|idx| idx + from);
        row.item.thread = row.item.thread.map(|idx| idx + from);
        row
    };
    rows.iter().map(moved).collect()
}

/// What was found by hand so far, a place each, for a search that begins.
pub(super) fn places(tx: &mut ReadTx<'_>, request: &Request) -> Result<Vec<Place>, Error> {
    let mut places: Vec<FoundFiles> = Vec::new();
    for found in request.search.iter().flat_map(|search| &search.by_hand) {
        let Some((meta, mut reader)) = tx.blob_open(found.file.as_str())? else { continue };
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|error| Failure::because("reading a stored file", error))?;
        let file = (meta.name.unwrap_or_default(), bytes);
        match places.iter_mut().find(|one| one.place == found.place) {
            Some(one) => one.files.push(file),
            None => places.push(FoundFiles { place: found.place.clone(), files: vec![file] }),
        }
    }
    Ok(places.into_iter().map(|one| Place { name: one.place, source: Box::new(AtHand(one.files)), by_hand: true }).collect())
}
