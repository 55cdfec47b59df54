//! Duties that people carry out and sign (`duties.toml`): reviews, trainings, checks,
//! statements, and what has to follow an event.

use serde::{Deserialize, Serialize};

use crate::calendar::Period;

/// The duties.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Duties {
    /// Each duty, by its id.
    pub(super) duty: Vec<Duty>,
}

/// One duty. It either comes round (`every`) or follows an event (`clock`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Duty {
    /// The stable name.
    pub id: String,
    /// What is to be done, as a task.
    pub title: String,
    /// What sort of duty it is.
    pub kind: DutyKind,
    /// For a statement: the sentence that is signed. For others: what counts as done.
    pub statement: String,
    /// The role that does it.
    pub role: String,
    /// How often it comes round.
    pub every: Option<Period>,
    /// The clock of `clocks.toml` that runs when the event is logged.
    pub clock: String,
    /// The interval is a default, because the policy names none.
    pub default: bool,
    /// The clauses it keeps.
    pub clauses: Vec<String>,
}

/// What sort of duty it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DutyKind {
    /// Looking at something again; done with evidence.
    Review,
    /// Teaching people; done with evidence.
    Training,
    /// A check of something; done with evidence.
    Check,
    /// A statement that a named role signs.
    #[default]
    Attestation,
    /// Something that has to follow an event; done with evidence.
    Event,
}

impl DutyKind {
    /// The name on pages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Review => "Review",
            Self::Training => "Training",
            Self::Check => "Check",
            Self::Attestation => "Statement to sign",
            Self::Event => "After an event",
        }
    }

    /// Whether it is done only with a note of the evidence.
    pub const fn needs_evidence(self) -> bool {
        !matches!(self, Self::Attestation)
    }
}
