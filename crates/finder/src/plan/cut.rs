//! Strings that may be cut in two, by the end of a page: whether one half of any may stand at the end of a text, or at the beginning of one.

use super::words::{Flat, is_unspaced};

/// From this many bytes on the half of a string counts inside a longer word too, where whole strings do.
const INSIDE: usize = 3;

/// Strings as folded letters and digits alone, to be asked for their halves.
#[derive(Debug)]
pub(super) struct Halves {
    /// The strings, in order.
    forwards: Vec<String>,
    /// The strings from their last letter to their first, in order.
    backwards: Vec<String>,
    /// Bytes of the longest.
    longest: usize,
    inside: bool,
}

impl Halves {
    /// Of these strings. With `inside`, they may be parts of longer words.
    pub(super) fn of<'a>(strings: impl Iterator<Item = &'a str> + Clone, inside: bool) -> Self {
        let mut forwards: Vec<String> = strings.clone().map(str::to_owned).collect();
        let mut backwards: Vec<String> = strings.map(|string| string.chars().rev().collect()).collect();
        forwards.sort_unstable();
        backwards.sort_unstable();
        let longest = forwards.iter().map(String::len).max().unwrap_or_default();
        Self { forwards, backwards, longest, inside }
    }

    /// Whether the text ends with the first half of a string.
    pub(super) fn may_go_on(&self, flat: &Flat) -> bool {
        let text = flat.text.as_str();
        let half = |(start, first): (usize, char)| {
            let half = text.get(start..).unwrap_or_default();
            (flat.is_edge(start) || self.counts_inside(half, first)) && is_begun(&self.forwards, half)
        };
        text.char_indices().rev().take_while(|(start, _)| text.len() - start < self.longest).any(half)
    }

    /// Whether the text begins with the second half of a string.
    pub(super) fn may_have_begun(&self, flat: &Flat) -> bool {
        let mut half = String::new();
        let ends = flat.text.char_indices().map(|(start, last)| (start + last.len_utf8(), last));
        ends.take_while(|(end, _)| *end < self.longest).any(|(end, last)| {
            half.insert(0, last);
            (flat.is_edge(end) || self.counts_inside(&half, last)) && is_begun(&self.backwards, &half)
        })
    }

    fn counts_inside(&self, half: &str, at_edge: char) -> bool {
        self.inside && half.len() >= INSIDE || is_unspaced(at_edge)
    }
}

/// Whether any of the strings, which are in order, begins with this and is longer.
fn is_begun(strings: &[String], half: &str) -> bool {
    let after = strings.partition_point(|string| string.as_str() <= half);
    strings.get(after).is_some_and(|string| string.starts_with(half))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::plan::Words;

    #[test]
    fn a_half_of_a_string_is_seen_at_the_end_and_at_the_beginning() {
        let words = Words::new(&["Ada Lovelace", "020 7946 0000", "山田太郎"], false);
        for text in ["was seen by Ada", "to Ada Love-", "ADA\n", "call 020 79", "は山田"] {
            assert!(words.may_go_on(text), "{text}");
        }
        for text in ["Lovelace, who", "lace was there", "46 0000. Else", "太郎です"] {
            assert!(words.may_have_begun(text), "{text}");
        }
        for text in ["", "Ada Lovelace", "Canada", "Ada.b", "Lovelace"] {
            assert!(!words.may_go_on(text), "{text}");
        }
        for text in ["", "Ada Lovelace", "Lovelaces", "x Lovelace"] {
            assert!(!words.may_have_begun(text), "{text}");
        }
    }

    #[test]
    fn halves_of_longer_words_are_seen_when_asked() {
        let (inside, whole) = (Words::new(&["Lovelace"], true), Words::new(&["Lovelace"], false));
        assert!(inside.may_go_on("jlove") && !whole.may_go_on("jlove"));
        assert!(inside.may_have_begun("lace@mail.example") && inside.may_have_begun("laces"));
    }

    proptest! {
        #[test]
        fn what_is_found_over_the_cut_is_seen_on_both_sides(
            before in "[a-z ]{0,12}", word in "[a-zA-Z]{2,6}[ -]?[a-z0-9]{1,6}", after in "[a-z ,]{0,12}", cut in 1_usize..9, inside: bool,
        ) {
            let text = format!("{before} {word} {after}");
            let (first, second) = text.split_at((before.len() + 1 + cut).min(text.len()));
            let joined = format!("{first}\n{second}");
            let words = Words::new(&[&word], inside);
            let over = words.places(&joined).into_iter().filter(|place| {
                let halves = [joined.get(place.start..first.len()), joined.get(first.len() + 1..place.end)];
                halves.into_iter().all(|half| half.is_some_and(|half| half.chars().any(char::is_alphanumeric)))
            });
            if over.count() > 0 {
                prop_assert!(words.may_go_on(first) && words.may_have_begun(second), "{first:?} {second:?}");
            }
        }
    }
}
