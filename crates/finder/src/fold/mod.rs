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

/// True for the characters that make up words: letters, digits, and the signs that some scripts write onto letters.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_sign(c)
}

/// True for signs that belong to the letter before them and are no letters themselves: what joins two letters in the scripts of India,
/// tones of Thai and Lao, the voicing marks of Japanese.
pub(crate) fn is_sign(c: char) -> bool {
    c >= '\u{93c}'
        && matches!(c,
            '\u{93c}' | '\u{94d}' | '\u{951}'..='\u{954}' | '\u{9bc}' | '\u{9cd}' | '\u{a3c}' | '\u{a4d}' | '\u{abc}' | '\u{acd}'
            | '\u{b3c}' | '\u{b4d}' | '\u{bcd}' | '\u{c3c}' | '\u{c4d}' | '\u{cbc}' | '\u{ccd}' | '\u{d3b}' | '\u{d3c}' | '\u{d4d}'
            | '\u{dca}' | '\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{eba}' | '\u{ec8}'..='\u{ece}' | '\u{1037}' | '\u{1039}' | '\u{103a}'
            | '\u{17c9}'..='\u{17d3}' | '\u{17dd}' | '\u{3099}' | '\u{309a}')
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
