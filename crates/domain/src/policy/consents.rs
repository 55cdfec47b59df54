//! Consent: its texts, its forms, and the rules for asking (`consent.toml`).

use serde::{Deserialize, Serialize};

use crate::calendar::Period;

/// Consent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Consents {
    /// Each text that people agree to.
    pub text: Vec<ConsentText>,
    /// Each form that gathers personal data or consent.
    pub form: Vec<Form>,
    /// Consent for special categories has to be explicit and in writing.
    pub explicit_written: bool,
    /// One consent for each person and each activity, never a bundle.
    pub per_activity: bool,
    /// Consent is chosen only where no other basis applies.
    pub last_resort: bool,
    /// The age from which a child consents to an online service (DPA 2018 section 9).
    pub online_age: Option<u8>,
    /// How long a consent is relied on before it is asked again.
    pub refresh: Option<Period>,
    /// What makes a consent valid.
    pub elements: Vec<String>,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

/// A text that people agree to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ConsentText {
    /// The stable name.
    pub id: String,
    /// The title.
    pub title: String,
    /// The version of the text.
    pub version: String,
    /// Who gives it.
    pub giver: String,
    /// The text. It says what is agreed to, and that it can be withdrawn at any time.
    pub wording: Vec<String>,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

/// A form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Form {
    /// The stable name.
    pub id: String,
    /// The title.
    pub title: String,
    /// What has to stand on it.
    pub statements: Vec<String>,
    /// How it may come back.
    pub channels: Vec<String>,
    /// The clauses about it.
    pub clauses: Vec<String>,
}
