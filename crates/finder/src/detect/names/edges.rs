//! Where names begin and end: what the model took too much or too little of.

use super::{addresses, firms};
use crate::detect::people::View;
use crate::detect::tokens::{Shape, Token};
use crate::detect::{Finding, Kind};
use crate::lexicon::Flags;

const NAME: Flags = Flags::GIVEN.with(Flags::SURNAME);

/// Mends the ranges of the persons among sorted findings.
pub(super) fn mend(view: &View<'_>, findings: Vec<Finding>) -> Vec<Finding> {
    let mut out: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        if finding.kind != Kind::Person {
            out.push(finding);
            continue;
        }
        if addresses::is_place(view, &finding) {
            out.push(Finding::new(Kind::Place, finding.start, finding.end, finding.score, addresses::WHY));
            continue;
        }
        if let Some(end) = firms::end(view, &finding) {
            out.push(Finding::new(Kind::Organisation, finding.start, end, finding.score, "a name with the form of a firm"));
            continue;
        }
        if let Some(end) = addresses::street_end(view, &finding) {
            out.push(Finding::new(Kind::Address, finding.start, end, 0.5, "a name before the word for a street and a house number"));
            continue;
        }
        for part in parts(view, grown(view, finding)) {
            match out.last_mut() {
                Some(last) if last.kind == Kind::Person && (part.start < last.end || one_name(view, last, &part)) => {
                    last.end = last.end.max(part.end);
                }
                _ => out.push(part),
            }
        }
    }
    out
}

/// Index of the token that begins at a place.
pub(super) fn token_at(tokens: &[Token], start: usize) -> usize {
    tokens.partition_point(|t| t.start < start)
}

/// A name without the words around it that are none of it; two where a sentence ends within.
fn parts(view: &View<'_>, finding: Finding) -> Vec<Finding> {
    let tokens = view.tokens();
    let first = token_at(tokens, finding.start);
    let beyond = token_at(tokens, finding.end);
    let stop = (first + 1..beyond.saturating_sub(1)).find(|&k| sentence_end(tokens, k));
    let Some(stop) = stop else { return trimmed(view, finding, first, beyond).into_iter().collect() };
    let range = |from: usize, to: usize| {
        let (a, b) = (tokens.get(from)?, tokens.get(to.checked_sub(1)?)?);
        (from < to).then(|| trimmed(view, Finding { start: a.start, end: b.end, ..finding.clone() }, from, to)).flatten()
    };
    range(first, stop).into_iter().chain(range(stop + 1, beyond)).collect()
}

/// A given name with the unknown word that follows it, and a surname with the given name before it: `Braslav Wantosz` is one name, though
/// no list has heard of it.
fn grown(view: &View<'_>, mut finding: Finding) -> Finding {
    let tokens = view.tokens();
    let at = token_at(tokens, finding.start);
    let single = |t: &&Token| t.end == finding.end && t.shape == Shape::Capital && !t.has(Flags::TITLE);
    let Some(own) = tokens.get(at).filter(single) else { return finding };
    let close = |a: &Token, b: &Token| b.start - a.end == 1;
    let known = |t: &Token| t.has(Flags::GIVEN) || t.wide & Flags::WIDE_GIVEN.wide() != 0;
    let frequent = Flags::FREQUENT.iter().fold(0, |all, f| all | f.wide());
    let unheard = |t: &Token| t.shape == Shape::Capital && t.flags == Flags::NONE && t.wide & (frequent | Flags::WIDE_PLACE.wide()) == 0;
    let ordinary = Flags::COMMON.with(Flags::TITLE).with(Flags::SALUTATION).with(Flags::NOUN);
    let given = |t: &Token| t.shape == Shape::Capital && t.has(Flags::GIVEN) && !t.has(ordinary);
    let before = at.checked_sub(1).and_then(|i| tokens.get(i));
    if let Some(next) = tokens.get(at + 1).filter(|n| known(own) && close(own, n) && unheard(n)) {
        finding.end = next.end;
    } else if let Some(before) = before.filter(|b| given(b) && !own.has(Flags::GIVEN) && close(b, own)) {
        finding.start = before.start;
    }
    finding
}

/// A full stop that ends a sentence: after a word that is no initial, title or abbreviation.
fn sentence_end(tokens: &[Token], at: usize) -> bool {
    let (Some(before), Some(stop), Some(after)) = (at.checked_sub(1).and_then(|i| tokens.get(i)), tokens.get(at), tokens.get(at + 1))
    else {
        return false;
    };
    let long = before.end - before.start > 3 && !before.has(Flags::TITLE);
    let whole = before.shape == Shape::Capital && after.named() || before.shape == Shape::Lower && after.shape == Shape::Lower;
    matches!(stop.sign, '.' | '!' | '?') && long && whole && after.start > stop.end
}

/// A name without a greeting or a relation before it (`hiya shaz`, `that lad Jordan`) and without the label of the next field behind it.
fn trimmed(view: &View<'_>, finding: Finding, first: usize, beyond: usize) -> Option<Finding> {
    let tokens = view.tokens();
    let (mut from, mut to) = (first, beyond);
    while from + 1 < to && tokens.get(from).is_some_and(|t| leads(t, tokens.get(from + 1)) || asks(view, t, tokens.get(from + 1))) {
        from += 1;
        while from + 1 < to && tokens.get(from).is_some_and(|t| t.sign == '.') {
            from += 1;
        }
    }
    let label = |t: &Token| t.has(Flags::RELATION.with(Flags::COMMON).with(Flags::TITLE)) && !t.has(NAME);
    while from + 1 < to && tokens.get(to).is_some_and(|t| t.sign == ':') && tokens.get(to - 1).is_some_and(label) {
        to -= 1;
    }
    let (a, b) = (tokens.get(from)?, tokens.get(to.checked_sub(1)?)?);
    let start = if from > first { a.start } else { finding.start };
    let end = if to < beyond { b.end } else { finding.end };
    (start < end).then_some(Finding { start, end, ..finding })
}

/// True for a word before a name that is none of it.
fn leads(t: &Token, next: Option<&Token>) -> bool {
    let Some(next) = next else { return false };
    let worded = next.named() || next.shape == Shape::Lower;
    let small = t.shape == Shape::Lower && (t.has(Flags::RELATION.with(Flags::TITLE)) || t.has(Flags::SALUTATION) && !t.has(NAME));
    let greeting = t.named() && t.has(Flags::SALUTATION.with(Flags::TITLE)) && !t.has(NAME);
    worded && (small || greeting) || t.named() && t.has(Flags::TITLE) && next.sign == '.'
}

/// True for a word that begins a question or a request before a given name: `Can Sharon ring me`, though `Can` is a name as well.
fn asks(view: &View<'_>, t: &Token, next: Option<&Token>) -> bool {
    let word = view.text().get(t.start..t.end).unwrap_or_default();
    let cries = ["thx", "lol", "omg", "haha", "ugh", "congrats"].iter().any(|cry| word.eq_ignore_ascii_case(cry));
    if cries && next.is_some_and(|n| n.named() || n.shape == Shape::Lower) {
        return true;
    }
    let opens = matches!(
        word,
        "Can"
            | "Could"
            | "Would"
            | "Should"
            | "Did"
            | "Does"
            | "Has"
            | "Is"
            | "Was"
            | "And"
            | "But"
            | "So"
            | "If"
            | "When"
            | "As"
            | "For"
            | "To"
            | "With"
            | "Please"
            | "Tell"
            | "Ask"
            | "Let"
            | "Sorry"
            | "Then"
            | "Also"
            | "While"
            | "After"
            | "Since"
            | "Because"
    );
    opens && next.is_some_and(|n| n.named() && n.has(Flags::GIVEN))
}

/// True for two findings that are one name: `SINGH, Arjan`, `Wilhelmina "Billie" Crane`.
fn one_name(view: &View<'_>, first: &Finding, second: &Finding) -> bool {
    let Some(between) = view.text().get(first.end..second.start) else { return false };
    if between == ", " {
        return turned(view, first, second);
    }
    let inner = view.text().get(second.start..second.end).unwrap_or_default();
    let whole = view.text().get(first.start..first.end).unwrap_or_default();
    [('(', ')'), ('"', '"'), ('\u{201c}', '\u{201d}'), ('\u{2018}', '\u{2019}'), ('\'', '\'')].into_iter().any(|(open, close)| {
        let opened = between.strip_prefix(' ').is_some_and(|rest| rest.chars().eq([open]));
        let closed = between.strip_suffix(' ').is_some_and(|rest| rest.chars().eq([close])) && whole.contains(open);
        opened && (inner.contains(&format!("{close} ")) || nicknamed(view, second.end, close)) || closed
    })
}

/// True when a quotation or bracket closes here and a capitalised word follows: the surname after a short name.
fn nicknamed(view: &View<'_>, at: usize, close: char) -> bool {
    let rest = view.text().get(at..).and_then(|t| t.strip_prefix(close)).and_then(|t| t.strip_prefix(' '));
    rest.is_some_and(|t| t.starts_with(char::is_uppercase))
        && view.tokens().get(token_at(view.tokens(), at) + 1).is_some_and(|t| t.named() && !t.has(Flags::COMMON) && !t.has(Flags::PLACE))
}

/// A surname in capitals, a comma, a given name.
fn turned(view: &View<'_>, first: &Finding, second: &Finding) -> bool {
    let tokens = view.tokens();
    let (a, b) = (tokens.get(token_at(tokens, first.start)), tokens.get(token_at(tokens, second.start)));
    let (Some(a), Some(b)) = (a, b) else { return false };
    let known = b.has(Flags::GIVEN) || b.wide & Flags::WIDE_GIVEN.wide() != 0;
    let alone = a.start == first.start && a.end == first.end && a.end - a.start > 2;
    alone && a.shape == Shape::Upper && b.shape == Shape::Capital && known
}
