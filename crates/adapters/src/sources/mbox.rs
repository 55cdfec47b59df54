//! An mbox: messages one after another, each behind a line `From sender date`. Read line by
//! line, so that its size does not matter.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use domain::Refusal;
use memchr::memchr;
use services::ports::{Source, SourceItem};

use super::entry::{self, Each};
use super::{Settings, unreadable};
use crate::extract::extension;

struct Mbox {
    path: PathBuf,
    name: String,
    settings: Settings,
}

pub(super) fn recognise(path: &Path) -> bool {
    let Ok(mut file) = entry::open_file(path) else { return false };
    let name = path.file_name().map(super::folder::readable).unwrap_or_default();
    entry::head(&mut file).is_ok_and(|head| is_mbox(&name, &head))
}

/// Whether a file is an mbox: by its first line, unless its name says it is one message.
pub(super) fn is_mbox(name: &str, head: &entry::Head) -> bool {
    let bytes = head.as_ref();
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let single = matches!(extension(name).as_str(), "eml" | "txt" | "htm" | "html" | "csv");
    bytes.starts_with(b"From ") && !single && (extension(name) == "mbox" || is_asctime(first))
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

    fn items(&self, each: &mut dyn FnMut(SourceItem) -> bool) -> Result<(), Refusal> {
        let file = entry::open_file(&self.path).map_err(|error| unreadable(&error))?;
        messages(file, &self.name, self.settings, each);
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        None
    }
}

/// Hands over all messages of a stream; `false` when told to stop.
pub(super) fn messages(stream: impl Read, locator: &str, settings: Settings, each: &mut Each<'_>) -> bool {
    let mut cutter = Cutter { each, locator, limit: settings.item as usize, number: 0, message: Vec::new(), size: 0, open: false };
    let mut lines = BufReader::with_capacity(256 << 10, stream);
    // A line `From ...` behind an empty one may begin a message; the next line decides.
    let (mut candidate, mut after_blank, mut line) = (Vec::new(), true, Vec::new());
    loop {
        line.clear();
        match read_line(&mut lines, &mut line, cutter.limit) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => {
                let whole = cutter.finish();
                return whole && (cutter.each)(entry::failed(&format!("{locator}#{}", cutter.number + 1), entry::reason(&error)));
            }
        }
        if !candidate.is_empty() {
            let begins = is_asctime(&candidate) || is_field(&line);
            if begins && !cutter.begin() {
                return false;
            }
            if !begins {
                cutter.line(&candidate);
            }
            candidate.clear();
            after_blank = false;
        }
        if after_blank && line.starts_with(b"From ") {
            candidate.clone_from(&line);
            continue;
        }
        after_blank = matches!(line.as_slice(), b"\n" | b"\r\n");
        cutter.line(unescaped(&line));
    }
    if !candidate.is_empty() {
        if is_asctime(&candidate) {
            cutter.begin()
        } else {
            true
        };
        cutter.line(&[]);
    }
    cutter.finish()
}

/// Cuts the stream into messages.
struct Cutter<'c, 'e> {
    each: &'c mut Each<'e>,
    locator: &'c str,
    limit: usize,
    number: u64,
    message: Vec<u8>,
    size: u64,
    open: bool,
}

impl Cutter<'_, '_> {
    /// Ends the message before and begins the next one.
    fn begin(&mut self) -> bool {
        let more = self.finish();
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

    /// Hands over the message, if there is one.
    fn finish(&mut self) -> bool {
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
        (self.each)(SourceItem { locator, name, bytes: Ok(bytes), truncated_from })
    }
}

/// Reads a line; one longer than `limit` comes in several pieces.
fn read_line(from: &mut impl BufRead, line: &mut Vec<u8>, limit: usize) -> std::io::Result<usize> {
    from.take(limit.max(4_096) as u64).read_until(b'\n', line)
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
