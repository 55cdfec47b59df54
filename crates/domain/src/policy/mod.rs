//! The policy pack: an organisation's policy as typed data over the floor of the law.
//!
//! A pack is a folder of TOML files, one concern a file. It inherits from another pack, in
//! the end from `uk`, and says only what differs. A value weaker than the law stays in the
//! pack, is listed by [`Policy::conflicts`], and is never used to compute anything.

mod access;
mod breaches;
mod builtin;
mod check;
mod clauses;
mod clocks;
mod complaints;
mod consents;
mod controls;
mod coverage;
mod disclosures;
mod duties;
mod fault;
mod floor;
mod letters;
mod nearest;
mod notices;
mod organisation;
mod procedures;
mod processing;
mod questions;
mod read;
pub mod retention;
mod schema;
mod special_uses;
mod statute;
mod understanding;

use std::collections::BTreeMap;

use toml::Table;

pub use access::{Access, AccessRule};
pub use breaches::Breaches;
pub use clauses::{About, Clause, ClauseKind, Departure, Winner};
pub use clocks::Clock;
pub use complaints::{Complaints, Stage, Starts};
pub use consents::{ConsentText, Consents, Form};
pub use controls::{CONTROLS, Control, Evidence, State, control};
pub use coverage::{ClauseCoverage, Coverage};
pub use disclosures::{Disclosures, Ground};
pub use duties::{Duty, DutyKind};
pub use fault::{Fault, Problem};
pub use floor::Conflict;
pub use letters::{Paragraphs, Wording};
pub use nearest::nearest;
pub use notices::{Audience, Board, Notice, Notices};
pub use organisation::{Organisation, Person, Role, YearEnd};
pub use procedures::{Children, Clarification, Identity, Procedure, Rights};
pub use processing::Activity;
pub use questions::Question;
pub use read::LARGEST;
pub use special_uses::{Cctv, Equality, Marketing, Media, MediaUse, Publication, PublicationItem};
pub use statute::{Earlier, Statute};
pub use understanding::CheckQuestion;

use crate::{
    Refusal, RefusalCode,
    calendar::{Division, Promise, Rule},
    law::Regulator,
};
use read::Sections;

/// One organisation's policy, merged with the packs it inherits from, and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    sections: Sections,
    rules: Vec<Rule>,
    conflicts: Vec<Conflict>,
}

impl Policy {
    /// The names of the built-in packs.
    pub fn builtin_names() -> impl Iterator<Item = &'static str> {
        builtin::PACKS.iter().map(|(name, _)| *name)
    }

    /// A built-in pack by name.
    ///
    /// # Errors
    /// `PACK-003` when there is none of this name.
    pub fn builtin(name: &str) -> Result<Self, Refusal> {
        let files = builtin::files(name).ok_or_else(|| missing(name))?;
        Self::from_files(files)
    }

    /// The files of a built-in pack: names and texts.
    ///
    /// # Errors
    /// `PACK-003` when there is none of this name.
    pub fn builtin_files(name: &str) -> Result<Vec<(String, String)>, Refusal> {
        let files = builtin::files(name).ok_or_else(|| missing(name))?;
        Ok(files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect())
    }

    /// A pack from the names and texts of its files.
    ///
    /// # Errors
    /// `PACK-001` for an unknown key and `PACK-002` for anything else that cannot be used,
    /// with file, line and what to write instead; `PACK-003` when the pack it inherits from
    /// does not exist.
    pub fn from_files<N: AsRef<str>, T: AsRef<str>>(files: &[(N, T)]) -> Result<Self, Refusal> {
        let own = read::read(files).map_err(|problems| fault::refusal(&problems))?;
        let (sections, problems) = merged(own, files)?;
        if !problems.is_empty() {
            return Err(fault::refusal(&problems));
        }
        let rules = sections.clocks.clock.iter().map(|clock| clock.rule(floor::promise_for(clock, &sections))).collect();
        let conflicts = floor::conflicts(&sections);
        Ok(Self { sections, rules, conflicts })
    }

    /// What is wrong with the files of a pack; empty when it can be used.
    pub fn problems<N: AsRef<str>, T: AsRef<str>>(files: &[(N, T)]) -> Vec<Problem> {
        let own = match read::read(files) {
            Ok(own) => own,
            Err(problems) => return problems,
        };
        merged(own, files).map_or_else(
            |refusal| vec![Problem::new(Fault::BaseUnknown, "pack.toml", 0, "inherits", refusal.sentence())],
            |(_, problems)| problems,
        )
    }

    /// What the pack is: name, title, version, adoption.
    pub fn about(&self) -> &About {
        &self.sections.pack
    }

    /// The controller.
    pub fn organisation(&self) -> &Organisation {
        &self.sections.organisation
    }

    /// Whose bank holidays count, if the pack says so.
    pub fn division(&self) -> Option<Division> {
        self.sections.organisation.division
    }

    /// The regulator.
    pub fn regulator(&self) -> &Regulator {
        &self.sections.regulator
    }

    /// What the policy says about rights requests, weaker values included. For computing
    /// use [`Policy::reply_promise`] and the fee of [`crate::law::FEE_PENCE`].
    pub fn rights(&self) -> &Rights {
        &self.sections.rights
    }

    /// How soon a reply is promised, if that is no weaker than the law.
    pub fn reply_promise(&self) -> Option<Promise> {
        floor::reply_promise(&self.sections)
    }

    /// Whether a holder of this role may approve a reply.
    pub fn may_approve(&self, role: &str) -> bool {
        self.sections.rights.approve.iter().any(|known| known == role)
    }

    /// How identity and authority are checked.
    pub fn identity(&self) -> &Identity {
        &self.sections.identity
    }

    /// What may be asked to find the data.
    pub fn clarification(&self) -> &Clarification {
        &self.sections.clarification
    }

    /// Requests about children.
    pub fn children(&self) -> &Children {
        &self.sections.children
    }

    /// What the policy says about complaints, weaker values included.
    pub fn complaints(&self) -> &Complaints {
        &self.sections.complaints
    }

    /// What the policy says about breaches, weaker values included.
    pub fn breaches(&self) -> &Breaches {
        &self.sections.breaches
    }

    /// Grounds and tests of disclosures.
    pub fn disclosures(&self) -> &Disclosures {
        &self.sections.disclosures
    }

    /// Consent texts, forms and rules.
    pub fn consents(&self) -> &Consents {
        &self.sections.consent
    }

    /// What people do and sign.
    pub fn duties(&self) -> &[Duty] {
        &self.sections.duties.duty
    }

    /// Who may see and do what.
    pub fn access(&self) -> &Access {
        &self.sections.access
    }

    /// Direct marketing.
    pub fn marketing(&self) -> &Marketing {
        &self.sections.marketing
    }

    /// Photographs and film.
    pub fn media(&self) -> &Media {
        &self.sections.media
    }

    /// Publication.
    pub fn publication(&self) -> &Publication {
        &self.sections.publication
    }

    /// Equality monitoring.
    pub fn equality(&self) -> &Equality {
        &self.sections.equality
    }

    /// Cameras.
    pub fn cctv(&self) -> &Cctv {
        &self.sections.cctv
    }

    /// Privacy notices and sheets.
    pub fn notices(&self) -> &Notices {
        &self.sections.notices
    }

    /// What the law sets, under everything the pack says.
    pub fn law(&self) -> &[Statute] {
        &self.sections.law.value
    }

    /// The retention schedule.
    pub fn retention(&self) -> &retention::Retention {
        &self.sections.retention
    }

    /// The questions of the understanding check.
    pub fn understanding(&self) -> &[CheckQuestion] {
        &self.sections.understanding.question
    }

    /// The organisation's own wording in letters.
    pub fn wording(&self) -> &Wording {
        &self.sections.letters
    }

    /// The record of processing activities.
    pub fn processing(&self) -> &[Activity] {
        &self.sections.processing.activity
    }

    /// The roles.
    pub fn roles(&self) -> &[Role] {
        &self.sections.roles.role
    }

    /// A role by id.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles().iter().find(|role| role.id == id)
    }

    /// The organisation's own people.
    pub fn directory(&self) -> &[Person] {
        &self.sections.directory.person
    }

    /// The first person in the directory who holds a role.
    pub fn holder(&self, role: &str) -> Option<&Person> {
        self.directory().iter().find(|person| person.roles.iter().any(|held| held == role))
    }

    /// The clauses.
    pub fn clauses(&self) -> &[Clause] {
        &self.sections.clauses.clause
    }

    /// Where the policy says less than the law, for the board.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// Every deadline rule of the pack, statutory ones first.
    pub fn rule_list(&self) -> &[Rule] {
        &self.rules
    }

    /// A deadline rule by any of its names.
    ///
    /// # Errors
    /// `DATE-005` when there is none, with the nearest name.
    pub fn rule(&self, name: &str) -> Result<&Rule, Refusal> {
        self.rules.iter().find(|rule| rule.is_called(name)).ok_or_else(|| {
            let names = self.rules.iter().flat_map(|rule| std::iter::once(rule.id.as_str()).chain(rule.aliases.iter().map(String::as_str)));
            let meant = nearest(name, names).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
            let shown: String = name.chars().take(64).collect();
            Refusal::new(RefusalCode::RuleUnknown, format!("It says `{shown}`.{meant}"))
        })
    }
}

/// The pack laid over what it inherits from, and what is wrong with it as a whole.
fn merged<N: AsRef<str>, T: AsRef<str>>(own: BTreeMap<String, Table>, files: &[(N, T)]) -> Result<(Sections, Vec<Problem>), Refusal> {
    let mut found = check::Found::new(files);
    if builds_on_itself(&own) {
        let name = name_of(&own).to_owned();
        found.wrong(Fault::BaseCycle, "pack", &name, format!("the pack `{name}` inherits from itself."));
        return Ok((Sections::default(), found.problems));
    }
    if own.contains_key("law") && name_of(&own) != "uk" {
        found.wrong(Fault::LawInPack, "law", "value", "the law is set by the pack `uk` alone.".to_owned());
        return Ok((Sections::default(), found.problems));
    }
    let mut tables = inherited(&own)?;
    check::redefined_clocks(&own, &tables, &mut found);
    check::repeated(&own, &tables, &mut found);
    read::overlay(&mut tables, own);
    let sections = read::sections(tables.clone())?;
    check::whole(&sections, &tables, &mut found);
    Ok((sections, found.problems))
}

fn name_of(tables: &BTreeMap<String, Table>) -> &str {
    tables.get("pack").and_then(|pack| pack.get("name")).and_then(toml::Value::as_str).unwrap_or_default()
}

fn base_of(tables: &BTreeMap<String, Table>) -> &str {
    tables.get("pack").and_then(|pack| pack.get("inherits")).and_then(toml::Value::as_str).unwrap_or_default()
}

fn builds_on_itself(own: &BTreeMap<String, Table>) -> bool {
    !base_of(own).is_empty() && base_of(own) == name_of(own)
}

fn missing(name: &str) -> Refusal {
    let shown: String = name.chars().take(64).collect();
    let meant = nearest(&shown, Policy::builtin_names()).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
    Refusal::new(RefusalCode::PackMissing, format!("It says `{shown}`.{meant}"))
}

/// The tables of the pack that `own` inherits from, all the way down.
fn inherited(own: &BTreeMap<String, Table>) -> Result<BTreeMap<String, Table>, Refusal> {
    // A pack that names no base still stands on the law; the base pack itself on nothing.
    let base = match (base_of(own), name_of(own)) {
        ("", "uk") => return Ok(BTreeMap::new()),
        ("", _) => "uk",
        (name, _) => name,
    };
    let files = builtin::files(base).ok_or_else(|| missing(base))?;
    let tables = read::read(files).map_err(|problems| fault::refusal(&problems))?;
    let mut below = inherited(&tables)?;
    read::overlay(&mut below, tables);
    Ok(below)
}

#[cfg(test)]
mod five;
#[cfg(test)]
mod tests;
