//! What extraction delivers: items as text with positions.
//!
//! All positions are byte offsets into [`Document::text`] on character boundaries.
//! Interfaces to people and scripts convert them to Unicode characters.

use serde::{Deserialize, Serialize};

/// Everything one source item turned into: itself, its children, what could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Extraction {
    /// The item first, then its attachments, nested messages and archive members, depth first.
    pub documents: Vec<Document>,
    /// What could not be read, and why. Never silently skipped.
    pub unreadable: Vec<Unreadable>,
}

/// One readable thing: a message, an attachment, a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Path below the source item: empty for the item itself, else parts such as
    /// `2:report.docx` joined by `!`. Appended to the source locator after `!`.
    pub path: String,
    /// What it is.
    pub kind: DocumentKind,
    /// Subject, document title or file name.
    pub title: String,
    /// When it was sent, as RFC 3339, where the item says so.
    pub date: Option<String>,
    /// `Message-ID` without brackets.
    pub message_id: Option<String>,
    /// Who wrote and received it (mail only).
    pub correspondents: Vec<Correspondent>,
    /// The whole text. For mail it begins with the shown header lines
    /// (`From: `, `To: `, `Cc: `, `Date: `, `Subject: `), an empty line, then the body.
    pub text: String,
    /// The parts of `text`, in order, not overlapping.
    pub parts: Vec<Part>,
    /// True when only a first part was read (a limit was reached); see `unreadable`.
    pub truncated: bool,
    /// What it shows besides its text, as a sum: equal for documents with the same pictures, empty where there is none.
    #[serde(default)]
    pub look: String,
}

impl Document {
    /// A document that is this text alone, all of it body: what has no metadata, no date and no correspondents.
    pub fn of(kind: DocumentKind, title: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            path: String::new(),
            kind,
            title: title.into(),
            date: None,
            message_id: None,
            correspondents: Vec::new(),
            parts: vec![Part { kind: PartKind::Body, start: 0, end: text.len() }],
            text,
            truncated: false,
            look: String::new(),
        }
    }
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// Same form as [`Document::path`].
    pub path: String,
    /// Plain words, e.g. `the PDF is encrypted`. No personal data.
    pub reason: String,
}

/// Kinds of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// An e-mail message.
    Mail,
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// A word processor document.
    Word,
    /// A spreadsheet or CSV.
    Sheet,
    /// Slides.
    Slides,
    /// A PDF.
    Pdf,
}

/// One person or address in a message's headers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correspondent {
    /// Which header.
    pub header: Header,
    /// Display name, possibly empty.
    pub name: String,
    /// Address, lower case, possibly empty.
    pub address: String,
}

/// The headers that count as mentions (a routing header is none).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Header {
    /// `From`.
    From,
    /// `Reply-To` and `Sender`.
    ReplyTo,
    /// `To`.
    To,
    /// `Cc` and `Bcc`.
    Cc,
}

/// The headers whose words count as mentions, as the lines at the head of a message's text call them. Routing headers do not.
pub const HEADERS: [&str; 9] = ["From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Keywords", "Comments"];

/// A stretch of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// What a stretch of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// The shown header lines of a message.
    Headers,
    /// The body.
    Body,
    /// Title, author, comments and other metadata.
    Metadata,
    /// What columns of a table are called: in a sheet the line with all names, elsewhere a name before what stands in that column.
    Heading,
}
