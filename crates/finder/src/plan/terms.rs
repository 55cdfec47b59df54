//! Search terms of other people: their names, parts of names and addresses, and where they stand in a text.

use aho_corasick::AhoCorasick;

use super::context::automaton;
use crate::detect::Kind;
use crate::fold::{Folded, fold, stands_alone};
use crate::identity::PersonName;
use crate::lexicon::{Flags, flags};

/// How a term must be written to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// In any case.
    Any,
    /// With a capital first letter.
    Capital,
    /// With a capital, inside a sentence: ordinary words such as `Will` and `Grace`.
    CapitalInside,
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) folded: String,
    pub(super) kind: Kind,
    pub(super) writing: Writing,
    pub(super) person: Option<usize>,
    pub(super) why: &'static str,
}

/// Compiled terms.
#[derive(Debug, Clone, Default)]
pub(super) struct TermSet {
    pub(super) terms: Vec<Term>,
    automaton: Option<AhoCorasick>,
}

/// Where a term stands in the original text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Index of the term.
    pub(super) term: usize,
}

impl TermSet {
    pub(super) fn new(terms: Vec<Term>) -> Self {
        let texts: Vec<String> = terms.iter().map(|t| t.folded.clone()).collect();
        Self { automaton: automaton(&texts), terms }
    }

    /// Every place where a term stands alone in the text, written as it must be.
    pub(super) fn places(&self, text: &str, folded: &Folded) -> Vec<Place> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        automaton
            .find_overlapping_iter(folded.text.as_str())
            .filter_map(|m| {
                let index = m.pattern().as_usize();
                let term = self.terms.get(index)?;
                if !bounded(&folded.text, m.start(), m.end()) {
                    return None;
                }
                let range = folded.original_range(m.start(), m.end());
                written(text, range.start, term.writing).then_some(Place { start: range.start, end: range.end, term: index })
            })
            .collect()
    }
}

/// A boundary where the term itself has letters or digits at its edge.
fn bounded(text: &str, start: usize, end: usize) -> bool {
    stands_alone(text, start, end)
}

/// Is the text at `start` written as the rule asks?
pub(super) fn written(text: &str, start: usize, writing: Writing) -> bool {
    let capital = || text.get(start..).and_then(|t| t.chars().next()).is_some_and(|c| !c.is_lowercase());
    match writing {
        Writing::Any => true,
        Writing::Capital => capital(),
        Writing::CapitalInside => {
            let before =
                text.get(..start).map(|t| t.trim_end_matches([' ', '\t', '>', '"', '\'', '\u{201c}', '\u{2018}'])).unwrap_or_default();
            let opening =
                before.chars().next_back().is_none_or(|c| matches!(c, '.' | '!' | '?' | ':' | '\n' | '\r' | '\u{2026}' | '-' | '*'));
            capital() && !opening
        }
    }
}

/// How a single word of a name must be written. Nothing for words too short or too common to search for alone.
pub(super) fn writing_of(word: &str) -> Option<Writing> {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2 {
        return None;
    }
    let known = flags(word);
    Some(if known.any(Flags::COMMON) {
        if !known.any(Flags::GIVEN.with(Flags::SURNAME))
            || matches!(
                word,
                "may"
                    | "can"
                    | "will"
                    | "so"
                    | "an"
                    | "do"
                    | "my"
                    | "son"
                    | "long"
                    | "april"
                    | "june"
                    | "august"
                    | "mar"
                    | "jan"
                    | "art"
                    | "day"
            )
        {
            return None;
        }
        Writing::CapitalInside
    } else {
        Writing::Capital
    })
}

/// The terms of one person: full name and its orders, initials with the surname, the parts of the name, and the addresses.
pub(super) fn person_terms(person: usize, name: &str, emails: &[String], own: &[PersonName]) -> Vec<Term> {
    let mut out = Vec::new();
    let mut add = |folded: String, kind, writing, why| {
        if folded.chars().filter(|c| c.is_alphanumeric()).count() >= 2 && !out.iter().any(|t: &Term| t.folded == folded) {
            out.push(Term { folded, kind, writing, person: Some(person), why });
        }
    };
    for email in emails.iter().map(|e| fold(e.trim())).filter(|e| e.contains('@')) {
        add(email, Kind::Email, Writing::Any, "e-mail address");
    }
    let whole = fold(name.trim().trim_matches(['"', '\'']));
    if whole.contains('@') {
        return out;
    }
    let Some(parsed) = PersonName::parse(name) else { return out };
    let single = parsed.surnames.is_empty();
    if !single {
        add(whole, Kind::Person, Writing::Any, "full name");
    }
    let given = parsed.given.clone();
    let initial: String = given.chars().take(1).collect();
    for surname in &parsed.surnames {
        for (text, why) in [
            (format!("{given} {surname}"), "full name"),
            (format!("{surname}, {given}"), "full name"),
            (format!("{surname} {given}"), "full name"),
            (format!("{initial} {surname}"), "initial and surname"),
            (format!("{initial}. {surname}"), "initial and surname"),
            (format!("{initial}.{surname}"), "initial and surname"),
            (format!("{surname}, {initial}"), "initial and surname"),
            (format!("{surname} {initial}"), "initial and surname"),
        ] {
            add(text, Kind::Person, Writing::Any, why);
        }
        for nickname in &parsed.nicknames {
            add(format!("{nickname} {surname}"), Kind::Person, Writing::Any, "short name and surname");
        }
    }
    let mine = |w: &str| own.iter().flat_map(PersonName::own_words).any(|o| o == w);
    let surnames = parsed.surnames.iter().filter(|s| !mine(s)).map(|s| (s, "surname"));
    for (word, why) in std::iter::once((&given, "first name")).filter(|(g, _)| !mine(g)).chain(surnames) {
        if let Some(writing) = writing_of(word).filter(|_| word.chars().count() > 2) {
            add(word.clone(), Kind::Person, writing, why);
        }
    }
    out
}
