//! The clauses of a policy and its clocks.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use toml::value::Datetime;

use crate::calendar::Kind;

/// What the pack is (`pack.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct About {
    /// The stable name, the folder's name.
    pub name: String,
    /// The title of the policy.
    pub title: String,
    /// The version of the policy.
    pub version: String,
    /// The pack it builds on; empty for the base pack.
    pub inherits: String,
    /// The day it was adopted.
    #[serde(deserialize_with = "day")]
    pub adopted_on: Option<Date>,
    /// Who adopted it.
    pub adopted_by: String,
    /// The role that signed it.
    pub signed_by: String,
}

/// The clauses (`clauses.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Clauses {
    /// Each clause, by its id.
    pub(super) clause: Vec<Clause>,
}

/// One clause of the policy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Clause {
    /// The stable id, for example `TURN-92`.
    pub id: String,
    /// The section of the policy it stands in.
    pub section: String,
    /// What it says, in our words.
    pub says: String,
    /// The control that carries it out.
    pub control: String,
    /// Where the law says otherwise and wins.
    pub law_wins: Option<LawWins>,
}

/// Where a clause says less, or something else, than the law.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LawWins {
    /// What holds instead.
    pub wins: String,
    /// Why.
    pub why: String,
    /// The provision.
    pub source: String,
}

/// The clocks (`clocks.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Clocks {
    /// Each clock, by its id.
    pub(super) clock: Vec<Clock>,
}

/// One clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// The stable name, for `probity deadline --rule`.
    pub id: String,
    /// Other names it answers to.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What has to be done.
    pub title: String,
    /// What the period starts from.
    pub trigger: String,
    /// How it computes.
    pub kind: Kind,
    /// The clause or provision it rests on.
    pub source: String,
}

/// A date as TOML writes it, without quotes.
fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let written = Datetime::deserialize(deserializer)?;
    let date = written.date.ok_or_else(|| D::Error::custom("a date is needed, for example 2026-09-27"))?;
    Date::new(date.year as i16, date.month as i8, date.day as i8).map(Some).map_err(|_| D::Error::custom("there is no such day"))
}
