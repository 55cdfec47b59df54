//! Years and weekdays among the words: dates without a pattern of their own.

use super::View;
use crate::detect::tokens::Shape;
use crate::detect::{Finding, Kind};
use crate::lexicon::Flags;

/// Adds the token at `i` when it is a year of this or the last century after a word of time, or a weekday.
pub(super) fn add(view: &View<'_>, i: usize, out: &mut Vec<Finding>) {
    let Some(token) = view.token(i) else { return };
    let length = token.end - token.start;
    if !(token.shape == Shape::Number && length == 4
        || token.shape == Shape::Capital && (6..=9).contains(&length) && token.has(Flags::COMMON))
    {
        return;
    }
    let Some(word) = view.text.get(token.start..token.end) else { return };
    let year =
        token.shape == Shape::Number && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|b| b.is_ascii_digit());
    let weekday = || matches!(word, "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday");
    if year && after_time_word(view, i) || word.ends_with("day") && weekday() {
        view.push(out, Kind::Date, (i, i), 0.4, if year { "a year" } else { "a day of the week" });
    }
}

fn after_time_word(view: &View<'_>, i: usize) -> bool {
    let before = view.before(i).and_then(|t| view.text.get(t.start..t.end)).unwrap_or_default();
    [
        "in", "since", "from", "until", "by", "of", "during", "year", "a", "and", "to", "before", "after", "early", "late", "summer",
        "spring", "autumn", "winter",
    ]
    .iter()
    .any(|w| before.eq_ignore_ascii_case(w))
}
