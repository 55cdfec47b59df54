//! Reading one file as far as is allowed, and opening what holds several items.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use services::ports::{Mark, Part, SourceItem, Start, Walker};

use super::{Settings, mbox, pst, tar, zip};
use crate::extract::extension;

/// Bytes one archive may unpack to in all.
pub(super) const UNPACKED: u64 = 64 << 30;
/// Why a member of an archive could not be read.
pub(super) const DAMAGED: &str = "is damaged or cut off";

/// Why a file could not be read, in plain words.
pub(super) fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::NotFound => "does not exist",
        ErrorKind::PermissionDenied => "may not be read",
        ErrorKind::UnexpectedEof => "ends too early",
        _ => "could not be read",
    }
}

/// Whether a file of this name and size may hold many items.
pub(super) fn may_hold_more(name: &str, size: u64, settings: Settings) -> bool {
    match extension(name).as_str() {
        "mbox" | "pst" | "zip" => true,
        "tar" | "tgz" | "tbz" | "tbz2" | "txz" | "gz" | "bz2" | "xz" => size > settings.item,
        _ => false,
    }
}

/// Opens a regular file, not following a link and not waiting for a pipe.
pub(super) fn open_file(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().read(true).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_NOCTTY).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(ErrorKind::InvalidInput.into()) }
}

/// Takes what may be taken of a stream whose length is known or guessed. The second value is
/// the real size when that is more than was taken.
pub(super) fn take(mut stream: impl Read, size: u64, limit: u64) -> io::Result<(Vec<u8>, Option<u64>)> {
    let mut bytes = Vec::with_capacity(size.min(limit) as usize + 1);
    stream.by_ref().take(limit).read_to_end(&mut bytes)?;
    let cut = size > limit && bytes.len() as u64 == limit;
    Ok((bytes, cut.then_some(size)))
}

/// What stands for the content of a file: its size, its place on the disk, and when it and
/// what is said of it last changed.
pub(super) fn stamp(file: &File) -> io::Result<String> {
    let told = file.metadata()?;
    let (changed, altered) = ((told.mtime(), told.mtime_nsec()), (told.ctime(), told.ctime_nsec()));
    Ok(format!("{} {}.{} {}.{} {}.{}", told.len(), told.dev(), told.ino(), changed.0, changed.1, altered.0, altered.1))
}

/// Hands over one file as a part: a mailbox or zip by its contents, anything else as one item.
pub(super) fn file(path: &Path, locator: &str, settings: Settings, visit: &mut dyn Walker) -> bool {
    let outcome = open_file(path).and_then(|mut file| {
        // Stamped before it is read: what changes meanwhile is another file the next time.
        let stamp = stamp(&file)?;
        let name = locator.rsplit('/').next().unwrap_or(locator);
        let place = Part { name: locator, stamp: &stamp };
        let from = match from(visit.begin(place)) {
            None if zip::may_be_one(name) => return Ok(zip::whole(file, place, None, settings, visit)),
            None => return Ok(true),
            Some(mark) => mark,
        };
        let (head, size) = (head(&mut file)?, file.metadata()?.len());
        let more = if mbox::is_mbox(name, head.as_ref()) {
            file.seek(SeekFrom::Start(from.at))?;
            mbox::messages(file, locator, settings, from, visit)
        } else if pst::is_pst(head.as_ref()) {
            pst::messages(file, locator, settings, from, visit)
        } else if zip::is_zip(name, head.as_ref()) && !zip::is_locked(path, settings) {
            return Ok(zip::whole(file, place, Some(from), settings, visit));
        } else if let Some(packed) = tar::is_one(name, head.as_ref()).filter(|_| size > settings.item) {
            file.rewind()?;
            tar::members(file, packed, locator, settings, from, visit)
        } else if from.number > 0 {
            true
        } else {
            let (bytes, truncated_from) = take(head.chain_file(file), size, settings.item)?;
            visit.item(SourceItem { locator: locator.to_owned(), name: name.to_owned(), bytes: Ok(bytes), truncated_from }, ONE)
        };
        Ok(ended(more, visit))
    });
    outcome.unwrap_or_else(|error| visit.item(failed(locator, reason(&error)), None))
}

/// Says that a part was read to its end, if it was.
pub(super) fn ended(more: bool, visit: &mut dyn Walker) -> bool {
    if more {
        visit.end();
    }
    more
}

/// From where a part is read; `None` when it need not be.
pub(super) fn from(start: Start) -> Option<Mark> {
    match start {
        Start::Known => None,
        Start::Beginning => Some(Mark::default()),
        Start::After(mark) => Some(mark),
    }
}

/// The mark behind the only item of a part.
pub(super) const ONE: Option<Mark> = Some(Mark { number: 1, at: 0 });

/// An item that could not be read.
pub(super) fn failed(locator: &str, reason: &str) -> SourceItem {
    let name = locator.rsplit('/').next().unwrap_or(locator).to_owned();
    SourceItem { locator: locator.to_owned(), name, bytes: Err(reason.to_owned()), truncated_from: None }
}

/// The first bytes of a file, read ahead to see what it is.
pub(super) struct Head {
    bytes: [u8; 512],
    length: usize,
}

impl AsRef<[u8]> for Head {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Head {
    /// The whole file again: the head, then the rest.
    pub(super) fn chain_file(self, file: File) -> impl Read {
        let length = self.length as u64;
        io::Cursor::new(self.bytes).take(length).chain(file)
    }
}

/// Reads the head of a file.
pub(super) fn head(file: &mut File) -> io::Result<Head> {
    let mut head = Head { bytes: [0; 512], length: 0 };
    while head.length < head.bytes.len() {
        match file.read(head.bytes.get_mut(head.length..).unwrap_or_default()) {
            Ok(0) => break,
            Ok(read) => head.length += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(head)
}
