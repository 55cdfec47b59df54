//! Decisions about exemptions: each names what it covers, and both outcomes are recorded
//! (UK GDPR Articles 12(4) and 15; law section 2.4).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Behalf, Request};
use crate::exemptions::{Answers, Exemption, Outcome, Setting, may_disclose_health};
use crate::ids::UserId;
use crate::personal::Personal;
use crate::{Refusal, RefusalCode};

/// One decision about one exemption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExemptionDecision {
    /// The code of the exemption, e.g. `E05`.
    pub exemption: String,
    /// Withheld under it; else disclosed although it was looked at.
    pub withheld: bool,
    /// The numbers of the review items it covers, from 1, as the review shows them.
    pub items: Vec<u64>,
    /// What kind of information it covers, in words.
    pub category: Personal<String>,
    /// The answers to the questions of the test.
    pub answers: Personal<Answers>,
    /// The reason, as the person may read it.
    pub reason: Personal<String>,
    /// Whether the person is told that something is withheld under this.
    pub told: bool,
    /// Who decided.
    pub by: UserId,
    /// When.
    pub on: Date,
}

/// A decision as it is made.
#[derive(Debug, Clone, Default)]
pub struct DecisionForm {
    /// The code of the exemption.
    pub exemption: String,
    /// Withhold, else disclose.
    pub withheld: bool,
    /// Numbers of review items, from 1.
    pub items: Vec<u64>,
    /// What kind of information.
    pub category: String,
    /// The answers.
    pub answers: Answers,
    /// The reason, as the person may read it.
    pub reason: String,
    /// Whether the person is told.
    pub told: bool,
}

/// Words that cover everything: an exemption is never used for everything.
const BLANKET: &[&str] = &[
    "all",
    "everything",
    "all of it",
    "all data",
    "all information",
    "all documents",
    "all records",
    "the whole file",
    "whole file",
    "the file",
    "any",
];

impl Request {
    /// Where and for what an exemption is looked at.
    pub fn exemption_setting(&self, on: Date) -> Setting {
        Setting { right: self.right, division: self.division, for_another: !matches!(self.behalf, Behalf::Themselves), on }
    }

    /// Records a decision about an exemption.
    ///
    /// # Errors
    /// `EXM-001` when the test is not met, `EXM-002` when it covers everything or nothing,
    /// `EXM-003` when health data would be disclosed without the opinion it needs, `REQ-002`
    /// without a reason.
    pub fn decide_exemption(self, form: &DecisionForm, by: UserId, on: Date) -> Result<Self, Refusal> {
        let next = self.live()?;
        let Some(exemption) = Exemption::of(&form.exemption) else {
            return Err(Refusal::new(RefusalCode::ExemptionNotMet, "There is no such exemption."));
        };
        covers_something(form)?;
        if form.reason.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::ReasonNeeded, ""));
        }
        if form.withheld {
            match exemption.evaluate(&form.answers, next.exemption_setting(on)) {
                Outcome::Applies => {}
                Outcome::DoesNotApply(why) => return Err(Refusal::new(RefusalCode::ExemptionNotMet, why)),
                Outcome::Undecided(open) => {
                    return Err(Refusal::new(RefusalCode::ExemptionNotMet, format!("Not answered: {}", open.join(" "))));
                }
            }
        } else if exemption.code == HEALTH {
            may_disclose_health(&form.answers, on)?;
        }
        let mut next = next;
        next.undo_sign_off(&by);
        Ok(next.with_decision(form, by, on))
    }

    fn with_decision(mut self, form: &DecisionForm, by: UserId, on: Date) -> Self {
        let subject = self.subject.clone();
        self.exemptions.push(ExemptionDecision {
            exemption: form.exemption.clone(),
            withheld: form.withheld,
            items: form.items.clone(),
            category: Personal::known(&subject, form.category.trim().to_owned()),
            answers: Personal::known(&subject, form.answers.clone()),
            reason: Personal::known(&subject, form.reason.trim().to_owned()),
            told: form.told || !form.withheld,
            by,
            on,
        });
        self
    }

    /// A new search numbered the items anew: decisions about items that were found again unchanged follow
    /// them, from their old number to their new one, both from 0. Items that are gone or have changed
    /// leave a decision, and a decision about nothing else falls.
    #[must_use]
    pub fn renumbered(mut self, moved: &BTreeMap<u64, u64>) -> Self {
        self.exemptions.retain_mut(|decision| {
            if decision.items.is_empty() {
                return true;
            }
            let again = decision.items.iter().filter_map(|number| moved.get(&number.checked_sub(1)?).map(|to| to + 1)).collect();
            decision.items = again;
            !decision.items.is_empty()
        });
        self
    }

    /// The decisions that stand: of several about the same exemption and the same things, the
    /// last.
    pub fn exemptions_standing(&self) -> Vec<&ExemptionDecision> {
        let same = |a: &ExemptionDecision, b: &ExemptionDecision| {
            a.exemption == b.exemption && a.items == b.items && a.category.get() == b.category.get()
        };
        self.exemptions
            .iter()
            .enumerate()
            .filter(|(at, one)| !self.exemptions.iter().skip(at + 1).any(|later| same(one, later)))
            .map(|(_, one)| one)
            .collect()
    }

    /// Whether the question of serious harm has been answered: health data that the person
    /// does not know may not go out before (DPA 2018 Schedule 3 paragraph 6).
    pub fn health_decided(&self) -> bool {
        self.exemptions.iter().any(|decision| decision.exemption == HEALTH)
    }
}

/// The exemption that works in both directions.
const HEALTH: &str = "E21";

fn covers_something(form: &DecisionForm) -> Result<(), Refusal> {
    let category = form.category.trim().trim_end_matches('.').to_lowercase();
    if BLANKET.contains(&category.as_str()) || (category.is_empty() && form.items.is_empty()) {
        return Err(Refusal::new(RefusalCode::ExemptionBlanket, ""));
    }
    if category.is_empty() {
        return Err(Refusal::new(RefusalCode::ExemptionBlanket, "Say also what kind of information it is: the person reads it."));
    }
    Ok(())
}
