//! The clock of a rights request (UK GDPR Articles 12, 12A and 15 to 22D).

mod clock;
mod explain;

use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Refusal, RefusalCode};

pub use clock::RightsClock;

/// What somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// Access, Article 15.
    Access,
    /// Rectification, Article 16.
    Rectification,
    /// Erasure, Article 17.
    Erasure,
    /// Restriction, Article 18.
    Restriction,
    /// Portability, Article 20.
    Portability,
    /// Objection, Article 21.
    Objection,
    /// Safeguards for automated decisions, Articles 22A to 22D.
    AutomatedDecisions,
}

impl Right {
    /// Every right, in the order of the articles.
    pub const ALL: [Self; 7] =
        [Self::Access, Self::Rectification, Self::Erasure, Self::Restriction, Self::Portability, Self::Objection, Self::AutomatedDecisions];

    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Rectification => "rectification",
            Self::Erasure => "erasure",
            Self::Restriction => "restriction",
            Self::Portability => "portability",
            Self::Objection => "objection",
            Self::AutomatedDecisions => "automated-decisions",
        }
    }

    /// The provision that gives it.
    pub const fn article(self) -> &'static str {
        match self {
            Self::Access => "UK GDPR Article 15",
            Self::Rectification => "UK GDPR Article 16",
            Self::Erasure => "UK GDPR Article 17",
            Self::Restriction => "UK GDPR Article 18",
            Self::Portability => "UK GDPR Article 20",
            Self::Objection => "UK GDPR Article 21",
            Self::AutomatedDecisions => "UK GDPR Articles 22A to 22D",
        }
    }

    /// Whether a clarification question stops the clock: for access alone.
    pub const fn pauses(self) -> bool {
        matches!(self, Self::Access)
    }
}

impl FromStr for Right {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        Self::ALL
            .into_iter()
            .find(|right| right.id() == text)
            .ok_or_else(|| Refusal::new(RefusalCode::RuleUnknown, format!("It says `{text}`.")))
    }
}

/// Something asked of the requester that the start of the period waits for: proof of
/// identity, proof of authority, a lawful fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The day it was asked for.
    pub asked: Date,
    /// The day it came; `None` while it is outstanding.
    #[serde(default)]
    pub received: Option<Date>,
    /// `false` once a reviewer has decided that it need not have been asked for: then it
    /// never moved the clock.
    pub relied_on: bool,
}

/// The extension to three months in all, for complexity or number of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// The day the notice with its reasons was given; `None` when it is not known yet.
    #[serde(default)]
    pub notice_given: Option<Date>,
}

#[cfg(test)]
mod tests;
