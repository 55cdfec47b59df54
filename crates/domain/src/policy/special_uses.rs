//! Uses of personal data with rules of their own: direct marketing, photographs and film,
//! publication, equality monitoring, cameras.

use serde::{Deserialize, Serialize};

use crate::calendar::Period;

/// Direct marketing (`marketing.toml`). An objection to it is absolute (UK GDPR Article 21(3)).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Marketing {
    /// People are told when their data is collected.
    pub told_at_collection: bool,
    /// Forms carry a box to opt out.
    pub opt_out_box: bool,
    /// E-mail and text to individuals need consent or the soft opt-in (PECR regulation 22).
    pub consent_for_electronic: bool,
    /// What marketing is limited to.
    pub scope: Vec<String>,
    /// How long without contact before it stops or is asked again.
    pub refresh: Option<Period>,
    /// The refresh is a default, because the policy names none.
    pub refresh_default: bool,
    /// What stays after erasure so that an opt-out is not forgotten.
    pub suppression: String,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

/// Photographs and film (`media.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Media {
    /// Each use that needs a consent of its own.
    pub uses: Vec<MediaUse>,
    /// Who consents.
    pub consent_from: Vec<String>,
    /// The consent has to be in writing.
    pub written: bool,
    /// To whom the use is explained.
    pub explained_to: Vec<String>,
    /// Nothing else about the person goes with the picture: no name in caption, file name or metadata.
    pub no_other_personal_data: bool,
    /// What happens when consent is withdrawn.
    pub on_withdrawal: Vec<String>,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

/// One use of pictures.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MediaUse {
    /// The stable name.
    pub id: String,
    /// The use.
    pub title: String,
    /// Where it is shown.
    pub places: Vec<String>,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

/// Publication of information about people (`publication.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Publication {
    /// Each class of things published.
    pub item: Vec<PublicationItem>,
    /// Levels of confidentiality a person can ask for.
    pub levels: Vec<String>,
    /// The chance to opt out is offered before the first publication.
    pub offered_first: bool,
    /// Publishing on the web needs a specific consent.
    pub web_consent: bool,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

/// One class of things published.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PublicationItem {
    /// The stable name.
    pub id: String,
    /// What is published.
    pub title: String,
    /// Only inside the organisation.
    pub internal: bool,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

/// Equality monitoring (`equality.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Equality {
    /// The characteristics that are asked about.
    pub characteristics: Vec<String>,
    /// What it is done for.
    pub purposes: Vec<String>,
    /// How often returns are analysed. Each return is destroyed when that is done.
    pub analyse_every: Option<Period>,
    /// The interval is a default, because the policy names none.
    pub analyse_default: bool,
    /// Who never sees a single return.
    pub hidden_from: Vec<String>,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

/// Cameras (`cctv.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Cctv {
    /// Cameras are in use.
    pub in_use: bool,
    /// What they are or would be for.
    pub purpose: String,
    /// The code they follow.
    pub code: String,
    /// How people are told.
    pub notice: Vec<String>,
    /// The role that answers questions about them.
    pub contact: String,
    /// The clauses about it.
    pub clauses: Vec<String>,
}
