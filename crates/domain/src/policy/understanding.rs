//! The understanding check that goes with reading and signing the policy
//! (`understanding.toml`).

use serde::{Deserialize, Serialize};

/// The check.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Understanding {
    /// Each question, in order.
    pub(super) question: Vec<CheckQuestion>,
}

/// One question with its answers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CheckQuestion {
    /// The stable name.
    pub id: String,
    /// The question.
    pub ask: String,
    /// The answers to choose from.
    pub answers: Vec<String>,
    /// The right one, counted from 1.
    pub right: usize,
    /// Why, said when the answer was wrong.
    pub because: String,
    /// The clause it is about.
    pub clause: String,
}
