//! When a duty is due: its interval or its clock, evaluated by the calendar.

use crate::calendar::{Calendar, Deadline, Division, Facts, Kind, Rule};
use crate::policy::Policy;
use crate::{Refusal, RefusalCode};

use super::{Begun, Terms};

/// When a duty with these terms, begun like this, is due under a policy.
///
/// # Errors
/// `DATE-005` when the pack lacks the clock, `FORM-001` when the duty has neither interval
/// nor clock, and those of the rule itself.
pub fn due(terms: &Terms, begun: &Begun, policy: &Policy, calendar: &Calendar) -> Result<Deadline, Refusal> {
    let mut facts = Facts::new(begun.when(), policy.division().unwrap_or(Division::EnglandAndWales));
    facts.triggers.clone_from(begun.triggers());
    match terms.every {
        None if terms.rule.is_empty() => {
            Err(Refusal::new(RefusalCode::ValueInvalid, format!("The duty `{}` has neither an interval nor a clock.", terms.duty)))
        }
        Some(every) if terms.rule.is_empty() => interval(terms, every).evaluate(&facts, calendar),
        _ => policy.rule(&terms.rule)?.evaluate(&facts, calendar),
    }
}

/// The rule of a plain interval: the period after it was last done, never rolled.
fn interval(terms: &Terms, every: crate::calendar::Period) -> Rule {
    Rule {
        id: terms.duty.clone(),
        aliases: Vec::new(),
        title: terms.title.clone(),
        trigger: "the day it was last done".to_owned(),
        kind: Kind::Review { every, set_by: None },
        source: terms.clauses.join("; "),
        promise: None,
        note: None,
        runs_on: None,
        also: Vec::new(),
    }
}
