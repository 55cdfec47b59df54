//! Office 97-2003: DOC, XLS, PPT.

use std::fmt::Write as _;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xls};
use finder::document::{DocumentKind, PartKind};

use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    if let Ok(book) = Xls::new(Cursor::new(item.bytes)) {
        let mut writing = Writing::default();
        writing.part(PartKind::Body, |out| workbook(book, out));
        taking.document(About { kind: DocumentKind::Sheet, title: String::new(), date: None }, item, writing);
        return Ok(());
    }
    let document = undoc::parse_bytes(item.bytes).map_err(|error| match error.kind() {
        undoc::ErrorKind::Encrypted => Reason::from("is encrypted"),
        _ => Reason::from("an old Office document that could not be read"),
    })?;
    let mut facts = Facts::default();
    facts.add("Title", document.metadata.title.as_deref().unwrap_or_default());
    facts.add("Author", document.metadata.author.as_deref().unwrap_or_default());
    facts.add("Subject", document.metadata.subject.as_deref().unwrap_or_default());
    let text = document.plain_text();
    let mut writing = Writing::sized(text.len());
    writing.body(&text);
    writing.metadata(&facts);
    let slides = crate::extract::sniff::extension(item.name) == "ppt";
    let kind = if slides { DocumentKind::Slides } else { DocumentKind::Word };
    let title = facts.first("Title").to_owned();
    taking.document(About { kind, title, date: None }, item, writing);
    Ok(())
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
