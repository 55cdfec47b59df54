//! Where words named by a reviewer stand.

use std::ops::Range;

use crate::detect::Kind;
use crate::fold::{Folded, fold};

use super::terms::{Term, TermSet, Writing};

/// Every place where `words` stand alone in the text, in any spelling that folds alike:
/// case, diacritics, ligatures, spaces. Byte ranges of the original text, ascending.
pub fn occurrences(text: &str, words: &str) -> Vec<Range<usize>> {
    let folded_words = fold(words.trim()).trim().to_owned();
    if folded_words.is_empty() {
        return Vec::new();
    }
    let term = Term { folded: folded_words, kind: Kind::Person, writing: Writing::Any, person: None, why: "named by the reviewer" };
    let folded = Folded::new(text);
    let mut places: Vec<Range<usize>> = TermSet::new(vec![term]).places(text, &folded).iter().map(|place| place.start..place.end).collect();
    places.sort_by_key(|range| range.start);
    places
}

#[cfg(test)]
mod tests {
    use super::occurrences;

    #[test]
    fn words_are_found_in_any_spelling_and_only_alone() {
        let text = "Dafydd PRYCE met dafydd  pryce; Pryceless did not. Dafydd Prýce too.";
        let found: Vec<&str> = occurrences(text, "Dafydd Pryce").into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["Dafydd PRYCE", "dafydd  pryce", "Dafydd Prýce"]);
        assert!(occurrences(text, "  ").is_empty());
    }
}
