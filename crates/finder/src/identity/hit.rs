//! What a match says.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What the reason of a mention says that is held to be of another person of the same name.
pub(super) const SOMEBODY_ELSE: &str = "perhaps somebody else of the same name";

/// True when a reason says that the mention is perhaps of somebody else of the same name: a person decides.
pub fn is_namesake(reason: &str) -> bool {
    reason.contains(SOMEBODY_ELSE)
}

/// How sure a match is. Ordered: `Certain` is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Worth a look: half a name, a postcode.
    Possible,
    /// Probably this person: an initial with the surname, a nickname with the surname.
    Likely,
    /// This person: an address, a number, or the full name.
    Certain,
}

impl Band {
    /// The share of items of this band that are expected to concern the person, from 0 to 1: what `probity bench recall` measures
    /// on invented people among real messages and documents.
    pub const fn expected(self) -> f64 {
        match self {
            Self::Possible => 0.05,
            Self::Likely => 0.97,
            Self::Certain => 0.995,
        }
    }

    /// The name in files and lists.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// One mention of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// How sure.
    pub band: Band,
    /// Why, in plain words; says nothing about other people.
    pub reason: String,
}

/// The best band among the hits; nothing when there is none.
pub fn band_of(hits: &[Hit]) -> Option<Band> {
    hits.iter().map(|h| h.band).max()
}

/// The reasons, the surest first, each once.
pub fn reasons(hits: &[Hit]) -> Vec<String> {
    let mut order: Vec<&Hit> = hits.iter().collect();
    order.sort_by_key(|h| (std::cmp::Reverse(h.band), h.start));
    let mut out: Vec<String> = Vec::new();
    for hit in order {
        if !out.contains(&hit.reason) {
            out.push(hit.reason.clone());
        }
    }
    out
}

/// Drops hits that lie within another of the same or a better band, and sorts by place.
pub(super) fn tidy(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by(|a, b| (b.band, b.end - b.start, a.start).cmp(&(a.band, a.end - a.start, b.start)));
    let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
    // Kept hits of one band do not nest, so a sorted list answers "is this inside one" by one look before and one after.
    let mut covered: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for hit in hits {
        let inside = covered.range(..=hit.start).next_back().is_some_and(|(_, end)| *end >= hit.end);
        if !inside {
            let end = covered.entry(hit.start).or_insert(hit.end);
            *end = (*end).max(hit.end);
            kept.push(hit);
        }
    }
    kept.sort_by_key(|h| (h.start, h.end));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(start: usize, end: usize, band: Band) -> Hit {
        Hit { start, end, band, reason: format!("{start}-{end}") }
    }

    #[test]
    fn bands_are_ordered_and_the_best_counts() {
        assert!(Band::Certain > Band::Likely && Band::Likely > Band::Possible);
        assert_eq!(band_of(&[hit(0, 1, Band::Possible), hit(2, 3, Band::Certain)]), Some(Band::Certain));
        assert_eq!(band_of(&[]), None);
    }

    #[test]
    fn a_part_of_a_better_hit_is_dropped() {
        let tidied =
            tidy(vec![hit(0, 6, Band::Possible), hit(0, 11, Band::Certain), hit(7, 11, Band::Possible), hit(20, 24, Band::Possible)]);
        assert_eq!(tidied.iter().map(|h| (h.start, h.end)).collect::<Vec<_>>(), [(0, 11), (20, 24)]);
        let better_inside = tidy(vec![hit(0, 11, Band::Possible), hit(0, 6, Band::Certain)]);
        assert_eq!(better_inside.len(), 2);
    }

    #[test]
    fn reasons_come_once_and_the_surest_first() {
        let mut hits = vec![hit(0, 1, Band::Possible), hit(2, 3, Band::Certain), hit(4, 5, Band::Certain)];
        hits[2].reason = "2-3".into();
        assert_eq!(reasons(&hits), ["2-3", "0-1"]);
    }
}
