//! Who may see and do what, as the policy puts it (`access.toml`).

use serde::{Deserialize, Serialize};

/// Access by need and right.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Access {
    /// What each role may and may not see or do.
    pub rule: Vec<AccessRule>,
    /// Roles that approve unusual access. Nobody approves their own.
    pub unusual_approved_by: Vec<String>,
    /// The role that grants ordinary access.
    pub granted_by: Vec<String>,
    /// The least length of a password, in characters.
    pub password_characters: Option<u8>,
    /// Passwords need both letters and numbers.
    pub password_letters_and_numbers: bool,
    /// Rules for devices, media and places of work.
    pub devices: Vec<String>,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

/// What a role may and may not do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AccessRule {
    /// The stable name.
    pub id: String,
    /// The role.
    pub role: String,
    /// What it may see or do.
    pub may: Vec<String>,
    /// What it may not.
    pub may_not: Vec<String>,
    /// The clauses about it.
    pub clauses: Vec<String>,
}
