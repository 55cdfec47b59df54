//! A place to search, and how a reading of it is broken off and gone on with.

use domain::Refusal;
use serde::{Deserialize, Serialize};

/// A place to search: lists its items and fetches them.
pub trait Source: Send + Sync {
    /// Short name for pages and reports, e.g. `mailbox (Maildir)`.
    fn title(&self) -> String;

    /// Walks all items in a stable order and hands each over, part by part. Streams: never
    /// holds more than one item.
    ///
    /// # Errors
    /// `FIND-002` when the place cannot be listed or breaks off.
    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal>;

    /// How many items there are, as far as it is cheap to know (for progress).
    fn count(&self) -> Option<u64>;

    /// How many bytes there are to read, roughly, where that is cheap to know: an estimate
    /// of progress rests on it when the items cannot be counted.
    fn size(&self) -> Option<u64> {
        None
    }

    /// Hands over all items; stops early when `each` returns `false`.
    ///
    /// # Errors
    /// As [`Source::walk`].
    fn items(&self, each: &mut dyn FnMut(SourceItem) -> bool) -> Result<(), Refusal> {
        self.walk(&mut Each(each))
    }
}

/// Whoever walks through a source.
pub trait Walker {
    /// A part begins (a file, a message on a server). Answers from where it is to be read.
    fn begin(&mut self, part: Part<'_>) -> Start;

    /// Whether [`Walker::begin`] would answer [`Start::Known`].
    fn knows(&self, part: Part<'_>) -> bool;

    /// An item. `mark` is where the part goes on behind it; without one this item is no
    /// lasting knowledge (a failure that may pass), nor is anything behind it in the part.
    /// `false` means stop.
    fn item(&mut self, item: SourceItem, mark: Option<Mark>) -> bool;

    /// The part was read to its end.
    fn end(&mut self);
}

/// A part of a source that is the same, or is not, as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// Its name within the source; the locators of its items begin with it.
    pub name: &'a str,
    /// Another one whenever the content may be another.
    pub stamp: &'a str,
}

/// From where a part is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// From its beginning.
    Beginning,
    /// From behind the item that had this mark.
    After(Mark),
    /// Not at all: it was read before and is the same.
    Known,
}

/// A place within a part, written by the source and understood by it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mark {
    /// Items handed over so far, as the source counts them.
    pub number: u64,
    /// A byte, where that is the quicker way back.
    pub at: u64,
}

/// One item of a source.
pub struct SourceItem {
    /// Stable within the source, e.g. `inbox/cur/17.eml`, `old.mbox#12`, `export.zip!a/b.pdf`.
    pub locator: String,
    /// A hint for extraction, usually the file name.
    pub name: String,
    /// The bytes, or why they could not be read.
    pub bytes: Result<Vec<u8>, String>,
    /// The real size when only a first part of the bytes was taken (over the item limit).
    pub truncated_from: Option<u64>,
}

/// A visitor that wants the items and knows nothing.
struct Each<'e>(&'e mut dyn FnMut(SourceItem) -> bool);

impl Walker for Each<'_> {
    fn begin(&mut self, _: Part<'_>) -> Start {
        Start::Beginning
    }

    fn knows(&self, _: Part<'_>) -> bool {
        false
    }

    fn item(&mut self, item: SourceItem, _: Option<Mark>) -> bool {
        (self.0)(item)
    }

    fn end(&mut self) {}
}
