//! What became of an item: each of its documents compared with the person, before anything is
//! known of other items.

use finder::dedupe::fingerprint;
use finder::document::{Document, Extraction};
use finder::identity::{Band, Hit, Matcher, band_of, reasons};
use serde::{Deserialize, Serialize};

use super::scan::Keeping;

/// What became of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Outcome {
    /// Below the item; empty for the item itself.
    pub(super) path: String,
    /// How surely it concerns the person.
    pub(super) band: Option<Band>,
    /// Why.
    pub(super) reasons: Vec<String>,
    /// What of it could not be read, and why.
    pub(super) unreadable: Option<String>,
    /// Equal for the same text; of what concerns the person alone.
    pub(super) print: Option<String>,
    /// Its text, where that is kept, and where the person stands in it.
    pub(super) document: Option<Box<(Document, Vec<Hit>)>>,
}

impl Outcome {
    /// Something that could not be read.
    pub(super) fn unreadable(path: String, reason: String) -> Self {
        Self { path, band: None, reasons: Vec::new(), unreadable: Some(reason), print: None, document: None }
    }

    /// Whether anybody will want to hear of it.
    pub(super) fn matters(&self) -> bool {
        self.band.is_some() || self.unreadable.is_some()
    }
}

/// Compares the documents of one item. A message whose attachment concerns the person concerns
/// the person too: it is what carried the attachment.
pub(super) fn compare(
    extraction: Extraction,
    matcher: &Matcher,
    by_hand: bool,
    truncated_from: Option<u64>,
    keeping: Keeping,
) -> Vec<Outcome> {
    let hits: Vec<Vec<Hit>> = extraction.documents.iter().map(|document| matcher.find(document)).collect();
    let bands: Vec<Option<Band>> = hits.iter().map(|hits| band_of(hits)).collect();
    let carried: Vec<_> = if bands.iter().any(Option::is_some) {
        let paths: Vec<&str> = extraction.documents.iter().map(|document| document.path.as_str()).collect();
        paths.iter().map(|path| carried_band(&paths, &bands, path)).collect()
    } else {
        vec![None; bands.len()]
    };
    let mut outcomes = Vec::with_capacity(hits.len() + extraction.unreadable.len());
    for (((mut document, hits), own), carried) in extraction.documents.into_iter().zip(hits).zip(bands).zip(carried) {
        let mut reasons = reasons(&hits);
        if let Some((band, path)) = &carried
            && own.is_none_or(|own| own < *band)
        {
            reasons.push(format!("it carries {path}, which concerns the person"));
        }
        let mut band = own.max(carried.map(|(band, _)| band));
        if by_hand && band < Some(Band::Likely) {
            band = Some(Band::Likely);
            reasons.push("a person found it and says that it concerns them".to_owned());
        }
        let whole_item = document.path.is_empty();
        let unreadable = truncated_from.filter(|_| whole_item).map(|size| format!("only the first part was read: it has {size} bytes"));
        let print = band.map(|_| fingerprint(&document));
        let path = if keeping.documents() && band.is_some() { document.path.clone() } else { std::mem::take(&mut document.path) };
        let document = (keeping.documents() && band.is_some()).then(|| Box::new((document, hits)));
        outcomes.push(Outcome { path, band, reasons, unreadable, print, document });
    }
    outcomes.extend(extraction.unreadable.into_iter().map(|unreadable| Outcome::unreadable(unreadable.path, unreadable.reason)));
    outcomes
}

/// The strongest band among the documents inside `path`, and which one it is.
fn carried_band(paths: &[&str], bands: &[Option<Band>], path: &str) -> Option<(Band, String)> {
    paths
        .iter()
        .zip(bands)
        .filter(|(child, _)| {
            child.len() > path.len() && (path.is_empty() || child.strip_prefix(path).is_some_and(|rest| rest.starts_with('!')))
        })
        .filter_map(|(child, band)| band.map(|band| (band, (*child).to_owned())))
        .max_by_key(|(band, _)| *band)
}
