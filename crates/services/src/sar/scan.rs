//! The scan: every item of every place is fetched, extracted and compared with the
//! person. Streams; only what concerns the person is kept.

use std::collections::BTreeMap;

use finder::dedupe::fingerprint;
use finder::document::{Document, Extraction};
use finder::identity::{Band, Hit, Matcher, band_of, reasons};

use crate::error::Error;
use crate::ports::{Extractor, Source, SourceItem};

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

/// How far the scan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Items met so far.
    pub met: u64,
    /// Items in all, as far as known.
    pub total: Option<u64>,
    /// Items that concern the person so far.
    pub found: u64,
    /// Bytes read so far.
    pub bytes: u64,
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
#[derive(Debug, Default)]
pub struct Scan {
    /// Every item met, in order.
    pub met: Vec<MetItem>,
    /// The documents that concern the person, duplicates left out, in order.
    pub documents: Vec<ScannedDocument>,
    /// Bytes read.
    pub bytes: u64,
    /// Source items met (an item may hold several documents).
    pub items: u64,
}

/// Scans all places. `progress` may return `false` to stop.
///
/// # Errors
/// A place that cannot be listed; an extractor that cannot work at all.
pub fn scan(
    places: &[Place],
    matcher: &Matcher,
    extractor: &dyn Extractor,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Scan, Error> {
    let total = places.iter().map(|place| place.source.count()).sum::<Option<u64>>();
    let mut scanner = Scanner {
        matcher,
        extractor,
        progress,
        total,
        scan: Scan::default(),
        seen: BTreeMap::new(),
        batch: Vec::new(),
        batch_bytes: 0,
        place: 0,
        by_hand: places.iter().map(|place| place.by_hand).collect(),
    };
    for (index, place) in places.iter().enumerate() {
        scanner.place = index;
        let mut outcome = Ok(true);
        place.source.items(&mut |item| {
            outcome = scanner.take(item);
            matches!(outcome, Ok(true))
        })?;
        if !outcome? || !scanner.flush()? {
            break;
        }
    }
    Ok(scanner.scan)
}

struct Scanner<'a> {
    matcher: &'a Matcher,
    extractor: &'a dyn Extractor,
    progress: &'a mut dyn FnMut(Progress) -> bool,
    total: Option<u64>,
    scan: Scan,
    /// Fingerprint of a found document to its locator.
    seen: BTreeMap<String, String>,
    batch: Vec<(SourceItem, usize)>,
    batch_bytes: usize,
    place: usize,
    by_hand: Vec<bool>,
}

impl Scanner<'_> {
    fn take(&mut self, item: SourceItem) -> Result<bool, Error> {
        self.scan.items += 1;
        let size = item.bytes.as_ref().map_or(0, Vec::len);
        self.scan.bytes += size as u64;
        self.batch_bytes += size;
        self.batch.push((item, self.place));
        if self.batch_bytes >= BATCH_BYTES || self.batch.len() >= BATCH_ITEMS { self.flush() } else { Ok(true) }
    }

    /// Extracts and compares what is waiting. Returns whether to go on.
    fn flush(&mut self) -> Result<bool, Error> {
        let batch = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        let mut readable = Vec::with_capacity(batch.len());
        let mut places = Vec::with_capacity(batch.len());
        for (item, place) in batch {
            match item.bytes {
                Ok(bytes) => {
                    readable.push((item.name, bytes));
                    places.push((item.locator, place, item.truncated_from));
                }
                Err(reason) => self.scan.met.push(MetItem {
                    locator: item.locator,
                    place,
                    band: None,
                    reasons: Vec::new(),
                    unreadable: Some(reason),
                    duplicate_of: None,
                    document: None,
                }),
            }
        }
        let extractions = self.extractor.extract_all(&readable)?;
        for ((locator, place, truncated_from), extraction) in places.into_iter().zip(extractions) {
            self.compare(&locator, place, truncated_from, extraction);
        }
        let progress =
            Progress { met: self.scan.items, total: self.total, found: self.scan.documents.len() as u64, bytes: self.scan.bytes };
        Ok((self.progress)(progress))
    }

    /// Compares the documents of one item. A message whose attachment concerns the
    /// person concerns the person too: it is what carried the attachment.
    fn compare(&mut self, locator: &str, place: usize, truncated_from: Option<u64>, extraction: Extraction) {
        let hits: Vec<Vec<Hit>> = extraction.documents.iter().map(|document| self.matcher.find(document)).collect();
        let bands: Vec<Option<Band>> = hits.iter().map(|hits| band_of(hits)).collect();
        let paths: Vec<String> = extraction.documents.iter().map(|document| document.path.clone()).collect();
        for (index, (document, hits)) in extraction.documents.into_iter().zip(hits).enumerate() {
            let own = bands.get(index).copied().flatten();
            let carried = carried_band(&paths, &bands, &document.path);
            let mut why = reasons(&hits);
            if let Some((band, path)) = &carried
                && own.is_none_or(|own| own < *band)
            {
                why.push(format!("it carries {path}, which concerns the person"));
            }
            let mut band = own.max(carried.map(|(band, _)| band));
            if self.by_hand.get(place).copied().unwrap_or_default() && band < Some(Band::Likely) {
                band = Some(Band::Likely);
                why.push("a person found it and says that it concerns them".to_owned());
            }
            let partly = truncated_from
                .filter(|_| document.path.is_empty())
                .map(|size| format!("only the first part was read: it has {size} bytes"));
            self.keep(Met { locator: join(locator, &document.path), place, band, reasons: why, unreadable: partly }, document, hits);
        }
        for unreadable in extraction.unreadable {
            self.scan.met.push(MetItem {
                locator: join(locator, &unreadable.path),
                place,
                band: None,
                reasons: Vec::new(),
                unreadable: Some(unreadable.reason),
                duplicate_of: None,
                document: None,
            });
        }
    }

    fn keep(&mut self, met: Met, document: Document, hits: Vec<Hit>) {
        let mut line = MetItem {
            locator: met.locator,
            place: met.place,
            band: met.band,
            reasons: met.reasons,
            unreadable: met.unreadable,
            duplicate_of: None,
            document: None,
        };
        if let Some(band) = met.band {
            let print = fingerprint(&document);
            line.duplicate_of = self.seen.get(&print).cloned();
            if line.duplicate_of.is_none() {
                self.seen.insert(print, line.locator.clone());
                line.document = Some(self.scan.documents.len());
                self.scan.documents.push(ScannedDocument {
                    locator: line.locator.clone(),
                    place: line.place,
                    document,
                    hits,
                    band,
                    reasons: line.reasons.clone(),
                });
            }
        }
        self.scan.met.push(line);
    }
}

struct Met {
    locator: String,
    place: usize,
    band: Option<Band>,
    reasons: Vec<String>,
    unreadable: Option<String>,
}

/// The strongest band among the documents inside `path`, and which one it is.
fn carried_band(paths: &[String], bands: &[Option<Band>], path: &str) -> Option<(Band, String)> {
    paths
        .iter()
        .zip(bands)
        .filter(|(child, _)| {
            child.len() > path.len() && (path.is_empty() || child.strip_prefix(path).is_some_and(|rest| rest.starts_with('!')))
        })
        .filter_map(|(child, band)| band.map(|band| (band, child.clone())))
        .max_by_key(|(band, _)| *band)
}

fn join(locator: &str, path: &str) -> String {
    if path.is_empty() { locator.to_owned() } else { format!("{locator}!{path}") }
}
