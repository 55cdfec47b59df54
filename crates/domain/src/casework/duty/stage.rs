//! Where a duty stands.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::When;
use crate::ids::UserId;

/// The stages of a duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// To be done.
    Open,
    /// Done.
    Done {
        /// The day or moment it was done.
        on: When,
        /// Who recorded it.
        by: UserId,
        /// The day it was recorded.
        recorded: Date,
        /// Where it can be seen that it was done.
        evidence: String,
        /// The signature, for a statement.
        signed: Option<Signed>,
        /// It was done after it was due.
        late: bool,
    },
    /// The policy no longer asks for it, or it was begun in error.
    Dropped {
        /// The day.
        on: Date,
        /// Why.
        reason: String,
    },
}

impl Stage {
    /// The key in lists.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done { .. } => "done",
            Self::Dropped { .. } => "dropped",
        }
    }
}

/// A statement as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The exact words.
    pub statement: String,
    /// The role in which it was signed.
    pub role: String,
    /// Who signed.
    pub by: Signatory,
}

/// Who signed: identifiers alone, never a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signatory {
    /// The account that recorded it, in person.
    Account(UserId),
    /// A person of the policy's directory, on paper; the evidence says where the paper is.
    Paper(String),
}
