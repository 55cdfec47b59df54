//! The parsers of sources over bytes in memory, for trying out spoilt ones.

use std::io::Cursor;

use services::ports::{Mark, Part, SourceItem, Start, Walker};

use super::{Settings, mbox, pst, tar, zip};

/// Counts what is handed over.
#[derive(Default)]
struct Count {
    items: usize,
    bytes: usize,
}

impl Walker for Count {
    fn begin(&mut self, _: Part<'_>) -> Start {
        Start::Beginning
    }

    fn knows(&self, _: Part<'_>) -> bool {
        false
    }

    fn item(&mut self, item: SourceItem, _: Option<Mark>) -> bool {
        self.items += 1;
        self.bytes += item.bytes.map_or(0, |bytes| bytes.len());
        true
    }

    fn end(&mut self) {}
}

/// The largest item that is taken, in bytes.
const SETTINGS: Settings = Settings { item: 1 << 20 };

/// How many items a mailbox of this kind turns into.
pub(crate) fn mbox(bytes: &[u8]) -> usize {
    let mut count = Count::default();
    mbox::messages(Cursor::new(bytes), "m", SETTINGS, Mark::default(), &mut count);
    count.items
}

/// How many items an Outlook data file turns into.
pub(crate) fn pst(bytes: &[u8]) -> usize {
    let mut count = Count::default();
    pst::messages(Cursor::new(bytes.to_vec()), "p", SETTINGS, Mark::default(), &mut count);
    count.items
}

/// How many items a zip turns into.
pub(crate) fn zip(bytes: &[u8]) -> usize {
    let mut count = Count::default();
    zip::whole(Cursor::new(bytes), Part { name: "z", stamp: "" }, Some(Mark::default()), SETTINGS, &mut count);
    count.items
}

/// How many items a tar turns into.
pub(crate) fn tar(bytes: &[u8]) -> usize {
    let mut count = Count::default();
    let packed = tar::is_one("t.tgz", bytes.get(..bytes.len().min(512)).unwrap_or_default());
    if let Some(packed) = packed {
        tar::members(bytes, packed, "t", SETTINGS, Mark::default(), &mut count);
    }
    count.items
}
