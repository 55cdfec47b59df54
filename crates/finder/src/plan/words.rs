//! Given strings, wherever and however they stand in a text.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use super::cut::Halves;
use super::terms::{Term, TermSet, Writing};
use crate::detect::Kind;
use crate::fold::{Folded, fold, fold_char};

/// From this many letters and digits on a string is found letter-spaced, broken or joined as well.
const SPACED: usize = 6;
/// From this many letters and digits on a string is found inside a longer word as well, when that is asked for.
const INSIDE: usize = 5;

/// Compiled strings: what a redaction takes out.
///
/// A string is found alone, in any case, with or without diacritics, in compatibility forms (an fi ligature), with other white space and
/// over a line that ends in a hyphen; a long one also where spaces stand between its letters or are missing, and from its last letter to its
/// first (turned round again by a mark of direction, or a mirror). Letters of another script that look the same are the same.
#[derive(Debug, Default)]
pub struct Words {
    literal: TermSet,
    /// For each term of `literal` the string it stands for.
    sources: Vec<usize>,
    flat: Option<AhoCorasick>,
    needles: Vec<Needle>,
    /// What `flat` looks for, a string for each of `needles`.
    patterns: Vec<String>,
    inside: bool,
    halves: OnceLock<Halves>,
}

/// A place that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WordPlace {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Which string: its index.
    pub word: usize,
}

/// A string without spaces and signs.
#[derive(Debug)]
struct Needle {
    word: usize,
    letters: usize,
    /// Where spaces or signs stood, in bytes of the squashed form.
    gaps: Vec<usize>,
    /// Letters, digits and spaces only.
    plain: bool,
    /// Of a script that writes without spaces.
    unspaced: bool,
    /// From its last letter to its first.
    backwards: bool,
}

impl Words {
    /// Compiles the strings. With `inside`, strings of five or more letters are found inside longer words too (`jlovelace@`).
    pub fn new<S: AsRef<str>>(words: &[S], inside: bool) -> Self {
        let mut terms = Vec::new();
        let mut sources = Vec::new();
        let mut needles = Vec::new();
        let mut patterns = Vec::new();
        for (word, text) in words.iter().enumerate() {
            let folded = fold(text.as_ref().trim()).trim().to_owned();
            if folded.is_empty() {
                continue;
            }
            let flat = Flat::new(text.as_ref().trim());
            let (squashed, letters) = (flat.text, flat.letters);
            if letters > 0 {
                let gaps = flat.gaps.into_iter().map(|gap| gap.at).filter(|at| *at > 0 && *at < squashed.len()).collect();
                let plain = folded.chars().all(|c| c.is_alphanumeric() || c == ' ');
                let needle =
                    |gaps, backwards| Needle { word, letters, gaps, plain, unspaced: squashed.chars().any(is_unspaced), backwards };
                needles.push(needle(gaps, false));
                if letters >= SPACED {
                    needles.push(needle(Vec::new(), true));
                    patterns.extend([squashed.clone(), squashed.chars().rev().collect()]);
                } else {
                    patterns.push(squashed);
                }
            }
            terms.push(Term { folded, kind: Kind::Person, writing: Writing::Any, person: None, why: "named" });
            sources.push(word);
        }
        let flat = if patterns.is_empty() { None } else { AhoCorasick::new(&patterns).ok() };
        Self { literal: TermSet::new(terms), sources, flat, needles, patterns, inside, halves: OnceLock::new() }
    }

    /// Whether one of the strings may begin at the end of this text and go on in another: a quick look before both are joined.
    pub fn may_go_on(&self, text: &str) -> bool {
        self.halves().may_go_on(&Flat::new(text))
    }

    /// Whether one of the strings may have begun in another text and end at the beginning of this one.
    pub fn may_have_begun(&self, text: &str) -> bool {
        self.halves().may_have_begun(&Flat::new(text))
    }

    fn halves(&self) -> &Halves {
        self.halves.get_or_init(|| {
            let whole = self.needles.iter().zip(&self.patterns).filter(|(needle, _)| !needle.backwards);
            Halves::of(whole.map(|(_, pattern)| pattern.as_str()), self.inside)
        })
    }

    /// Every place where one of the strings stands, ascending; places may overlap.
    pub fn places(&self, text: &str) -> Vec<WordPlace> {
        let folded = Folded::new(text);
        let literal = self.literal.places(text, &folded).into_iter().filter_map(|place| {
            let word = *self.sources.get(place.term)?;
            Some(WordPlace { start: place.start, end: place.end, word })
        });
        let mut places: Vec<WordPlace> = literal.collect();
        if let Some(automaton) = &self.flat {
            let flat = Flat::new(text);
            for found in automaton.find_overlapping_iter(&flat.text) {
                let Some(needle) = self.needles.get(found.pattern().as_usize()) else { continue };
                if self.counts(needle, &flat, found.start(), found.end())
                    && let Some((start, end)) = flat.original(found.start(), found.end())
                {
                    places.push(WordPlace { start, end, word: needle.word });
                }
            }
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    fn counts(&self, needle: &Needle, flat: &Flat, start: usize, end: usize) -> bool {
        let alone = flat.is_edge(start) && flat.is_edge(end);
        if needle.backwards {
            return alone;
        }
        let inner = flat.between(start, end);
        let foreign = |gap: &&Gap| needle.gaps.binary_search(&(gap.at - start)).is_err();
        let only_breaks = inner.iter().filter(foreign).all(Gap::is_break);
        let complete = needle.gaps.iter().all(|at| inner.binary_search_by_key(&(at + start), |gap| gap.at).is_ok());
        if alone {
            return if needle.letters >= SPACED { true } else { needle.plain && only_breaks && complete };
        }
        let long = self.inside && needle.letters >= INSIDE || needle.unspaced && needle.letters >= 2;
        long && only_breaks && complete
    }
}

/// Scripts that write without spaces between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The Latin letter that a folded letter of another script is taken for, by one who looks at it, small or as a capital.
fn looks_like(c: char) -> char {
    match c {
        'а' | 'α' | 'ɑ' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' => 'e',
        'ɡ' => 'g',
        'н' | 'һ' | 'η' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' | 'ϳ' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' | 'μ' => 'm',
        'ν' => 'n',
        'о' | 'ο' | 'օ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'ѵ' => 'v',
        'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'υ' | 'ү' => 'y',
        'ζ' => 'z',
        other => other,
    }
}

/// A text as folded letters and digits alone, with the way back.
pub(super) struct Flat {
    pub(super) text: String,
    letters: usize,
    /// For each byte of `text`, the original character it came from: first byte and length.
    origin: Vec<(u32, u8)>,
    gaps: Vec<Gap>,
}

/// Where something other than letters and digits stood.
#[derive(Debug, Clone, Copy, Default)]
struct Gap {
    at: usize,
    hyphen: bool,
    line: bool,
    other: bool,
}

impl Gap {
    /// A hyphen at the end of a line, which belongs to the line and not to the word.
    fn is_break(&self) -> bool {
        self.hyphen && self.line && !self.other
    }
}

impl Flat {
    fn new(text: &str) -> Self {
        let mut flat =
            Self { text: String::with_capacity(text.len()), letters: 0, origin: Vec::with_capacity(text.len()), gaps: Vec::new() };
        let mut soft = false;
        for (at, c) in text.char_indices() {
            soft |= c == '\u{AD}';
            fold_char(c, |d| {
                if d.is_alphanumeric() {
                    flat.text.push(looks_like(d));
                    flat.letters += 1;
                    flat.origin.resize(flat.text.len(), (at as u32, c.len_utf8() as u8));
                    soft = false;
                } else {
                    flat.gap(c, d, soft);
                }
            });
        }
        flat
    }

    fn gap(&mut self, original: char, folded: char, soft: bool) {
        let at = self.text.len();
        if self.gaps.last().is_none_or(|gap| gap.at != at) {
            self.gaps.push(Gap { at, ..Gap::default() });
        }
        if let Some(gap) = self.gaps.last_mut() {
            gap.hyphen |= soft || folded == '-';
            gap.line |= matches!(original, '\n' | '\r' | '\u{2028}' | '\u{85}');
            gap.other |= folded != '-' && folded != ' ';
        }
    }

    /// Whether a word begins or ends here.
    pub(super) fn is_edge(&self, at: usize) -> bool {
        at == 0 || at == self.text.len() || self.gaps.binary_search_by_key(&at, |gap| gap.at).is_ok()
    }

    fn between(&self, start: usize, end: usize) -> &[Gap] {
        let from = self.gaps.partition_point(|gap| gap.at <= start);
        let to = self.gaps.partition_point(|gap| gap.at < end);
        self.gaps.get(from..to).unwrap_or_default()
    }

    fn original(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let first = self.origin.get(start)?;
        let last = self.origin.get(end.checked_sub(1)?)?;
        Some((first.0 as usize, last.0 as usize + usize::from(last.1)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found<'a>(word: &str, inside: bool, text: &'a str) -> Vec<&'a str> {
        let mut ranges: Vec<(usize, usize)> =
            Words::new(&[word], inside).places(text).into_iter().map(|place| (place.start, place.end)).collect();
        ranges.dedup();
        ranges.into_iter().map(|(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn a_string_is_found_however_it_is_set() {
        for (word, text, whole) in [
            ("field", "a ﬁeld b", "ﬁeld"),
            ("ﬁeld", "a FIELD b", "FIELD"),
            ("Siân", "to SIAN.", "SIAN"),
            ("Ada Lovelace", "Ada\n Lovelace", "Ada\n Lovelace"),
            ("Ada Lovelace", "by A d a L o v e l a c e.", "A d a L o v e l a c e"),
            ("Ada Lovelace", "AdaLovelace", "AdaLovelace"),
            ("Lovelace", "Love-\nlace", "Love-\nlace"),
            ("Smith", "Mr Smi-\nth", "Smi-\nth"),
            ("Smith", "Mr Smi\u{ad}\nth", "Smi\u{ad}\nth"),
            ("020 7946 0000", "on 02079460000", "02079460000"),
            ("a.b@c.example", "A.B@C.example", "A.B@C.example"),
            ("山田", "は山田です", "山田"),
            ("Ada Lovelace", "by А\u{64}а Lоvеlасе.", "А\u{64}а Lоvеlасе"),
            ("Мирослава", "от МИРОСЛАВА", "МИРОСЛАВА"),
            ("Ada Lovelace", "by \u{202e}ecalevoL adA\u{202c}.", "ecalevoL adA"),
        ] {
            assert_eq!(found(word, false, text), [whole], "{word} in {text}");
        }
    }

    #[test]
    fn other_words_stay() {
        for (word, text) in
            [("Ann", "announced"), ("Ann", "A nn"), ("1.5", "15 of 1 5"), ("Rose", "he rose"), ("Lovelace", "Lovelaces"), ("", "x")]
        {
            let expected: &[&str] = if word == "Rose" { &["rose"] } else { &[] };
            assert_eq!(found(word, false, text), expected, "{word} in {text}");
        }
    }

    #[test]
    fn long_strings_are_found_inside_words_when_asked() {
        assert_eq!(found("Lovelace", true, "alovelace@mail.example"), ["lovelace"]);
        assert_eq!(found("Hart", true, "Hartlepool"), Vec::<&str>::new());
        assert_eq!(found("the rose", true, "the heroses"), Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn what_is_put_in_is_found(word in "[a-zA-Z]{2,9}( [a-zA-Z]{1,9})?", before in "[ -~é]{0,20}", after in "[ -~ﬁ]{0,20}") {
            let text = format!("{before} {word}, {after}");
            let at = before.len() + 1;
            let places = Words::new(&[&word], false).places(&text);
            prop_assert!(places.iter().any(|p| p.start == at && p.end == at + word.len()), "{word:?} in {text:?}: {places:?}");
        }

        #[test]
        fn places_lie_on_characters(words in prop::collection::vec("\\PC{1,6}", 1..4), text in "\\PC{0,60}") {
            for place in Words::new(&words, true).places(&text) {
                prop_assert!(text.get(place.start..place.end).is_some_and(|found| !found.is_empty()));
            }
        }
    }
}
