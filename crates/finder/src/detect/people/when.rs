//! Years and weekdays among the words: dates without a pattern of their own.

use super::View;
use crate::detect::tokens::{Shape, Token};
use crate::detect::{Category, Finding, Kind, numbers};
use crate::lexicon::Flags;

/// The bit of the wide lists for nationalities.
const NATION: u8 = Flags::NATION.wide();

/// The bit for words of an occupation.
const OCCUPATION: u8 = Flags::OCCUPATION.wide();

/// Adds the occupation that ends with the token at `i`: after an article or what leads there (`is a primary school teacher`, `worked as
/// lorry driver`), or with an adjective that only people have (`the retired officer`).
pub(super) fn occupation(view: &View<'_>, i: usize, out: &mut Vec<Finding>) {
    let word = |j: usize| view.token(j).and_then(|t| view.text.get(t.start..t.end)).unwrap_or_default();
    let known = |t: &&Token| t.wide & OCCUPATION != 0 && matches!(t.shape, Shape::Lower | Shape::Capital);
    if view.token(i).as_ref().is_none_or(|x| !known(x)) || word(i + 1) == "practising" {
        return;
    }
    let mut first = i;
    while let Some(before) = first.checked_sub(1).filter(|_| i - first < 4) {
        if matches!(word(before), "a" | "an" | "A" | "An" | "as" | "became" | "profession") {
            return view.push(out, Kind::Occupation, (first, i), 0.3, "what somebody does for a living");
        }
        let adjective = |t: &Token| t.shape == Shape::Lower && t.end - t.start > 3 && !t.has(Flags::BEFORE.with(Flags::SPEECH));
        if !view.token(before).is_some_and(adjective) {
            break;
        }
        first = before;
    }
    let own = |w: &str| matches!(w, "retired" | "former" | "trainee" | "self-employed" | "unemployed");
    if let Some(from) = (first..i).find(|j| own(word(*j))) {
        view.push(out, Kind::Occupation, (from, i), 0.3, "what somebody does for a living");
    }
}

/// Adds the token at `i` when it is a year of this or the last century after a word of time, or a weekday.
pub(super) fn add(view: &View<'_>, i: usize, out: &mut Vec<Finding>) {
    let Some(token) = view.token(i) else { return };
    let length = token.end - token.start;
    if !(token.shape == Shape::Number && length == 4
        || token.wide & NATION != 0
        || token.shape == Shape::Capital && (6..=9).contains(&length) && token.has(Flags::COMMON))
    {
        return;
    }
    let Some(word) = view.text.get(token.start..token.end) else { return };
    let year =
        token.shape == Shape::Number && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|b| b.is_ascii_digit());
    let weekday = || matches!(word, "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday");
    if token.wide & NATION != 0 && token.shape == Shape::Capital {
        let national = view.token(i + 1).and_then(|t| view.text.get(t.start..t.end));
        let last = if matches!(national, Some("national" | "nationals" | "citizen" | "citizens" | "nationality")) { i + 1 } else { i };
        let end = view.token(last).map_or(token.end, |t| t.end);
        out.push(Finding::special(Category::Ethnicity, token.start, end, 0.3));
    }
    if year && numbers::born(view.text, token.start) {
        return view.push(out, Kind::DateOfBirth, (i, i), 0.7, "a year of birth by the words before it");
    }
    if year && after_time_word(view, i) || word.ends_with("day") && weekday() {
        view.push(out, Kind::Date, (i, i), 0.4, if year { "a year" } else { "a day of the week" });
    }
}

/// A number of four digits is no year after the words of a law or a reference.
fn after_time_word(view: &View<'_>, i: usize) -> bool {
    let before = view.before(i).and_then(|t| view.text.get(t.start..t.end)).unwrap_or_default();
    let other = [
        "no", "nos", "article", "articles", "section", "law", "act", "rule", "#", "\u{a7}", "/", "-", "ref", "number", "room", "page", "$",
        "\u{a3}", "+",
    ];
    !other.iter().any(|w| before.eq_ignore_ascii_case(w)) && !view.token(i + 1).is_some_and(|t| matches!(t.sign, '/' | '-' | '%'))
}
