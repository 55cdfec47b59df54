//! House and street as people write them: `27 St Marys Cres.`, `12 A Park Ln`, `Station Road 8`. Read word by word from the number of the
//! house, so that no spelling has to be thought of beforehand.

use super::address::{STREETS, UNITS, is_number, join_number};
use super::distance::one_error;
use super::words::{begins, ends};
use crate::fold::is_word;
use crate::lexicon::{Flags, flags};

/// Signs and blanks that may stand between two words of an address, in bytes.
const GAP: usize = 6;
/// Letters of a name in which one error is overlooked: fewer letters are soon those of another street.
const LONG: usize = 7;
/// The same for a word such as `crescent`, of which there are few.
const LONG_KIND: usize = 6;

/// One house by its number and the words of its street, or one flat by its number and those of its house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Door {
    /// Folded and without blanks: `12a`.
    number: String,
    /// Folded, without stops and apostrophes.
    street: Vec<String>,
    /// The number stands behind the street, as in most of Europe.
    behind: bool,
}

impl Door {
    /// The doors that the folded parts of an address speak of.
    pub(super) fn all(parts: &[String]) -> Vec<Self> {
        let joined = join_number(parts);
        let mut out: Vec<Self> = joined.iter().filter_map(|part| Self::of(part)).collect();
        // `Apartment 4B, Kestrel House`
        for pair in joined.windows(2) {
            let [unit, house] = pair else { continue };
            let number = UNITS.iter().find_map(|u| unit.strip_prefix(u)?.strip_prefix(' ')).filter(|n| is_number(n));
            if let Some(number) = number.filter(|_| !house.contains(|c: char| c.is_ascii_digit())) {
                out.extend(Self::new(number.to_owned(), house, false));
            }
        }
        out
    }

    fn of(part: &str) -> Option<Self> {
        let part = UNITS.iter().find_map(|u| part.strip_prefix(u)?.strip_prefix(' ')).unwrap_or(part);
        let (first, rest) = part.split_once([' ', ','])?;
        if is_number(first) {
            // `Flat 3 12 Mill Lane`
            if let Some(inner) = Self::of(rest.trim_start()).filter(|d| !d.behind) {
                return Some(inner);
            }
            let letter = rest.trim_start().split_once(' ').filter(|(w, _)| w.len() == 1 && w.chars().all(|c| matches!(c, 'a'..='h')));
            return match letter {
                Some((letter, street)) if !first.ends_with(char::is_alphabetic) => Self::new(format!("{first}{letter}"), street, false),
                _ => Self::new(first.to_owned(), rest, false),
            };
        }
        let (street, last) = part.rsplit_once(' ')?;
        if is_number(last) { Self::new(last.to_owned(), street, true) } else { None }
    }

    fn new(number: String, street: &str, behind: bool) -> Option<Self> {
        let words: Vec<String> = street.split(|c: char| !(is_word(c) || c == '\'')).map(bare).filter(|w| !w.is_empty()).collect();
        let letters: usize = words.iter().map(|w| w.chars().filter(|c| c.is_alphabetic()).count()).sum();
        (letters >= 4).then_some(Self { number, street: words, behind })
    }

    /// The ways of writing the number.
    pub(super) fn numbers(&self) -> Vec<String> {
        let mut out = vec![self.number.clone()];
        let digits = self.number.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if digits.len() + 1 == self.number.len() {
            out.extend([" ", "-", "/"].map(|joint| format!("{digits}{joint}{}", self.number.get(digits.len()..).unwrap_or_default())));
        }
        out
    }

    /// Where the door is written in a folded text that has its number at `start..end`.
    pub(super) fn at(&self, text: &str, (start, end): (usize, usize)) -> Option<(usize, usize)> {
        let number: String = text.get(start..end)?.chars().filter(|c| c.is_alphanumeric()).collect();
        if number != self.number || !begins(text, start) || !ends(text, end) {
            return None;
        }
        self.forwards(text, end).map(|end| (start, end)).or_else(|| {
            let first = self.backwards(text, start)?;
            (self.behind || is_closed(text.get(end..)?)).then_some((first, end))
        })
    }

    /// True when the door is written anywhere in a folded text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.numbers().iter().any(|n| text.match_indices(n.as_str()).any(|(at, _)| self.at(text, (at, at + n.len())).is_some()))
    }

    /// True for a folded text with the same number and nearly the same street, where the postcode says the rest: `22 Tanners Rd` for Tanners
    /// Row, `6 Gleebe Road` for Glebe Road.
    pub(super) fn is_nearly(&self, text: &str) -> bool {
        let Some(street) = self.street.first().filter(|word| word.chars().count() > 3) else { return false };
        self.numbers().iter().any(|n| {
            let rest = text.strip_prefix(n.as_str()).filter(|rest| !rest.starts_with(is_word));
            let word = rest.and_then(|rest| next(rest, 0).and_then(|(from, to)| rest.get(from..to))).map(bare);
            word.is_some_and(|word| word == *street || one_error(&word, street))
        })
    }

    /// True for a folded text that is the street without its number.
    pub(super) fn is_street(&self, text: &str) -> bool {
        self.forwards(text, 0).is_some_and(|end| text.get(end..).is_some_and(|rest| !rest.contains(is_word)))
    }

    /// True when the words of the street are among those of a text.
    pub(super) fn is_of(&self, part: &str) -> bool {
        self.is_in(part) || self.is_street(part)
    }

    fn forwards(&self, text: &str, mut at: usize) -> Option<usize> {
        let mut wanted = self.street.iter().peekable();
        let mut errors = 0;
        while let Some(word) = wanted.next() {
            let (first, last) = next(text, at)?;
            let written = bare(text.get(first..last)?);
            at = last;
            if let Some(error) = same(word, &written) {
                errors += usize::from(error);
                continue;
            }
            // `Mill Field Lane` for `Millfield Lane`, and the other way.
            if wanted.next_if(|second| format!("{word}{second}") == written).is_some() {
                continue;
            }
            let (first, last) = next(text, at)?;
            at = last;
            if word.strip_prefix(written.as_str()) != Some(bare(text.get(first..last)?).as_str()) {
                return None;
            }
        }
        (errors <= 1).then_some(at)
    }

    fn backwards(&self, text: &str, at: usize) -> Option<usize> {
        let mut at = at;
        let mut errors = 0;
        for (i, word) in self.street.iter().rev().enumerate() {
            let (mut first, mut last) = previous(text, at)?;
            // `Hauptstr. Nr. 12`
            if i == 0 && matches!(text.get(first..last), Some("nr" | "no" | "num")) {
                (first, last) = previous(text, first)?;
            }
            errors += usize::from(same(word, &bare(text.get(first..last)?))?);
            at = first;
        }
        (errors <= 1).then_some(at)
    }
}

/// True when a number behind a street is its house's: `Station Road 8, Otley`, not `at Station Road 8 children waited`.
fn is_closed(rest: &str) -> bool {
    let behind = rest.trim_start_matches(' ');
    behind.is_empty() || behind.starts_with(|c: char| !is_word(c)) || behind.starts_with(|c: char| c.is_ascii_digit())
}

/// A word without apostrophes.
fn bare(word: &str) -> String {
    word.chars().filter(|c| *c != '\'').collect()
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '.' | ',' | '-' | '>' | '|' | '*')
}

/// Where the next word after `at` lies.
fn next(text: &str, at: usize) -> Option<(usize, usize)> {
    let rest = text.get(at..)?;
    let first = at + rest.find(|c| !is_gap(c)).filter(|gap| *gap <= GAP)?;
    let word = text.get(first..)?;
    let len = word.find(|c: char| !(is_word(c) || c == '\'')).unwrap_or(word.len());
    (len > 0).then_some((first, first + len))
}

/// Where the word before `at` lies.
fn previous(text: &str, at: usize) -> Option<(usize, usize)> {
    let head = text.get(..at)?.trim_end_matches(is_gap);
    let word = head
        .rfind(|c: char| !(is_word(c) || c == '\''))
        .map_or(0, |i| i + head.get(i..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8));
    (head.len() > word && at - head.len() <= GAP).then_some((word, head.len()))
}

/// What a word that is shortened may stand for, itself first.
fn meanings(word: &str) -> impl Iterator<Item = &str> {
    std::iter::once(word).chain(STREETS.iter().filter(move |(_, short)| *short == word).map(|(long, _)| *long))
}

/// `hauptstrasse`, `hauptstr` and `hoofdstraat` without their kind.
fn of_street(word: &str) -> Option<&str> {
    ["strasse", "straat", "str"].iter().find_map(|kind| word.strip_suffix(kind)).filter(|name| name.len() > 2)
}

/// Whether a word of the address is meant: nothing for another, true with one error.
fn same(wanted: &str, written: &str) -> Option<bool> {
    if meanings(wanted).any(|a| meanings(written).any(|b| a == b)) || of_street(wanted).is_some() && of_street(wanted) == of_street(written)
    {
        return Some(false);
    }
    let is_kind = |w: &str| STREETS.iter().any(|(long, _)| *long == w);
    let known = Flags::COMMON.with(Flags::GIVEN).with(Flags::SURNAME).with(Flags::PLACE).with(Flags::STREET);
    let slip = |long: &str| {
        let enough = if is_kind(long) { LONG_KIND } else { LONG };
        long.len() >= enough && long.chars().next() == written.chars().next() && one_error(written, long)
    };
    // The `s` of a saint is left out and put in: that is no error.
    let saints =
        !is_kind(wanted) && wanted.len() > 3 && (wanted.strip_suffix('s') == Some(written) || written.strip_suffix('s') == Some(wanted));
    (saints || meanings(wanted).any(slip) && !flags(written).any(known)).then_some(!saints)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::identity::{Band, Identity, Matcher, band_of};

    fn band(home: &str, text: &str) -> Option<Band> {
        let person = Identity { names: vec!["Amelia Fairbairn".into()], addresses: vec![home.into()], ..Identity::default() };
        band_of(&Matcher::new(&person).unwrap().find_text(text))
    }

    #[test]
    fn a_house_is_found_however_its_street_is_written() {
        for (home, text) in [
            ("27 St Mary's Crescent, Leeds, LS6 2AB", "27 St Marys Cr"),
            ("27 St Mary's Crescent, Leeds, LS6 2AB", "at 27 Saint Mary's Cresc., Leeds"),
            ("27 St Mary's Crescent, Leeds, LS6 2AB", "27 St. Mary's Cresent"),
            ("27 St Mary's Crescent, Leeds, LS6 2AB", "27, St Marys\n> Cres"),
            ("3 Queens Avenue, Leeds", "3 Queen's Ave"),
            ("12A Park Lane, Leeds", "12 A Park Ln"),
            ("12 A Park Lane, Leeds", "12a Park Lane"),
            ("Apartment 4B, Kestrel House, Leeds", "4B Kestrel House"),
            ("Apartment 4B, Kestrel House, Leeds", "Flat 4b Kestrel Hse"),
            ("Flat 4B Kestrel House, Leeds", "Apt 4B, Kestrel House"),
            ("Hauptstraße 12, 10115 Berlin", "Hauptstr. 12"),
            ("Hauptstr. 12, Berlin", "HAUPTSTRASSE 12"),
            ("8 Station Road, Hexford", "Station Road 8"),
            ("8 Station Road, Hexford", "Station Rd. 8, Hexford"),
            ("5 Millfield Lane, Leeds", "5 Mill Field Ln"),
            ("5 Mill Field Lane, Leeds", "5 Millfield Lane"),
            ("16 Great North Road, Leeds", "16 Gt. North Rd"),
            ("9 Bronteview Terrace, Leeds", "9 Brontevew Tce"),
        ] {
            assert!(band(home, text) >= Some(Band::Likely), "{home}: {text}");
        }
        for text in ["27 Saint Marys Cres, LS6 2AB", "St Marys Cres, LS6 2AB"] {
            assert!(band("27 St Mary's Crescent, Leeds, LS6 2AB", text) >= Some(Band::Likely), "{text}");
        }
    }

    #[test]
    fn another_house_is_another() {
        for (home, text) in [
            ("27 St Mary's Crescent, Leeds", "127 St Marys Crescent"),
            ("27 St Mary's Crescent, Leeds", "27 St Mark's Crescent"),
            ("27 St Mary's Crescent, Leeds", "27 St Mary's Close"),
            ("12A Park Lane, Leeds", "12B Park Lane"),
            ("12 Park Lane, Leeds", "12 A Park Lane"),
            ("12 Parker Road, Leeds", "12 Barker Road"),
            ("8 Station Road, Hexford", "at Station Road 8 children waited"),
            ("8 Station Road, Hexford", "18 Station Road"),
            ("4 Hill Street, Leeds", "4 Mill Street"),
        ] {
            assert!(band(home, text) < Some(Band::Likely), "{home}: {text} {:?}", band(home, text));
        }
    }

    #[test]
    fn the_same_house_in_another_town_is_another_house() {
        let home = "8 Station Road, Hexford, HX4 1AB";
        for text in ["8 Station Road, York", "8 Station Rd\nYork", "8 Station Road, Leeds LS1 4AB", "8 Station Road, LS1 4AB"] {
            assert_eq!(band(home, text), Some(Band::Possible), "{text}");
        }
        for text in [
            "8 Station Road, Hexford",
            "8 Station Road, Upper Vale, Hexford",
            "8 Station Road",
            "8 Station Road. York was far",
            "8 Station Road, HX4 1AB",
        ] {
            assert!(band(home, text) >= Some(Band::Likely), "{text}");
        }
        assert!(band("8 Station Road", "8 Station Road, York") >= Some(Band::Likely));
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(12|a|A|12a| |park|lane|ln|,|\\.|-|'|é|park lane){0,12}") {
            let _ = band("12A Park Lane, Leeds", &text);
        }
    }
}
