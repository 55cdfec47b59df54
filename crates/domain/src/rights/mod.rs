//! What can be asked, and how each is dealt with: one file a right, one list.
//!
//! A [`Procedure`] says what a right is called in plain words, which provision gives it, whose
//! clock it runs on, what has to be done, on which grounds it may be refused, and what follows.

mod access;
mod automated_decisions;
mod change_of_details;
mod child_plan;
mod consent_withdrawal;
mod erasure;
mod informed;
mod marketing;
mod not_a_request;
mod objection;
mod photographs;
mod portability;
mod rectification;
mod restriction;
mod safeguards;

use serde::{Deserialize, Serialize};

use crate::calendar::Right;
use crate::casework::request::RefusalGround;

/// What somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestKind {
    /// A copy of their data, Article 15.
    #[default]
    Access,
    /// To be told how their data is used, Articles 13 and 14.
    Informed,
    /// To have something put right, Article 16.
    Rectification,
    /// To have something erased, Article 17.
    Erasure,
    /// To have the use of their data restricted, Article 18.
    Restriction,
    /// Their data in a form another organisation can use, Article 20.
    Portability,
    /// To stop a use, Article 21(1).
    Objection,
    /// To stop direct marketing, Article 21(2): absolute.
    Marketing,
    /// Safeguards for an automated decision, Articles 22A to 22D.
    AutomatedDecisions,
    /// Consent to photographs or film withdrawn, Article 7(3).
    Photographs,
    /// Another consent withdrawn, Article 7(3).
    ConsentWithdrawal,
    /// A copy of the safeguards for a transfer abroad, Articles 13(1)(f) and 15(2).
    Safeguards,
    /// A child's personal development plan (clauses TURN-117 and TURN-118).
    ChildPlan,
    /// Notice of a change of details, Article 5(1)(d).
    ChangeOfDetails,
    /// No request of this kind: it has another way.
    NotARequest,
}

/// What a right changes in other records once it is decided, or already when it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// A value is put right; the old one stays in the history.
    Correct,
    /// Everybody who received the data is told (Article 19).
    TellRecipients,
    /// Classes of records are erased, each on its own decision.
    Erase,
    /// A mark: storage only.
    Restrict,
    /// A mark: no direct marketing, from the moment it came.
    StopMarketing,
    /// A mark: the use that rested on a consent stops, from the moment it came.
    StopUse,
    /// A file for the person or another organisation.
    Export,
}

/// How a right is dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Procedure {
    /// Which.
    pub kind: RequestKind,
    /// The stable name, in forms and files.
    pub key: &'static str,
    /// The title in plain words: what the person wants.
    pub title: &'static str,
    /// How it goes on after `your request`: `to have your data put right`.
    pub asks: &'static str,
    /// The provision or clause that gives it.
    pub article: &'static str,
    /// What people write who ask for it, to tell it from others.
    pub help: &'static str,
    /// Whose clock it runs on.
    pub clock: Right,
    /// What has to be decided, as the title of the task; empty when nothing is decided here.
    pub decide: &'static str,
    /// The grounds on which the whole of it may be refused. None for an absolute right.
    pub grounds: &'static [RefusalGround],
    /// What it changes.
    pub effects: &'static [Effect],
    /// What happens next, as the person is told in the acknowledgement.
    pub next: &'static [&'static str],
    /// The name of the file with the answer.
    pub letter: &'static str,
}

/// Every procedure, in the order of the log form.
pub const PROCEDURES: &[Procedure] = &[
    access::PROCEDURE,
    rectification::PROCEDURE,
    erasure::PROCEDURE,
    restriction::PROCEDURE,
    objection::PROCEDURE,
    marketing::PROCEDURE,
    photographs::PROCEDURE,
    consent_withdrawal::PROCEDURE,
    portability::PROCEDURE,
    automated_decisions::PROCEDURE,
    informed::PROCEDURE,
    safeguards::PROCEDURE,
    child_plan::PROCEDURE,
    change_of_details::PROCEDURE,
    not_a_request::PROCEDURE,
];

/// The grounds that hold for every right that can be refused at all (Articles 11(2), 12(5), 12(6)).
const GENERAL: &[RefusalGround] =
    &[RefusalGround::Unfounded, RefusalGround::Excessive, RefusalGround::CannotIdentify, RefusalGround::Exempt, RefusalGround::NoProof];

impl RequestKind {
    /// How it is dealt with.
    pub fn procedure(self) -> &'static Procedure {
        // Every kind has its row; a test walks them.
        PROCEDURES.iter().find(|procedure| procedure.kind == self).unwrap_or(&access::PROCEDURE)
    }

    /// The stable name.
    pub fn key(self) -> &'static str {
        self.procedure().key
    }

    /// How its case numbers begin: `SAR` for a request for a copy, as people know it; `REQ` for every
    /// other right, so that nobody takes it for one. All of them count in one row a year.
    pub const fn reference_prefix(self) -> &'static str {
        match self {
            Self::Access => "SAR",
            Self::Informed
            | Self::Rectification
            | Self::Erasure
            | Self::Restriction
            | Self::Portability
            | Self::Objection
            | Self::Marketing
            | Self::AutomatedDecisions
            | Self::Photographs
            | Self::ConsentWithdrawal
            | Self::Safeguards
            | Self::ChildPlan
            | Self::ChangeOfDetails
            | Self::NotARequest => "REQ",
        }
    }

    /// The title in plain words.
    pub fn title(self) -> &'static str {
        self.procedure().title
    }

    /// Reads a kind from its name.
    pub fn from_key(key: &str) -> Option<Self> {
        PROCEDURES.iter().find(|procedure| procedure.key == key).map(|procedure| procedure.kind)
    }

    /// The kind that a right of the calendar stands for.
    pub const fn of(right: Right) -> Self {
        match right {
            Right::Access => Self::Access,
            Right::Rectification => Self::Rectification,
            Right::Erasure => Self::Erasure,
            Right::Restriction => Self::Restriction,
            Right::Portability => Self::Portability,
            Right::Objection => Self::Objection,
            Right::AutomatedDecisions => Self::AutomatedDecisions,
        }
    }

    /// Whether a question stops the clock: for access alone (Article 12A(5)).
    pub const fn pauses(self) -> bool {
        matches!(self, Self::Access)
    }

    /// Whether places are searched and items reviewed: for access alone.
    pub const fn searches(self) -> bool {
        matches!(self, Self::Access)
    }

    /// Whether it takes effect the moment it comes, before anybody decides anything.
    pub const fn at_once(self) -> bool {
        matches!(self, Self::Marketing | Self::Photographs | Self::ConsentWithdrawal)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_has_one_procedure_with_all_its_words() {
        let (mut kinds, mut keys, mut letters) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for procedure in PROCEDURES {
            assert!(kinds.insert(procedure.kind) && keys.insert(procedure.key) && letters.insert(procedure.letter), "{}", procedure.key);
            assert_eq!(RequestKind::from_key(procedure.key), Some(procedure.kind));
            assert_eq!(procedure.kind.procedure(), procedure);
            assert_eq!(serde_json::to_value(procedure.kind).unwrap(), procedure.key, "one name for one thing");
            assert!(!procedure.title.is_empty() && !procedure.asks.is_empty() && !procedure.article.is_empty(), "{}", procedure.key);
            assert!(!procedure.help.is_empty() && !procedure.next.is_empty(), "{}", procedure.key);
            assert_eq!(procedure.decide.is_empty(), procedure.kind.searches(), "{}: what is decided where", procedure.key);
        }
        assert_eq!(kinds.len(), 15);
    }

    #[test]
    fn a_right_of_the_calendar_keeps_its_own_clock() {
        for right in Right::ALL {
            assert_eq!(RequestKind::of(right).procedure().clock, right);
        }
    }

    #[test]
    fn direct_marketing_has_no_ground_to_refuse() {
        assert!(RequestKind::Marketing.procedure().grounds.is_empty());
        assert!(RequestKind::Photographs.procedure().grounds.is_empty(), "consent can be withdrawn at any time");
    }
}
