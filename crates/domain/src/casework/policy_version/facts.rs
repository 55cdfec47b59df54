//! What is known about a version of the policy.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::ids::UserId;
use crate::policy::Policy;
use crate::record::RecordFacts;

/// One file of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackFile {
    /// Its name, e.g. `rights.toml`.
    pub name: String,
    /// Its text, comments included.
    pub text: String,
}

/// A version of the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyVersion {
    /// Reference, owner, hold.
    pub facts: RecordFacts,
    /// The version as the pack calls itself, e.g. `2.1`.
    pub label: String,
    /// The files of the pack.
    pub files: Vec<PackFile>,
    /// What was changed and why, in plain words.
    pub note: String,
    /// Where it stands.
    pub stage: Stage,
}

/// Where a version stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// Being written.
    Draft,
    /// Put forward by one person.
    Proposed {
        /// Who, when, and from which day it shall hold.
        proposal: Proposal,
    },
    /// Adopted by a second person; holds from its effective date.
    Adopted {
        /// Who proposed it.
        proposal: Proposal,
        /// Who adopted it.
        adoption: Adoption,
    },
    /// Held until a later version took effect.
    Superseded {
        /// Who proposed it.
        proposal: Proposal,
        /// Who adopted it.
        adoption: Adoption,
        /// The first day on which it no longer holds.
        from: Date,
    },
    /// Given up before it was adopted.
    Withdrawn {
        /// The day.
        on: Date,
        /// Why.
        reason: String,
    },
}

/// A version put forward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// By whom.
    pub by: UserId,
    /// When.
    pub on: Date,
    /// From which day it shall hold.
    pub effective: Date,
}

/// An adoption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adoption {
    /// The body that adopted it, e.g. `Board of Directors`.
    pub board: String,
    /// The day it did.
    pub on: Date,
    /// The role that signed, e.g. `chair`.
    pub signatory: String,
    /// The day by which it is looked at again.
    pub next_review: Date,
    /// Who approved it here; never who proposed it.
    pub approved_by: UserId,
    /// The day that was recorded.
    pub recorded: Date,
}

impl Stage {
    /// The key in lists.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed { .. } => "proposed",
            Self::Adopted { .. } => "adopted",
            Self::Superseded { .. } => "superseded",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// The name of a stage on pages, by its key.
    pub fn title_of(key: &str) -> &'static str {
        match key {
            "draft" => "Draft",
            "proposed" => "Proposed",
            "adopted" => "Adopted",
            "superseded" => "Superseded",
            _ => "Withdrawn",
        }
    }

    /// Who put it forward and from when, once somebody has.
    pub const fn proposal(&self) -> Option<&Proposal> {
        match self {
            Self::Proposed { proposal } | Self::Adopted { proposal, .. } | Self::Superseded { proposal, .. } => Some(proposal),
            Self::Draft | Self::Withdrawn { .. } => None,
        }
    }

    /// Who adopted it, once somebody has.
    pub const fn adoption(&self) -> Option<&Adoption> {
        match self {
            Self::Adopted { adoption, .. } | Self::Superseded { adoption, .. } => Some(adoption),
            Self::Draft | Self::Proposed { .. } | Self::Withdrawn { .. } => None,
        }
    }
}

impl PolicyVersion {
    /// The policy that its files make.
    ///
    /// # Errors
    /// Those of [`Policy::from_files`].
    pub fn policy(&self) -> Result<Policy, Refusal> {
        Policy::from_files(&self.pairs())
    }

    /// Names and texts of its files.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        self.files.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect()
    }
}
