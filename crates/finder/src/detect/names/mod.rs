//! The name model: which words are people, organisations and places.
//!
//! A linear model over hashed features of a word, its neighbours, the word lists and what the rules made of it, with whole
//! numbers for weights, decoded in one pass over the words. The weights are trained by `cargo xtask train-names`;
//! what they were trained on is in `docs/attribution.md`.

mod addresses;
mod again;
mod decode;
mod edges;
mod features;
mod firms;
mod initials;
mod lists;
mod weights;
mod wider;

pub use crate::lexicon::cluster_table;
pub use features::{FEATURES, MANNER, OWN_WORD, ROWS};
pub use weights::{LABELS, TRANSITIONS, UNIT, try_weights};

use super::people::{INITIALS, View};
use super::tokens::{Shape, Token};
use super::{Finding, Kind};
use crate::lexicon::Flags;
use features::{Word, features};

/// A word as the model sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The rows of the weights that speak about it.
    pub rows: [u32; FEATURES],
}

/// What the model sees of a text, for training it: the tokens in order.
pub fn observe(text: &str) -> Vec<Observed> {
    let mut out = Vec::new();
    let patterns = super::Detector::without_names().detect(text);
    super::people::each_piece(text, &patterns, |view, rules| {
        let words = words(view, rules);
        for (i, token) in view.tokens().iter().enumerate() {
            out.push(Observed { start: token.start, end: token.end, rows: features(&words, i) });
        }
    });
    out
}

/// Takes what the rules found among the words of a piece and gives back what the model makes of it. When `careful`, persons are likelier,
/// and what the rules know for a name stays one whatever the model says.
pub(super) fn judge(view: &View<'_>, rules: &[Finding], careful: bool, out: &mut Vec<Finding>) {
    let words = words(view, rules);
    let tagged = decode::decode(&words, if careful { CAREFUL } else { (0, 0) });
    let tokens = view.tokens();
    let mut names = Vec::new();
    let mut i = 0;
    while let Some(&(label, _)) = tagged.get(i) {
        let Some(kind) = kind_of(label) else {
            i += 1;
            continue;
        };
        let more = tagged.iter().skip(i + 1).take_while(|(l, _)| *l == label + 1).count();
        let last = trimmed(tokens, i, i + more);
        let first = if kind == Kind::Person { past_titles(tokens, i, last) } else { i };
        let margin = tagged.iter().skip(i).take(more + 1).map(|(_, m)| *m).max().unwrap_or(0);
        if let (Some(a), Some(b)) = (tokens.get(first), tokens.get(last)) {
            let end = with_last_dot(tokens, first, last).unwrap_or(b.end);
            let end = if kind == Kind::Person { end } else { closed(view, a.start, end) };
            names.push(Finding::new(kind, a.start, end, weights::confidence(margin), "a name by its words and what stands around it"));
        }
        i += more + 1;
    }
    let mut merged = Vec::new();
    merge(view, names, rules, if careful { KNOWN } else { SURE }, &mut merged);
    merged.sort_by_key(|f| f.start);
    let mut mended = edges::mend(view, merged);
    initials::add(view, &mut mended);
    lists::mend(view, &mut mended);
    again::add(view, &mut mended);
    wider::extend(view, &mut mended);
    out.append(&mut mended);
}

/// What a label stands for.
const fn kind_of(label: u8) -> Option<Kind> {
    match label {
        1 | 2 => Some(Kind::Person),
        3 | 4 => Some(Kind::Organisation),
        5 | 6 => Some(Kind::Place),
        _ => None,
    }
}

/// The first token of a name after its titles: `Dr. A. Qureshi` is called A. Qureshi.
fn past_titles(tokens: &[Token], first: usize, last: usize) -> usize {
    let mut at = first;
    while at < last && tokens.get(at).is_some_and(|t| t.has(Flags::TITLE) && t.named() || at > first && t.sign == '.') {
        at += 1;
    }
    if tokens.get(at).is_some_and(|t| t.named() || t.shape == Shape::Initial || t.shape == Shape::Lower) { at } else { first }
}

/// Where a name of initials ends that has a dot after each: `J.P.`
fn with_last_dot(tokens: &[Token], first: usize, last: usize) -> Option<usize> {
    let name = tokens.get(first..=last)?;
    let initials = name.iter().filter(|t| t.shape == Shape::Initial).count();
    let dots = name.iter().filter(|t| t.sign == '.').count();
    let next = tokens.get(last + 1).filter(|t| t.sign == '.' && name.last().is_some_and(|l| l.end == t.start))?;
    (initials > 1 && dots + 1 == initials && initials + dots == name.len()).then_some(next.end)
}

/// Where a name ends with the bracket or quotation mark that closes one within it: `Labour Office (Arbeitsamt)`.
fn closed(view: &View<'_>, start: usize, end: usize) -> usize {
    let name = view.text().get(start..end).unwrap_or_default();
    let rest = view.text().get(end..).unwrap_or_default();
    let pair = [('(', ')'), ('\u{201c}', '\u{201d}')].into_iter().find(|(open, close)| {
        rest.starts_with(*close) && name.rfind(*open).is_some_and(|at| !name.get(at..).is_some_and(|inner| inner.contains(*close)))
    });
    pair.map_or(end, |(_, close)| end + close.len_utf8())
}

/// The last token of a name that is a word: signs and line ends at its end are none of it.
fn trimmed(tokens: &[Token], first: usize, mut last: usize) -> usize {
    while last > first && tokens.get(last).is_some_and(|t| matches!(t.shape, Shape::Line | Shape::Comma | Shape::Stop | Shape::Other)) {
        last -= 1;
    }
    last
}

/// The model's names with the rules' findings: the rules stay where they are sure or speak of what the model does not know,
/// and hold together what the model took apart at the end of a line.
fn merge(view: &View<'_>, mut names: Vec<Finding>, rules: &[Finding], sure: f32, out: &mut Vec<Finding>) {
    let mut at = 0;
    for rule in rules {
        while names.get(at).is_some_and(|n| n.end <= rule.start) {
            at += 1;
        }
        if matches!(rule.kind, Kind::Person | Kind::Organisation | Kind::Place) {
            let touched = names.get(at).is_some_and(|n| n.start < rule.end);
            if !touched && (rule.score >= SURE || rule.kind == Kind::Person && rule.score >= sure) {
                out.push(rule.clone());
            } else if rule.kind == Kind::Person {
                claim(&mut names, at, rule);
                join(&mut names, at, rule);
                insist(view, &mut names, at, rule);
            }
        } else {
            out.push(rule.clone());
        }
    }
    out.extend(names);
}

/// The model prefers an organisation to nothing; where a rule knows the same words as a person's, a person it is.
fn claim(names: &mut [Finding], at: usize, rule: &Finding) {
    if let Some(name) =
        names.get_mut(at).filter(|n| matches!(n.kind, Kind::Organisation | Kind::Place) && (rule.score >= KNOWN || rule.why == INITIALS))
        && name.start == rule.start
        && name.end.abs_diff(rule.end) <= 1
    {
        name.kind = Kind::Person;
    }
}

/// A name after a title is one whatever the model makes of the words around it: `Miss Kaur in Maths`.
fn insist(view: &View<'_>, names: &mut [Finding], at: usize, rule: &Finding) {
    if rule.score >= SURE
        && addressed(view, rule.start)
        && let Some(name) = names.get_mut(at).filter(|n| n.kind != Kind::Person)
        && names_overlap(name, rule)
    {
        *name = rule.clone();
    }
}

/// True right behind a title that nobody but a person has. Courts are named after judges, and ships after admirals.
fn addressed(view: &View<'_>, start: usize) -> bool {
    let before = view.text().get(..start).unwrap_or_default().trim_end_matches([' ', '.']);
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(
        word,
        "Mr" | "Mrs" | "Ms" | "Miss" | "Mx" | "Dr" | "Prof" | "Professor" | "Rev" | "Sir" | "Dame" | "Uncle" | "Auntie" | "Aunty"
    )
}

const fn names_overlap(a: &Finding, b: &Finding) -> bool {
    a.start < b.end && b.start < a.end
}

/// Makes one of two neighbouring persons that a rule found as one.
fn join(names: &mut Vec<Finding>, at: usize, rule: &Finding) {
    let person = |n: Option<&Finding>| n.filter(|n| n.kind == Kind::Person && rule.start <= n.start && n.end <= rule.end).map(|n| n.end);
    if let (Some(_), Some(end)) = (person(names.get(at)), person(names.get(at + 1))) {
        if let Some(first) = names.get_mut(at) {
            first.end = end;
        }
        names.remove(at + 1);
    }
}

/// From this score on a rule knows a name from another capitalised word.
const KNOWN: f32 = 0.8;
/// From this score on a rule needs no model.
const SURE: f32 = 0.93;
/// What is taken from a word's score of being no name and added to a person's by who would rather find a name too many.
const CAREFUL: (i32, i32) = (8 * UNIT as i32, 2 * UNIT as i32);

/// The words of a piece with the tags of the rules.
fn words(view: &View<'_>, rules: &[Finding]) -> Vec<Word> {
    let mut at = 0;
    let mut words: Vec<Word> = Vec::with_capacity(view.tokens().len());
    let mut line = 0;
    for (at_token, token) in view.tokens().iter().enumerate() {
        while rules.get(at).is_some_and(|r| r.end <= token.start) {
            at += 1;
        }
        let tag = rules.get(at).filter(|r| r.start < token.end).map_or(0, |r| features::tag(r, r.start >= token.start));
        words.push(Word::new(view, token, tag));
        if token.shape == Shape::Line {
            features::manner(words.get_mut(line..).unwrap_or_default(), view.tokens().get(line..=at_token).unwrap_or_default());
            line = words.len();
        }
    }
    features::manner(words.get_mut(line..).unwrap_or_default(), view.tokens().get(line..).unwrap_or_default());
    words
}
