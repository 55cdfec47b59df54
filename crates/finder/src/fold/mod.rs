//! Folding text for matching, with a way back to the original bytes.
//!
//! Two spellings of one name must meet: `ﬁeld` and `field`, `Siân` and `SIAN`, `O’Brien`
//! and `O'Brien`, a name broken over two lines. Folding applies compatibility
//! decomposition (NFKD), lower case, no diacritics, ASCII quotes and dashes, no soft hyphens or
//! zero-width characters, and one space for every run of white space.

mod chars;
mod map;

pub use chars::fold_char;
pub use map::Folded;

/// The folded text alone, for search terms.
pub fn fold(text: &str) -> String {
    Folded::new(text).text
}

/// The folded letters and digits alone: what is left when spaces, line breaks, hyphens and punctuation are ignored.
///
/// The read-back gate compares this form, so that a broken line cannot hide a string.
pub fn squash(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        out.extend(text.bytes().filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_lowercase())));
        return out;
    }
    for c in text.chars() {
        fold_char(c, |d| {
            if d.is_alphanumeric() {
                out.push(d);
            }
        });
    }
    out
}

/// True for the characters that make up words: letters and digits.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// True when the folded text has a word boundary on both sides of `start..end`:
/// no letter or digit directly before or after.
pub(crate) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    let after = text.get(end..).and_then(|t| t.chars().next());
    !before.is_some_and(is_word) && !after.is_some_and(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_thing_meet() {
        for (a, b) in [
            ("ﬁeld", "FIELD"),
            ("Siân", "sian"),
            ("Sia\u{302}n", "Siân"),
            ("O’Brien", "o'brien"),
            ("Zoë Straße", "zoe strasse"),
            ("Łukasz Żółć", "lukasz zolc"),
            ("Jean–Luc", "jean-luc"),
            ("Ame\u{ad}lia", "amelia"),
            ("A\u{200b}melia", "amelia"),
            ("Amelia \r\n\t Hart", "amelia hart"),
            ("Amelia\u{a0}Hart", "amelia hart"),
            ("Ｈａｒｔ", "hart"),
            ("İpek", "ipek"),
            ("Þórður Æsir", "thordur aesir"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
    }

    #[test]
    fn squashing_leaves_letters_and_digits() {
        assert_eq!(squash("SW1A 1AA,\n020-7946 0000"), "sw1a1aa02079460000");
        assert_eq!(squash("Siân O’Brien"), "sianobrien");
    }

    #[test]
    fn words_stand_alone_between_other_characters() {
        assert!(stands_alone("x hart.", 2, 6));
        assert!(!stands_alone("harts", 0, 4));
        assert!(!stands_alone("éhart", 2, 6));
    }
}
