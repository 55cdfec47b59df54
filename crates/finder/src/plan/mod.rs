//! Proposals of what to withhold because it is about somebody else. A person decides.

mod accounts;
mod context;
mod cut;
mod derive;
mod elsewhere;
mod exclude;
mod grounds;
mod leaks;
mod marks;
mod merge;
mod near;
mod occurrences;
mod propagate;
mod propose;
mod roles;
mod rows;
mod seen;
mod segments;
mod sensitive;
mod sentence;
mod terms;
mod words;

#[cfg(test)]
mod own_tests;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use context::{DirectoryEntry, PlanContext, Role};
pub use elsewhere::Elsewhere;
pub use grounds::{EXEMPTION_ACTING, EXEMPTION_KNOWN, EXEMPTION_OTHERS, EXEMPTION_WORKER, REASON_STAFF, in_reply, test_of};
pub use leaks::leaks;
pub use near::{Near, NearPlace};
pub use occurrences::occurrences;
pub use propagate::{DocPlan, propagate};
pub use propose::plan;
pub use segments::{Segment, segments};
pub use words::{WordPlace, Words};

use crate::detect::Kind;

/// What happens to a proposal when nobody decides otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Default {
    /// Withheld.
    Withhold,
    /// Shown; listed so that a person can decide otherwise.
    Show,
}

/// One proposed redaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
    /// Why it is proposed, in plain words.
    pub why: String,
    /// The exemption it would rest on, or why it is shown.
    pub exemption: String,
    /// What happens when nobody decides otherwise.
    pub default: Default,
    /// The person it is about: an index into the directory; correspondents who are not in it count on from there, per document.
    pub person: Option<usize>,
}
