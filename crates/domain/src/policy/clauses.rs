//! What a pack is, and the clauses of its policy.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use toml::value::Datetime;

/// What the pack is (`pack.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct About {
    /// The stable name, the folder's name.
    pub name: String,
    /// The title of the policy.
    pub title: String,
    /// Whom the policy is for, for example "staff, volunteers and the people we support".
    pub audience: String,
    /// The version of the policy.
    pub version: String,
    /// The pack it builds on; empty for the base pack.
    pub inherits: String,
    /// The day it was adopted.
    #[serde(deserialize_with = "day")]
    #[schemars(schema_with = "super::schema::day")]
    pub adopted_on: Option<Date>,
    /// Who adopted it.
    pub adopted_by: String,
    /// The role that signed it.
    pub signed_by: String,
    /// The day it takes effect, when that is not the day it was adopted.
    #[serde(deserialize_with = "day")]
    #[schemars(schema_with = "super::schema::day")]
    pub in_force: Option<Date>,
    /// The day of the next review, once the board has set one.
    #[serde(deserialize_with = "day")]
    #[schemars(schema_with = "super::schema::day")]
    pub next_review: Option<Date>,
}

/// The clauses (`clauses.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Clauses {
    /// Each clause, by its id.
    pub(super) clause: Vec<Clause>,
}

/// One clause of the policy: one promise, and what keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Clause {
    /// The stable id, for example `TURN-92`.
    pub id: String,
    /// The section of the policy it stands in.
    pub section: String,
    /// What sort of promise it is.
    pub kind: ClauseKind,
    /// What it says, in plain sentences.
    pub says: String,
    /// Its facts: periods, numbers, roles, conditions, lists.
    pub parameters: String,
    /// The controls that carry it out, by id (see [`super::CONTROLS`]).
    pub controls: Vec<String>,
    /// Where something else holds than the clause says, or where it leaves a question open.
    pub conflict: Option<Departure>,
}

/// What sort of promise a clause makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClauseKind {
    /// Who may see or do what.
    Access,
    /// A statement somebody signs.
    Attestation,
    /// Agreement that has to be asked for and recorded.
    Consent,
    /// Something to be done by a date.
    Deadline,
    /// What a word or an aim means.
    #[default]
    Definition,
    /// A form and what stands on it.
    Form,
    /// A letter or a notice and what stands in it.
    #[serde(rename = "letter/notice")]
    Notice,
    /// Something to be written down and kept.
    Record,
    /// How long something is kept.
    Retention,
    /// Something to be looked at again.
    Review,
    /// Who is responsible.
    Role,
    /// Something people are taught.
    Training,
    /// A way of doing something.
    Workflow,
}

/// Where something else holds than the words of a clause.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Departure {
    /// What decides.
    pub winner: Winner,
    /// What holds.
    pub wins: String,
    /// Why.
    pub why: String,
    /// The provision, or the clause that wins.
    pub source: String,
    /// A sentence the board could adopt so that policy and practice say the same.
    pub mend: String,
}

/// What decides where a clause and something else disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Winner {
    /// The law is the floor: the clause is superseded, kept and never used.
    #[default]
    Law,
    /// The clause is stricter or more generous than the law, so it holds.
    Policy,
    /// Another clause of the same policy holds, being more specific or later.
    Clause,
    /// A funder's or partner's contract holds.
    Contract,
    /// Nothing decides yet: the organisation must, and until then a named default is used.
    Open,
}

impl Winner {
    /// What decides, for a page.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Law => "The law",
            Self::Policy => "The policy",
            Self::Clause => "Another clause",
            Self::Contract => "A contract",
            Self::Open => "To be decided",
        }
    }
}

/// A date as TOML writes it, without quotes.
pub(super) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let written = Datetime::deserialize(deserializer)?;
    let date = written.date.ok_or_else(|| D::Error::custom("a date is needed, for example 2026-09-27"))?;
    Date::new(date.year as i16, date.month as i8, date.day as i8).map(Some).map_err(|_| D::Error::custom("there is no such day"))
}
