//! What each letter must contain and from where. A letter is built here as data;
//! the press sets it.

mod complaint;
mod locked;
mod plain;
mod reply;
pub mod rights;
mod text;
mod writer;
mod written;

pub use complaint::{complaint_acknowledgement, complaint_outcome, complaint_progress};
pub use locked::{Locked, edited, locked, missing};
pub use plain::plain;
pub use reply::{ActivityText, ReplyFacts, WithheldText, reply};
pub use text::{from_read, from_text, to_text};
pub use writer::{RegulatorText, Writer, complaint_routes, explanation};
pub use written::{acknowledgement, clarification, extension, fee_statement, identity_request, refusal};

use serde::{Deserialize, Serialize};

use crate::documents::Form;
use crate::policy::Audience;

/// A finished letter, ready to be set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Title for PDF metadata and file lists; without personal data, e.g. `Reply to your request`.
    pub title: String,
    /// The sender: name, then address and contact lines.
    pub sender: Vec<String>,
    /// The addressee: name, then address lines.
    pub addressee: Vec<String>,
    /// Our reference, e.g. `SAR-2026-0001`.
    pub reference: String,
    /// The day written out, e.g. `22 November 2026`.
    pub date: String,
    /// The opening, e.g. `Dear Amelia Hart`.
    pub salutation: String,
    /// The letter proper.
    pub blocks: Vec<Block>,
    /// The closing, e.g. `Yours sincerely`.
    pub closing: String,
    /// Who signs: name, role.
    pub signatory: Vec<String>,
    /// In which form it is set.
    #[serde(default)]
    pub form: Form,
    /// For whom it is written, which decides how it is set.
    #[serde(default)]
    pub audience: Audience,
}

/// An amount in pence as `£4.20`.
pub(crate) fn pounds(pence: u64) -> String {
    format!("£{}.{:02}", pence / 100, pence % 100)
}

/// A block of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A bulleted list.
    Bullets(Vec<String>),
    /// A table of terms and texts, e.g. the computation of the date.
    Terms(Vec<(String, String)>),
}
