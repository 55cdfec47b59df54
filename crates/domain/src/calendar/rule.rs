//! [`Rule`]: a named deadline rule, and the facts it is evaluated on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Calendar, Deadline, Division, Extension, Kind, Pause, Promise, When, compute::compute, several};
use crate::{Refusal, RefusalCode};

/// A named rule of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// The stable name.
    pub id: String,
    /// Other names it answers to.
    pub aliases: Vec<String>,
    /// What has to be done.
    pub title: String,
    /// What the period starts from.
    pub trigger: String,
    /// How it computes.
    pub kind: Kind,
    /// The clause or provision it rests on.
    pub source: String,
    /// What the organisation's own policy promises.
    pub promise: Option<Promise>,
    /// A caution, shown as a warning with every date.
    pub note: Option<String>,
    /// Somebody outside the organisation whom the period binds.
    pub runs_on: Option<String>,
    /// Further triggers of the same duty.
    pub also: Vec<Also>,
}

/// A further trigger of a duty, with a period of its own: the earliest date counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Also {
    /// The short name, as in `--trigger ceo=2026-07-06`.
    pub name: String,
    /// What the period starts from, in plain words.
    pub trigger: String,
    /// How it computes.
    pub kind: Kind,
    /// The clause or provision it rests on.
    pub source: String,
}

/// What a rule is evaluated on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The day or moment the period starts from.
    pub from: When,
    /// Whose bank holidays count.
    pub division: Division,
    /// Clarification questions; access requests only.
    pub pauses: Vec<Pause>,
    /// The extension; rights requests only.
    pub extension: Option<Extension>,
    /// Further triggers of the duty by name, as far as they have happened.
    pub triggers: BTreeMap<String, When>,
    /// Today, to say when an open pause would end.
    pub today: Option<jiff::civil::Date>,
}

impl Facts {
    /// Facts with nothing but a beginning.
    pub fn new(from: When, division: Division) -> Self {
        Self { from, division, pauses: Vec::new(), extension: None, triggers: BTreeMap::new(), today: None }
    }

    /// The day or moment of a further trigger, whatever the spelling of its name.
    pub(super) fn trigger(&self, name: &str) -> Option<When> {
        self.triggers.iter().find(|(given, _)| same_name(given, name)).map(|(_, when)| *when)
    }
}

impl Rule {
    /// Whether the rule answers to this name; case, hyphens and underscores do not matter.
    pub fn is_called(&self, name: &str) -> bool {
        same_name(&self.id, name) || self.aliases.iter().any(|alias| same_name(alias, name))
    }

    /// The names of the further triggers it takes, in the order of the pack.
    pub fn trigger_names(&self) -> impl Iterator<Item = &str> {
        let set_by = match &self.kind {
            Kind::Review { set_by, .. } => set_by.as_deref(),
            _ => None,
        };
        set_by.into_iter().chain(self.also.iter().map(|also| also.name.as_str()))
    }

    /// The deadline of this rule for these facts: the earliest date that any of its
    /// triggers gives.
    ///
    /// # Errors
    /// Those of the clock it evaluates; `DATE-003` when a rule that counts hours is given a
    /// day alone, `DATE-008` and `DATE-010` for a pause or an extension the rule does not
    /// have, `DATE-012` for a further trigger it does not have.
    pub fn evaluate(&self, facts: &Facts, calendar: &Calendar) -> Result<Deadline, Refusal> {
        self.refuse_what_it_lacks(facts)?;
        let mut deadline = compute(self, facts, calendar)?;
        deadline.rule.clone_from(&self.id);
        deadline.from = facts.from;
        several::lay_over(&mut deadline, self, facts, calendar)?;
        if let Some(who) = &self.runs_on {
            deadline.warnings.push(format!(
                "This period runs on the {who}, not on the organisation. Nothing is forfeited automatically when it ends: \
                 what comes later is let in or left out by a decision, with its reason."
            ));
        }
        deadline.warnings.extend(self.note.clone());
        Ok(deadline)
    }

    fn refuse_what_it_lacks(&self, facts: &Facts) -> Result<(), Refusal> {
        let here = || format!("The rule is `{}`.", self.id);
        if !self.kind.pauses() && !facts.pauses.is_empty() {
            return Err(Refusal::new(RefusalCode::PauseNotAllowed, here()));
        }
        if !matches!(self.kind, Kind::Rights(_)) && facts.extension.is_some() {
            return Err(Refusal::new(RefusalCode::ExtensionNotAllowed, here()));
        }
        several::refuse_unknown(self, facts)
    }
}

/// Whether two names are the same but for case, hyphens, underscores and spaces.
pub(super) fn same_name(one: &str, other: &str) -> bool {
    let plain = |byte: u8| if matches!(byte, b'_' | b' ') { b'-' } else { byte.to_ascii_lowercase() };
    one.len() == other.len() && one.bytes().map(plain).eq(other.bytes().map(plain))
}
