//! The explanation of an outcome, step by step.

use jiff::civil::Date;
use serde::Serialize;

use super::{
    Day, Holding, Schedule,
    evaluate::{Listener, capital},
};

/// One step, in plain English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplanationStep {
    /// What it found.
    pub what: String,
    /// The day it arrived at, if it arrived at one.
    pub date: Option<Date>,
    /// The statute or clause it rests on; may be empty.
    pub source: String,
}

/// Why something is due on a day, or is not, or cannot be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The class asked about.
    pub class: String,
    /// The class whose rule decided.
    pub decided_by: String,
    /// `due`, `not_due`, `held` or `missing_fact`.
    pub state: &'static str,
    /// The latest day of destruction.
    pub due: Option<Date>,
    /// The first day it may be destroyed.
    pub earliest: Option<Date>,
    /// The fact that is missing, by its name as a column.
    pub missing: Option<String>,
    /// The short reason.
    pub reason: String,
    /// How the date came about, in order.
    pub steps: Vec<ExplanationStep>,
    /// What to know before relying on it: defaults, superseded values, cautions, alerts.
    pub warnings: Vec<String>,
}

struct Steps(Vec<ExplanationStep>);

impl Listener for Steps {
    fn step(&mut self, what: impl FnOnce() -> (String, Option<Day>, String)) {
        let (what, day, source) = what();
        self.0.push(ExplanationStep { what, date: day.map(Day::date), source });
    }
}

impl Schedule {
    /// The outcome for a holding on a day, with every step, clause and statute.
    pub fn explain(&self, holding: &Holding<'_>, on: Day) -> Explanation {
        let mut steps = Steps(Vec::new());
        let outcome = self.run(holding, on, &mut steps);
        let mut warnings = Vec::new();
        if outcome.due.is_some() {
            steps.0.push(ExplanationStep {
                what: "This is a latest date for destruction: it does not move for a weekend or a holiday.".to_owned(),
                date: outcome.due.map(Day::date),
                source: "UK GDPR Article 5(1)(e)".to_owned(),
            });
        }
        self.warn(outcome.class, holding, &mut warnings);
        if let Some(alert) = outcome.alert {
            let since = outcome.alert_day.map(|day| format!(" ({})", day.date())).unwrap_or_default();
            warnings.push(capital(&format!("{}{since}", self.text(alert))));
        }
        Explanation {
            class: self.id(holding.class).to_owned(),
            decided_by: self.id(outcome.class).to_owned(),
            state: outcome.state.name(),
            due: outcome.due.map(Day::date),
            earliest: outcome.earliest.map(Day::date),
            missing: outcome.missing.map(|fact| self.column(fact).to_owned()),
            reason: self.text(outcome.reason).to_owned(),
            steps: steps.0,
            warnings,
        }
    }

    /// Defaults, superseded values and cautions of the rules of a class.
    fn warn(&self, class: super::ClassIndex, holding: &Holding<'_>, warnings: &mut Vec<String>) {
        let Some(rule) = self.rule_of(class, holding) else { return };
        if !rule.superseded.is_empty() {
            warnings.push(rule.superseded.clone());
        }
        if !rule.defaults.is_empty() {
            let sources = if rule.clauses.is_empty() { String::new() } else { format!(" ({})", rule.clauses) };
            warnings.push(format!("A default until the organisation decides: {}{sources}.", rule.defaults));
        }
        if !rule.caution.is_empty() {
            warnings.push(rule.caution.clone());
        }
        if let Some(review) = &rule.review {
            warnings.push(format!("Without an event, somebody looks at it after {}.", review.shown));
        }
        if let Some((_, shown)) = &rule.ceiling {
            warnings.push(format!("It may be destroyed from the end of the minimum and has to be gone after {shown}."));
        }
    }
}
