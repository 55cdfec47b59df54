//! The record of processing activities (`processing.toml`), as far as a reply under
//! Article 15 is filled from it.

use serde::{Deserialize, Serialize};

/// The record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Processing {
    /// Each activity, by its id.
    pub(super) activity: Vec<Activity>,
}

/// One activity. Every text is a phrase for a list in a letter, without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Activity {
    /// The stable name.
    pub id: String,
    /// The title.
    pub title: String,
    /// Kinds of people it is about.
    pub subjects: Vec<String>,
    /// Why the data is used (Article 15(1)(a)).
    pub purpose: String,
    /// The lawful basis (Article 6(1)).
    pub basis: String,
    /// The condition for special categories (Article 9(2)), if there are any.
    pub special_condition: String,
    /// The categories of data (Article 15(1)(b)).
    pub categories: Vec<String>,
    /// Recipients, or categories of recipients (Article 15(1)(c)).
    pub recipients: Vec<String>,
    /// How long it is kept, or the criteria (Article 15(1)(d)).
    pub kept: String,
    /// The classes of the retention schedule its records belong to, by id.
    pub record_classes: Vec<String>,
    /// Where it comes from, when not from the person (Article 15(1)(g)).
    pub source: String,
    /// Whether significant decisions are made by automated means alone (Article 15(1)(h)).
    pub automated: bool,
    /// Logic, significance and consequences of such decisions.
    pub automated_logic: String,
    /// Countries outside the United Kingdom the data goes to.
    pub transfers: Vec<String>,
    /// The safeguards of those transfers (Article 15(2)).
    pub safeguards: String,
    /// How the data is stored and protected (Article 30(1)(g)).
    pub storage: String,
    /// The clauses about it.
    pub clauses: Vec<String>,
}
