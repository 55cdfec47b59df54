//! The ports: what the use cases need from the outside. `adapters` makes them real,
//! tests make them fake.

mod mailbox;
mod pages;
mod post;
mod source;

pub use mailbox::{Arrived, Mailbox, Visit};
pub use pages::{BurntPages, Others, PageArea, PageLook, PageOrder, PagePicture, Places};
pub use post::{FinishedMail, Handed, LAST_ANSWER_SECONDS, MailFile, Post};
pub use source::{Mark, Part, Source, SourceItem, Start, Walker};

use std::path::Path;

use domain::Refusal;
use domain::documents::{Document, Form};
use domain::letters::Letter;
use finder::document::Extraction;

/// Time as a parameter.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> jiff::Timestamp;
}

/// Identifiers as a parameter: UUIDv7 in text form.
pub trait Ids: Send + Sync {
    /// A fresh identifier.
    fn fresh(&self) -> String;
}

/// What is said of a picture whose letters nothing here can read.
pub const NO_LETTERS: &str = "not read: no text recognition installed";

/// Most passwords that are tried at once: each takes its time on each item that is encrypted, by design.
pub const MOST_PASSWORDS: usize = 50;

/// How far the reading of letters in the pictures of a batch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    /// Pictures read.
    pub done: u64,
    /// Pictures in all.
    pub of: u64,
}

/// Turns bytes into text, in a confined child process.
pub trait Extractor: Send + Sync {
    /// Extracts one item. Failures of the item come back inside the extraction as
    /// `unreadable`; an `Err` means the extractor itself cannot work at all.
    fn extract(&self, name: &str, bytes: &[u8]) -> Result<Extraction, Failure>;

    /// Extracts a batch, in order, keeping the child busy. The default does one by one.
    fn extract_all(&self, items: &[(String, Vec<u8>)]) -> Result<Vec<Extraction>, Failure> {
        items.iter().map(|(name, bytes)| self.extract(name, bytes)).collect()
    }

    /// The same, telling now and then how many pictures of the batch were read for letters, which
    /// takes its time. When `watch` says `false` no more of them are read: what comes back is not whole.
    fn extract_watched(&self, items: &[(String, Vec<u8>)], _watch: &mut dyn FnMut(Looked) -> bool) -> Result<Vec<Extraction>, Failure> {
        self.extract_all(items)
    }

    /// One that reads in the same way and tries passwords, a line each, on what is encrypted. `None` where that cannot be done.
    fn with_passwords(&self, _lines: &str) -> Option<Box<dyn Extractor>> {
        None
    }

    /// The bytes of something inside an item, by the path that its document has there. `None` when there is no such thing any more.
    ///
    /// # Errors
    /// When the extractor itself cannot work at all.
    fn member(&self, _name: &str, _bytes: &[u8], _path: &str) -> Result<Option<Vec<u8>>, Failure> {
        Ok(None)
    }

    /// What stands for the way it reads: whatever was read under another edition is read again.
    fn edition(&self) -> String {
        String::new()
    }
}

/// What is said of a file that is neither a PDF nor a picture.
pub const NO_PAGES: &str = "is neither a PDF nor a picture";

/// Sets letters, packs and documents as tagged PDF.
pub trait Press: Send + Sync {
    /// A letter with what a person edited in it, before it is checked and set.
    ///
    /// # Errors
    /// `LET-001` when a part that has to stay is missing.
    fn as_edited(&self, letter: &Letter) -> Result<Letter, Refusal> {
        Ok(letter.clone())
    }

    /// One letter as PDF/A-2a + PDF/UA-1.
    fn letter(&self, letter: &Letter) -> Result<Vec<u8>, Failure>;

    /// One letter as a word processor document (DOCX) for editing by hand, marked as a draft.
    fn word(&self, letter: &Letter) -> Result<Vec<u8>, Failure>;

    /// The disclosure pack as one tagged PDF.
    fn pack(&self, pack: &PackDocument) -> Result<Vec<u8>, Failure>;

    /// A document made from the policy pack (the policy, a notice, the notice-board sheet)
    /// as PDF/A-2a + PDF/UA-1, in ordinary or in large print.
    fn document(&self, document: &Document, form: Form) -> Result<Vec<u8>, Failure>;

    /// All text a reader could get out of a finished PDF, by an extractor independent of
    /// the one that read the sources: page text, metadata, annotations, attachments, and
    /// the text strings in all decompressed streams.
    fn read_back(&self, pdf: &[u8]) -> Result<Vec<String>, Failure>;

    /// The pages of a file as they look, without what is ordered to go. The inner `Err` says in words why they cannot be had: another kind
    /// of file, one that cannot be drawn, or, where nobody looks at them, pages on which letters may stand that are no text.
    ///
    /// # Errors
    /// When drawing cannot work at all.
    fn pages(&self, _name: &str, _bytes: &[u8], _order: &PageOrder<'_>) -> Result<Result<BurntPages, String>, Failure> {
        Ok(Err(NO_PAGES.to_owned()))
    }
}

/// The pack, already redacted: nothing in here may be withheld any more.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct PackDocument {
    /// The organisation's name.
    pub organisation: String,
    /// Reference of the request, e.g. `SAR-2026-0001`.
    pub reference: String,
    /// The data subject's name, for the title page only (never in PDF metadata).
    pub subject: String,
    /// The day the pack was made, written out, e.g. `22 November 2026`.
    pub made_on: String,
    /// Opening paragraphs: what this is and how to read it.
    pub introduction: Vec<String>,
    /// The items, in order.
    pub items: Vec<PackItem>,
    /// What was withheld and why.
    pub withheld: Vec<Withheld>,
    /// Items that could not be read, or were not searched, in plain words.
    pub notes: Vec<String>,
    /// In which form it is set.
    #[serde(skip)]
    pub form: Form,
}

/// One item of the pack.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct PackItem {
    /// 1, 2, 3, ...
    pub number: usize,
    /// Subject or file name, redacted.
    pub title: String,
    /// `E-mail`, `Word document`, ...
    pub kind: String,
    /// Date as shown, possibly empty.
    pub date: String,
    /// Where it was found, redacted, e.g. `mailbox`.
    pub place: String,
    /// The text as runs of shown text and withheld gaps.
    pub runs: Vec<Run>,
    /// How many pages are shown as they look, instead of the text.
    #[serde(default)]
    pub pages_shown: usize,
    /// These pages.
    #[serde(skip)]
    pub pages: Vec<PagePicture>,
}

/// A run of an item's text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Run {
    /// Text that is shown.
    Shown(String),
    /// A gap; the number is the row of the schedule. Always set at one fixed width.
    Withheld(usize),
}

/// One row of the schedule of what was withheld.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Withheld {
    /// Row number, referred to by [`Run::Withheld`].
    pub number: usize,
    /// How many places this row stands for.
    pub places: usize,
    /// What kind of information, e.g. `name of another person`. Never the text itself.
    pub kind: String,
    /// The exemption, e.g. `Data Protection Act 2018, Schedule 2, paragraph 16`.
    pub exemption: String,
    /// Why, in a sentence.
    pub why: String,
}

/// Opens sources from what a person typed. The one list is in `adapters`.
pub trait Sources: Send + Sync {
    /// Recognises a path (folder, zip, Maildir, mbox, .eml) and opens it.
    fn open(&self, path: &Path) -> Result<Box<dyn Source>, Refusal>;
}

/// A fault of ours or of the machine: an internal chain that never reaches a page.
#[derive(Debug, thiserror::Error)]
#[error("{doing} failed")]
pub struct Failure {
    /// What was being done, without personal data.
    pub doing: &'static str,
    /// The cause, for the log.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Failure {
    /// A failure without a lower cause.
    pub fn new(doing: &'static str) -> Self {
        Self { doing, source: None }
    }

    /// A failure with its cause.
    pub fn because(doing: &'static str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { doing, source: Some(source.into()) }
    }
}
