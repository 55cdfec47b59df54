//! An mbox: messages one after another, each behind a line `From sender date`. Read line by
//! line, so that its size does not matter.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use domain::Refusal;
use memchr::{memchr, memmem};
use services::ports::{Mark, Source, SourceItem, Walker};

use super::entry;
use super::{Settings, unreadable};
use crate::extract::extension;

/// Bytes of a line taken in one go.
const PIECE: u64 = 1 << 20;

struct Mbox {
    path: PathBuf,
    name: String,
    settings: Settings,
}

pub(super) fn recognise(path: &Path) -> bool {
    let Ok(mut file) = entry::open_file(path) else { return false };
    let name = path.file_name().map(super::folder::readable).unwrap_or_default();
    entry::head(&mut file).is_ok_and(|head| is_mbox(&name, head.as_ref()))
}

/// Whether a file is an mbox: by its first line, unless its name says it is one message.
pub(super) fn is_mbox(name: &str, bytes: &[u8]) -> bool {
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let single = matches!(extension(name).as_str(), "eml" | "txt" | "htm" | "html" | "csv");
    bytes.starts_with(b"From ") && !single && (extension(name) == "mbox" || is_asctime(first))
}

/// Whether bytes are an mbox of more than one message: a single one is read as a message.
pub(crate) fn holds_several(name: &str, bytes: &[u8]) -> bool {
    let first = |bytes: &[u8]| is_asctime(bytes.split(|b| *b == b'\n').next().unwrap_or_default());
    is_mbox(name, bytes.get(..bytes.len().min(512)).unwrap_or_default())
        && memmem::find_iter(bytes, b"\nFrom ").any(|at| {
            let (before, line) = bytes.split_at(at + 1);
            (before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n")) && first(line)
        })
}

pub(super) fn open(path: &Path, settings: Settings) -> Result<Box<dyn Source>, Refusal> {
    entry::open_file(path).map_err(|error| unreadable(&error))?;
    let name = path.file_name().map(super::folder::readable).unwrap_or_default();
    Ok(Box::new(Mbox { path: path.to_owned(), name, settings }))
}

impl Source for Mbox {
    fn title(&self) -> String {
        "mailbox (mbox)".to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        entry::file(&self.path, &self.name, self.settings, visit);
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        None
    }

    fn size(&self) -> Option<u64> {
        std::fs::metadata(&self.path).ok().map(|told| told.len())
    }
}

/// Hands over all messages of a stream that begins at a mark; `false` when told to stop. The mark behind a message
/// is the first byte of the line `From ` after it.
pub(crate) fn messages(stream: impl Read, locator: &str, settings: Settings, from: Mark, visit: &mut dyn Walker) -> bool {
    let (number, limit) = (from.number, settings.item as usize);
    let mut cutter = Cutter { visit, locator, limit, number, message: Vec::new(), size: 0, open: false };
    let mut lines = Lines::new(stream, from.at);
    // A line `From ...` behind an empty one may begin a message; the next line decides.
    let (mut candidate, mut after_blank): (Option<(Vec<u8>, u64)>, bool) = (None, true);
    loop {
        let piece = match lines.next() {
            Ok(Some(piece)) => piece,
            Ok(None) => break,
            Err(error) => {
                let whole = cutter.finish(None);
                let failed = entry::failed(&format!("{locator}#{}", cutter.number + 1), entry::reason(&error));
                return whole && cutter.visit.item(failed, None);
            }
        };
        if let Some((line, at)) = candidate.take() {
            let begins = is_asctime(&line) || (piece.first && is_field(piece.bytes));
            if !begins {
                cutter.line(&line);
            } else if !cutter.begin(at) {
                return false;
            }
            after_blank = false;
        }
        if piece.first && after_blank && piece.bytes.starts_with(b"From ") {
            candidate = Some((piece.bytes.to_vec(), piece.at));
            continue;
        }
        after_blank = piece.first && matches!(piece.bytes, b"\n" | b"\r\n");
        cutter.line(if piece.first { unescaped(piece.bytes) } else { piece.bytes });
    }
    if let Some((line, at)) = candidate {
        if !is_asctime(&line) {
            cutter.line(&line);
        } else if !cutter.begin(at) {
            return false;
        }
    }
    cutter.finish(Some(lines.at))
}

/// The lines of a mailbox; one longer than [`PIECE`] comes in several pieces.
struct Lines<F> {
    from: BufReader<F>,
    line: Vec<u8>,
    /// Where the next piece begins.
    at: u64,
    within: bool,
}

/// A line or a part of one.
struct Piece<'l> {
    bytes: &'l [u8],
    /// Its first byte in the file.
    at: u64,
    /// It begins a line.
    first: bool,
}

impl<F: Read> Lines<F> {
    fn new(file: F, at: u64) -> Self {
        Self { from: BufReader::with_capacity(256 << 10, file), line: Vec::new(), at, within: false }
    }

    fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        self.line.clear();
        let read = (&mut self.from).take(PIECE).read_until(b'\n', &mut self.line)?;
        let (at, first) = (self.at, !self.within);
        self.at += read as u64;
        self.within = !self.line.ends_with(b"\n");
        Ok((read > 0).then_some(Piece { bytes: &self.line, at, first }))
    }
}

/// Cuts the stream into messages.
struct Cutter<'c> {
    visit: &'c mut dyn Walker,
    locator: &'c str,
    limit: usize,
    number: u64,
    message: Vec<u8>,
    size: u64,
    open: bool,
}

impl Cutter<'_> {
    /// Ends the message before and begins the next one, whose first line is at this byte.
    fn begin(&mut self, at: u64) -> bool {
        let more = self.finish(Some(at));
        self.open = true;
        more
    }

    fn line(&mut self, line: &[u8]) {
        self.open |= !line.trim_ascii().is_empty();
        if self.open {
            self.size += line.len() as u64;
            let room = self.limit.saturating_sub(self.message.len());
            self.message.extend_from_slice(line.get(..line.len().min(room)).unwrap_or_default());
        }
    }

    /// Hands over the message, if there is one. Without the byte behind it, it broke off.
    fn finish(&mut self, at: Option<u64>) -> bool {
        if !std::mem::take(&mut self.open) {
            return true;
        }
        self.number += 1;
        let size = std::mem::take(&mut self.size);
        let mut bytes = std::mem::replace(&mut self.message, Vec::with_capacity(8 << 10));
        let truncated_from = (size > bytes.len() as u64).then_some(size);
        // The empty line before the next `From ` belongs to the mailbox.
        if truncated_from.is_none() {
            let end = if bytes.ends_with(b"\n\r\n") { 2 } else { usize::from(bytes.ends_with(b"\n\n")) };
            bytes.truncate(bytes.len() - end);
        }
        let locator = format!("{}#{}", self.locator, self.number);
        let name = format!("{}.eml", self.number);
        let mark = at.map(|at| Mark { number: self.number, at });
        self.visit.item(SourceItem { locator, name, bytes: Ok(bytes), truncated_from }, mark)
    }
}

/// `>From ` in a body was `From ` (mboxrd, and mboxo in most cases).
fn unescaped(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|b| **b == b'>').count();
    if marks > 0 && line.get(marks..).is_some_and(|rest| rest.starts_with(b"From ")) { line.get(1..).unwrap_or_default() } else { line }
}

/// Whether a line `From ...` ends in a date as `asctime` writes it: a weekday and a time.
fn is_asctime(line: &[u8]) -> bool {
    let days: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    let day = line.split(|b| *b == b' ').any(|word| days.contains(&word.strip_suffix(b",").unwrap_or(word)));
    let time = line.windows(5).any(|w| matches!(w, [a, b, b':', c, d] if [a, b, c, d].iter().all(|x| x.is_ascii_digit())));
    day && time
}

/// Whether a line is a header field.
fn is_field(line: &[u8]) -> bool {
    let Some(colon) = memchr(b':', line) else { return false };
    let name = line.get(..colon).unwrap_or_default();
    let (long, plain) = (name.len() >= 2, name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_'));
    long && plain && line.get(colon + 1).is_some_and(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'))
}
