//! Reading the locked items again, and nothing else.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use domain::casework::request::{PasswordTry, Request, Stage};
use domain::ids::{RecordId, UserId};
use domain::{Refusal, RefusalCode};
use finder::dedupe::fingerprint;
use finder::identity::{Band, Matcher};
use store::{Job, Origin, ReviewFilter, ReviewItem, ReviewItemFull, WriteTx};

use super::super::found;
use super::super::progress::{Pace, TRYING, progress_row};
use super::super::save::current;
use super::super::search::{LEASE_US, manifest, open_places, review_items};
use super::{locked_rows, within};
use crate::app::App;
use crate::error::Error;
use crate::ports::{Failure, Mark, Part, Source, SourceItem, Start, Walker};
use crate::review::load_numbered;
use crate::sar::{
    Keeping, MetItem, Place, Scan, Terms, identity, is_locked, lies_in, propose, scan_on, tried, was_cut_short, withhold_everywhere,
};

/// A place of which only what is wanted is handed over, and which remembers what it handed over.
struct Only {
    of: Box<dyn Source>,
    wanted: Arc<Vec<String>>,
    met: Arc<Mutex<BTreeSet<String>>>,
}

impl Source for Only {
    fn title(&self) -> String {
        self.of.title()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        self.of.walk(&mut Chosen { visit, only: self })
    }

    fn count(&self) -> Option<u64> {
        Some(self.wanted.len() as u64)
    }
}

struct Chosen<'c> {
    visit: &'c mut dyn Walker,
    only: &'c Only,
}

impl Walker for Chosen<'_> {
    fn begin(&mut self, part: Part<'_>) -> Start {
        if self.knows(part) { Start::Known } else { Start::Beginning }
    }

    fn knows(&self, part: Part<'_>) -> bool {
        !self.only.wanted.iter().any(|wanted| wanted.starts_with(part.name))
    }

    fn item(&mut self, item: SourceItem, _: Option<Mark>) -> bool {
        let wanted: Vec<&String> = self.only.wanted.iter().filter(|wanted| lies_in(wanted, &item.locator)).collect();
        if wanted.is_empty() {
            return true;
        }
        if item.bytes.is_ok() {
            self.only.met.lock().unwrap_or_else(PoisonError::into_inner).extend(wanted.into_iter().cloned());
        }
        self.visit.item(item, None)
    }

    fn end(&mut self) {}
}

/// What is to be read again.
struct Wanted {
    request: Request,
    rows: Vec<ReviewItem>,
    places: Vec<Place>,
    /// By the place's name: what was handed over of it.
    met: BTreeMap<String, Arc<Mutex<BTreeSet<String>>>>,
}

/// Reads the locked items of a review again with the passwords of the job, and keeps what came of it.
pub(super) fn read(app: &App, worker: &str, job: &Job, id: &RecordId) -> Result<(), Error> {
    let lines = job.payload.get("passwords").and_then(|lines| lines.as_str()).unwrap_or_default();
    let by = UserId::new(job.payload.get("actor").and_then(|actor| actor.as_str()).unwrap_or_default());
    let extractor = app.extractor.with_passwords(lines).ok_or_else(|| Failure::new("trying passwords"))?;
    let wanted = wanted(app, id)?;
    let person = wanted.request.person.get().map(identity).ok_or(Error::NotFound)?;
    let matcher = Matcher::new(&person)?;
    let parts = wanted.request.search.as_ref().is_some_and(|search| search.parts);
    let origin = || Origin { actor: worker.to_owned(), at_us: app.now_us() };
    let (mut pace, mut held) = (Pace::new(TRYING, app.now_us()), true);
    let terms = Terms { matcher: &matcher, extractor: extractor.as_ref(), keeping: Keeping::Review, parts, memory: None };
    let (mut found, _) = scan_on(&wanted.places, terms, &mut |progress| {
        let now = app.now_us();
        if pace.is_due(now) {
            let noted = app.store.write_technical(&origin(), |tx| {
                tx.progress_put(id.as_str(), &pace.row(progress, now))?;
                tx.job_extend(&job.id, worker, LEASE_US)
            });
            held = noted.unwrap_or(false);
        }
        held
    })?;
    if !held {
        return Err(Failure::new("keeping the job that tries passwords").into());
    }
    let fates = fates(&wanted, &found);
    let repeats = keep_new(app, id, &wanted, &mut found)?;
    let mut drafts = propose(&*app.policy()?, &person, &found)?;
    withhold_everywhere(&mut drafts, wanted.request.confidential_addresses());
    let mut rows = review_items(&found, &wanted.places, drafts)?;
    // What has the text of an item that is in the review already follows that one.
    let first_repeat = rows.len();
    rows.extend(repeats.into_iter().zip(first_repeat as u64..).map(|((met, of), idx)| repeat(&wanted, met, (idx, of))));
    let inside = rows.iter().filter(|row| row.item.unreadable.is_some()).count() as u64;
    let still_unread = |fate: &Option<String>| fate.as_deref().is_some_and(|reason| !is_locked(reason));
    let unreadable = inside + fates.iter().filter(|(_, fate)| still_unread(fate)).count() as u64;
    let tried = PasswordTry {
        on: app.today(),
        by,
        given: lines.lines().count() as u64,
        tried: fates.len() as u64,
        opened: fates.iter().filter(|(_, fate)| fate.as_deref().is_none_or(|reason| !is_locked(reason))).count() as u64,
        found: rows.iter().filter(|row| !row.document.is_empty()).count() as u64,
        unreadable,
    };
    app.store.write(&origin(), |tx| {
        let (request, version) = current(tx, id)?.ok_or(Error::NotFound)?;
        if request.stage != Stage::Review || locked_rows(tx, id)? != wanted.rows {
            return Err(Refusal::new(RefusalCode::Conflict, "").into());
        }
        let request = request.passwords_tried(tried.clone())?;
        put(tx, id, (&rows, first_repeat), &fates)?;
        app.request_save(tx, &request, version, "passwords-tried")?;
        tx.progress_put(id.as_str(), &progress_row(TRYING, tried.tried, tried.tried, "done", app.now_us()))?;
        tx.job_done(&job.id, worker)?;
        Ok(())
    })
}

/// Opens the places in which something is locked, each narrowed to that.
fn wanted(app: &App, id: &RecordId) -> Result<Wanted, Error> {
    let (request, rows, by_hand) = app.store.read(|tx| {
        let (request, _) = current(tx, id)?.filter(|(request, _)| request.stage == Stage::Review).ok_or(Error::NotFound)?;
        let by_hand = found::places(tx, &request)?;
        Ok::<_, Error>((request, locked_rows(tx, id)?, by_hand))
    })?;
    let mut by_place: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in &rows {
        by_place.entry(&row.place).or_default().push(within(row).to_owned());
    }
    let mut places = open_places(app, &by_place.keys().copied().collect::<Vec<_>>())?;
    places.extend(by_hand);
    let mut met: BTreeMap<String, Arc<Mutex<BTreeSet<String>>>> = BTreeMap::new();
    let narrowed = places.into_iter().filter_map(|place| {
        let wanted = Arc::new(by_place.get(place.name.as_str())?.clone());
        let met = Arc::clone(met.entry(place.name.clone()).or_default());
        Some(Place { source: Box::new(Only { of: place.source, wanted, met }), ..place })
    });
    let places = narrowed.collect();
    Ok(Wanted { request, rows, places, met })
}

/// What became of each locked item that was there: `None` when all of it was read, else what is to be said of it now. A file that opened
/// and could not be read (a scan, a damaged one) says why, as it would in a search; one whose reading was cut short is still locked.
fn fates<'w>(wanted: &'w Wanted, found: &Scan) -> Vec<(&'w ReviewItem, Option<String>)> {
    let still: HashMap<(&str, &str), &str> = found
        .met
        .iter()
        .filter_map(|met| {
            let place = wanted.places.get(met.place)?.name.as_str();
            Some(((place, met.locator.as_str()), met.unreadable.as_deref()?))
        })
        .collect();
    let fate = |row: &'w ReviewItem| {
        let met = wanted.met.get(&row.place)?;
        if !met.lock().unwrap_or_else(PoisonError::into_inner).contains(within(row)) {
            return None;
        }
        let before = row.unreadable.as_deref().unwrap_or_default();
        let times = crate::sar::times_tried(before) + 1;
        let now = still.get(&(row.place.as_str(), within(row))).map(|reason| match *reason {
            reason if is_locked(reason) => tried(reason, times),
            reason if was_cut_short(reason) => tried(before, times),
            reason => reason.to_owned(),
        });
        Some((row, now))
    };
    wanted.rows.iter().filter_map(fate).collect()
}

/// Leaves in the scan what is new: what was read again beside it is in the review already. Returns what has the text of an
/// item that is there, with its number.
fn keep_new(app: &App, id: &RecordId, wanted: &Wanted, found: &mut Scan) -> Result<Vec<(MetItem, u64)>, Error> {
    let (unreadable, duplicates) =
        (ReviewFilter { unreadable: true, ..ReviewFilter::default() }, ReviewFilter { duplicates: true, ..ReviewFilter::default() });
    let (stored, unreadable, duplicates) = app.store.read(|tx| {
        let listed = (whereabouts(tx, id, &unreadable)?, whereabouts(tx, id, &duplicates)?);
        Ok::<_, Error>((load_numbered(tx, id)?, listed.0, listed.1))
    })?;
    let (mut texts, mut known, mut numbers) = (HashMap::new(), HashSet::new(), HashMap::new());
    for (number, stored, _) in &stored {
        texts.entry(fingerprint(&stored.document)).or_insert(*number);
        known.insert((stored.place.as_str(), stored.locator.as_str()));
        numbers.entry(stored.locator.as_str()).or_insert(*number);
    }
    let mut documents: Vec<_> = std::mem::take(&mut found.documents).into_iter().map(Some).collect();
    let mut repeats = Vec::new();
    for mut met in std::mem::take(&mut found.met) {
        let place = wanted.places.get(met.place).map(|place| place.name.as_str()).unwrap_or_default();
        let here = format!("{place}: {}", met.locator);
        let listed = if met.band.is_none() { unreadable.contains(&here) } else { duplicates.contains(&here) };
        if listed || known.contains(&(place, met.locator.as_str())) {
            continue;
        }
        if let Some(number) = met.duplicate_of.as_deref().and_then(|first| numbers.get(first)) {
            repeats.push((met, *number));
            continue;
        }
        if let Some(document) = met.document.take().and_then(|at| documents.get_mut(at)?.take()) {
            if let Some(number) = texts.get(&fingerprint(&document.document)) {
                repeats.push((met, *number));
                continue;
            }
            met.document = Some(found.documents.len());
            found.documents.push(document);
        }
        found.met.push(met);
    }
    Ok(repeats)
}

/// Where the items of a filter are, as lists show it.
fn whereabouts(tx: &mut store::ReadTx<'_>, id: &RecordId, filter: &ReviewFilter) -> Result<HashSet<String>, Error> {
    let (mut all, mut after) = (HashSet::new(), None);
    loop {
        let page = tx.review_items_page(id.as_str(), after, 500, filter)?;
        let Some(last) = page.last() else { return Ok(all) };
        after = Some(last.idx);
        all.extend(page.into_iter().map(|row| row.locator));
    }
}

fn repeat(wanted: &Wanted, met: MetItem, (idx, of): (u64, u64)) -> ReviewItemFull {
    let place = wanted.places.get(met.place).map(|place| place.name.clone()).unwrap_or_default();
    let item = ReviewItem {
        idx,
        band: met.band.map(Band::key).unwrap_or_default().to_owned(),
        state: "decided".to_owned(),
        duplicate_of: Some(of),
        version: 1,
        locator: format!("{place}: {}", met.locator),
        place,
        ..ReviewItem::default()
    };
    ReviewItemFull { item, ..ReviewItemFull::default() }
}

/// Puts the new rows behind the others; what is open goes from the list of what could not be read, the rest says how often it
/// was tried. Rows from `first_repeat` on repeat items that are there already.
fn put(
    tx: &mut WriteTx<'_>,
    id: &RecordId,
    (rows, first_repeat): (&[ReviewItemFull], usize),
    fates: &[(&ReviewItem, Option<String>)],
) -> Result<(), Error> {
    let from = tx.review_last(id.as_str())?.map_or(0, |last| last + 1);
    let (new, repeats) = rows.split_at(first_repeat.min(rows.len()));
    let mut rows = found::numbered_from(new, from);
    rows.extend(repeats.iter().map(|row| {
        let mut row = row.clone();
        row.item.idx += from;
        row
    }));
    for (row, fate) in fates {
        match fate {
            Some(reason) => tx.review_item_unread(id.as_str(), row, reason)?,
            None => tx.review_item_opened(id.as_str(), row)?,
        }
    }
    crate::review::insert_items(tx, id, &rows)?;
    Ok(tx.log_batch(id.as_str(), manifest(&rows), "passwords-tried")?)
}
