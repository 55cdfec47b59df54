//! The cells of binary workbooks (MS-XLSB): parts of records instead of XML, in the same package.

use std::borrow::Cow;

use super::office::Package;
use super::xls::{Cells, Form};
use crate::extract::has_extension;
use crate::extract::markup::{Token, tokens};
use crate::extract::taking::Taking;
use crate::extract::writing::Facts;

/// The part that lists the sheets.
pub(super) const BOOK: &str = "xl/workbook.bin";

/// Kinds of records.
mod kind {
    pub(super) const ROW: u32 = 0;
    pub(super) const SHARED_TEXT: u32 = 19;
    pub(super) const FORMAT: u32 = 44;
    pub(super) const STYLE: u32 = 47;
    pub(super) const RICH_CELL: u32 = 62;
    pub(super) const SINCE: u32 = 153;
    pub(super) const SHEET: u32 = 156;
    pub(super) const STYLES: u32 = 617;
    pub(super) const STYLES_END: u32 = 618;
    pub(super) const COMMENT_BY: u32 = 632;
    pub(super) const COMMENT: u32 = 637;
}

/// All cells of all sheets, and comments behind them. Whether all could be read.
pub(super) fn cells(package: &mut Package<'_>, taking: &mut Taking<'_>, facts: &mut Facts, out: &mut String) -> bool {
    let limit = taking.limits.text;
    let mut cells = Cells::new(Form::Eight);
    cells.grid = taking.grid.take();
    looks(&part(package, taking, "xl/styles.bin"), &mut cells);
    let shared = texts(&part(package, taking, "xl/sharedStrings.bin"));
    let targets = package.text(taking, "xl/_rels/workbook.bin.rels");
    let book = part(package, taking, BOOK);
    let (mut whole, mut any) = (true, false);
    for record in records(&book) {
        match record.kind {
            kind::SINCE => cells.since_1904 = record.body.first().is_some_and(|flags| flags & 1 != 0),
            kind::SHEET => {
                any = true;
                let state = record.word(0).unwrap_or_default();
                let (relation, rest) = text(record.body.get(8..).unwrap_or_default());
                let name = text(rest).0;
                cells.begin(&name);
                if state != 0 {
                    facts.add("Hidden sheet", &name);
                }
                let target = target(&targets, &relation).unwrap_or_default();
                let target = format!("xl/{}", target.trim_start_matches("/xl/"));
                let names = package.names(|name| name == target);
                whole &= !names.is_empty();
                for name in names {
                    sheet(&part(package, taking, &name), &mut cells, &shared, limit);
                }
            }
            _ => {}
        }
    }
    out.push_str(&cells.out);
    let within = cells.taken() <= limit;
    taking.grid = cells.grid;
    for name in package.names(|name| name.starts_with("xl/comments") && has_extension(name, "bin")) {
        for record in records(&part(package, taking, &name)) {
            match record.kind {
                kind::COMMENT_BY => facts.add("Comment by", &text(record.body).0),
                kind::COMMENT => facts.add("Comment", &text(record.body.get(1..).unwrap_or_default()).0),
                _ => {}
            }
        }
    }
    whole && any && within
}

/// A part; one that cannot be unpacked is listed and reads as empty.
fn part<'a>(package: &mut Package<'a>, taking: &mut Taking<'_>, name: &str) -> Cow<'a, [u8]> {
    if package.names(|known| known == name).is_empty() {
        return Cow::default();
    }
    package.bytes(taking, name).unwrap_or_else(|reason| {
        taking.unreadable(format!("a part of it {reason}"));
        Cow::default()
    })
}

/// The part that a relation leads to.
fn target(relations: &str, wanted: &str) -> Option<String> {
    tokens(relations).find_map(|token| match token {
        Token::Open(tag) if tag.attribute("Id").is_some_and(|id| id == wanted) => tag.attribute("Target"),
        _ => None,
    })
}

#[derive(Debug, Clone, Copy)]
struct Record<'a> {
    kind: u32,
    body: &'a [u8],
}

impl Record<'_> {
    fn word(&self, at: usize) -> Option<u32> {
        super::ole::word(self.body, at)
    }
}

/// The records of a part: kind and length in seven bits a byte. One that is cut off ends it.
fn records(mut bytes: &[u8]) -> impl Iterator<Item = Record<'_>> {
    std::iter::from_fn(move || {
        let kind = number(&mut bytes, 2)?;
        let length = number(&mut bytes, 4)?;
        let (body, rest) = bytes.split_at_checked(length as usize)?;
        bytes = rest;
        Some(Record { kind, body })
    })
}

/// A number of seven bits a byte, the low ones first.
fn number(bytes: &mut &[u8], most: u32) -> Option<u32> {
    let mut value = 0;
    for place in 0..most {
        let byte = *bytes.split_off_first()?;
        value |= u32::from(byte & 0x7F) << (7 * place);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(value)
}

/// A text behind its length in letters, and what follows it.
fn text(bytes: &[u8]) -> (String, &[u8]) {
    let count = super::ole::word(bytes, 0).unwrap_or_default() as usize;
    let rest = bytes.get(4..).unwrap_or_default();
    // A text that is not there has the greatest length of all.
    let (letters, rest) = count.checked_mul(2).and_then(|length| rest.split_at_checked(length)).unwrap_or((&[], rest));
    (super::wide(letters), rest)
}

/// The texts that cells share.
fn texts(part: &[u8]) -> Vec<String> {
    records(part).filter(|record| record.kind == kind::SHARED_TEXT).map(|record| text(record.body.get(1..).unwrap_or_default()).0).collect()
}

/// How numbers are written.
fn looks(part: &[u8], cells: &mut Cells) {
    let mut of_cells = false;
    for record in records(part) {
        let half = |at: usize| super::ole::half(record.body, at);
        match record.kind {
            kind::FORMAT => cells.format(half(0), &text(record.body.get(2..).unwrap_or_default()).0),
            kind::STYLES => of_cells = true,
            kind::STYLES_END => of_cells = false,
            kind::STYLE if of_cells => cells.styles.push(half(2).unwrap_or_default()),
            _ => {}
        }
    }
}

fn sheet(part: &[u8], cells: &mut Cells, shared: &[String], limit: usize) {
    let mut row = 0;
    for record in records(part) {
        if cells.taken() > limit {
            return;
        }
        let style = record.word(4).map(|style| style & 0x00FF_FFFF);
        let value = record.body.get(8..).unwrap_or_default();
        match record.kind {
            kind::ROW => row = record.word(0).unwrap_or_default(),
            2..=11 | kind::RICH_CELL => cells.column = record.word(0).unwrap_or_default(),
            _ => {}
        }
        match record.kind {
            2 => cells.packed(row, style, value),
            3 | 11 => cells.logic(row, value.first().copied(), Some(1)),
            4 | 10 => cells.logic(row, value.first().copied(), None),
            5 | 9 => cells.number(row, style, value),
            6 | 8 => cells.put(row, &text(value).0),
            7 => {
                let place = super::ole::word(value, 0).unwrap_or(u32::MAX) as usize;
                cells.put(row, shared.get(place).map_or("", String::as_str));
            }
            kind::RICH_CELL => cells.put(row, &text(value.get(1..).unwrap_or_default()).0),
            _ => {}
        }
    }
}
