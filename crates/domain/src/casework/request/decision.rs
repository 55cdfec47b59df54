//! What was decided about a right other than access.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::UserId;
use crate::personal::Personal;
use crate::rights::RequestKind;

/// A decision with who made it and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Who decided.
    pub by: UserId,
    /// When.
    pub on: Date,
    /// What.
    pub decision: Decision,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "right", rename_all = "kebab-case")]
pub enum Decision {
    /// Values put right, completed or found accurate (Article 16).
    Corrections {
        /// Each value.
        values: Vec<Correction>,
    },
    /// What is erased and what stays, class by class (Article 17).
    Erasure {
        /// Each class.
        classes: Vec<ClassDecision>,
    },
    /// Whether use is restricted (Article 18).
    Restriction(Restricted),
    /// The objection weighed (Article 21(1)).
    Objection(Weighed),
    /// A use has stopped (Articles 7(3) and 21(3)): never refused.
    Stopped(Stopped),
    /// Data to take elsewhere (Article 20).
    Portability(Exported),
    /// A person looked at an automated decision (Article 22C).
    Automated(Reviewed),
    /// Something was given or not: a notice, safeguards, a child's plan.
    Given(Given),
    /// It goes another way.
    Elsewhere(Elsewhere),
}

/// One value that is said to be wrong. The old and the new value are both kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Which value: `allergies`.
    pub field: Personal<String>,
    /// What stood there; empty when nothing did.
    pub old: Personal<String>,
    /// What is right.
    pub new: Personal<String>,
    /// Where the right value comes from.
    pub source: Personal<String>,
    /// What came of it.
    pub outcome: CorrectionOutcome,
    /// Why, where it was not simply corrected.
    pub reasons: Personal<String>,
    /// Care depends on it: put right the same day (clause CARE-17).
    pub critical: bool,
}

/// What came of a value that is said to be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CorrectionOutcome {
    /// Corrected or completed.
    Corrected,
    /// It stays, with the person's own statement beside it.
    Statement,
    /// It is accurate and stays; that it is disputed is noted.
    Accurate,
}

impl CorrectionOutcome {
    /// Every outcome.
    pub const ALL: &'static [Self] = &[Self::Corrected, Self::Statement, Self::Accurate];

    /// The value in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Corrected => "corrected",
            Self::Statement => "statement",
            Self::Accurate => "accurate",
        }
    }

    /// Reads an outcome from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|outcome| outcome.key() == key)
    }
}

/// The decision about one class of the retention schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassDecision {
    /// The class, by its id in the pack.
    pub class: String,
    /// Its title in the pack.
    pub title: String,
    /// Why it stays; `None`: it is erased.
    pub kept: Option<KeepGround>,
    /// The reasons, as the person will read them; empty for what is erased.
    pub reasons: Personal<String>,
    /// The provision or clause that makes it stay; empty for what is erased.
    pub source: String,
}

/// Why something is kept although its erasure was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeepGround {
    /// None of the grounds of Article 17(1) applies: it is still needed for what it was collected for.
    StillNeeded,
    /// The law makes us keep it.
    LegalObligation,
    /// A hold: a claim, a complaint or an investigation.
    Hold,
    /// Legal claims.
    LegalClaims,
    /// Public health.
    PublicHealth,
    /// Archiving, research or statistics.
    Research,
    /// Freedom of expression and information.
    Expression,
}

impl KeepGround {
    /// Every ground.
    pub const ALL: &'static [Self] =
        &[Self::StillNeeded, Self::LegalObligation, Self::Hold, Self::LegalClaims, Self::PublicHealth, Self::Research, Self::Expression];

    /// The value in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::StillNeeded => "still-needed",
            Self::LegalObligation => "legal-obligation",
            Self::Hold => "hold",
            Self::LegalClaims => "legal-claims",
            Self::PublicHealth => "public-health",
            Self::Research => "research",
            Self::Expression => "expression",
        }
    }

    /// The ground, to follow `because`.
    pub const fn title(self) -> &'static str {
        match self {
            Self::StillNeeded => "we still need it for what we collected it for",
            Self::LegalObligation => "the law makes us keep it",
            Self::Hold => "it is held for a claim, a complaint or an investigation",
            Self::LegalClaims => "it is needed for legal claims",
            Self::PublicHealth => "it is needed for public health",
            Self::Research => "it is needed for archiving, research or statistics",
            Self::Expression => "it is needed for freedom of expression and information",
        }
    }

    /// The provision.
    pub const fn source(self) -> &'static str {
        match self {
            Self::StillNeeded => "UK GDPR Article 17(1)",
            Self::LegalObligation => "UK GDPR Article 17(3)(b)",
            Self::Hold | Self::LegalClaims => "UK GDPR Article 17(3)(e)",
            Self::PublicHealth => "UK GDPR Article 17(3)(c)",
            Self::Research => "UK GDPR Article 17(3)(d)",
            Self::Expression => "UK GDPR Article 17(3)(a)",
        }
    }

    /// Reads a ground from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|ground| ground.key() == key)
    }
}

/// The decision about a restriction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restricted {
    /// The ground; `None`: none applies, so use goes on.
    pub ground: Option<RestrictionGround>,
    /// The reasons.
    pub reasons: Personal<String>,
}

/// The four grounds for a restriction (Article 18(1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RestrictionGround {
    /// The person disputes that the data is accurate.
    Disputed,
    /// The use is unlawful and the person wants restriction rather than erasure.
    Unlawful,
    /// We no longer need it, the person needs it for legal claims.
    Claims,
    /// An objection is being weighed.
    Objection,
}

impl RestrictionGround {
    /// Every ground.
    pub const ALL: &'static [Self] = &[Self::Disputed, Self::Unlawful, Self::Claims, Self::Objection];

    /// The value in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Disputed => "disputed",
            Self::Unlawful => "unlawful",
            Self::Claims => "claims",
            Self::Objection => "objection",
        }
    }

    /// The ground, to follow `because`.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Disputed => "you dispute that the data is accurate, and we are checking it (Article 18(1)(a))",
            Self::Unlawful => "the use was not lawful and you prefer a restriction to erasure (Article 18(1)(b))",
            Self::Claims => "we no longer need the data, but you need it for a legal claim (Article 18(1)(c))",
            Self::Objection => "you objected and we are weighing your objection (Article 18(1)(d))",
        }
    }

    /// Reads a ground from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|ground| ground.key() == key)
    }
}

/// The outcome of weighing an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// What came of it.
    pub outcome: ObjectionOutcome,
    /// What the objection is about.
    pub purpose: Personal<String>,
    /// The reasons, the person's situation weighed.
    pub reasons: Personal<String>,
}

/// What came of an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ObjectionOutcome {
    /// The use stops.
    Stopped,
    /// Compelling grounds override: the use goes on.
    Compelling,
    /// The data is needed for legal claims.
    LegalClaims,
    /// The use rests on a basis to which nobody can object.
    OtherBasis,
}

impl ObjectionOutcome {
    /// Every outcome.
    pub const ALL: &'static [Self] = &[Self::Stopped, Self::Compelling, Self::LegalClaims, Self::OtherBasis];

    /// The value in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Compelling => "compelling",
            Self::LegalClaims => "legal-claims",
            Self::OtherBasis => "other-basis",
        }
    }

    /// Reads an outcome from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|outcome| outcome.key() == key)
    }
}

/// A use that has stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// What it was, in the words of staff.
    pub what: Personal<String>,
    /// What stays for another reason, and which; empty when nothing does.
    pub stays: Personal<String>,
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// Rows in the files; 0: nothing is in scope.
    pub rows: u64,
    /// Why nothing is in scope, or what was left out; may be empty.
    pub reasons: Personal<String>,
    /// To whom it goes besides the person; empty when to nobody.
    pub to: Personal<String>,
}

/// A person looked at an automated decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// What came of it.
    pub outcome: AutomatedOutcome,
    /// How the decision is made: the logic, in plain words.
    pub how: Personal<String>,
    /// The person's own view.
    pub views: Personal<String>,
    /// Who looked at it: a role or a name.
    pub reviewer: Personal<String>,
    /// The reasons.
    pub reasons: Personal<String>,
}

/// What came of looking at an automated decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AutomatedOutcome {
    /// The decision was changed.
    Changed,
    /// The decision stands, for a person's reasons.
    Stands,
    /// It was not made by automated means alone.
    NotAutomated,
}

impl AutomatedOutcome {
    /// Every outcome.
    pub const ALL: &'static [Self] = &[Self::Changed, Self::Stands, Self::NotAutomated];

    /// The value in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Stands => "stands",
            Self::NotAutomated => "not-automated",
        }
    }

    /// Reads an outcome from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|outcome| outcome.key() == key)
    }
}

/// Something given, or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// It was given.
    pub given: bool,
    /// What was given, or the reasons why not.
    pub text: Personal<String>,
    /// The proof that decided: parental responsibility, the referral; may be empty.
    pub proof: Personal<String>,
}

/// Where something goes that is no request of this kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// Why it is none.
    pub why: NotARequest,
    /// What the person is told beyond the standard words; may be empty.
    pub more: Personal<String>,
    /// What it was taken for before somebody decided this; `None` when it was recorded as none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<RequestKind>,
}

/// Why something is no request of these kinds, with the right next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotARequest {
    /// The person has died.
    Deceased,
    /// Another organisation asks about somebody.
    Organisation,
    /// Somebody asks about another person without being entitled.
    SomebodyElse,
    /// It is about a business, not a person.
    Business,
    /// We only hold the data for another organisation.
    Processor,
}

impl NotARequest {
    /// Every reason.
    pub const ALL: &'static [Self] = &[Self::Organisation, Self::SomebodyElse, Self::Deceased, Self::Processor, Self::Business];

    /// The value in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Deceased => "deceased",
            Self::Organisation => "organisation",
            Self::SomebodyElse => "somebody-else",
            Self::Business => "business",
            Self::Processor => "processor",
        }
    }

    /// The reason for staff.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Deceased => "The person it is about has died",
            Self::Organisation => "Another organisation asks about somebody, for example a council, the police or a school",
            Self::SomebodyElse => "Somebody asks about another person, without authority",
            Self::Business => "It is about a business or ordinary work, not about the person who writes",
            Self::Processor => "We hold the data only on behalf of another organisation",
        }
    }

    /// What staff do next.
    pub const fn next(self) -> &'static str {
        match self {
            Self::Deceased => {
                "Data protection law does not cover it. Records about health: the Access to Health Records Act 1990. Otherwise ask the executor."
            }
            Self::Organisation => {
                "Take it as a request for disclosure: a written request from the organisation’s own address, the purpose, the legal power, and only what is needed. Nothing goes to a private address."
            }
            Self::SomebodyElse => {
                "Neither confirm nor deny that we know the person. They can ask themselves, or give authority in writing."
            }
            Self::Business => "Pass it to whoever deals with it.",
            Self::Processor => "Pass it to the organisation today; it has to answer.",
        }
    }

    /// Reads a reason from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|why| why.key() == key)
    }
}
