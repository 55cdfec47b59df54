//! A name that stands once in full is known again in the rest of the text: its parts alone, and where the words around say little.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::edges::token_at;
use crate::detect::people::View;
use crate::detect::tokens::{Shape, Token};
use crate::detect::{Finding, Kind};
use crate::lexicon::{Flags, Hash};

/// From this score on a single name is known again.
const SINGLE: f32 = 0.7;
/// So many times as often as it was found a word by itself may be added; more speak against it.
const OUTVOTED: usize = 6;
/// From this score on the parts of a full name are.
const FULL: f32 = 0.5;

/// Words that are too ordinary to be known again anywhere but inside a sentence.
const ORDINARY: Flags = Flags::COMMON.with(Flags::NOUN).with(Flags::PLACE).with(Flags::STREET).with(Flags::ORG);
const NAME: Flags = Flags::GIVEN.with(Flags::SURNAME);

/// Adds the places where a known name stands and nothing was found. `findings` are sorted.
pub(super) fn add(view: &View<'_>, findings: &mut Vec<Finding>) {
    let known = known(view, findings);
    if known.is_empty() {
        return;
    }
    let tokens = view.tokens();
    let mut fresh: Vec<(u32, Finding)> = Vec::new();
    let mut times: BTreeMap<u32, Times> = BTreeMap::new();
    let mut at = 0;
    for (i, token) in tokens.iter().enumerate() {
        while findings.get(at).is_some_and(|f| f.end <= token.start) {
            at += 1;
        }
        let free = findings.get(at).is_none_or(|f| f.start >= token.end || f.kind.rank() <= Kind::Special.rank());
        if free
            && matches!(token.shape, Shape::Capital | Shape::Upper | Shape::Lower)
            && let Some(word) = known.get(&token.hash)
            && fits(tokens, i, word.ordinary)
        {
            let times = times.entry(token.hash).or_default();
            times.all += 1;
            times.with_article += usize::from(i.checked_sub(1).and_then(|j| tokens.get(j)).is_some_and(|t| t.hash == *THE));
            fresh.push((token.hash, Finding::new(Kind::Person, token.start, token.end, 0.6, "a name that stands elsewhere in the text")));
        }
    }
    let outvoted = |hash: &u32| known.get(hash).zip(times.get(hash)).is_some_and(|(word, times)| times.speak_against(word));
    findings.extend(fresh.into_iter().filter(|(hash, _)| !outvoted(hash)).map(|(_, finding)| finding));
    findings.sort_by_key(|f| f.start);
}

/// The article before a word.
static THE: LazyLock<u32> = LazyLock::new(|| Hash::of("the").short());

/// How often a word stands where nothing was found.
#[derive(Default)]
struct Times {
    all: usize,
    with_article: usize,
}

impl Times {
    /// A word by itself that is a name once and nothing in most other places was hardly a name that once; what mostly has an article
    /// (`the Sami villages`) is a people or a thing.
    const fn speak_against(&self, word: &Known) -> bool {
        self.all > OUTVOTED.saturating_mul(word.alone) || self.all > 3 && self.with_article * 2 > self.all
    }
}

/// A word of a name.
#[derive(Default)]
struct Known {
    /// It is an ordinary word too.
    ordinary: bool,
    /// How often it was found by itself; as many as one likes once it stood in a full name.
    alone: usize,
}

/// The words of names by their hashes.
fn known(view: &View<'_>, findings: &[Finding]) -> BTreeMap<u32, Known> {
    let tokens = view.tokens();
    let mut out: BTreeMap<u32, Known> = BTreeMap::new();
    for f in findings.iter().filter(|f| f.kind == Kind::Person && f.score >= FULL) {
        let own = tokens.get(token_at(tokens, f.start)..token_at(tokens, f.end)).unwrap_or_default();
        let words: Vec<&Token> = own.iter().filter(|t| t.named()).collect();
        let ordinary = |t: &Token| t.has(ORDINARY) || t.wide & Flags::FREQUENT.iter().fold(0, |all, f| all | f.wide()) != 0;
        match words.as_slice() {
            [one] if own.len() == 1 && f.score >= SINGLE && !one.has(ORDINARY) && one.has(NAME) && one.wide & Flags::NATION.wide() == 0 => {
                let known = out.entry(one.hash).or_default();
                known.ordinary = ordinary(one);
                known.alone = known.alone.saturating_add(1);
            }
            [first, .., last] => {
                for word in [first, last].into_iter().filter(|t| t.end - t.start > 2 && !t.has(Flags::TITLE)) {
                    out.insert(word.hash, Known { ordinary: ordinary(word), alone: usize::MAX });
                }
            }
            _ => {}
        }
    }
    out
}

/// Can the token be a name where it stands? Beside another capitalised word it may be part of something else.
fn fits(tokens: &[Token], i: usize, ordinary: bool) -> bool {
    let Some(token) = tokens.get(i) else { return false };
    let before = i.checked_sub(1).and_then(|j| tokens.get(j));
    let after = tokens.get(i + 1);
    let beside =
        |t: Option<&Token>, gap: usize| t.is_some_and(|t| (t.named() || t.shape == Shape::Initial) && !t.has(Flags::TITLE) && gap <= 1);
    let gap = |a: Option<&Token>, b: Option<&Token>| a.zip(b).map_or(9, |(a, b)| b.start.saturating_sub(a.end));
    if beside(after, gap(Some(token), after)) {
        return false;
    }
    let opening = before.is_none_or(|t| matches!(t.shape, Shape::Line | Shape::Stop | Shape::Other));
    if token.shape == Shape::Lower {
        return !ordinary && token.has(NAME) && token.end - token.start > 3;
    }
    if beside(before, gap(before, Some(token))) {
        return false;
    }
    if !ordinary {
        return true;
    }
    // `Hope went home`, but `Hope you are well` and `Mark the date`.
    let said = after.is_some_and(|t| t.shape == Shape::Lower && t.has(Flags::SPEECH) || t.sign == '\'' || t.sign == '\u{2019}');
    if opening { said } else { token.shape == Shape::Capital && !before.is_some_and(|t| t.has(Flags::ORG.with(Flags::STREET))) }
}
