//! The rows of an export's tables, whatever they are kept in, while a search reads them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use super::Exports;
use super::mapping::{Table, changed};
use super::rows::{Known, Row};
use crate::extract::{Sheet, Workbooks, lenient};
use crate::sources::entry;
use crate::sources::records::Records;

/// Bytes of one row before the rest of it is left.
pub(super) const ROW: u64 = 4 << 20;
/// Bytes that one table may unpack to.
pub(super) const TABLE: u64 = 16 << 30;
/// Rows of other tables that links are looked up in, in all.
const KNOWN: usize = 1_000_000;

/// Takes the number of a row, the headings and the cells; says whether to go on.
pub(super) type EachRow<'e> = dyn FnMut(u64, &[String], &[String]) -> bool + 'e;

/// The workbook that was opened last, by its file: its sheets, or why they cannot be had.
type Opened = (String, Result<Rc<Vec<Sheet>>, String>);

/// An export being read.
pub(super) struct Reading<'x> {
    pub(super) exports: &'x Exports,
    /// What links lead to, by the name of the table and the row's `id`. Looked up when the first table is read.
    known: Option<Rc<HashMap<String, Known>>>,
    opened: RefCell<Option<Opened>>,
}

impl<'x> Reading<'x> {
    pub(super) fn new(exports: &'x Exports) -> Self {
        Self { exports, known: None, opened: RefCell::new(None) }
    }

    /// Hands over the rows of a table with their numbers, from 1, as long as `each` says to go on. `Err` says why it was not read.
    pub(super) fn rows(&self, table: &Table, each: &mut EachRow<'_>) -> Result<bool, String> {
        let Some(wanted) = &table.sheet else {
            let outcome = self.exports.base.read(&table.file, |from| each_row(table, from, each));
            return outcome.map_err(|error| entry::reason(&error).to_owned())?;
        };
        let sheets = self.sheets(&table.file)?;
        let mut named = sheets.iter().filter(|sheet| sheet.name == *wanted);
        match (named.next(), named.next()) {
            (Some(sheet), None) if sheet.in_order => each_row(table, &mut sheet.csv.as_bytes(), each),
            (Some(_), None) => Err("was not read: its cells stand in no order".to_owned()),
            (Some(_), Some(_)) => Err("was not read: there are two sheets of this name".to_owned()),
            (None, _) => Err("was not read: there is no sheet of this name in the workbook".to_owned()),
        }
    }

    /// The sheets of a workbook. Only the last one that was opened is kept.
    pub(super) fn sheets(&self, file: &str) -> Result<Rc<Vec<Sheet>>, String> {
        if let Some((opened, sheets)) = &*self.opened.borrow()
            && opened == file
        {
            return sheets.clone();
        }
        // The one before is given back first.
        self.opened.replace(None);
        let exports = self.exports;
        let sheets = exports.base.read(file, |from| workbook(file, from, exports.settings.item, exports.workbooks.as_ref()));
        let sheets = sheets.map_err(|error| entry::reason(&error).to_owned()).flatten().map(Rc::new);
        self.opened.replace(Some((file.to_owned(), sheets.clone())));
        sheets
    }

    /// What links lead to; of a table that cannot be read whole, nothing.
    pub(super) fn known(&mut self) -> Rc<HashMap<String, Known>> {
        let known = self.known.take().unwrap_or_else(|| Rc::new(self.look_up()));
        Rc::clone(self.known.insert(known))
    }

    fn look_up(&self) -> HashMap<String, Known> {
        let mut all: HashMap<String, Known> = HashMap::new();
        let mut left = KNOWN;
        let tables = &self.exports.mapping.tables;
        for table in tables.iter().filter(|table| tables.iter().any(|other| other.links.values().any(|to| *to == table.name()))) {
            let mut known = Known::new();
            let whole = self.rows(table, &mut |_, headings, cells| {
                let row = Row { table, headings, cells };
                if let Some(id) = table.id.as_ref().and_then(|id| row.cell(id)) {
                    known.insert(id.to_owned(), row.known());
                    left = left.saturating_sub(1);
                }
                left > 0
            });
            if matches!(whole, Ok(true)) {
                all.insert(table.name(), known);
            }
        }
        all
    }
}

/// The sheets of a workbook, by the confined process.
pub(super) fn workbook(file: &str, from: &mut dyn Read, limit: u64, workbooks: &dyn Workbooks) -> Result<Vec<Sheet>, String> {
    let (bytes, _) = entry::take(&mut *from, 0, limit).map_err(|error| entry::reason(&error).to_owned())?;
    if bytes.len() as u64 == limit && from.read(&mut [0]).is_ok_and(|more| more > 0) {
        return Err("is larger than is read of one workbook; save its sheets as CSV".to_owned());
    }
    workbooks.sheets(file.rsplit('/').next().unwrap_or(file), &bytes)
}

/// The cells of one record.
fn cells(record: &[u8], separator: u8) -> Vec<String> {
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(record);
    let mut cells = csv::ByteRecord::new();
    match rows.read_byte_record(&mut cells) {
        Ok(true) => cells.iter().map(|cell| lenient(cell).into_owned()).collect(),
        _ => Vec::new(),
    }
}

/// The headings of a table.
pub(super) fn headings(record: &[u8], separator: u8) -> Vec<String> {
    let record = record.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(record);
    cells(record, separator).into_iter().map(|heading| heading.trim().to_owned()).collect()
}

/// The rows of a table in CSV.
fn each_row(table: &Table, from: &mut dyn Read, each: &mut EachRow<'_>) -> Result<bool, String> {
    let separator = u8::try_from(table.separator).unwrap_or(b',');
    let mut records = Records { stream: BufReader::new(from.take(TABLE)), limit: ROW, ended: false };
    let broke = |error: io::Error| entry::reason(&error).to_owned();
    let Some(head) = records.next_record().map_err(broke)? else { return Err("was not read: it has no headings".to_owned()) };
    let headings = headings(&head, separator);
    if let Some(reason) = changed(table, &headings) {
        return Err(reason);
    }
    let mut number = 0;
    while let Some(record) = records.next_record().map_err(broke)? {
        let cells = cells(&record, separator);
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        number += 1;
        if !each(number, &headings, &cells) {
            return Ok(false);
        }
    }
    Ok(true)
}
