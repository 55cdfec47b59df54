//! Reading the table: byte order marks, separators, quotes, rows without an end.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};
use domain::{Refusal, RefusalCode};

use super::super::super::outcome::Ending;

/// A row longer than this is no row: a quote was opened and never closed. Keeps memory in
/// bounds whatever the file holds.
const LONGEST_ROW: u64 = 32 << 20;

/// The first line is looked at whole up to here, to find out what separates the columns.
const HEAD: u64 = 1 << 20;

/// Bytes read at a time.
const CHUNK: usize = 1 << 18;

/// Separators that are recognised without being told.
const SEPARATORS: [u8; 4] = *b",;\t|";

/// A table that is read row by row.
pub(super) struct Table {
    reader: csv::Reader<Limited>,
    header: ByteRecord,
    record: ByteRecord,
    since: Rc<Cell<u64>>,
    delimiter: u8,
}

impl Table {
    /// Opens a file, or standard input for `-`.
    ///
    /// # Errors
    /// `RET-003` when it cannot be read, is empty, or is no text in UTF-8 or a superset of ASCII.
    pub(super) fn open(path: &Path, delimiter: Option<u8>) -> Result<Self, Ending> {
        if path == Path::new("-") {
            return Self::from_reader(Box::new(io::stdin()), delimiter);
        }
        let unreadable = |_| refuse(format!("`{}` cannot be read.", path.display()));
        let file = File::open(path).map_err(unreadable)?;
        if file.metadata().map_err(unreadable)?.is_dir() {
            return Err(refuse(format!("`{}` is a folder.", path.display())).into());
        }
        Self::from_reader(Box::new(file), delimiter)
    }

    /// Reads from anything.
    ///
    /// # Errors
    /// As [`Table::open`].
    pub(super) fn from_reader(input: Box<dyn Read>, delimiter: Option<u8>) -> Result<Self, Ending> {
        let mut input = BufReader::with_capacity(CHUNK, input);
        let mut head = Vec::new();
        (&mut input).take(HEAD).read_until(b'\n', &mut head)?;
        if let [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] = head.as_slice() {
            return Err(refuse("It is in UTF-16. Save it as CSV in UTF-8.").into());
        }
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(refuse("It is a workbook or an archive, not a CSV file. Save the sheet as CSV in UTF-8.").into());
        }
        let text = head.strip_prefix(b"\xEF\xBB\xBF".as_slice()).unwrap_or(&head);
        if text.trim_ascii().is_empty() && input.fill_buf()?.is_empty() {
            return Err(refuse("It is empty.").into());
        }
        let delimiter = delimiter.unwrap_or_else(|| separator(text));
        let since = Rc::new(Cell::new(0));
        let whole = Cursor::new(text.to_vec()).chain(input);
        let limited = Limited { inner: Box::new(whole), since: Rc::clone(&since) };
        let mut reader =
            ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).buffer_capacity(CHUNK).from_reader(limited);
        let mut header = ByteRecord::new();
        reader.read_byte_record(&mut header).map_err(|error| unread(error, 1))?;
        Ok(Self { reader, header, record: ByteRecord::new(), since, delimiter })
    }

    /// The names of the columns.
    pub(super) fn header(&self) -> &ByteRecord {
        &self.header
    }

    /// What separates the columns.
    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// How far the reading has come, in bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.reader.position().byte()
    }

    /// The next row, or nothing at the end.
    ///
    /// # Errors
    /// `RET-003` when a row has no end within reason; otherwise what the machine says.
    pub(super) fn next(&mut self) -> Result<Option<&ByteRecord>, Ending> {
        self.since.set(0);
        let line = self.reader.position().line();
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => Ok(Some(&self.record)),
            Ok(false) => Ok(None),
            Err(error) => Err(unread(error, line)),
        }
    }
}

fn refuse(what: impl Into<String>) -> Refusal {
    Refusal::new(RefusalCode::HoldingsUnreadable, what)
}

fn unread(error: csv::Error, line: u64) -> Ending {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if is_endless(&error) => refuse(format!(
            "The row that begins on line {line} has no end within {} megabytes: a quote is opened there and not closed. \
             The rows before it were evaluated.",
            LONGEST_ROW >> 20
        ))
        .into(),
        csv::ErrorKind::Io(error) => error.into(),
        other => Ending::Failed(anyhow::anyhow!("the table: {other:?}")),
    }
}

/// What stands most often in the first line outside quotes.
fn separator(head: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [0_usize; SEPARATORS.len()];
    for byte in head {
        if *byte == b'"' {
            quoted = !quoted;
        }
        let place = SEPARATORS.iter().position(|separator| separator == byte).filter(|_| !quoted);
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count += 1;
        }
    }
    // Of equals the first, which is the comma.
    let best = SEPARATORS.iter().zip(counts).rev().max_by_key(|(_, count)| *count);
    best.map_or(b',', |(separator, _)| *separator)
}

/// A row that does not end.
#[derive(Debug, thiserror::Error)]
#[error("a row does not end")]
struct Endless;

fn is_endless(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.downcast_ref::<Endless>().is_some())
}

/// Counts what is read since a row began, and stops at [`LONGEST_ROW`].
struct Limited {
    inner: Box<dyn Read>,
    since: Rc<Cell<u64>>,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > LONGEST_ROW {
            return Err(io::Error::other(Endless));
        }
        let count = self.inner.read(buffer)?;
        self.since.set(self.since.get() + count as u64);
        Ok(count)
    }
}
