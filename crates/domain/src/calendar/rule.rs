//! [`Rule`]: a named deadline rule, and the one function that evaluates any of them.

use serde::{Deserialize, Serialize};

use super::{
    Calendar, Deadline, Division, Extension, Pause, Period, Promise, Right, RightsClock, When,
    breach::elapsed_hours,
    complaint::acknowledgement_deadline,
    general::{answer, latest},
};
use crate::{Refusal, RefusalCode, law};

/// How a rule computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The reply to a rights request.
    Rights(Right),
    /// The acknowledgement of a data protection complaint.
    ComplaintAcknowledgement,
    /// Elapsed hours from a moment: the report of a breach.
    ElapsedHours(u32),
    /// A duty to answer within a period; rolls forward to a working day.
    Answer(Period),
    /// A latest day, to destroy, take down, stop or review; never rolls.
    Latest(Period),
}

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
    /// Today, to say when an open pause would end.
    pub today: Option<jiff::civil::Date>,
}

impl Facts {
    /// Facts with nothing but a beginning.
    pub fn new(from: When, division: Division) -> Self {
        Self { from, division, pauses: Vec::new(), extension: None, today: None }
    }
}

impl Rule {
    /// Whether the rule answers to this name; case, hyphens and underscores do not matter.
    pub fn is_called(&self, name: &str) -> bool {
        same_name(&self.id, name) || self.aliases.iter().any(|alias| same_name(alias, name))
    }

    /// The deadline of this rule for these facts.
    ///
    /// # Errors
    /// Those of the clock it evaluates; `DATE-003` when a rule that counts hours is given a
    /// day alone, `DATE-008` and `DATE-010` for a pause or an extension the rule does not have.
    pub fn evaluate(&self, facts: &Facts, calendar: &Calendar) -> Result<Deadline, Refusal> {
        let promise = self.promise.as_ref();
        let day = facts.from.date();
        if !matches!(self.kind, Kind::Rights(_)) {
            self.refuse_rights_only(facts)?;
        }
        let place = (facts.division, self.source.as_str());
        let mut deadline = match self.kind {
            Kind::Rights(right) => {
                let mut clock = RightsClock::new(right, day, facts.division);
                clock.pauses.clone_from(&facts.pauses);
                clock.extension = facts.extension;
                clock.deadline(calendar, promise, facts.today)?
            }
            Kind::ComplaintAcknowledgement => acknowledgement_deadline(day, facts.division, calendar, promise)?,
            Kind::ElapsedHours(hours) => {
                let aware = facts.from.instant().ok_or_else(|| Refusal::new(RefusalCode::InstantNeeded, format!("It says {day}.")))?;
                elapsed_hours(&self.id, aware, hours, law::BREACH_HOURS.source, (facts.division, promise))?
            }
            Kind::Answer(within) => answer(&self.id, day, within, calendar, place)?,
            Kind::Latest(within) => latest(&self.id, day, within, calendar, place)?,
        };
        deadline.rule.clone_from(&self.id);
        deadline.from = facts.from;
        Ok(deadline)
    }

    fn refuse_rights_only(&self, facts: &Facts) -> Result<(), Refusal> {
        if !facts.pauses.is_empty() {
            return Err(Refusal::new(RefusalCode::PauseNotAllowed, format!("The rule is `{}`.", self.id)));
        }
        if facts.extension.is_some() {
            return Err(Refusal::new(RefusalCode::ExtensionNotAllowed, format!("The rule is `{}`.", self.id)));
        }
        Ok(())
    }
}

/// Whether two names are the same but for case, hyphens, underscores and spaces.
fn same_name(one: &str, other: &str) -> bool {
    let plain = |byte: u8| if matches!(byte, b'_' | b' ') { b'-' } else { byte.to_ascii_lowercase() };
    one.len() == other.len() && one.bytes().map(plain).eq(other.bytes().map(plain))
}
