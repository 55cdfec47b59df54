//! When personal data may be given to somebody else (`disclosures.toml`).

use serde::{Deserialize, Serialize};

use crate::calendar::Period;

/// Disclosures to third parties.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Disclosures {
    /// Each ground on which something may be disclosed.
    pub ground: Vec<Ground>,
    /// How soon a disclosure in an emergency is written up.
    pub write_up: Option<Period>,
    /// The clause about that.
    pub write_up_clause: String,
    /// The words for an enquiry about a person, said alike whether or not the person is known.
    pub script: Vec<String>,
    /// What every disclosure has to pass.
    pub tests: Vec<String>,
    /// Roles to ask in doubt.
    pub in_doubt: Vec<String>,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

/// One ground of disclosure.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Ground {
    /// The stable name.
    pub id: String,
    /// The title.
    pub title: String,
    /// Whether the request must come with paperwork.
    pub paperwork: bool,
    /// Whether the person's consent is what it rests on.
    pub consent: bool,
    /// What has to hold for it.
    pub conditions: Vec<String>,
    /// The role that approves it; empty when staff may decide.
    pub approver: String,
    /// The clauses about it.
    pub clauses: Vec<String>,
}
