//! From an identity to the patterns of the automaton.

use std::collections::BTreeSet;

use super::address::Address;
use super::door::Door;
use super::{PersonName, email, inflect, misread, reference};

/// What a pattern of the automaton stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pattern {
    Given(usize),
    Surname(usize),
    SurnamePart(usize),
    /// Another spelling of a surname.
    Sounding(usize),
    /// A surname in another case.
    Inflected(usize),
    Initials,
    /// A name in letters that are written without blanks.
    Unspaced,
    /// One so short that other words may hold it.
    UnspacedShort,
    Email,
    EmailVariant,
    /// A host that reads addresses without their points.
    EmailHost,
    /// An address that is not written as an address: `amelia at mail dot example`.
    EmailSpelt,
    Local,
    ClearLocal,
    VagueLocal,
    Born,
    /// Month and year of birth in another language.
    BornMonth,
    /// A date of birth with signs for year, month and day.
    BornSigns,
    /// A date of birth in American numbers.
    BornTurned,
    Line(usize),
    /// The number of a house.
    House(usize),
    Street,
    Postcode(usize),
    Reference,
    /// A reference too short to count by itself.
    ShortReference,
}

/// The texts to search for, each with what it stands for.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) texts: Vec<String>,
    pub(super) patterns: Vec<Pattern>,
    known: BTreeSet<(String, Pattern)>,
}

impl Builder {
    pub(super) fn add(&mut self, text: impl Into<String>, pattern: Pattern) {
        let text = text.into();
        if !text.is_empty() && self.known.insert((text.clone(), pattern)) {
            self.texts.push(text);
            self.patterns.push(pattern);
        }
    }

    pub(super) fn name(&mut self, i: usize, name: &PersonName) {
        for given in name.givens().chain(name.nicknames.iter().map(String::as_str)).filter(|g| g.chars().count() > 1) {
            self.add(given, Pattern::Given(i));
        }
        for surname in &name.surnames {
            self.add(surname.as_str(), Pattern::Surname(i));
            for broken in broken_over_lines(surname).into_iter().filter(|_| !name.scanned.contains(surname)) {
                self.add(broken, Pattern::Surname(i));
            }
        }
        name.surnames
            .iter()
            .filter(|s| !name.scanned.contains(s))
            .flat_map(|s| inflect::forms(s))
            .for_each(|s| self.add(s, Pattern::Inflected(i)));
        name.sounding.iter().for_each(|s| self.add(s.as_str(), Pattern::Sounding(i)));
        name.parts.iter().for_each(|s| self.add(s.as_str(), Pattern::SurnamePart(i)));
        for letters in name.initials() {
            let dotted: String = letters.chars().flat_map(|c| [c, '.']).collect();
            let wide: String = letters.chars().flat_map(|c| [c, '.', ' ']).collect();
            self.add(dotted.trim_end_matches('.'), Pattern::Initials);
            self.add(wide.trim_end_matches(['.', ' ']), Pattern::Initials);
            self.add(letters, Pattern::Initials);
        }
        let (clear, vague) = email::locals_of(name);
        for local in clear {
            self.add(local, Pattern::ClearLocal);
        }
        for local in vague {
            // By itself it says who is meant where few bear the name.
            if local.chars().filter(|c| c.is_alphanumeric()).count() > 6 && !name.is_common() {
                self.add(local.as_str(), Pattern::VagueLocal);
            }
            self.add(format!("{local}@"), Pattern::VagueLocal);
        }
    }

    pub(super) fn email(&mut self, address: &str) {
        self.add(address, Pattern::Email);
        let Some((local, domain)) = email::split(address) else { return };
        let bare = local.replace('.', "");
        self.add(format!("{bare}@{domain}"), Pattern::EmailVariant);
        for joint in ["-", "_"] {
            self.add(format!("{}@{domain}", local.replace(['.', '-', '_'], joint)), Pattern::EmailVariant);
        }
        if email::name_like(local) {
            self.add(local, Pattern::Local);
        }
        if email::ignores_points(domain) {
            self.add(format!("@{domain}"), Pattern::EmailHost);
        }
        self.add(format!("{local}+"), Pattern::EmailVariant);
        let spoken = |dot: &str| domain.replace('.', dot);
        for at in [" at ", " (at) ", "(at)", " [at] ", "[at]", " @ ", "@ ", " @", "%40", "&#64;", "&commat;", " _at_ ", "_at_"] {
            self.add(format!("{local}{at}{domain}"), Pattern::EmailSpelt);
            for dot in [" dot ", " (dot) ", "(dot)", " [dot] ", "[dot]", " . "] {
                self.add(format!("{local}{at}{}", spoken(dot)), Pattern::EmailSpelt);
            }
        }
        for dot in [" dot ", " (dot) ", "(dot)", " [dot] ", "[dot]"] {
            let local = local.replace('.', dot);
            for at in [" at ", " (at) ", "(at)", " [at] ", "[at]"] {
                self.add(format!("{local}{at}{}", spoken(dot)), Pattern::EmailSpelt);
            }
        }
    }

    pub(super) fn address(&mut self, i: usize, address: &Address) {
        for line in &address.lines {
            self.add(line.as_str(), Pattern::Line(i));
            // Broken over two quoted lines.
            for (at, _) in line.match_indices(' ') {
                self.add(format!("{} > {}", line.get(..at).unwrap_or_default(), line.get(at + 1..).unwrap_or_default()), Pattern::Line(i));
            }
        }
        address.doors.iter().flat_map(Door::numbers).for_each(|n| self.add(n, Pattern::House(i)));
        address.streets.iter().for_each(|l| self.add(l.as_str(), Pattern::Street));
        if let Some(code) = &address.postcode {
            self.add(code.as_str(), Pattern::Postcode(i));
            for form in reference::with_a_blank(code) {
                self.add(form, Pattern::Postcode(i));
            }
            if let Some((out, inward)) = code.split_at_checked(code.len().saturating_sub(3)) {
                for joint in [" ", "-", ".", "_"] {
                    self.add(format!("{out}{joint}{inward}"), Pattern::Postcode(i));
                }
            }
        }
    }

    pub(super) fn reference(&mut self, reference: &str) {
        let short = reference::needs_a_word(reference);
        for form in reference::forms(reference).into_iter().flat_map(|form| [misread::with_letters(&form), form]) {
            self.add(form, if short { Pattern::ShortReference } else { Pattern::Reference });
        }
    }
}

/// Letters of the longest name whose breaks are looked for: nobody's is longer, and every letter is one more spelling.
const LONGEST_BROKEN: usize = 40;

/// A long name as a hyphen breaks it over two lines, which folding makes `fair- bairn`.
fn broken_over_lines(name: &str) -> Vec<String> {
    let places: Vec<usize> = name.char_indices().map(|(i, _)| i).collect();
    let letters = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'');
    if !(5..=LONGEST_BROKEN).contains(&places.len()) || !name.chars().all(letters) {
        return Vec::new();
    }
    let inner = places.get(2..places.len() - 1).unwrap_or_default();
    let within = |(a, b): &(&str, &str)| a.ends_with(char::is_alphabetic) && b.starts_with(char::is_alphabetic);
    inner.iter().filter_map(|at| name.split_at_checked(*at)).filter(within).map(|(a, b)| format!("{a}- {b}")).collect()
}
