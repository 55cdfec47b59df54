//! A name taken apart.

use super::rarity;
use crate::fold::{fold, is_word};
use crate::lexicon::{Flags, equivalents_of, flags, forms_of};

/// The folded parts of one full name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PersonName {
    /// First given name.
    pub(crate) given: String,
    /// Other spellings of the given name: without its hyphen, damaged by a wrong character set.
    pub(super) spelt: Vec<String>,
    /// Short and long forms of the given name.
    pub(crate) nicknames: Vec<String>,
    /// What the given name is called in other languages.
    abroad: Vec<&'static str>,
    /// Spellings of given name and surname that only a scanner makes.
    pub(super) scanned: Vec<String>,
    /// Other spellings of the surname, of a name from another alphabet. They count beside the given name alone.
    pub(super) sounding: Vec<String>,
    /// The name came from Arabic, so that vowels say little.
    pub(super) arabic: bool,
    /// Middle names and initials.
    pub(crate) middle: Vec<String>,
    /// Spellings of the surname, the written one first. Empty for a single name.
    pub(crate) surnames: Vec<String>,
    /// The single parts of a double surname.
    pub(crate) parts: Vec<String>,
    /// Surnames the person has under another name: `Carter` in `Amelia Carter Hart`, once they are known by both.
    pub(super) also: Vec<String>,
    /// Given names the person has under another name or spelling: such a one is no error in this.
    pub(super) also_given: Vec<String>,
}

impl PersonName {
    /// Takes a name apart: `Mrs Amelia Jane Hart-Davies`, `Hart, Amelia J.`. Nothing for a text without letters.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let folded = fold(name);
        let folded = folded.split(['(', '<', '[']).next().unwrap_or_default();
        let turned = match folded.split_once(',') {
            Some((last, first)) if first.chars().any(char::is_alphabetic) && !is_suffix(first) => format!("{first} {last}"),
            Some((name, _)) => name.to_owned(),
            None => folded.to_owned(),
        };
        let clean: String = turned.chars().map(|c| if is_word(c) || matches!(c, '\'' | '-') { c } else { ' ' }).collect();
        let mut words: Vec<&str> = clean.split_whitespace().map(|w| w.trim_matches(['\'', '-'])).filter(|w| !w.is_empty()).collect();
        while words.len() > 1 && words.first().is_some_and(|w| flags(w).any(Flags::TITLE) && !flags(w).any(Flags::GIVEN)) {
            words.remove(0);
        }
        while words.len() > 2 && words.last().is_some_and(|w| is_suffix(w)) {
            words.pop();
        }
        Self::of_words(&words)
    }

    /// A name of folded words, given name first.
    pub(super) fn of_words(words: &[&str]) -> Option<Self> {
        let (given, rest) = words.split_first()?;
        if !given.chars().any(char::is_alphabetic) {
            return None;
        }
        let mut parsed = Self { given: (*given).to_owned(), ..Self::default() };
        parsed.nicknames = forms_of(given).into_iter().map(str::to_owned).collect();
        parsed.abroad = equivalents_of(given);
        if given.contains('-') {
            parsed.spelt.extend([given.replace('-', " "), given.replace('-', "")]);
            parsed.nicknames.extend(parsed.spelt.clone());
            parsed.nicknames.extend(given.split('-').filter(|p| p.chars().count() > 2).map(str::to_owned));
        }
        let Some((last, between)) = rest.split_last() else {
            parsed.spelt.extend(slips_of_single(given));
            return Some(parsed);
        };
        let particles = between.iter().rev().take_while(|w| flags(w).any(Flags::PARTICLE) && w.len() > 1 || is_irish(w, last)).count();
        let (middle, particles) = between.split_at(between.len() - particles);
        parsed.middle = middle.iter().map(|w| (*w).to_owned()).collect();
        parsed.spell_surname(particles, last);
        // `María José` is also `Mariajose`, and Majo.
        if let Some(second) = middle.first().filter(|w| w.chars().count() > 2 && flags(w).any(Flags::GIVEN)) {
            let both = format!("{given}{second}");
            parsed.nicknames.extend(forms_of(&both).into_iter().map(str::to_owned));
            parsed.spelt.extend([both, format!("{given}-{second}")]);
        }
        // `Maria Garcia Lopez`: two surnames without a hyphen.
        for word in middle.iter().filter(|w| w.chars().count() > 2 && flags(w).any(Flags::SURNAME) && !flags(w).any(Flags::GIVEN)) {
            parsed.surnames.push(format!("{word} {last}"));
            parsed.surnames.push(format!("{word}-{last}"));
            parsed.parts.push((*word).to_owned());
        }
        Some(parsed)
    }

    fn spell_surname(&mut self, particles: &[&str], last: &str) {
        let mut spell = |s: String| {
            if !s.is_empty() && !self.surnames.contains(&s) {
                self.surnames.push(s);
            }
        };
        let mut whole = particles.to_vec();
        whole.push(last);
        let written = whole.join(" ");
        spell(written.clone());
        if !particles.is_empty() {
            spell(whole.concat());
            spell(whole.join("-"));
            spell(last.to_owned());
        }
        if written.contains('\'') {
            spell(written.replace('\'', ""));
            spell(written.replace('\'', " "));
            spell(written.replace('\'', "''"));
            spell(written.replace('\'', "&#39;"));
            spell(written.replace('\'', "&apos;"));
            if let Some(rest) = last.strip_prefix("o'").filter(|_| particles.is_empty()) {
                spell(format!("o{rest}"));
            }
        }
        if let Some(rest) = last.strip_prefix("mc").filter(|r| r.len() > 2) {
            spell(format!("mac{rest}"));
            spell(format!("mc {rest}"));
            spell(format!("mac {rest}"));
            spell(format!("m'{rest}"));
        } else if let Some(rest) = last.strip_prefix("mac").filter(|r| r.len() > 3) {
            spell(format!("mc{rest}"));
            spell(format!("mac {rest}"));
            spell(format!("mc {rest}"));
        }
        if let Some((article, rest)) = last.split_once('-').filter(|(a, _)| matches!(*a, "al" | "el" | "ul")) {
            for other in ["al", "el", "ul"].into_iter().filter(|o| *o != article) {
                spell(format!("{other}-{rest}"));
                spell(format!("{other} {rest}"));
            }
        }
        if last.contains('-') {
            spell(last.replace('-', " "));
            spell(last.replace('-', " - "));
            spell(last.replace('-', ""));
            self.parts = last.split('-').filter(|p| p.chars().count() > 2).map(str::to_owned).collect();
        }
    }

    /// The surname as written, if there is one.
    pub(crate) fn surname(&self) -> Option<&str> {
        self.surnames.first().map(String::as_str)
    }

    /// Every spelling of the given name itself.
    pub(super) fn givens(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.given.as_str()).chain(self.spelt.iter().map(String::as_str))
    }

    /// True for the given name as it is in another language.
    pub(super) fn is_abroad(&self, word: &str) -> bool {
        self.abroad.contains(&word)
    }

    /// Every word of the name: what must never be proposed as somebody else's.
    pub(crate) fn own_words(&self) -> impl Iterator<Item = &str> {
        let lists = [&self.spelt, &self.nicknames, &self.middle, &self.surnames, &self.parts];
        std::iter::once(self.given.as_str()).chain(lists.into_iter().flatten().map(String::as_str))
    }

    /// First letters, given name to surname, with and without middle names: `ah`, `ajh`.
    pub(crate) fn initials(&self) -> Vec<String> {
        let Some(last) = self.surname().and_then(|s| s.chars().next()) else { return Vec::new() };
        let Some(first) = self.given.chars().next() else { return Vec::new() };
        let mut out = vec![format!("{first}{last}")];
        if !self.middle.is_empty() {
            let middle: String = self.middle.iter().filter_map(|m| m.chars().next()).collect();
            out.push(format!("{first}{middle}{last}"));
        }
        if let Some(second) = self.given.split_once('-').and_then(|(_, s)| s.chars().next()) {
            out.push(format!("{first}{second}{last}"));
        }
        if let Some(second) = self.surname().and_then(|s| s.split_once(['-', ' '])).and_then(|(_, s)| s.chars().next()) {
            out.push(format!("{first}{last}{second}"));
        }
        out
    }

    /// True when many people bear the name.
    pub(super) fn is_common(&self) -> bool {
        self.surname().is_none_or(rarity::many_bear) && flags(&self.given).any(Flags::GIVEN)
    }

    /// True when given name and surname are ordinary words: `Grace May`, `Mark Price`. Such a name counts in capitals alone.
    pub(super) fn is_ordinary(&self) -> bool {
        let ordinary = |w: &str| flags(w).any(Flags::COMMON.with(Flags::NOUN).with(Flags::STREET).with(Flags::ORG));
        ordinary(&self.given) && self.surname().is_none_or(ordinary)
    }
}

/// True for the `O` of `Ó Súilleabháin`, which is no initial.
fn is_irish(word: &str, last: &str) -> bool {
    word == "o" && (flags(&format!("o{last}")).any(Flags::SURNAME) || !flags(last).any(Flags::SURNAME))
}

/// True for what stands behind a name and is none: `jr`, `mbe`, `ma`.
pub(super) fn is_suffix(word: &str) -> bool {
    matches!(
        word.trim().trim_matches('.'),
        "jr" | "snr"
            | "sr"
            | "jnr"
            | "ii"
            | "iii"
            | "obe"
            | "mbe"
            | "cbe"
            | "phd"
            | "esq"
            | "ba"
            | "bsc"
            | "ma"
            | "msc"
            | "md"
            | "qc"
            | "kc"
            | "rgn"
            | "mp"
    )
}

/// Letters a single name has, at least, for its slips to be looked for.
const LONG_SINGLE: usize = 7;

/// How the only name of somebody is soon misspelt: a consonant doubled or not, `y` or `ie` for a last `i`, the old `oe` for `u`. Beside a surname
/// an error is overlooked anyway.
fn slips_of_single(name: &str) -> Vec<String> {
    if name.len() < LONG_SINGLE || !name.bytes().all(|b| b.is_ascii_lowercase()) {
        return Vec::new();
    }
    let at = |i: usize| name.as_bytes().get(i).copied().unwrap_or_default();
    let mut out: Vec<String> = Vec::new();
    for i in 1..name.len() - 1 {
        let (head, tail) = name.split_at(i);
        if at(i) == at(i + 1) {
            out.push(format!("{head}{}", tail.get(1..).unwrap_or_default()));
        } else if !b"aeiou".contains(&at(i)) && at(i) != at(i - 1) {
            out.push(format!("{head}{}{tail}", char::from(at(i))));
        }
    }
    if let Some(stem) = name.strip_suffix('i') {
        out.extend(["y", "ie", "ee"].map(|end| format!("{stem}{end}")));
    }
    if name.contains('u') {
        out.push(name.replace('u', "oe"));
        out.push(name.replacen('u', "oe", 1));
    }
    out.retain(|slip| flags(slip) == Flags::NONE);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_apart() {
        let n = PersonName::parse("Mrs Amelia Jane Hart-Davies").unwrap();
        assert_eq!((n.given.as_str(), n.middle.as_slice()), ("amelia", ["jane".to_owned()].as_slice()));
        assert_eq!(n.surnames, ["hart-davies", "hart davies", "hart - davies", "hartdavies"]);
        assert_eq!(n.parts, ["hart", "davies"]);
        assert!(n.nicknames.contains(&"millie".to_owned()));
        assert_eq!(n.initials(), ["ah", "ajh", "ahd"]);
        let n = PersonName::parse("Jean-Luc Picard").unwrap();
        assert_eq!(n.givens().collect::<Vec<_>>(), ["jean-luc", "jean luc", "jeanluc"]);
    }

    #[test]
    fn reversed_and_particled_names_come_apart() {
        let n = PersonName::parse("O’BRIEN, Siân M.").unwrap();
        assert_eq!((n.given.as_str(), n.middle.as_slice(), n.surname()), ("sian", ["m".to_owned()].as_slice(), Some("o'brien")));
        assert!(n.surnames.contains(&"obrien".to_owned()));
        let n = PersonName::parse("Pieter van der Berg").unwrap();
        assert_eq!(n.surnames, ["van der berg", "vanderberg", "van-der-berg", "berg"]);
        assert_eq!(PersonName::parse("Pádraig Ó Súilleabháin").unwrap().surname(), Some("o suilleabhain"));
        assert_eq!(PersonName::parse("John O Smith").unwrap().surname(), Some("smith"));
        let n = PersonName::parse("Dr Ewan MacDonald PhD").unwrap();
        assert_eq!(n.surname(), Some("macdonald"));
        assert!(n.surnames.contains(&"mcdonald".to_owned()));
        assert_eq!(PersonName::parse("Cher").unwrap().surname(), None);
        assert_eq!(PersonName::parse(" -- "), None);
    }
}
