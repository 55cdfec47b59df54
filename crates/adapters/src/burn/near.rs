//! Words in pictures that a reader of letters took for almost what is to go: `Ashdown-Weir` as `Ashdown-Werr1`. The same picture is read
//! at different sizes before and after it is decided about, and each reading has mistakes of its own.

use finder::fold::squash;

/// Shorter words are too often almost another one.
const LEAST: usize = 6;

/// What is to go, as it is compared with what was read.
pub(super) struct Near(Vec<Wanted>);

struct Wanted {
    word: usize,
    /// Letters and digits alone, folded.
    letters: String,
    count: usize,
    /// Of how many words it consists.
    parts: usize,
}

/// Read words that are almost one that is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The first of them.
    pub(super) first: usize,
    /// The last of them.
    pub(super) last: usize,
    /// Which word they are.
    pub(super) word: usize,
}

impl Near {
    /// For these words.
    pub(super) fn of(words: &[String]) -> Self {
        let wanted = words.iter().enumerate().map(|(word, text)| {
            let letters = squash(text);
            Wanted { word, count: letters.chars().count(), letters, parts: text.split_whitespace().count() }
        });
        Self(wanted.filter(|wanted| wanted.count >= LEAST).collect())
    }

    /// Where they stand among the words that were read, with one mistake in six to nine letters, and one more in each six that follow.
    /// A blank too many or too few is no mistake.
    pub(super) fn places(&self, read: &[&str]) -> Vec<Place> {
        let squashed: Vec<String> = read.iter().map(|text| squash(text)).collect();
        let mut places: Vec<Place> = Vec::new();
        for wanted in &self.0 {
            let before = places.len();
            for parts in wanted.parts.saturating_sub(1).max(1)..=wanted.parts + 1 {
                for (first, run) in squashed.windows(parts).enumerate() {
                    let place = Place { first, last: first + parts - 1, word: wanted.word };
                    // The word before or behind may pass for a mistake.
                    let found = places.get(before..).unwrap_or_default().iter();
                    if !found.clone().any(|found| place.first <= found.first && found.last <= place.last) && wanted.is_near(run) {
                        places.push(place);
                    }
                }
            }
        }
        places
    }
}

impl Wanted {
    fn is_near(&self, run: &[String]) -> bool {
        let mistakes = (self.count + 2) / 6;
        // Bytes are at least as many as letters: a quick look before the letters are compared.
        let length: usize = run.iter().map(String::len).sum();
        let has_edges = run.first().is_some_and(|text| !text.is_empty()) && run.last().is_some_and(|text| !text.is_empty());
        has_edges && length + mistakes >= self.count && length <= self.letters.len() + 4 * mistakes && {
            let read = run.concat();
            strsim::levenshtein(&read, &self.letters) <= mistakes
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(words: &[&str], read: &str) -> Vec<(usize, usize, usize)> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let read: Vec<&str> = read.split(' ').collect();
        Near::of(&words).places(&read).into_iter().map(|place| (place.first, place.last, place.word)).collect()
    }

    #[test]
    fn a_word_read_with_a_mistake_is_found() {
        assert_eq!(places(&["Leopold Ashdown-Weir"], "met by Leopold Ashdown-Werr1. at"), [(2, 3, 0)]);
        assert_eq!(places(&["x", "Lovelace"], "by L0velace, Ada"), [(1, 1, 1)]);
        assert_eq!(places(&["Ada Lovelace"], "by AdaLove1ace !"), [(1, 1, 0)]);
        assert_eq!(places(&["Lovelace"], "Love lace"), [(0, 1, 0)]);
        assert_eq!(places(&["Zoë Müller"], "by Zoe Muller"), [(1, 2, 0)]);
    }

    #[test]
    fn what_is_another_word_is_not() {
        assert!(places(&["Lovelace"], "a loveless place").is_empty());
        assert!(places(&["Price"], "pride").is_empty(), "too short to tell");
        assert!(places(&["Lovelace"], "").is_empty());
        assert!(places(&[], "Lovelace").is_empty());
    }

    #[test]
    fn the_same_run_is_not_taken_with_a_mark_beside_it() {
        assert_eq!(places(&["Lovelace"], "! Lovelace -"), [(1, 1, 0)]);
        assert_eq!(places(&["Leopold Ashdown-Weir"], "met by Leopold Ashdown-Weir"), [(2, 3, 0)]);
    }
}
