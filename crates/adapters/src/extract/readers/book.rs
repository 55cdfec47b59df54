//! Excel workbooks (XLSX, XLSB): all cells of all sheets, hidden ones too, comments, names, and
//! the copies of data that pivot tables keep.

use std::fmt::Write as _;

use finder::document::{DocumentKind, PartKind};

use super::grid::NOT_WHOLE;
use super::office::{Package, chart_text, drawing_text, is_xml};
use super::{xlsb, xlsx};
use crate::extract::markup::{Token, tokens};
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut package = Package::open(taking, item.bytes)?;
    let mut facts = Facts::default();
    let mut writing = Writing::sized(item.bytes.len());
    let mut cells = String::new();
    if taking.grid.is_some() {
        return sheets(taking, &mut package);
    }
    if package.names(|name| name == xlsb::BOOK).is_empty() {
        if !xlsx::cells(&mut package, taking, &mut facts, &mut cells) {
            bare_text(&mut package, taking, &mut cells);
            if cells.trim().is_empty() {
                return Err("is damaged or cut off".into());
            }
            taking.unreadable("some of its cells could not be read; their bare text was");
        }
    } else if !xlsb::cells(&mut package, taking, &mut facts, &mut cells) {
        taking.unreadable("some of its cells could not be read");
    }
    writing.part(PartKind::Body, |out| out.push_str(&cells));
    let mut notes = String::new();
    for name in package.names(has_notes) {
        let xml = package.text(taking, &name);
        if name.starts_with("xl/charts/") {
            chart_text(&xml, &mut notes);
        } else {
            drawing_text(&xml, &mut notes);
            said_by(&xml, &mut facts);
        }
    }
    writing.part(PartKind::Metadata, |out| out.push_str(&notes));
    for name in package.names(|n| n.starts_with("xl/pivotCache/") || n.starts_with("xl/externalLinks/externalLink")) {
        let xml = package.text(taking, &name);
        kept_copies(&xml, &mut facts);
    }
    package.properties(taking, &mut facts);
    writing.metadata(&facts);
    let title = facts.first("Title").to_owned();
    taking.document(About { kind: DocumentKind::Sheet, title, date: None }, item, writing);
    package.embedded(taking);
    Ok(())
}

/// The rows of all sheets alone.
fn sheets(taking: &mut Taking<'_>, package: &mut Package<'_>) -> Result<(), Reason> {
    let (mut facts, mut none) = (Facts::default(), String::new());
    let binary = !package.names(|name| name == xlsb::BOOK).is_empty();
    let whole =
        if binary { xlsb::cells(package, taking, &mut facts, &mut none) } else { xlsx::cells(package, taking, &mut facts, &mut none) };
    if whole && package.whole { Ok(()) } else { Err(NOT_WHOLE.into()) }
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
