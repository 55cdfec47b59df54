//! Office 97-2003: DOC, XLS, PPT.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xls};
use cfb::CompoundFile;
use finder::document::{DocumentKind, PartKind};
use flate2::read::ZlibDecoder;

use super::{compound, scraps};
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    read_or(taking, item, "an old Office document that could not be read")
}

/// The same, with what is said when it is no such document.
pub(super) fn read_or(taking: &mut Taking<'_>, item: Item<'_>, otherwise: &'static str) -> Result<(), Reason> {
    if let Ok(book) = Xls::new(Cursor::new(item.bytes)) {
        let mut writing = Writing::default();
        writing.part(PartKind::Body, |out| workbook(book, out));
        taking.document(About { kind: DocumentKind::Sheet, title: String::new(), date: None }, item, writing);
        compound::carried(taking, item.bytes);
        return Ok(());
    }
    let document = match undoc::parse_bytes(item.bytes) {
        Ok(document) => document,
        Err(error) if error.kind() == undoc::ErrorKind::Encrypted => return Err("is encrypted".into()),
        Err(_) => return scraps::take(taking, item, otherwise),
    };
    let mut facts = Facts::default();
    facts.add("Title", document.metadata.title.as_deref().unwrap_or_default());
    facts.add("Author", document.metadata.author.as_deref().unwrap_or_default());
    facts.add("Subject", document.metadata.subject.as_deref().unwrap_or_default());
    let mut text = document.plain_text();
    let show = stream(item.bytes, "PowerPoint Document");
    if text.trim().is_empty() {
        // Text that stands in fields or on master slides alone.
        let story = stream(item.bytes, "WordDocument");
        text = scraps::of(story.as_deref().or(show.as_deref()).unwrap_or_default());
    }
    let mut writing = Writing::sized(text.len());
    writing.body(&text);
    writing.metadata(&facts);
    let kind = if show.is_some() { DocumentKind::Slides } else { DocumentKind::Word };
    let title = facts.first("Title").to_owned();
    taking.document(About { kind, title, date: None }, item, writing);
    let number = compound::carried(taking, item.bytes);
    on_slides(taking, number, &show.unwrap_or_default());
    Ok(())
}

/// A stream in the outermost storage.
fn stream(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    CompoundFile::open(Cursor::new(bytes)).ok()?.open_stream(name).ok()?.read_to_end(&mut out).ok()?;
    Some(out)
}

/// Files embedded in slides: records of the stream, packed with zlib behind their length.
fn on_slides(taking: &mut Taking<'_>, before: usize, show: &[u8]) {
    let (mut rest, mut number) = (show, before);
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let [instance, _, kind, kind_high, a, b, c, d] = *head;
        let Some(content) = after.get(..u32::from_le_bytes([a, b, c, d]) as usize) else { return };
        if u16::from_le_bytes([kind, kind_high]) == 0x1011 {
            number += 1;
            let packed = instance & 0x10 != 0;
            let body = if packed { content.get(4..).unwrap_or_default() } else { content };
            let bytes = if packed { taking.unpack(body.len() as u64, ZlibDecoder::new(body)) } else { Ok(body.to_vec()) };
            match bytes {
                Ok(bytes) => taking.child(number, Item { name: "", bytes: &bytes }),
                Err(reason) => taking.unreadable_child(number, "", reason),
            }
        }
        rest = after.get(content.len()..).unwrap_or_default();
    }
}

fn workbook(mut book: Xls<Cursor<&[u8]>>, out: &mut String) {
    for (name, range) in book.worksheets() {
        let _ = writeln!(out, "Sheet {name}");
        for row in range.rows() {
            let mut first = true;
            for cell in row.iter().filter(|cell| **cell != Data::Empty) {
                if !std::mem::take(&mut first) {
                    out.push_str(" | ");
                }
                let _ = match cell {
                    Data::DateTime(moment) => super::book::date(out, moment),
                    other => write!(out, "{other}"),
                };
            }
            if !first {
                out.push('\n');
            }
        }
    }
}
