//! Runs of capitalised words: cut into titles, names, organisations and places.

use super::View;
use super::judge::{self, Stretch};
use super::when;
use crate::detect::tokens::{Shape, Token};
use crate::detect::{Finding, Kind};
use crate::lexicon::Flags;

/// Walks over all words of a piece.
pub(super) fn walk(view: &View<'_>, out: &mut Vec<Finding>) {
    let mut i = 0;
    while let Some(token) = view.token(i) {
        when::add(view, i, out);
        when::occupation(view, i, out);
        if token.named() || (token.shape == Shape::Initial && !pronoun(view, i)) {
            let end = run_end(view, i);
            (i + 1..end).for_each(|j| when::add(view, j, out));
            cut(view, i, end, out);
            i = end.max(i + 1);
        } else {
            if token.shape == Shape::Lower && token.has(Flags::TITLE) {
                judge::small_title(view, i, out);
            } else if token.shape == Shape::Lower && token.has(Flags::GIVEN) {
                judge::careless(view, i, out);
            } else if token.end - token.start == 4 {
                judge::after_name(view, i, out);
            }
            i += 1;
        }
    }
}

/// The pronoun: `Can I`, `When I`. An initial I has a dot or stands inside a known name.
fn pronoun(view: &View<'_>, i: usize) -> bool {
    let Some(t) = view.token(i) else { return false };
    let dot = view.token(i + 1).is_some_and(|n| n.sign == '.' && n.start == t.end);
    let one = view.text.get(t.start..t.end) == Some("I");
    let inside = view.before(i).is_some_and(|p| p.named() && p.has(Flags::GIVEN)) && view.token(i + 1).is_some_and(Token::named);
    one && !dot && !inside
}

/// One past the last token of the run of names, initials and particles that begins at `i`.
fn run_end(view: &View<'_>, i: usize) -> usize {
    let mut end = i + 1;
    let mut at = i;
    while let Some(next) = step(view, at) {
        at = next;
        end = at + 1;
    }
    end
}

/// The next token of the run after the one at `at`.
fn step(view: &View<'_>, at: usize) -> Option<usize> {
    let token = view.token(at)?;
    let dot = view.token(at + 1).is_some_and(|t| t.sign == '.' && t.start == token.end);
    let next = if dot && (token.shape == Shape::Initial || token.has(Flags::TITLE)) { at + 2 } else { at + 1 };
    let close = view.close(next - 1);
    let t = view.token(next)?;
    if close && (t.named() || (t.shape == Shape::Initial && !pronoun(view, next))) {
        return Some(next);
    }
    // Van der Berg, de la Cruz, al Hassan.
    if close && t.shape == Shape::Lower && t.has(Flags::PARTICLE) {
        let mut after = next + 1;
        while view.token(after).is_some_and(|t| t.shape == Shape::Lower && t.has(Flags::PARTICLE)) {
            after += 1;
        }
        let follows = view.token(after).is_some_and(Token::named) && view.close(after - 1) && token.named() && !view.ordinary(token);
        return follows.then_some(after);
    }
    // A given name at the end of a line, its surname at the start of the next.
    let broken = t.shape == Shape::Line && token.named() && token.has(Flags::GIVEN);
    (broken
        && view
            .token(next + 1)
            .is_some_and(|t| t.shape == Shape::Capital && t.has(Flags::SURNAME) && !t.has(Flags::COMMON.with(Flags::PLACE))))
    .then_some(next + 1)
}

/// Cuts a run into stretches and judges each.
fn cut(view: &View<'_>, from: usize, to: usize, out: &mut Vec<Finding>) {
    let mut i = from;
    while i < to {
        let Some(token) = view.token(i) else { break };
        if token.has(Flags::TITLE) && token.named() && i + 1 < to {
            let first = skip_dots(view, i + 1, to);
            let last =
                (first..to).take(4).take_while(|j| view.token(*j).is_some_and(|t| fits(view, t, *j > first) || t.sign == '.')).last();
            if let Some(last) = last.map(|l| back_over_dots(view, l)).filter(|l| *l >= first) {
                view.push(out, Kind::Person, (first, last), 0.93, "name after a title");
                i = last + 1;
                continue;
            }
        }
        if let Some(last) = organisation(view, i, to) {
            view.push(out, Kind::Organisation, (i, last), 0.6, "capitalised words with an organisation word");
            i = last + 1;
            continue;
        }
        let end = stretch_end(view, i, to);
        if end > i {
            judge::stretch(view, Stretch { first: i, last: back_over_dots(view, end - 1), run: from }, out);
            i = end;
        } else {
            judge::lone_place(view, i, out);
            i += 1;
        }
    }
}

fn skip_dots(view: &View<'_>, mut i: usize, to: usize) -> usize {
    while i < to && view.token(i).is_some_and(|t| t.sign == '.') {
        i += 1;
    }
    i
}

fn back_over_dots(view: &View<'_>, mut i: usize) -> usize {
    while i > 0 && view.token(i).is_some_and(|t| matches!(t.shape, Shape::Stop | Shape::Line)) {
        i -= 1;
    }
    i
}

/// Can a word after a title be part of the name? Further words must not be ordinary ones.
fn fits(view: &View<'_>, t: &Token, further: bool) -> bool {
    match t.shape {
        Shape::Initial => true,
        Shape::Capital | Shape::Upper => !t.has(Flags::ORG) && (!view.ordinary(t) || (!further && !t.has(Flags::COMMON))),
        Shape::Lower => further && t.has(Flags::PARTICLE),
        _ => false,
    }
}

/// Where a stretch of words that could be a name ends; `i` itself when the word there cannot.
fn stretch_end(view: &View<'_>, i: usize, to: usize) -> usize {
    let mut end = i;
    let mut known = false;
    while end < to {
        let Some(t) = view.token(end) else { break };
        let place = t.has(Flags::PLACE) && !t.has(Flags::GIVEN.with(Flags::SURNAME));
        let ok = match t.shape {
            Shape::Initial => end + 1 < to || end > i,
            Shape::Stop | Shape::Line | Shape::Lower => end > i,
            _ => !view.ordinary(t) && (known || !place && (t.has(Flags::GIVEN) || !t.has(Flags::COMMON))),
        };
        if !ok {
            break;
        }
        known |= t.shape != Shape::Initial && t.has(Flags::GIVEN.with(Flags::SURNAME)) || (t.shape == Shape::Initial && end > i);
        end += 1;
    }
    while end > i && view.token(end - 1).is_some_and(|t| t.shape == Shape::Lower) {
        end -= 1;
    }
    end
}

/// The last token of an organisation's name beginning at `i`: a word such as School, Trust or Ltd at its end, within the run.
fn organisation(view: &View<'_>, i: usize, to: usize) -> Option<usize> {
    let first = view.token(i)?;
    if first.has(Flags::SALUTATION) || first.has(Flags::ORG) && !first.named() {
        return None;
    }
    let last =
        (i + 1..to.min(i + 7)).rev().find(|j| view.token(*j).is_some_and(|t| t.named() && t.has(Flags::ORG) && !t.has(Flags::GIVEN)))?;
    let article = first.has(Flags::COMMON) && !first.has(Flags::GIVEN.with(Flags::SURNAME).with(Flags::PLACE));
    (!article || last > i + 1 && view.token(i + 1).is_some_and(|t| !view.ordinary(t))).then_some(last)
}
