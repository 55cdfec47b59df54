//! What is done about a personal data breach (`breaches.toml`).

use serde::{Deserialize, Serialize};

use crate::calendar::Period;

/// The breach procedure.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Breaches {
    /// How soon the regulator is told.
    pub report: Option<Period>,
    /// The clause that promises it.
    pub clause: String,
    /// Roles that are told of every breach at once.
    pub alert: Vec<String>,
    /// The questions that decide whether there was a breach.
    pub tests: Vec<String>,
    /// The kinds of harm that are weighed.
    pub harms: Vec<String>,
    /// What the report to the regulator contains.
    pub regulator_report: Vec<String>,
    /// When the people affected are told, in plain words.
    pub tell_people_when: String,
    /// What the letter to them contains.
    pub letter: Vec<String>,
    /// Grounds for not telling them, or for telling them another way.
    pub exceptions: Vec<String>,
    /// Other bodies that may have to be told.
    pub other_bodies: Vec<String>,
    /// Third parties who can help to reduce the harm.
    pub helpers: Vec<String>,
    /// What is kept about every breach.
    pub kept: Vec<String>,
    /// How soon the review meeting is held after containment.
    pub review: Option<Period>,
    /// Who meets for the review.
    pub review_by: Vec<String>,
    /// The clauses about breaches.
    pub clauses: Vec<String>,
}
