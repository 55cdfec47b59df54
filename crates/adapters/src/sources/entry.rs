//! Reading one file as far as is allowed, and opening what holds several items.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use services::ports::SourceItem;

use super::{Settings, mbox, pst, zip};

/// What receives the items; `false` means stop.
pub(super) type Each<'e> = dyn FnMut(SourceItem) -> bool + 'e;

/// Why a file could not be read, in plain words.
pub(super) fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::NotFound => "does not exist",
        ErrorKind::PermissionDenied => "may not be read",
        ErrorKind::UnexpectedEof => "ends too early",
        _ => "could not be read",
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

/// Hands over one file: a mailbox or zip by its contents, anything else as one item.
pub(super) fn file(path: &Path, locator: &str, settings: Settings, each: &mut Each<'_>) -> bool {
    let name = locator.rsplit('/').next().unwrap_or(locator);
    let outcome = open_file(path).and_then(|mut file| {
        let size = file.metadata()?.len();
        let head = head(&mut file)?;
        if mbox::is_mbox(name, &head) {
            return Ok(mbox::messages(head.chain_file(file), locator, settings, each));
        }
        if pst::is_pst(head.as_ref()) {
            return Ok(pst::messages(file, locator, settings, each));
        }
        if zip::is_zip(name, head.as_ref()) {
            return Ok(zip::members(file, locator, settings, each));
        }
        let (bytes, truncated_from) = take(head.chain_file(file), size, settings.item)?;
        Ok(each(SourceItem { locator: locator.to_owned(), name: name.to_owned(), bytes: Ok(bytes), truncated_from }))
    });
    outcome.unwrap_or_else(|error| each(failed(locator, reason(&error))))
}

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
