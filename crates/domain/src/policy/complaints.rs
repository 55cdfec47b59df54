//! How complaints are handled (`complaints.toml`): the acknowledgement, and the stages with
//! their own triggers, lengths and handlers.

use serde::{Deserialize, Serialize};

use crate::calendar::Period;

/// Complaints. A data protection complaint also carries the 30 days of DPA 2018 section 164A
/// and is never barred by a cut-off of the policy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Complaints {
    /// How soon an acknowledgement is promised.
    pub acknowledge: Option<Period>,
    /// The clause that promises it.
    pub clause: String,
    /// Up to when a complaint about a service may be brought, from when the person knew.
    pub cut_off: Option<Period>,
    /// The clause about the cut-off.
    pub cut_off_clause: String,
    /// How soon the complaints policy is sent to somebody who says they are dissatisfied.
    pub policy_sent: Option<Period>,
    /// The clause about sending it.
    pub policy_sent_clause: String,
    /// The stages, in order.
    pub stage: Vec<Stage>,
    /// Rules of fairness: who may not handle what, whose agreement is needed.
    pub rules: Vec<String>,
    /// The clauses about complaints as a whole.
    pub clauses: Vec<String>,
}

/// One stage of a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Stage {
    /// The stable name.
    pub id: String,
    /// The title.
    pub title: String,
    /// The stage that comes before; empty for a stage that a complaint begins with.
    pub after: String,
    /// What makes it begin, in plain words.
    pub trigger: String,
    /// From which day it runs: a receipt that every complaint has, or a day that a person gives.
    pub starts: Starts,
    /// It begins only after the complainant has agreed in writing.
    pub needs_agreement: bool,
    /// How long it takes.
    pub within: Option<Period>,
    /// The clock that times it, by its id in `clocks.toml`.
    pub clock: String,
    /// The role that handles it.
    pub handler: String,
    /// What the letter at its end must contain.
    pub letter: Vec<String>,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

/// From which day a stage runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Starts {
    /// A person says when it began.
    #[default]
    Asked,
    /// Receipt by anyone in the organisation.
    Receipt,
    /// Receipt by the person in charge of complaints.
    InCharge,
}
