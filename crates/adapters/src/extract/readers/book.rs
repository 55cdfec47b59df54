//! Excel workbooks (XLSX, XLSB): all cells of all sheets, hidden ones too, comments, names, and
//! the copies of data that pivot tables keep.

use std::fmt::Write as _;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader as _, Xlsx};
use finder::document::{DocumentKind, PartKind};
use memchr::memmem;

use super::office::{Package, drawing_text, is_xml, plain};
use super::xlsb;
use crate::extract::markup::{Token, tokens};
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut package = Package::open(taking, item.bytes)?;
    let mut facts = Facts::default();
    let mut writing = Writing::sized(item.bytes.len());
    let mut cells = String::new();
    if package.names(|name| name == xlsb::BOOK).is_empty() {
        of_xml(&mut package, taking, item, (&mut cells, &mut facts))?;
    } else if !xlsb::cells(&mut package, taking, &mut facts, &mut cells) {
        taking.unreadable("some of its cells could not be read");
    }
    writing.part(PartKind::Body, |out| out.push_str(&cells));
    let mut notes = String::new();
    for name in package.names(has_notes) {
        let xml = package.text(taking, &name);
        drawing_text(&xml, &mut notes);
        said_by(&xml, &mut facts);
    }
    writing.part(PartKind::Metadata, |out| out.push_str(&notes));
    for name in package.names(|n| n.starts_with("xl/pivotCache/") || n.starts_with("xl/externalLinks/externalLink")) {
        let xml = package.text(taking, &name);
        kept_copies(&xml, &mut facts);
    }
    for name in package.names(|n| n.starts_with("xl/worksheets/sheet")) {
        let xml = package.text(taking, &name);
        if let Some(at) = memmem::find(xml.as_bytes(), b"<headerFooter") {
            facts.add("Header and footer", &plain(xml.get(at..).unwrap_or_default()));
        }
    }
    package.properties(taking, &mut facts);
    writing.metadata(&facts);
    let title = facts.first("Title").to_owned();
    taking.document(About { kind: DocumentKind::Sheet, title, date: None }, item, writing);
    package.embedded(taking);
    Ok(())
}

/// The cells of a workbook whose parts are XML.
fn of_xml(
    package: &mut Package<'_>,
    taking: &mut Taking<'_>,
    item: Item<'_>,
    (cells, facts): (&mut String, &mut Facts),
) -> Result<(), Reason> {
    // The cell reader unpacks by itself: measure first, so that a bomb never gets to it.
    let mut honest = true;
    for name in package.names(|n| n.starts_with("xl/") && is_xml(n)) {
        let bytes = package.bytes(taking, &name)?;
        honest &= !announces_too_much(&bytes);
    }
    let limit = taking.limits.text;
    // A number out of its range makes the cell reader panic.
    let read = AssertUnwindSafe(|| sheets(item.bytes, cells, facts, limit));
    if !honest || catch_unwind(read).ok().flatten().is_none() {
        bare_text(package, taking, cells);
        if cells.trim().is_empty() {
            return Err("is damaged or cut off".into());
        }
        taking.unreadable("some of its cells could not be read; their bare text was");
    }
    Ok(())
}

/// Whether a part says that it holds more texts than it has bytes: the cell reader would make room for them.
fn announces_too_much(part: &[u8]) -> bool {
    let head = part.get(..part.len().min(2_048)).unwrap_or_default();
    let Some(at) = memmem::find(head, b"uniqueCount") else { return false };
    let digits = head.iter().skip(at + b"uniqueCount".len()).skip_while(|byte| !byte.is_ascii_digit() && **byte != b'>');
    let count = digits
        .take_while(|byte| byte.is_ascii_digit())
        .fold(0_u64, |sum, byte| sum.saturating_mul(10).saturating_add(u64::from(byte - b'0')));
    count > part.len() as u64
}

/// The text of a workbook whose structure is broken, without its order.
fn bare_text(package: &mut Package<'_>, taking: &mut Taking<'_>, out: &mut String) {
    for name in package.names(|n| n == "xl/sharedStrings.xml" || n.starts_with("xl/worksheets/sheet")) {
        let xml = package.text(taking, &name);
        super::office::end_line(out);
        drawing_text(&xml, out);
    }
}

fn has_notes(name: &str) -> bool {
    ["xl/comments", "xl/threadedComments/", "xl/drawings/drawing", "xl/charts/chart", "xl/persons/"].iter().any(|p| name.starts_with(p))
        && is_xml(name)
}

/// Authors of comments.
fn said_by(xml: &str, facts: &mut Facts) {
    let mut author = false;
    for token in tokens(xml) {
        match token {
            Token::Open(tag) => {
                author = tag.local() == "author";
                facts.add("Comment by", &tag.attribute("displayName").unwrap_or_default());
            }
            Token::Text(text) if author => facts.add("Comment by", &super::office::decoded(text)),
            _ => author = false,
        }
    }
}

/// Values that pivot tables and links to other workbooks keep a copy of.
fn kept_copies(xml: &str, facts: &mut Facts) {
    for token in tokens(xml) {
        if let Token::Open(tag) = token {
            match tag.local() {
                "s" | "d" | "n" => facts.add("Kept copy", &tag.attribute("v").unwrap_or_default()),
                "cacheField" => facts.add("Kept copy", &tag.attribute("name").unwrap_or_default()),
                _ => {}
            }
        }
    }
}

/// All cells of all sheets. `None` when some could not be read.
fn sheets(bytes: &[u8], out: &mut String, facts: &mut Facts, limit: usize) -> Option<()> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
    for (name, meaning) in book.defined_names() {
        facts.add("Name", &format!("{name} = {meaning}"));
    }
    let mut whole = Some(());
    for name in book.sheet_names() {
        let _ = writeln!(out, "Sheet {name}");
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else {
            whole = None;
            continue;
        };
        let mut at: Option<(u32, u32)> = None;
        loop {
            match cells.next_cell() {
                Ok(Some(cell)) => {
                    if out.len() > limit {
                        return None;
                    }
                    at = put(out, at, cell.get_position(), cell.get_value());
                }
                Ok(None) => break,
                Err(_) => {
                    whole = None;
                    break;
                }
            }
        }
        super::office::end_line(out);
    }
    whole
}

/// Writes a cell behind the one at `last`; empty cells between are kept up to ten.
fn put(out: &mut String, last: Option<(u32, u32)>, at: (u32, u32), value: &DataRef<'_>) -> Option<(u32, u32)> {
    if *value == DataRef::Empty {
        return last;
    }
    match last {
        Some((row, column)) if row == at.0 => (0..at.1.saturating_sub(column).clamp(1, 10)).for_each(|_| out.push_str(" | ")),
        Some(_) => out.push('\n'),
        None => {}
    }
    let _ = match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => write!(out, "{}", Line(text)),
        DataRef::SharedString(text) => write!(out, "{}", Line(text)),
        DataRef::Int(number) => write!(out, "{number}"),
        DataRef::Float(number) => write!(out, "{number}"),
        DataRef::Bool(truth) => write!(out, "{truth}"),
        DataRef::DateTime(moment) => date(out, moment),
        DataRef::Error(error) => write!(out, "{error}"),
        DataRef::Empty => Ok(()),
    };
    Some(at)
}

/// Text of a cell on one line.
struct Line<'t>(&'t str);

impl std::fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (number, line) in self.0.split(['\n', '\r', '\0']).filter(|line| !line.is_empty()).enumerate() {
            if number > 0 {
                f.write_str(" ")?;
            }
            f.write_str(line)?;
        }
        Ok(())
    }
}

/// A moment as people write it here, so that a date of birth reads like one.
pub(super) fn date(out: &mut String, moment: &calamine::ExcelDateTime) -> std::fmt::Result {
    if !moment.is_datetime() {
        return write!(out, "{}", moment.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = hour > 0 || minute > 0 || second > 0;
    if moment.as_f64() >= 1.0 {
        write!(out, "{day:02}/{month:02}/{year:04}")?;
        if time {
            out.push(' ');
        }
    }
    if time { write!(out, "{hour:02}:{minute:02}") } else { Ok(()) }
}
