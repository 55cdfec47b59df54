//! The organisation's own wording in letters (`letters.toml`). What the law demands of a
//! letter is not here: it cannot be switched off.

use serde::{Deserialize, Serialize};

/// Wording and signature.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Wording {
    /// The salutation when the name is known; `{name}` stands for it.
    pub salutation: String,
    /// The salutation when it is not.
    pub salutation_unknown: String,
    /// The closing words.
    pub closing: String,
    /// The role that signs, by id.
    pub signatory: String,
    /// A line under the signature about help and other formats.
    pub help: String,
    /// The organisation's own further paragraphs, a list a letter.
    pub paragraphs: Paragraphs,
}

/// Further paragraphs, added before the closing words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Paragraphs {
    /// The acknowledgement of a request.
    pub acknowledgement: Vec<String>,
    /// The request for proof of identity or authority.
    pub identity: Vec<String>,
    /// The clarification question.
    pub clarification: Vec<String>,
    /// The notice of extension.
    pub extension: Vec<String>,
    /// The reply.
    pub reply: Vec<String>,
    /// The refusal.
    pub refusal: Vec<String>,
}
