//! The readers one by one, for trying out spoilt files.

use finder::document::Extraction;

use super::inprocess::{extract, settled};
use super::limits::Limits;
use super::passwords::Passwords;
use super::readers::{READERS, reader_for};
use super::sniff::{Format, sniff};
use super::taking::{Item, Taking};
use super::wire::{Up, raster, receive, send};

/// What opens the good files that are locked.
const PASSWORD: &str = "tiger moth";

/// What a spoilt file may turn into; less than a good one, so that many can be tried.
pub(crate) fn limits() -> Limits {
    let passwords = Passwords::of(PASSWORD).unwrap_or_default();
    Limits { unpacked: 16 << 20, text: 4 << 20, documents: 500, pages: 20, passwords, ..Limits::default() }
}

/// The name of a format among those that are tried.
fn named(format: Format) -> String {
    format!("{format:?}").to_lowercase()
}

/// Every reader: the name of its format, and the format.
pub(crate) fn readers() -> Vec<(String, Format)> {
    READERS.iter().map(|reader| (named(reader.format), reader.format)).collect()
}

/// Which reader a file goes to.
pub(crate) fn reader_of(name: &str, bytes: &[u8]) -> String {
    named(sniff(name, bytes))
}

/// Reads bytes as a format, whatever they are.
///
/// # Errors
/// What does not hold for the outcome.
pub(crate) fn read(format: Format, bytes: &[u8]) -> Result<(), String> {
    let limits = limits();
    let mut taking = Taking::new(&limits);
    taking.read_with(reader_for(format), Item { name: "", bytes });
    sound(bytes, &settled(taking))
}

/// Reads bytes as what they look like.
///
/// # Errors
/// What does not hold for the outcome.
pub(crate) fn recognised(bytes: &[u8]) -> Result<(), String> {
    sound(bytes, &extract(&limits(), "", bytes))
}

/// Reads the rows of a workbook.
///
/// # Errors
/// What does not hold for the outcome.
pub(crate) fn sheets(bytes: &[u8]) -> Result<(), String> {
    for sheet in super::inprocess::sheets(&limits(), "", bytes).unwrap_or_default() {
        let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(sheet.csv.as_bytes());
        if rows.records().any(|row| row.is_err()) {
            return Err("rows that cannot be read again".to_owned());
        }
    }
    Ok(())
}

/// What holds for every extraction, whatever came in.
fn sound(bytes: &[u8], extraction: &Extraction) -> Result<(), String> {
    if extraction.documents.is_empty() && extraction.unreadable.is_empty() && !bytes.is_empty() {
        return Err("the item is lost without a line".to_owned());
    }
    for document in &extraction.documents {
        let (text, mut end) = (&document.text, 0);
        for part in &document.parts {
            if part.start < end || part.end <= part.start || !text.is_char_boundary(part.start) || !text.is_char_boundary(part.end) {
                return Err("the parts of the text overlap, are empty, or break a letter".to_owned());
            }
            end = part.end;
        }
        if end > text.len() || text.contains(['\r', '\0']) {
            return Err("the text is shorter than its parts, or holds what no text holds".to_owned());
        }
    }
    Ok(())
}

/// Reads what a child says, as the parent does.
pub(crate) fn answers(bytes: &[u8]) {
    let (mut from, mut buffer) = (bytes, Vec::new());
    while let Ok(Some(up)) = receive::<Up>(&mut from, &mut buffer) {
        if let Up::Drawn(_, Some(size)) = up
            && raster(&mut from, size).is_err()
        {
            return;
        }
    }
}

/// What a child says about a small message.
pub(crate) fn said() -> Vec<u8> {
    let message =
        b"From: Ada <ada@mail.example>\nTo: b@c.example\nDate: Mon, 2 Nov 2026 10:00:00 +0000\nMessage-ID: <1@c>\nSubject: s\n\nbody\n";
    let (mut out, mut buffer) = (Vec::new(), Vec::new());
    for (number, bytes) in [&message[..], b"plain", b"\x7FELF"].into_iter().enumerate() {
        // Writing to memory does not fail.
        let _ = send(&mut out, &Up::Answer(number as u32, extract(&limits(), "", bytes), Vec::new()), &mut buffer);
    }
    out
}
