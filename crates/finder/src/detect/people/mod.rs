//! The word pass: names of people by word lists and context.

mod judge;
mod run;
mod when;

use super::tokens::{Token, split};
use super::{Finding, Kind, names};
use crate::lexicon::Flags;

/// Why initials alone may be somebody.
pub(super) const INITIALS: &str = "initials with dots";
/// Text is looked at in pieces of about this many bytes, cut at line ends, so that the words of a long text need little memory.
const PIECE: usize = 256 << 10;

/// Adds the names, organisations and places found among the words; `careful` would rather find a name too many. `out` holds the pattern
/// findings, sorted.
pub(super) fn find(text: &str, careful: bool, out: &mut Vec<Finding>) {
    let mut patterns = std::mem::take(out);
    each_piece(text, &patterns, |view, rules| names::judge(view, rules, careful, out));
    patterns.append(out);
    *out = patterns;
}

/// Walks over a text piece by piece with the rules' findings in each, sorted. `patterns` are the pattern findings, sorted.
pub(super) fn each_piece(text: &str, patterns: &[Finding], mut act: impl FnMut(&View<'_>, &[Finding])) {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len().min(PIECE) / 4);
    let mut rules = Vec::new();
    let mut seen = Seen::default();
    let mut from = 0;
    while from < text.len() {
        let to = piece_end(text, from);
        split(text, from, to, patterns, &mut tokens);
        seen.note(text, &tokens);
        let view = View { text, tokens: &tokens, seen: &seen };
        rules.clear();
        run::walk(&view, &mut rules);
        rules.sort_by_key(|f| f.start);
        act(&view, &rules);
        from = to;
    }
}

fn piece_end(text: &str, from: usize) -> usize {
    let mut to = from.saturating_add(PIECE).min(text.len());
    if to < text.len() {
        let bytes = text.as_bytes();
        to = bytes.get(to..).and_then(|rest| memchr::memchr2(b'\n', b' ', rest)).map_or(text.len(), |i| to + i + 1);
    }
    to
}

/// Which words the text also writes small: such a word is no name only because it has a capital somewhere.
struct Seen {
    bits: Vec<u64>,
}

impl Default for Seen {
    fn default() -> Self {
        Self { bits: vec![0; 1 << 9] }
    }
}

impl Seen {
    fn note(&mut self, text: &str, tokens: &[Token]) {
        for t in tokens.iter().filter(|t| t.shape == super::tokens::Shape::Lower) {
            let bit = slot(text, t);
            if let Some(word) = self.bits.get_mut(bit >> 6) {
                *word |= 1 << (bit & 63);
            }
        }
    }

    fn small(&self, text: &str, t: &Token) -> bool {
        let bit = slot(text, t);
        self.bits.get(bit >> 6).is_some_and(|w| w & (1 << (bit & 63)) != 0)
    }
}

fn slot(text: &str, t: &Token) -> usize {
    let mut hash = 0x811c_9dc5_u32;
    for b in text.get(t.start..t.end).unwrap_or_default().bytes() {
        hash = (hash ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0193);
    }
    (hash ^ (hash >> 15)) as usize & 0x7fff
}

/// The words of a piece and what is known about the text so far.
pub(super) struct View<'a> {
    text: &'a str,
    tokens: &'a [Token],
    seen: &'a Seen,
}

impl View<'_> {
    pub(super) const fn text(&self) -> &str {
        self.text
    }

    pub(super) const fn tokens(&self) -> &[Token] {
        self.tokens
    }

    /// True when the text also writes this word small.
    pub(super) fn small(&self, t: &Token) -> bool {
        self.seen.small(self.text, t)
    }

    fn token(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    fn before(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i.checked_sub(1)?)
    }

    /// True when only blanks stand between two neighbouring tokens.
    fn close(&self, i: usize) -> bool {
        let (Some(a), Some(b)) = (self.token(i), self.token(i + 1)) else { return false };
        b.start - a.end <= 2
    }

    fn push(&self, out: &mut Vec<Finding>, kind: Kind, (from, to): (usize, usize), score: f32, why: &'static str) {
        if let (Some(a), Some(b)) = (self.token(from), self.token(to)) {
            out.push(Finding::new(kind, a.start, b.end, score, why));
        }
    }

    /// An ordinary word: listed as one and not as a name, or unknown and also written small in this text.
    fn ordinary(&self, t: &Token) -> bool {
        let name = Flags::GIVEN.with(Flags::SURNAME);
        if t.has(Flags::COMMON) {
            return !t.has(name);
        }
        !t.has(name) && (t.has(Flags::TITLE.with(Flags::SALUTATION).with(Flags::ORG).with(Flags::STREET)) || self.seen.small(self.text, t))
    }
}
