//! The policy pack: an organisation's policy as typed data over the floor of the law.
//!
//! A pack is a folder of TOML files, one concern a file. It inherits from another pack, in
//! the end from `uk`, and says only what differs. A value weaker than the law stays in the
//! pack, is listed by [`Policy::conflicts`], and is never used to compute anything.

mod builtin;
mod check;
mod clauses;
mod floor;
mod letters;
mod nearest;
mod organisation;
mod procedures;
mod processing;
mod read;

use std::collections::BTreeMap;

use serde::Serialize;
use toml::Table;

pub use clauses::{About, Clause, Clock, LawWins};
pub use floor::Conflict;
pub use letters::{Paragraphs, Wording};
pub use nearest::nearest;
pub use organisation::{Organisation, Person, Role};
pub use procedures::{Breaches, Children, Clarification, Complaints, Identity, Rights};
pub use processing::Activity;
pub use read::Problem;

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

/// Something the pack does not say and nobody may guess.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The file and key the answer goes to.
    pub key: &'static str,
    /// The question.
    pub ask: &'static str,
    /// What is used, with a warning, until it is answered.
    pub until_then: &'static str,
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

    /// A pack from the names and texts of its files.
    ///
    /// # Errors
    /// `PACK-001` for an unknown key and `PACK-002` for anything else that cannot be used,
    /// with file, line and what to write instead; `PACK-003` when the pack it inherits from
    /// does not exist.
    pub fn from_files<N: AsRef<str>, T: AsRef<str>>(files: &[(N, T)]) -> Result<Self, Refusal> {
        let own = read::read(files).map_err(|problems| read::refusal(&problems))?;
        let (sections, problems) = merged(own, files)?;
        if !problems.is_empty() {
            return Err(read::refusal(&problems));
        }
        let rules = sections.clocks.clock.iter().map(|clock| rule(clock, &sections)).collect();
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
            |refusal| {
                vec![Problem { file: "pack.toml".to_owned(), line: 0, key: String::new(), what: refusal.sentence(), unknown_key: false }]
            },
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

    /// What has to be asked at set-up because the pack does not say it.
    pub fn questions(&self) -> Vec<Question> {
        let organisation = self.organisation();
        let mut open = Vec::new();
        if organisation.name.is_empty() {
            open.push(Question { key: "organisation.name", ask: "What is the organisation called?", until_then: "letters carry a blank" });
        }
        if organisation.division.is_none() {
            open.push(Question {
                key: "organisation.division",
                ask: "In which part of the United Kingdom is the office that handles requests?",
                until_then: "the bank holidays of England and Wales",
            });
        }
        if self.rights().approve.is_empty() {
            open.push(Question { key: "rights.approve", ask: "Which role approves replies?", until_then: "nobody can approve" });
        }
        if self.processing().is_empty() {
            open.push(Question {
                key: "processing.activity",
                ask: "What is personal data used for?",
                until_then: "replies lack the purposes",
            });
        }
        open
    }
}

/// The pack laid over what it inherits from, and what is wrong with it as a whole.
fn merged<N: AsRef<str>, T: AsRef<str>>(own: BTreeMap<String, Table>, files: &[(N, T)]) -> Result<(Sections, Vec<Problem>), Refusal> {
    let mut tables = inherited(&own)?;
    let mut problems = check::redefined_clocks(&own, &tables, files);
    read::overlay(&mut tables, own);
    let sections = read::sections(tables)?;
    problems.extend(check::whole(&sections, files));
    Ok((sections, problems))
}

fn missing(name: &str) -> Refusal {
    let shown: String = name.chars().take(64).collect();
    let meant = nearest(&shown, Policy::builtin_names()).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
    Refusal::new(RefusalCode::PackMissing, format!("It says `{shown}`.{meant}"))
}

/// The tables of the pack that `own` inherits from, all the way down.
fn inherited(own: &BTreeMap<String, Table>) -> Result<BTreeMap<String, Table>, Refusal> {
    let name = own.get("pack").and_then(|pack| pack.get("inherits")).and_then(toml::Value::as_str).unwrap_or_default();
    let own_name = own.get("pack").and_then(|pack| pack.get("name")).and_then(toml::Value::as_str).unwrap_or_default();
    // A pack that names no base still stands on the law; the base pack itself on nothing.
    let base = match (name, own_name) {
        ("", "uk") => return Ok(BTreeMap::new()),
        ("", _) => "uk",
        (name, _) => name,
    };
    let files = builtin::files(base).ok_or_else(|| missing(base))?;
    let tables = read::read(files).map_err(|problems| read::refusal(&problems))?;
    let mut below = if base == own_name { BTreeMap::new() } else { inherited(&tables)? };
    read::overlay(&mut below, tables);
    Ok(below)
}

fn rule(clock: &Clock, sections: &Sections) -> Rule {
    Rule {
        id: clock.id.clone(),
        aliases: clock.aliases.clone(),
        title: clock.title.clone(),
        trigger: clock.trigger.clone(),
        kind: clock.kind,
        source: clock.source.clone(),
        promise: floor::promise_for(clock.kind, sections),
    }
}

#[cfg(test)]
mod tests;
