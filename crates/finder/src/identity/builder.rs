//! From an identity to the patterns of the automaton.

use super::address::Address;
use super::{PersonName, email};
use crate::fold::fold;

/// What a pattern of the automaton stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pattern {
    Given(usize),
    Surname(usize),
    SurnamePart(usize),
    Initials,
    Email,
    EmailVariant,
    Local,
    ClearLocal,
    VagueLocal,
    Born,
    Line(usize),
    Postcode(usize),
    Reference,
}

/// The texts to search for, each with what it stands for.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) texts: Vec<String>,
    pub(super) patterns: Vec<Pattern>,
}

impl Builder {
    pub(super) fn add(&mut self, text: impl Into<String>, pattern: Pattern) {
        let text = text.into();
        let known = self.texts.iter().zip(&self.patterns).any(|(t, p)| *t == text && *p == pattern);
        if !text.is_empty() && !known {
            self.texts.push(text);
            self.patterns.push(pattern);
        }
    }

    pub(super) fn name(&mut self, i: usize, name: &PersonName) {
        for given in std::iter::once(&name.given).chain(&name.nicknames).filter(|g| g.chars().count() > 1) {
            self.add(given.as_str(), Pattern::Given(i));
        }
        name.surnames.iter().for_each(|s| self.add(s.as_str(), Pattern::Surname(i)));
        name.parts.iter().for_each(|s| self.add(s.as_str(), Pattern::SurnamePart(i)));
        for letters in name.initials() {
            let dotted: String = letters.chars().flat_map(|c| [c, '.']).collect();
            self.add(dotted.trim_end_matches('.'), Pattern::Initials);
            self.add(letters, Pattern::Initials);
        }
        let (clear, vague) = email::locals_of(name);
        for local in clear {
            self.add(local, Pattern::ClearLocal);
        }
        for local in vague {
            self.add(format!("{local}@"), Pattern::VagueLocal);
        }
    }

    pub(super) fn email(&mut self, address: &str) {
        self.add(address, Pattern::Email);
        let Some((local, domain)) = email::split(address) else { return };
        let bare = local.replace('.', "");
        self.add(format!("{bare}@{domain}"), Pattern::EmailVariant);
        if email::name_like(local) {
            self.add(local, Pattern::Local);
        }
        self.add(format!("{local}+"), Pattern::EmailVariant);
    }

    pub(super) fn address(&mut self, i: usize, address: &Address) {
        address.lines.iter().for_each(|l| self.add(l.as_str(), Pattern::Line(i)));
        if let Some(code) = &address.postcode {
            self.add(code.as_str(), Pattern::Postcode(i));
            if let Some((out, inward)) = code.split_at_checked(code.len().saturating_sub(3)) {
                self.add(format!("{out} {inward}"), Pattern::Postcode(i));
            }
        }
    }

    pub(super) fn reference(&mut self, reference: &str) {
        let folded = fold(reference.trim());
        if folded.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
            return;
        }
        for joint in ["", " ", "-", "/"] {
            let other: String = folded
                .split(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '.' | '_'))
                .filter(|p| !p.is_empty())
                .collect::<Vec<_>>()
                .join(joint);
            if other.len() >= 5 {
                self.add(other, Pattern::Reference);
            }
        }
        self.add(folded, Pattern::Reference);
    }
}
