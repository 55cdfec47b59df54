//! Privacy notices and sheets (`notices.toml`). What the law demands of a notice comes from
//! the record of processing and cannot be switched off; here stands the organisation's own part.

use serde::{Deserialize, Serialize};

/// The notices.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Notices {
    /// Each notice, one an audience.
    pub notice: Vec<Notice>,
    /// The sheet for the notice board.
    pub board: Board,
}

/// A privacy notice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Notice {
    /// The stable name.
    pub id: String,
    /// The title.
    pub title: String,
    /// Whom it is written for.
    pub audience: Audience,
    /// Kinds of people of the record of processing that it is about; empty for all.
    pub subjects: Vec<String>,
    /// Opening paragraphs.
    pub introduction: Vec<String>,
    /// Closing paragraphs.
    pub closing: Vec<String>,
    /// When it is given to people.
    pub given: String,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

/// Whom a notice is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Adults.
    #[default]
    Adult,
    /// Children: short sentences, spoken to directly.
    Child,
    /// People who read with difficulty: easy read.
    EasyRead,
}

/// The sheet for the notice board.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Board {
    /// The title.
    pub title: String,
    /// What to do when something happens, a line each.
    pub lines: Vec<String>,
    /// The clauses about it.
    pub clauses: Vec<String>,
}
