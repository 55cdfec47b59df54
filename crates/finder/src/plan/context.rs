//! What planning needs to know about the people around.

use aho_corasick::AhoCorasick;
use serde::{Deserialize, Serialize};

use super::terms::{TermSet, person_terms};
use crate::detect::Detector;
use crate::fold::fold;
use crate::identity::{Identity, Matcher, PersonName};

/// Somebody the organisation knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectoryEntry {
    /// Full name.
    pub name: String,
    /// Addresses.
    #[serde(default)]
    pub emails: Vec<String>,
    /// What the person is to the organisation.
    pub role: Role,
}

/// What a person is to the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works or volunteers for the organisation and acts in that job.
    Staff,
    /// A professional elsewhere: doctor, social worker, teacher.
    Professional,
    /// A relative or carer.
    Family,
    /// Another pupil, client or resident.
    Pupil,
    /// Anybody else.
    Other,
}

/// Everything planning depends on, compiled once for a pack.
#[derive(Debug, Clone)]
pub struct PlanContext {
    pub(super) matcher: Matcher,
    pub(super) detector: Detector,
    pub(super) directory: Vec<DirectoryEntry>,
    pub(super) known: TermSet,
    pub(super) own_names: Vec<PersonName>,
    pub(super) own_texts: Vec<String>,
}

impl PlanContext {
    /// Compiles the context. `extras` are further texts that belong to the data subject or the requester and are never proposed:
    /// a nickname, the requester's own address.
    ///
    /// # Errors
    /// The refusal of [`Matcher::new`] when the subject has no identifier.
    pub fn new(subject: &Identity, directory: &[DirectoryEntry], extras: &[String]) -> Result<Self, domain::Refusal> {
        let matcher = Matcher::new(subject)?;
        let mut own_texts: Vec<String> = extras.iter().map(|e| fold(e.trim())).filter(|e| !e.is_empty()).collect();
        own_texts.extend(subject.emails.iter().map(|e| fold(e.trim())));
        let own_names: Vec<PersonName> = matcher.names().to_vec();
        let mut context =
            Self { matcher, detector: Detector::careful(), directory: Vec::new(), known: TermSet::default(), own_names, own_texts };
        let others: Vec<DirectoryEntry> =
            directory.iter().filter(|d| !context.is_subject(&d.name, d.emails.iter().map(String::as_str))).cloned().collect();
        let terms = others.iter().enumerate().flat_map(|(i, d)| person_terms(i, &d.name, &d.emails, &context.own_names)).collect();
        context.known = TermSet::new(terms);
        context.directory = others;
        Ok(context)
    }

    /// The subject's matcher.
    pub const fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// The directory as proposals index it: without the data subject.
    pub fn directory(&self) -> &[DirectoryEntry] {
        &self.directory
    }

    /// True when a name with addresses is the data subject's: an address is theirs, or the full name is and no address says otherwise.
    pub(super) fn is_subject<'a>(&self, name: &str, addresses: impl Iterator<Item = &'a str>) -> bool {
        let mut foreign = false;
        for address in addresses.filter(|a| !a.is_empty()) {
            if self.matcher.owns_address(address) || self.own_texts.contains(&fold(address)) {
                return true;
            }
            foreign |= self.matcher.find_text(address).is_empty();
        }
        let named = self.own_texts.contains(&fold(name.trim()))
            || crate::identity::band_of(&self.matcher.find_text(name)) == Some(crate::identity::Band::Certain);
        named && (!foreign || self.matcher.has_no_address())
    }

    /// True for a word of the subject's own names.
    pub(super) fn own_word(&self, folded: &str) -> bool {
        self.own_names.iter().flat_map(PersonName::own_words).any(|w| w == folded) || self.own_texts.iter().any(|t| t == folded)
    }
}

/// Builds an automaton; nothing when there is nothing to build or it would be too big.
pub(super) fn automaton(texts: &[String]) -> Option<AhoCorasick> {
    (!texts.is_empty()).then(|| AhoCorasick::new(texts).ok()).flatten()
}
