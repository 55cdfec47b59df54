//! The house behind a postcode or a street: the person's own, or another.

use super::address::{self, Address, UNITS};
use super::distance::one_error;
use super::door::Door;
use super::name_match::Found;
use super::seen::{OTHER_FLAT, OTHER_TOWN};
use super::whose::{Read, is_own};
use super::words::before;
use super::{Band, PersonName};
use crate::fold::{fold, stands_alone};
use crate::lexicon::{Flags, flags};

/// How far before a postcode its address is read, in bytes of the original.
const REACH: usize = 160;
/// How far behind house and street the town is looked for, in bytes.
const TAIL: usize = 80;
/// Parts of one address.
const PARTS: usize = 5;

/// One of the person's addresses, as what stands in texts is compared with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Home {
    /// Spellings of house and street.
    lines: Vec<String>,
    /// Its parts without the postcode: house and street, village, town.
    parts: Vec<String>,
    /// House and street by number and words.
    pub(super) doors: Vec<Door>,
    postcode: Option<String>,
    /// The number of its flat, where it is one.
    unit: Option<String>,
}

impl Home {
    /// The address as written, and as taken apart.
    pub(super) fn new(written: &str, parsed: &Address) -> Self {
        let parts = written.split([',', '\n', ';']).map(|part| fold(part).trim().trim_end_matches('.').to_owned());
        let parts: Vec<String> =
            parts.map(|part| address::split_postcode(&part).map_or(part, |(rest, _)| rest)).filter(|p| !p.is_empty()).collect();
        let unit = parts.iter().find_map(|part| UNITS.iter().find_map(|u| part.strip_prefix(u)?.strip_prefix(' ')));
        Self {
            unit: unit.map(|n| n.trim().to_owned()),
            lines: parsed.lines.clone(),
            doors: parsed.doors.clone(),
            postcode: parsed.postcode.clone(),
            parts,
        }
    }

    /// True when the house at `start` of the folded text has another flat's number before it: `Flat 5, 12 Mill Lane`.
    fn is_another_flat(&self, text: &str, start: usize) -> bool {
        let Some(unit) = &self.unit else { return false };
        let Some(number) = before(text, start).filter(|w| w.text.len() <= 4) else { return false };
        before(text, number.start).is_some_and(|w| UNITS.contains(&w.text)) && number.text != unit
    }

    /// True when the words before a postcode say another house: `the church, Otley, LS21 3BG`, `9 High Street, Otley, LS21 3BG`.
    pub(super) fn is_another_house(&self, names: &[PersonName], start: usize, (folded, original): Read<'_>) -> bool {
        let at = folded.original_start(start);
        let from = original.ceil_char_boundary(at.saturating_sub(REACH));
        let head = original.get(from..at).unwrap_or_default();
        // An empty line ends what is one address, and so does a sentence.
        let head = head.rsplit("\n\n").next().unwrap_or_default();
        for part in
            head.rsplit([',', '\n', ';', '|']).map(|part| part.trim_start_matches(['>', ' '])).filter(|p| !p.trim().is_empty()).take(PARTS)
        {
            let (cut, part) = part.rsplit_once(". ").map_or((false, part), |(_, last)| (true, last));
            let part = fold(part).trim().trim_end_matches('.').to_owned();
            if self.is_own(names, &part) {
                return false;
            }
            let town = self.parts.iter().filter_map(|own| part.strip_suffix(own.as_str())).min_by_key(|rest| rest.len());
            if is_house(town.unwrap_or(&part)) {
                return true;
            }
            if cut {
                break;
            }
        }
        false
    }

    /// True when the name of the house, with an error in it, stands before the street at `start` of the folded text.
    pub(super) fn is_nearly_before(&self, text: &str, start: usize) -> bool {
        self.parts.iter().filter(|part| !part.contains(|c: char| c.is_ascii_digit())).any(|part| {
            let first = (0..part.split(' ').count()).try_fold(start, |at, _| before(text, at).map(|word| word.start));
            let written = first.and_then(|first| text.get(first..start));
            written.is_some_and(|written| is_nearly(part, written.trim_end_matches([' ', ','])))
        })
    }

    /// True for the name of a house that many houses have, where nothing of the address follows: `start..end` in the folded text.
    fn is_a_name_alone(&self, text: &str, (start, end): (usize, usize)) -> bool {
        let numbered = text.get(start..end).is_none_or(|line| line.contains(|c: char| c.is_ascii_digit()));
        let behind = text.get(end..).unwrap_or_default().trim_start_matches([' ', ',', '.', ';', '|', '>', '/', '-']);
        let line = text.get(start..end).unwrap_or_default();
        !numbered && !self.parts.iter().any(|part| !part.contains(line) && behind.starts_with(part.as_str()))
    }

    /// What house and street at `start..end` of the folded text say.
    pub(super) fn at_line(&self, text: &str, (start, end): (usize, usize)) -> Found {
        let (band, reason) = match () {
            () if self.is_another_flat(text, start) => (Band::Possible, OTHER_FLAT),
            () if self.is_a_name_alone(text, (start, end)) => (Band::Possible, "name of the house"),
            () if self.is_in_another_town(text, end) => (Band::Possible, OTHER_TOWN),
            () => (Band::Likely, "house and street of the address"),
        };
        Found::own(start, end, band, reason)
    }

    /// Its parts without a number, street, village and town.
    pub(super) fn towns(&self) -> impl Iterator<Item = &str> {
        let plain = |part: &&String| !part.contains(|c: char| c.is_ascii_digit()) && !self.lines.contains(part);
        self.parts.iter().filter(plain).map(String::as_str)
    }

    /// True when another town or another postcode follows house and street, which end at `end`: `8 Station Road, York`.
    fn is_in_another_town(&self, text: &str, end: usize) -> bool {
        const WIDER: &str = " london england scotland wales uk gb britain ireland kent essex surrey sussex devon cornwall dorset somerset \
            norfolk suffolk cumbria rutland durham tyne cleveland merseyside ";
        let tail = text.get(end..text.floor_char_boundary(end + TAIL)).unwrap_or_default();
        let squashed: String = tail.chars().filter(|c| c.is_alphanumeric()).collect();
        let own_code = self.postcode.as_ref().is_some_and(|code| squashed.contains(code.as_str()));
        if own_code || self.towns().any(|town| tail.match_indices(town).any(|(at, _)| stands_alone(tail, at, at + town.len()))) {
            return false;
        }
        let behind = tail.trim_start_matches([' ', ',', '>', '|']);
        // A sentence may begin with a town.
        if tail.starts_with(". ") {
            return false;
        }
        let words: Vec<&str> = behind.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|w| !w.is_empty()).take(4).collect();
        let code = |pair: &[&str]| pair.concat().len() <= 7 && address::is_postcode(&pair.concat());
        let codes = words.windows(2).any(code) || words.windows(1).any(code);
        let town = words.first().is_some_and(|word| {
            let two = words.get(..2).map(<[&str]>::concat).unwrap_or_default();
            let place = flags(word).any(Flags::PLACE) && !flags(word).any(Flags::COMMON) || flags(&two).any(Flags::PLACE);
            place && !word.ends_with("shire") && !WIDER.split_ascii_whitespace().any(|w| w == *word)
        });
        codes && self.postcode.is_some() || town && self.towns().next().is_some()
    }

    /// True for the person's own house, their street without its number, or a part of their name.
    fn is_own(&self, names: &[PersonName], part: &str) -> bool {
        let line = |own: &String| part.match_indices(own.as_str()).any(|(at, _)| stands_alone(part, at, at + own.len()));
        let street =
            |own: &String| own.split_once(' ').is_some_and(|(n, street)| n.starts_with(|c: char| c.is_ascii_digit()) && part == street);
        let named = |w: &str| w.chars().count() > 2 && names.iter().any(|n| is_own(n, w));
        self.lines.iter().any(|own| line(own) || street(own))
            || self.doors.iter().any(|door| door.is_of(part) || door.is_nearly(part))
            || self.parts.iter().any(|own| is_nearly(own, part))
            || part.split(|c: char| !c.is_alphanumeric()).any(named)
    }
}

/// True for the name of a house with an error in it: `hawthorne lodge` for Hawthorn Lodge.
fn is_nearly(own: &str, part: &str) -> bool {
    let words = |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (own, part) = (words(own), words(part));
    let like = |(a, b): (&String, &String)| a == b || a.chars().count() > 4 && one_error(b, a);
    own.len() > 1 && own.len() == part.len() && own.iter().zip(&part).all(like)
}

/// True for a street with its number, the name of a street, or a building that has a name.
fn is_house(part: &str) -> bool {
    const BUILDINGS: &str = " church chapel hall school college academy centre center library hospital surgery clinic club pub inn arms hotel \
        cafe shop stores office offices museum stadium station theatre farm mill barn house lodge manor vicarage rectory cottage forge mosque \
        temple synagogue nursery playgroup university depot garage ";
    let words: Vec<&str> = part.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|w| !w.is_empty()).collect();
    let Some((last, before)) = words.split_last() else { return false };
    let building = BUILDINGS.split_ascii_whitespace().any(|b| b == *last);
    let numbered = before.iter().any(|w| w.len() <= 4 && w.starts_with(|c: char| c.is_ascii_digit()));
    building && !before.is_empty() || !before.is_empty() && flags(last).any(Flags::STREET) && (numbered || before.len() <= 3)
}

#[cfg(test)]
mod tests {
    use crate::identity::{Band, Identity, Matcher, band_of};

    fn band(home: &str, text: &str) -> Option<Band> {
        let person = Identity { names: vec!["Amelia Fairbairn".into()], addresses: vec![home.into()], ..Identity::default() };
        band_of(&Matcher::new(&person).unwrap().find_text(text))
    }

    #[test]
    fn a_postcode_behind_another_house_says_little() {
        for text in [
            "Jumble sale at the church, Otley, LS21 3BG",
            "Deliver to 9 High Street, Otley, LS21 3BG",
            "Rose Cottage\nBank Lane\nOtley\nLS21 3BG",
            "the Queen's Arms, LS21 3BG",
            "112 Mill Lane, Otley, LS21 3BG",
            "> 4 Bank View,\n> Otley LS21 3BG",
        ] {
            assert_eq!(band("12 Mill Lane, Otley, LS21 3BG", text), Some(Band::Possible), "{text}");
        }
        for text in [
            "LS21 3BG",
            "Otley, LS21 3BG",
            "Mill Lane, Otley, LS21 3BG",
            "We met in the hall. Otley LS21 3BG was named.",
            "12 Mill Lane, Otley, LS21 3BG",
            "the house in Mill Lane, postcode LS21 3BG",
            "School Hall\n\nLS21 3BG",
        ] {
            assert!(
                band("12 Mill Lane, Otley, LS21 3BG", text) >= Some(Band::Likely),
                "{text} {:?}",
                band("12 Mill Lane, Otley, LS21 3BG", text)
            );
        }
    }

    #[test]
    fn a_house_without_a_number_is_told_by_its_name() {
        let home = "The Old Forge, Otley, LS21 3BG";
        assert_eq!(band(home, "The Mill, Otley, LS21 3BG"), Some(Band::Possible));
        assert_eq!(band(home, "we met at the Old Forge again"), Some(Band::Possible));
        for text in ["Old Forge, Otley, LS21 3BG", "The Old Forge, Otley", "the old forge\nOtley", "The Old Forge. Postcode LS21 3BG"] {
            assert!(band(home, text) >= Some(Band::Likely), "{text}");
        }
    }

    #[test]
    fn another_flat_of_the_house_is_not_theirs() {
        let home = "Flat 3, 12 Mill Lane, Otley, LS21 3BG";
        for text in ["Flat 5, 12 Mill Lane, Otley", "Apt 14, 12 Mill Lane, Otley, LS21 3BG"] {
            assert_eq!(band(home, text), Some(Band::Possible), "{text}");
        }
        for text in ["Flat 3, 12 Mill Lane", "12 Mill Lane", "flat 3 12 Mill Lane, LS21 3BG"] {
            assert!(band(home, text) >= Some(Band::Likely), "{text}");
        }
        assert!(band("12 Mill Lane, Otley, LS21 3BG", "Flat 2, 12 Mill Lane") >= Some(Band::Likely));
    }
}
