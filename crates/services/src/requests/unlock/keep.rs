//! A new search has no passwords. What they opened before stays in the review, as it was then, and is listed as locked
//! beside it.

use std::collections::HashSet;

use finder::dedupe::fingerprint;
use finder::identity::{Matcher, band_of, reasons};

use crate::review::{StoredDocument, StoredProposals};
use crate::sar::{MetItem, Place, Scan, ScannedDocument, is_locked, lies_in};

/// What a person reads about such an item.
const WHY: &str = "a password opened it before this search, which had none: the text is that of then";

/// Puts back what passwords opened in the review before, where the search met the same thing locked again: what lies in it,
/// and the message or archive that carries it.
pub(in super::super) fn keep_opened(
    found: &mut Scan,
    places: &[Place],
    before: Vec<(u64, StoredDocument, StoredProposals)>,
    matcher: &Matcher,
) {
    let locked: Vec<(usize, String)> = found
        .met
        .iter()
        .filter(|met| met.unreadable.as_deref().is_some_and(is_locked))
        .map(|met| (met.place, met.locator.clone()))
        .collect();
    let known: HashSet<(usize, String)> = found.documents.iter().map(|one| (one.place, one.locator.clone())).collect();
    let prints: HashSet<String> = found.documents.iter().map(|one| fingerprint(&one.document)).collect();
    for (_, stored, _) in before {
        let Some(place) = places.iter().position(|place| place.name == stored.place) else { continue };
        let StoredDocument { locator, document, mut band, .. } = stored;
        let touches = |of: &(usize, String)| of.0 == place && (lies_in(&locator, &of.1) || lies_in(&of.1, &locator));
        let here = locked.iter().any(touches) && !known.contains(&(place, locator.clone()));
        if !here || prints.contains(&fingerprint(&document)) {
            continue;
        }
        let hits = matcher.find(&document);
        let mut why = reasons(&hits);
        match band_of(&hits) {
            Some(own) => band = own,
            None => why.extend(stored.reasons.into_iter().filter(|reason| reason.starts_with("it carries "))),
        }
        why.push(WHY.to_owned());
        found.met.push(MetItem {
            locator: locator.clone(),
            place,
            band: Some(band),
            reasons: why.clone(),
            unreadable: None,
            duplicate_of: None,
            document: Some(found.documents.len()),
        });
        found.documents.push(ScannedDocument { locator, place, document, hits, band, reasons: why });
        found.found += 1;
    }
}
