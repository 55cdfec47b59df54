//! Places to search: one file a kind, one line in [`SOURCES`].

mod entry;
mod exports;
mod folder;
mod imap;
mod layout;
mod maildir;
pub(crate) mod mbox;
pub(crate) mod pst;
mod records;
mod scratch;
mod single;
mod tables;
mod tar;
pub(crate) mod tried;
mod zip;

use std::path::Path;
use std::sync::Arc;

use domain::{Refusal, RefusalCode};
pub use exports::draft as draft_mapping;
use services::ports::{Source, Sources};

use crate::extract::{Sheet, Workbooks};

/// Bytes taken of one item before the rest is left.
const ITEM: u64 = 64 << 20;

type Open = fn(&Path, &AllSources) -> Result<Box<dyn Source>, Refusal>;

/// One kind of source.
pub struct Kind {
    /// Stable key.
    pub key: &'static str,
    /// What a person calls it.
    pub title: &'static str,
    /// When to use it, in a sentence.
    pub help: &'static str,
    /// Whether the path is of this kind. The first kind that says yes is taken.
    recognise: fn(&Path) -> bool,
    open: Open,
}

/// Every kind there is, the more particular first.
pub static SOURCES: &[Kind] = &[
    Kind {
        key: "maildir",
        title: "mailbox (Maildir)",
        help: "A folder with cur, new and tmp, one message a file.",
        recognise: maildir::recognise,
        open: |path, all| maildir::open(path, all.settings),
    },
    Kind {
        key: "folder",
        title: "folder",
        help: "All files below a folder; mailboxes and zips in it are opened as well.",
        recognise: folder::recognise,
        open: |path, all| folder::open(path, all.settings),
    },
    Kind {
        key: "imap",
        title: "mailbox (IMAP)",
        help: "A file ending in .imap.toml that names a server, an account and its folders; the mailbox is only read.",
        recognise: imap::recognise,
        open: |path, all| imap::open(path, all.settings),
    },
    Kind {
        key: "postgres",
        title: "database (PostgreSQL)",
        help: "A file ending in .postgres.toml that names a database on this machine and its tables; it is only read.",
        recognise: tables::recognise,
        open: |path, all| tables::open(path, all.settings),
    },
    Kind {
        key: "export",
        title: "export (tables)",
        help: "A file ending in .export.toml that says what the columns of CSV files and workbooks mean; each row is an item.",
        recognise: exports::recognise,
        open: exports::open,
    },
    Kind {
        key: "pst",
        title: "mailbox (Outlook data file)",
        help: "A .pst file as Outlook exports it, with its folders.",
        recognise: pst::recognise,
        open: |path, all| pst::open(path, all.settings),
    },
    Kind {
        key: "zip",
        title: "zip archive",
        help: "All files in an export or archive.",
        recognise: zip::recognise,
        open: |path, all| zip::open(path, all.settings),
    },
    Kind {
        key: "mbox",
        title: "mailbox (mbox)",
        help: "One file with many messages.",
        recognise: mbox::recognise,
        open: |path, all| mbox::open(path, all.settings),
    },
    Kind {
        key: "file",
        title: "file",
        help: "One message or document.",
        recognise: single::recognise,
        open: |path, all| single::open(path, all.settings),
    },
];

/// What applies to every source.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Bytes taken of one item; of a larger one the first part is taken.
    pub item: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { item: ITEM }
    }
}

/// Opens any kind of source by looking at it.
#[derive(Clone)]
pub struct AllSources {
    /// What applies to each.
    pub settings: Settings,
    /// Opens workbooks whose rows are read one by one.
    workbooks: Arc<dyn Workbooks>,
}

impl AllSources {
    /// Bytes taken of one item.
    pub(crate) const LARGEST: u64 = ITEM;

    /// With what opens workbooks: a confined process, outside of tests.
    pub fn new(workbooks: Arc<dyn Workbooks>) -> Self {
        Self { settings: Settings::default(), workbooks }
    }
}

impl Default for AllSources {
    /// Opens no workbook.
    fn default() -> Self {
        Self::new(Arc::new(Unopened))
    }
}

/// Where nothing opens workbooks.
struct Unopened;

impl Workbooks for Unopened {
    fn sheets(&self, _: &str, _: &[u8]) -> Result<Vec<Sheet>, String> {
        Err("was not read: workbooks are not opened here".to_owned())
    }
}

impl Sources for AllSources {
    fn open(&self, path: &Path) -> Result<Box<dyn Source>, Refusal> {
        if let Err(error) = std::fs::metadata(path) {
            return Err(unreadable(&error));
        }
        let kind = SOURCES.iter().find(|kind| (kind.recognise)(path)).ok_or_else(|| Refusal::new(RefusalCode::SourceUnknown, ""))?;
        (kind.open)(path, self)
    }
}

/// Refuses a source that cannot be read, without naming it: its name can be personal data.
fn unreadable(error: &std::io::Error) -> Refusal {
    Refusal::new(RefusalCode::SourceUnreadable, format!("It {}.", entry::reason(error)))
}

#[cfg(test)]
mod going_on;
#[cfg(test)]
mod tests;
