//! The subject's own data is never proposed.

use crate::detect::Kind;
use crate::document::Document;
use crate::fold::{Folded, fold};
use crate::identity::{Band, Hit, PersonName};
use crate::lexicon::{Flags, flags};

use super::{PlanContext, Proposal};

/// Where the document speaks of the data subject.
pub(super) struct Own<'a> {
    /// Sorted by start.
    hits: Vec<Hit>,
    longest: usize,
    names: &'a [PersonName],
}

impl<'a> Own<'a> {
    /// Looks the subject up in a document: the matcher's hits and the extra texts.
    pub(super) fn of(doc: &Document, context: &'a PlanContext) -> Self {
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
        Self { hits, longest, names: &context.own_names }
    }

    /// True when the subject is mentioned within a range, at least so surely.
    pub(super) fn is_in(&self, start: usize, end: usize, band: Band) -> bool {
        let first = self.hits.partition_point(|h| h.start + self.longest < start);
        self.hits.iter().skip(first).take_while(|h| h.start < end).any(|h| start < h.end && h.band >= band)
    }

    /// True when a word of the range is one of the subject's names, or the subject is mentioned in it however unsurely.
    pub(super) fn may_be_in(&self, text: &str, start: usize, end: usize) -> bool {
        self.is_in(start, end, Band::Possible)
            || super::sentence::words(text, start, end).into_iter().any(|(_, word)| {
                let folded = fold(word);
                let bare = folded.trim_end_matches("'s");
                self.names.iter().flat_map(PersonName::own_words).flat_map(|own| own.split([' ', '-'])).any(|own| own == bare)
            })
    }

    /// True when a proposal is about the subject: it lies within a mention of theirs, holds a sure one and nothing else of weight,
    /// or is a name made of the subject's own words. A person whom the directory or a header names is somebody else by these words.
    pub(super) fn covers(&self, text: &str, p: &Proposal) -> bool {
        let (start, end) = (p.start, p.end);
        // Only hits that can touch the proposal: none begins further before it than the longest reaches.
        let first = self.hits.partition_point(|h| h.start + self.longest < start);
        let mut near = self.hits.iter().skip(first).take_while(|h| h.start < end);
        near.any(|h| {
            let within = h.start <= start && end <= h.end;
            let around = start <= h.start && h.end <= end && h.band >= Band::Likely;
            within
                || around && !strangers(text, start, h.start) && !strangers(text, h.end, end)
                || around && h.band == Band::Certain && p.kind == Kind::Person && one_longer_name(text, start, h, end)
        }) || p.kind == Kind::Person && p.person.is_none() && self.names.iter().any(|n| own_name(n, text, start, end))
    }
}

/// True when every word is one of the name's or fits one of its initials: `Hart`, `A. J. Hart`, `Mr Amelia Hart-Davies`. A middle name
/// alone is somebody's given name as likely as not, unless it is no usual given name or the text calls it a former name.
fn own_name(name: &PersonName, text: &str, start: usize, end: usize) -> bool {
    let written = text.get(start..end).unwrap_or_default();
    let folded = fold(written);
    if longer_name(name, written, &folded) {
        return true;
    }
    let own: Vec<&str> = name.own_words().flat_map(|w| w.split([' ', '-'])).filter(|w| w.chars().count() > 1).collect();
    let initials: Vec<char> = name.own_words().filter_map(|w| w.chars().next()).collect();
    let (mut whole, mut middle_only, mut letters_seen) = (0_usize, true, Vec::new());
    for word in folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()) {
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(initial), None) if initials.contains(&initial) => letters_seen.push(initial),
            _ if own.contains(&word) || own.contains(&word.trim_end_matches("'s")) => {
                whole += 1;
                middle_only &= name.middle.iter().any(|m| m == word);
            }
            _ if flags(word).any(Flags::TITLE) => {}
            _ => return false,
        }
    }
    // Initials alone are theirs from the first to the last: `A.H.`, `A. R. H.`
    let surname = name.surnames.first().and_then(|s| s.chars().next());
    if whole == 0 {
        return letters_seen.len() > 1
            && letters_seen.first().copied() == name.given.chars().next()
            && letters_seen.last().copied() == surname;
    }
    !middle_only || whole == 1 && (!flags(&folded).any(Flags::GIVEN) || former(text, start))
}

/// True for the subject's given name and surname with further names between them: `Louis Osaze Darren Hart` for Louis Hart.
fn longer_name(name: &PersonName, written: &str, folded: &str) -> bool {
    let title = |w: &&str| flags(w).any(Flags::TITLE) && *w != name.given;
    let words: Vec<&str> = folded.split([' ', '.']).filter(|w| !w.is_empty()).skip_while(title).collect();
    let [first, between @ .., last] = words.as_slice() else { return false };
    *first == name.given
        && name.surnames.iter().any(|s| s == last)
        && between.len() < 4
        && !written.contains(['\n', '\t', ',', ';', '&', '/'])
        && !written.split_whitespace().any(|w| w.chars().all(char::is_lowercase))
}

/// True when the words before speak of a former or other name.
fn former(text: &str, at: usize) -> bool {
    let from = text.ceil_char_boundary(at.saturating_sub(30));
    let before = text.get(from..at).unwrap_or_default().to_lowercase();
    ["maiden", "n\u{e9}e", "nee ", "known as", "formerly", "former name"].iter().any(|w| before.contains(w))
}

/// True when the rest of the proposal only adds names to the subject's full one: `Louis Osaze Darren Hart` for Darren Hart. Two full
/// names side by side are two people.
fn one_longer_name(text: &str, start: usize, own: &Hit, end: usize) -> bool {
    let (before, after) = (text.get(start..own.start).unwrap_or_default(), text.get(own.end..end).unwrap_or_default());
    let plain = |t: &str| !t.contains(['\n', '\t', ',', ';', '&', '/']) && !t.split_whitespace().any(|w| w.chars().all(char::is_lowercase));
    let surname = |w: &str| flags(w).any(Flags::SURNAME) && !flags(w).any(Flags::GIVEN);
    let two = |t: &str| t.split_whitespace().count() > 1;
    let another = two(before) && before.split_whitespace().next_back().is_some_and(surname) || two(after);
    own.end - own.start >= 5 && plain(before) && plain(after) && !another
}

/// True when the rest of a proposal beside the subject's own name holds a further name: a capitalised word that is no title.
fn strangers(text: &str, start: usize, end: usize) -> bool {
    text.get(start..end)
        .unwrap_or_default()
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
        .any(|w| !flags(w).any(Flags::TITLE.with(Flags::COMMON).with(Flags::SALUTATION)))
}
