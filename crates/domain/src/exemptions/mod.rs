//! The exemptions a small organisation can meet (law section 2.4, E01 to E41): each with its
//! legal test as questions in plain words. One file a group, one list.
//!
//! An exemption applies only as far as its test is met, item by item, never to everything. A
//! person answers, the answers decide what may be withheld, and the decision is recorded
//! either way.

mod answers;
mod business;
mod care;
mod children;
mod others;
mod prohibited;
mod public;
mod request;
mod research;

pub use answers::{Answers, Kind, Outcome, Question, Setting};
pub use care::{earliest_opinion, may_disclose_health};

use answers::Test;

use crate::calendar::{Division, Right};

/// Which rights an exemption restricts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restricts {
    /// Access, and what people must be told when data are collected.
    Access,
    /// Most rights.
    Most,
    /// Every right: the request itself is the matter.
    Request,
}

/// Who can use an exemption at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenTo {
    /// Anybody who meets the test.
    Anybody,
    /// Only bodies the law lists; the first question asks.
    Listed,
    /// No organisation of this kind: says why.
    Nobody(&'static str),
}

/// One exemption.
#[derive(Debug, Clone, Copy)]
pub struct Exemption {
    /// The stable code, e.g. `E01`.
    pub code: &'static str,
    /// The name on pages.
    pub title: &'static str,
    /// The provision, as letters cite it.
    pub provision: &'static str,
    /// What it is about, in a sentence or two, for the person who decides.
    pub about: &'static str,
    /// Why something is withheld under it, in plain words for the person who asked.
    pub letter: &'static str,
    /// Which rights it restricts.
    pub restricts: Restricts,
    /// Who can use it.
    pub open_to: OpenTo,
    /// The parts of the United Kingdom where it exists; everywhere when empty.
    pub nations: &'static [Division],
    /// The legal test as questions.
    pub questions: &'static [Question],
    test: Test,
}

impl Exemption {
    /// The exemption of this code.
    pub fn of(code: &str) -> Option<&'static Self> {
        EXEMPTIONS.iter().copied().find(|exemption| exemption.code == code)
    }

    /// Whether it can be used at all for this right in this place; says why not.
    ///
    /// # Errors
    /// The reason in a sentence.
    pub fn usable(&self, setting: Setting) -> Result<(), &'static str> {
        if let OpenTo::Nobody(why) = self.open_to {
            return Err(why);
        }
        if !self.nations.is_empty() && !self.nations.contains(&setting.division) {
            return Err("It does not exist in this part of the United Kingdom.");
        }
        if self.restricts == Restricts::Access && setting.right != Right::Access {
            return Err("It restricts the right of access only.");
        }
        Ok(())
    }

    /// What the answers come to.
    pub fn evaluate(&self, answers: &Answers, setting: Setting) -> Outcome {
        match self.usable(setting) {
            Err(why) => Outcome::DoesNotApply(why.to_owned()),
            Ok(()) => self.test.evaluate(self.questions, answers, setting),
        }
    }
}

/// Every exemption, in the order of the law.
pub const EXEMPTIONS: &[&Exemption] = &[
    &others::THIRD_PARTIES,
    &public::CRIME,
    &public::REQUIRED,
    &public::FUNCTIONS,
    &business::PRIVILEGE,
    &business::SELF_INCRIMINATION,
    &business::PLANNING,
    &business::NEGOTIATIONS,
    &business::REFERENCES,
    &research::EXAMS,
    &business::CORPORATE_FINANCE,
    &research::EXPRESSION,
    &research::RESEARCH,
    &public::IMMIGRATION,
    &care::WISHES,
    &care::SERIOUS_HARM,
    &care::SOCIAL_WORK,
    &care::EDUCATION,
    &children::ABUSE,
    &children::COURT_REPORTS,
    &prohibited::FERTILISATION,
    &prohibited::ADOPTION,
    &prohibited::SPECIAL_NEEDS,
    &prohibited::PARENTAL_ORDERS,
    &prohibited::HEARINGS,
    &request::UNFOUNDED,
    &request::NOT_IDENTIFIABLE,
];

#[cfg(test)]
mod tests;
