//! Office 97-2003: DOC, XLS, PPT.

use std::borrow::Cow;
use std::io::Read as _;

use finder::document::{DocumentKind, PartKind};
use flate2::read::ZlibDecoder;

use super::office::end_line;
use super::ole::{Ole, word};
use super::xls::Sheets;
use super::{art, compound, scraps, slides_97, summary, word_97, xls};
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};
use crate::extract::{HOLDS_PICTURES, READ_IN_PART, inflate};

/// The stream of a presentation.
const SHOW: &str = "PowerPoint Document";
/// Streams in which a letter and slides keep pictures; a letter keeps some behind its text.
const PICTURES: &[&str] = &["Data", "Pictures"];
const ENCRYPTED: &str = "is encrypted";
/// Said of one that is damaged.
pub(super) const UNREAD: &str = "an old Office document that could not be read";

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    match Ole::open(item.bytes) {
        Some(ole) => read_or(taking, item, &ole, UNREAD),
        None => bare(taking, item),
    }
}

/// A workbook that stands in no compound file.
fn bare(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut facts = Facts::default();
    let grid = taking.grid.take();
    match xls::read_bare(item.bytes, &taking.limits.passwords, &mut facts, taking.limits.text, grid) {
        Ok(mut sheets) => {
            let writing = written(taking, &mut sheets, &facts);
            taking.document(About { kind: DocumentKind::Sheet, title: String::new(), date: None }, item, writing);
            Ok(())
        }
        Err(reason) if reason.starts_with(ENCRYPTED) => Err(reason),
        Err(_) => scraps::take(taking, item, UNREAD),
    }
}

/// A workbook: its cells, then comments and boxes, then facts.
fn written(taking: &mut Taking<'_>, sheets: &mut Sheets, facts: &Facts) -> Writing {
    taking.grid = sheets.grid.take();
    if !sheets.whole {
        taking.unreadable(READ_IN_PART);
    }
    let mut writing = Writing::sized(sheets.cells.len() + sheets.notes.len() + 256);
    writing.part(PartKind::Body, |out| {
        out.push_str(&sheets.cells);
        end_line(out);
    });
    writing.part(PartKind::Metadata, |out| out.push_str(&sheets.notes));
    writing.metadata(facts);
    writing
}

/// Reads an opened file; with what is said when it is no such document.
pub(super) fn read_or(taking: &mut Taking<'_>, item: Item<'_>, ole: &Ole<'_>, otherwise: &'static str) -> Result<(), Reason> {
    if is_read(taking, item.name, ole)? { Ok(()) } else { scraps::take(taking, item, otherwise) }
}

/// Reads an opened file. Whether it is such a document and can be read.
pub(super) fn is_read(taking: &mut Taking<'_>, name: &str, ole: &Ole<'_>) -> Result<bool, Reason> {
    let mut facts = Facts::default();
    let mut show = ole.stream(SHOW);
    let mut locked = false;
    if let Some(opened) = show.as_deref().map(|show| slides_97::opened(ole, show, &taking.limits.passwords)) {
        let opened = opened?;
        locked = opened.is_some();
        show = opened.map_or(show, |plain| Some(plain.into()));
    }
    let read = match &show {
        _ if ole.has("Workbook") || ole.has("Book") => workbook(taking, ole, &mut facts),
        _ if ole.has("WordDocument") || show.is_some() => prose(taking, ole, show.as_deref(), &mut facts),
        // No document itself, but others in it.
        _ => return Ok(compound::carried(taking, ole) > 0),
    };
    let Read { kind, writing, drawings } = match read {
        Ok(read) => read,
        Err(reason) if reason.starts_with(ENCRYPTED) => return Err(reason),
        Err(_) => return Ok(false),
    };
    if taking.grid.is_some() {
        return Ok(true);
    }
    let title = facts.first("Title").to_owned();
    taking.document(About { kind, title, date: None }, Item { name, bytes: &[] }, writing);
    let number = compound::carried(taking, ole);
    let number = on_slides(taking, number, &show.unwrap_or_default());
    let number = art::pictures(taking, number, &drawings);
    with_pictures(taking, ole, number, locked || word_97::is_locked(ole));
    Ok(true)
}

/// Takes the pictures of a letter or of slides. Those under a password are in a lock of their own and listed.
fn with_pictures(taking: &mut Taking<'_>, ole: &Ole<'_>, mut number: usize, locked: bool) {
    if locked {
        if PICTURES.iter().any(|name| ole.stream(name).is_some_and(|stream| !stream.is_empty())) {
            taking.unreadable(HOLDS_PICTURES);
        }
        return;
    }
    for stream in ["WordDocument"].iter().chain(PICTURES).filter_map(|name| ole.stream(name)) {
        number = art::pictures(taking, number, &stream);
    }
}

/// What was read of a document.
struct Read {
    kind: DocumentKind,
    writing: Writing,
    /// The pictures of a workbook, which lie among its cells.
    drawings: Vec<u8>,
}

fn workbook(taking: &mut Taking<'_>, ole: &Ole<'_>, facts: &mut Facts) -> Result<Read, Reason> {
    let grid = taking.grid.take();
    let mut sheets = xls::read(ole, &taking.limits.passwords, facts, taking.limits.text, grid)?;
    summary::note(ole, facts);
    let writing = written(taking, &mut sheets, facts);
    Ok(Read { kind: DocumentKind::Sheet, writing, drawings: sheets.drawings })
}

/// A letter or slides.
fn prose(taking: &Taking<'_>, ole: &Ole<'_>, show: Option<&[u8]>, facts: &mut Facts) -> Result<Read, Reason> {
    let limit = taking.limits.text;
    let (kind, text) = match show {
        Some(show) if !ole.has("WordDocument") => (DocumentKind::Slides, slides_97::read(ole, show, facts, limit)),
        _ => (DocumentKind::Word, word_97::read(ole, &taking.limits.passwords, facts, limit)?),
    };
    summary::note(ole, facts);
    let mut writing = Writing::sized(text.len() + 256);
    if text.trim().is_empty() {
        // Text that stands in a way of its own.
        let story = ole.stream("WordDocument");
        writing.body(&scraps::of(story.as_deref().or(show).unwrap_or_default()));
    } else {
        writing.part(PartKind::Body, |out| out.push_str(&text));
    }
    writing.metadata(facts);
    Ok(Read { kind, writing, drawings: Vec::new() })
}

/// Files embedded in slides: records of the stream, packed with zlib behind their length. The number of the last.
fn on_slides(taking: &mut Taking<'_>, before: usize, show: &[u8]) -> usize {
    let mut number = before;
    for record in slides_97::records(show).filter(|record| record.kind == 0x1011) {
        number += 1;
        let packed = record.head & 0x10 != 0;
        let body = if packed { record.content.get(4..).unwrap_or_default() } else { record.content };
        let bytes = if packed {
            // Some programs leave out the end of what is packed: the length in front says when all is there.
            let length = word(record.content, 0).unwrap_or_default();
            let allowed = taking.may_unpack(body.len() as u64, length.into()).then_some(length as usize);
            if let Some(bytes) = allowed.and_then(|length| inflate::of_zlib(body, length)) {
                taking.count(bytes.len()).map(|()| Cow::Owned(bytes))
            } else {
                let length = u64::from(length);
                taking.unpack_to(body.len() as u64, length, ZlibDecoder::new(body).take(length)).map(Cow::Owned)
            }
        } else {
            Ok(Cow::Borrowed(body))
        };
        match bytes {
            Ok(bytes) => taking.child(number, Item { name: "", bytes: &bytes }),
            Err(reason) => taking.unreadable_child(number, "", reason),
        }
    }
    number
}
