//! The scan: every item of every place is fetched, extracted and compared with the
//! person. Streams; only what concerns the person is kept. With a memory it notes after each
//! batch how far it is, goes on there after an interruption, and reads only what is new.

use std::collections::BTreeMap;

use finder::document::Document;
use finder::identity::{Band, Hit, Matcher};
use serde::Serialize;

use super::ledger::{Edition, ItemNote, Ledger, Memory, PartOut, Passed};
use super::locked::is_locked;
use super::outcome::{Compared, Outcome, compare};
use crate::error::Error;
use crate::ports::{Extractor, Looked, Mark, NO_LETTERS, Part, Source, SourceItem, Start, Walker};

/// Bytes of items handed to the extractor in one go.
const BATCH_BYTES: usize = 4 << 20;
/// Items handed to the extractor in one go.
const BATCH_ITEMS: usize = 256;

/// A place to search, as the pack names it.
pub struct Place {
    /// E.g. `inbox (Maildir)`.
    pub name: String,
    /// The opened source.
    pub source: Box<dyn Source>,
    /// People put together what is in it because it concerns the person: nothing of it is passed over.
    pub by_hand: bool,
}

/// How much of what is met is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Keeping {
    /// A line for whatever concerns the person or could not be read; no texts.
    Findings,
    /// The same, and the texts that concern the person.
    Review,
    /// A line for everything met, and the texts that concern the person.
    Everything,
}

impl Keeping {
    /// Whether texts are kept.
    pub(super) const fn documents(self) -> bool {
        !matches!(self, Self::Findings)
    }
}

/// How far the scan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Items met so far.
    pub met: u64,
    /// Items in all, as far as known.
    pub total: Option<u64>,
    /// `total` is a guess from the bytes read so far.
    pub estimated: bool,
    /// Items that concern the person so far.
    pub found: u64,
    /// Bytes read so far.
    pub bytes: u64,
    /// Of the items met, those that an earlier run had read.
    pub known: u64,
    /// Letters are being read in pictures of the items behind those met, and how far that is.
    pub looked: Option<Looked>,
}

/// One line of the record of search: every item met, found or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetItem {
    /// Where it is.
    pub locator: String,
    /// Index of the place.
    pub place: usize,
    /// How surely it concerns the person; `None` when it does not.
    pub band: Option<Band>,
    /// Why.
    pub reasons: Vec<String>,
    /// What of it could not be read, and why.
    pub unreadable: Option<String>,
    /// The locator of the same text met earlier.
    pub duplicate_of: Option<String>,
    /// Index into [`Scan::documents`].
    pub document: Option<usize>,
}

/// A document that concerns the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedDocument {
    /// Where it is.
    pub locator: String,
    /// Index of the place.
    pub place: usize,
    /// Its text.
    pub document: Document,
    /// Where the person stands in it.
    pub hits: Vec<Hit>,
    /// How surely.
    pub band: Band,
    /// Why.
    pub reasons: Vec<String>,
}

/// The result of a scan.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// What was met, in order: everything, or what matters ([`Keeping`]).
    pub met: Vec<MetItem>,
    /// The documents that concern the person, duplicates left out, in order.
    pub documents: Vec<ScannedDocument>,
    /// How many documents concern the person, duplicates left out.
    pub found: u64,
    /// How many documents hold no more than a name that too many hold, and were left out for it.
    pub left_out: u64,
    /// Everything met in all: documents, and what could not be read.
    pub listed: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Source items met (an item may hold several documents).
    pub items: u64,
}

impl Scan {
    /// How many of the things met may hold letters that nothing here can read, because no text recognition is installed.
    pub fn without_letters(&self) -> u64 {
        self.unread(|reason| reason.contains(NO_LETTERS))
    }

    /// How many of the things met are under a password that nobody has given.
    pub fn encrypted(&self) -> u64 {
        self.unread(is_locked)
    }

    fn unread(&self, wanted: impl Fn(&str) -> bool) -> u64 {
        self.met.iter().filter_map(|met| met.unreadable.as_deref()).filter(|reason| wanted(reason)).count() as u64
    }
}

/// What an earlier run was good for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Items that did not have to be read again.
    pub items: u64,
    /// Files and messages that had changed meanwhile and were read again.
    pub changed: u64,
    /// The notes were of another search, or of another version of the program: everything was read again.
    pub other: bool,
}

/// On which terms a scan runs.
pub struct Terms<'t> {
    /// Who is searched for.
    pub matcher: &'t Matcher,
    /// Bytes to text.
    pub extractor: &'t dyn Extractor,
    /// What is kept.
    pub keeping: Keeping,
    /// Whether items that hold no more than a part of a name are kept however many there are.
    pub parts: bool,
    /// Where it notes how far it is, and what the notes rest on.
    pub memory: Option<(&'t mut dyn Memory, Edition)>,
}

/// Scans all places, keeping everything and noting nothing. `progress` may return `false` to stop.
///
/// # Errors
/// A place that cannot be listed; an extractor that cannot work at all.
pub fn scan(
    places: &[Place],
    matcher: &Matcher,
    extractor: &dyn Extractor,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Scan, Error> {
    let terms = Terms { matcher, extractor, keeping: Keeping::Everything, parts: false, memory: None };
    scan_on(places, terms, progress).map(|(scan, _)| scan)
}

/// Scans all places. `progress` may return `false` to stop; what was read until then is noted.
///
/// # Errors
/// A place that cannot be listed; an extractor or a memory that cannot work at all.
pub fn scan_on(places: &[Place], terms: Terms<'_>, progress: &mut dyn FnMut(Progress) -> bool) -> Result<(Scan, Earlier), Error> {
    let Terms { matcher, extractor, keeping, parts, memory } = terms;
    let ledger = memory.map(|(memory, edition)| Ledger::open(memory, edition, places)).transpose()?;
    let mut earlier = Earlier { other: ledger.as_ref().is_some_and(|ledger| ledger.other_edition), ..Earlier::default() };
    let mut scanner = Scanner {
        compared: Compared::new(matcher),
        extractor,
        progress,
        keeping,
        names: ledger.as_ref().map(Ledger::places).unwrap_or_default(),
        ledger,
        size: Size::of(places),
        scan: Scan::default(),
        known: 0,
        seen: BTreeMap::new(),
        batch: Vec::new(),
        batch_bytes: 0,
        batch_items: 0,
        place: 0,
        by_hand: false,
        noting: None,
        going: Ok(true),
    };
    for (index, place) in places.iter().enumerate() {
        (scanner.place, scanner.by_hand, scanner.noting) = (index, place.by_hand, None);
        let walked = place.source.walk(&mut scanner);
        // What was read before a place broke off is noted all the same.
        let going = std::mem::replace(&mut scanner.going, Ok(true))? && scanner.flush()?;
        walked?;
        if !going {
            earlier.items = scanner.known;
            scanner.scan.settle(parts);
            return Ok((scanner.scan, earlier));
        }
    }
    earlier.items = scanner.known;
    if let Some(ledger) = scanner.ledger {
        earlier.changed = ledger.changed;
        ledger.finish()?;
    }
    scanner.scan.settle(parts);
    Ok((scanner.scan, earlier))
}

/// How much there is to read.
struct Size {
    items: Option<u64>,
    bytes: Option<u64>,
}

impl Size {
    fn of(places: &[Place]) -> Self {
        let items = places.iter().map(|place| place.source.count()).sum::<Option<u64>>();
        let bytes = if items.is_some() { None } else { places.iter().map(|place| place.source.size()).sum() };
        Self { items, bytes }
    }

    /// Items in all, and whether that is a guess.
    fn total(&self, scan: &Scan) -> (Option<u64>, bool) {
        let guessed = self.bytes.filter(|_| scan.bytes > 0).map(|bytes| {
            let total = u128::from(scan.items) * u128::from(bytes) / u128::from(scan.bytes);
            u64::try_from(total).unwrap_or(u64::MAX).max(scan.items)
        });
        (self.items.or(guessed), self.items.is_none() && guessed.is_some())
    }
}

/// What waits to be read, with what lies between.
enum Waiting {
    Begin { name: String, stamp: String, mark: Mark },
    Read { item: SourceItem, mark: Option<Mark> },
    Known { items: Vec<ItemNote>, passed: Passed },
    End,
}

/// What became of it.
enum Step {
    Begin { name: String, stamp: String, mark: Mark },
    Item { note: ItemNote, mark: Option<Mark> },
    Known { items: Vec<ItemNote>, passed: Passed },
    End,
}

/// The part that is being read, as far as it is noted.
struct Noting {
    name: String,
    stamp: String,
    mark: Mark,
}

struct Scanner<'a> {
    compared: Compared<'a>,
    extractor: &'a dyn Extractor,
    progress: &'a mut dyn FnMut(Progress) -> bool,
    keeping: Keeping,
    ledger: Option<Ledger<'a>>,
    names: Vec<String>,
    size: Size,
    scan: Scan,
    known: u64,
    /// Fingerprint of a found document to its locator.
    seen: BTreeMap<String, String>,
    batch: Vec<Waiting>,
    batch_bytes: usize,
    batch_items: usize,
    place: usize,
    by_hand: bool,
    noting: Option<Noting>,
    going: Result<bool, Error>,
}

impl Walker for Scanner<'_> {
    fn begin(&mut self, part: Part<'_>) -> Start {
        let (mut mark, mut start) = (Mark::default(), Start::Beginning);
        let Some(ledger) = self.ledger.as_mut() else { return start };
        if let Some(known) = ledger.known(self.place, part) {
            (mark, start) = (known.mark, if known.whole { Start::Known } else { Start::After(known.mark) });
            self.batch.push(Waiting::Known { items: known.items, passed: known.passed });
        }
        if start != Start::Known {
            self.batch.push(Waiting::Begin { name: part.name.to_owned(), stamp: part.stamp.to_owned(), mark });
        }
        start
    }

    fn knows(&self, part: Part<'_>) -> bool {
        self.ledger.as_ref().is_some_and(|ledger| ledger.knows(self.place, part))
    }

    fn item(&mut self, item: SourceItem, mark: Option<Mark>) -> bool {
        self.batch_bytes += item.bytes.as_ref().map_or(0, Vec::len);
        self.batch.push(Waiting::Read { item, mark });
        self.batch_items += 1;
        if self.batch_bytes >= BATCH_BYTES || self.batch_items >= BATCH_ITEMS {
            self.going = self.flush();
        }
        matches!(self.going, Ok(true))
    }

    fn end(&mut self) {
        if self.ledger.is_some() {
            self.batch.push(Waiting::End);
        }
    }
}

impl Scanner<'_> {
    /// Extracts and compares what is waiting, and notes it. Returns whether to go on.
    fn flush(&mut self) -> Result<bool, Error> {
        let Some(steps) = self.read()? else { return Ok(false) };
        if let Some(ledger) = self.ledger.as_mut() {
            let place = self.names.get(self.place).map(String::as_str).unwrap_or_default();
            ledger.note(&parts(&steps, place, &mut self.noting))?;
        }
        for step in steps {
            match step {
                Step::Item { note, .. } => self.take_in(note),
                Step::Known { items, passed } => {
                    self.known += passed.items + items.len() as u64;
                    self.pass(passed);
                    for note in items {
                        self.take_in(note);
                    }
                }
                Step::Begin { .. } | Step::End => {}
            }
        }
        let so_far = self.so_far();
        Ok((self.progress)(so_far))
    }

    fn so_far(&self) -> Progress {
        let Scan { items: met, bytes, found, .. } = self.scan;
        let (total, estimated) = self.size.total(&self.scan);
        Progress { met, total, estimated, found, bytes, known: self.known, looked: None }
    }

    /// Extracts and compares what is waiting, in order. `None` when it was stopped meanwhile.
    fn read(&mut self) -> Result<Option<Vec<Step>>, Error> {
        let batch = std::mem::take(&mut self.batch);
        (self.batch_bytes, self.batch_items) = (0, 0);
        let (mut readable, mut steps, mut slots) = (Vec::new(), Vec::with_capacity(batch.len()), Vec::new());
        for waiting in batch {
            steps.push(match waiting {
                Waiting::Begin { name, stamp, mark } => Step::Begin { name, stamp, mark },
                Waiting::Known { items, passed } => Step::Known { items, passed },
                Waiting::End => Step::End,
                Waiting::Read { item: SourceItem { locator, name, bytes, truncated_from }, mark } => {
                    let mut note = ItemNote { locator, bytes: 0, documents: 0, outcomes: Vec::new() };
                    match bytes {
                        Ok(bytes) => {
                            note.bytes = bytes.len() as u64;
                            readable.push((name, bytes));
                            slots.push((steps.len(), truncated_from));
                        }
                        Err(reason) => {
                            note.documents = 1;
                            note.outcomes.push(Outcome::unreadable(String::new(), reason));
                        }
                    }
                    Step::Item { note, mark }
                }
            });
        }
        let (so_far, progress, mut going) = (self.so_far(), &mut self.progress, true);
        let mut watch = |looked| {
            going &= progress(Progress { looked: Some(looked), ..so_far });
            going
        };
        let extractions = if readable.is_empty() { Vec::new() } else { self.extractor.extract_watched(&readable, &mut watch)? };
        if !going {
            return Ok(None);
        }
        drop(readable);
        for ((slot, truncated_from), extraction) in slots.into_iter().zip(extractions) {
            if let Some(Step::Item { note, .. }) = steps.get_mut(slot) {
                let outcomes = compare(extraction, &note.locator, &mut self.compared, self.by_hand, truncated_from, self.keeping);
                note.documents = outcomes.len() as u64;
                note.outcomes = outcomes;
                if self.keeping != Keeping::Everything {
                    note.outcomes.retain(Outcome::matters);
                }
            }
        }
        Ok(Some(steps))
    }

    fn pass(&mut self, passed: Passed) {
        self.scan.items += passed.items;
        self.scan.bytes += passed.bytes;
        self.scan.listed += passed.documents;
    }

    /// Puts an item into the record of search.
    fn take_in(&mut self, note: ItemNote) {
        self.pass(Passed { items: 1, bytes: note.bytes, documents: note.documents });
        for outcome in note.outcomes {
            let Outcome { path, band, reasons, unreadable, print, document } = outcome;
            let place = self.place;
            let locator = join(&note.locator, &path);
            let mut line = MetItem { locator, place, band, reasons, unreadable, duplicate_of: None, document: None };
            if let (Some(band), Some(print)) = (band, print) {
                line.duplicate_of = self.seen.get(&print).cloned();
                if line.duplicate_of.is_none() {
                    self.seen.insert(print, line.locator.clone());
                    self.scan.found += 1;
                    if let Some(document) = document {
                        let (document, hits) = *document;
                        line.document = Some(self.scan.documents.len());
                        let (locator, reasons) = (line.locator.clone(), line.reasons.clone());
                        self.scan.documents.push(ScannedDocument { locator, place, document, hits, band, reasons });
                    }
                }
            }
            self.scan.met.push(line);
        }
    }
}

fn join(locator: &str, path: &str) -> String {
    if path.is_empty() { locator.to_owned() } else { format!("{locator}!{path}") }
}

/// The notes on these steps. A part that is not at its end goes on in the next ones.
fn parts<'s>(steps: &'s [Step], place: &'s str, noting: &mut Option<Noting>) -> Vec<PartOut<'s>> {
    let mut parts: Vec<PartOut<'s>> = Vec::new();
    let mut open = false;
    for step in steps {
        if let Step::Begin { name, stamp, mark } = step {
            *noting = Some(Noting { name: name.clone(), stamp: stamp.clone(), mark: *mark });
            open = false;
            continue;
        }
        if let Step::Item { mark: None, .. } = step {
            *noting = None;
        }
        let Some(part) = noting.as_mut().filter(|_| !matches!(step, Step::Known { .. })) else { continue };
        if !std::mem::replace(&mut open, true) {
            let Noting { name, stamp, mark } = &*part;
            let (name, stamp, mark) = (name.clone(), stamp.clone(), *mark);
            parts.push(PartOut { place, name, stamp, items: Vec::new(), passed: Passed::default(), mark, whole: false });
        }
        let Some(out) = parts.last_mut() else { continue };
        match step {
            Step::Item { note, mark: Some(mark) } => {
                (part.mark, out.mark) = (*mark, *mark);
                if note.outcomes.is_empty() {
                    out.passed.add(Passed { items: 1, bytes: note.bytes, documents: note.documents });
                } else {
                    out.items.push(note);
                }
            }
            Step::End => {
                out.whole = true;
                *noting = None;
            }
            Step::Item { .. } | Step::Known { .. } | Step::Begin { .. } => {}
        }
    }
    parts
}
