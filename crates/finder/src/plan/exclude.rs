//! The subject's own data is never proposed.

use crate::document::Document;
use crate::fold::Folded;
use crate::identity::{Band, Hit};

use super::PlanContext;

/// Where the document speaks of the data subject.
pub(super) struct Own {
    /// Sorted by start.
    hits: Vec<Hit>,
    longest: usize,
}

impl Own {
    /// Looks the subject up in a document: the matcher's hits and the extra texts.
    pub(super) fn of(doc: &Document, context: &PlanContext) -> Self {
        let mut hits = context.matcher.find(doc);
        hits.retain(|h| h.end > h.start);
        let folded = Folded::new(&doc.text);
        for extra in &context.own_texts {
            for (at, found) in folded.text.match_indices(extra.as_str()) {
                if crate::fold::stands_alone(&folded.text, at, at + found.len()) {
                    let range = folded.original_range(at, at + found.len());
                    hits.push(Hit { start: range.start, end: range.end, band: Band::Certain, reason: "the subject's own".into() });
                }
            }
        }
        hits.sort_by_key(|h| h.start);
        let longest = hits.iter().map(|h| h.end - h.start).max().unwrap_or(0);
        Self { hits, longest }
    }

    /// True when a proposal is about the subject: it lies within a mention of theirs, or holds a sure one and nothing else of weight.
    pub(super) fn covers(&self, text: &str, start: usize, end: usize) -> bool {
        // Only hits that can touch the proposal: none begins further before it than the longest reaches.
        let first = self.hits.partition_point(|h| h.start + self.longest < start);
        self.hits.iter().skip(first).take_while(|h| h.start < end).any(|h| {
            let within = h.start <= start && end <= h.end;
            let around = start <= h.start
                && h.end <= end
                && h.band >= Band::Likely
                && !strangers(text, start, h.start)
                && !strangers(text, h.end, end);
            within || around
        })
    }
}

/// True when the rest of a proposal beside the subject's own name holds a further name: a capitalised word that is no title.
fn strangers(text: &str, start: usize, end: usize) -> bool {
    text.get(start..end)
        .unwrap_or_default()
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
        .any(|w| {
            let known = crate::lexicon::flags(w);
            !known.any(crate::lexicon::Flags::TITLE.with(crate::lexicon::Flags::COMMON).with(crate::lexicon::Flags::SALUTATION))
        })
}
