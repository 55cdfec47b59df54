//! Office 97-2003: DOC, XLS, PPT.

use std::fmt::Write as _;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xls, XlsError};
use finder::document::{DocumentKind, PartKind};
use flate2::read::ZlibDecoder;

use super::ole::Ole;
use super::{compound, scraps, slides_97, summary, word_97};
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

/// The stream of a presentation.
const SHOW: &str = "PowerPoint Document";

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    match Ole::open(item.bytes) {
        Some(ole) => read_or(taking, item, &ole, "an old Office document that could not be read"),
        None => match before_97(item.bytes) {
            // A workbook that stands in no compound file.
            Ok(text) => {
                let mut writing = Writing::sized(text.len());
                writing.body(&text);
                taking.document(About { kind: DocumentKind::Sheet, title: String::new(), date: None }, item, writing);
                Ok(())
            }
            Err(_) => scraps::take(taking, item, "an old Office document that could not be read"),
        },
    }
}

/// Reads an opened file; with what is said when it is no such document.
pub(super) fn read_or(taking: &mut Taking<'_>, item: Item<'_>, ole: &Ole<'_>, otherwise: &'static str) -> Result<(), Reason> {
    let mut facts = Facts::default();
    let limit = taking.limits.text;
    let show = ole.stream(SHOW);
    let (kind, text) = match &show {
        _ if ole.has("Workbook") || ole.has("Book") => (DocumentKind::Sheet, workbook(item.bytes)),
        _ if ole.has("WordDocument") => (DocumentKind::Word, word_97::read(ole, &mut facts, limit)),
        Some(show) => (DocumentKind::Slides, slides_97::read(ole, show, &mut facts, limit)),
        None => return scraps::take(taking, item, otherwise),
    };
    let text = match text {
        Ok(text) => text,
        Err(reason) if reason == "is encrypted" => return Err(reason),
        Err(_) => return scraps::take(taking, item, otherwise),
    };
    summary::note(ole, &mut facts);
    let mut writing = Writing::sized(text.len() + 256);
    if text.trim().is_empty() {
        // Text that stands in a way of its own.
        let story = ole.stream("WordDocument").or_else(|| show.clone()).unwrap_or_default();
        writing.body(&scraps::of(&story));
    } else {
        writing.part(PartKind::Body, |out| out.push_str(&text));
    }
    writing.metadata(&facts);
    let title = facts.first("Title").to_owned();
    taking.document(About { kind, title, date: None }, item, writing);
    let number = compound::carried(taking, ole);
    on_slides(taking, number, &show.unwrap_or_default());
    Ok(())
}

/// Files embedded in slides: records of the stream, packed with zlib behind their length.
fn on_slides(taking: &mut Taking<'_>, before: usize, show: &[u8]) {
    for (number, record) in slides_97::records(show).filter(|record| record.kind == 0x1011).enumerate() {
        let number = before + number + 1;
        let packed = record.head & 0x10 != 0;
        let body = if packed { record.content.get(4..).unwrap_or_default() } else { record.content };
        let bytes = if packed { taking.unpack(body.len() as u64, ZlibDecoder::new(body)) } else { Ok(body.to_vec()) };
        match bytes {
            Ok(bytes) => taking.child(number, Item { name: "", bytes: &bytes }),
            Err(reason) => taking.unreadable_child(number, "", reason),
        }
    }
}

fn workbook(bytes: &[u8]) -> Result<String, Reason> {
    let mut book = match Xls::new(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(XlsError::Password) => return Err("is encrypted".into()),
        Err(_) => return before_97(bytes),
    };
    let mut out = String::new();
    for (name, range) in book.worksheets() {
        let _ = writeln!(out, "Sheet {name}");
        for row in range.rows() {
            let mut first = true;
            for cell in row.iter().filter(|cell| **cell != Data::Empty) {
                if !std::mem::take(&mut first) {
                    out.push_str(" | ");
                }
                let _ = match cell {
                    Data::DateTime(moment) => super::book::date(&mut out, moment),
                    other => write!(out, "{other}"),
                };
            }
            if !first {
                out.push('\n');
            }
        }
    }
    Ok(out)
}

/// A workbook older than Excel 97.
fn before_97(bytes: &[u8]) -> Result<String, Reason> {
    match undoc::parse_bytes(bytes) {
        Ok(book) => Ok(book.plain_text()),
        Err(error) if error.kind() == undoc::ErrorKind::Encrypted => Err("is encrypted".into()),
        Err(_) => Err("is damaged or cut off".into()),
    }
}
