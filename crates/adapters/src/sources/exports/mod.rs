//! Tables that another program exports again and again (CSV files and workbooks in a folder or a zip), read by a saved mapping: a row
//! is an item, in which each value stands beside what it means. Columns that are not those of the mapping are refused by name, never
//! guessed. Workbooks are taken apart in the confined process (docs/adr/0026).

mod base;
mod draft;
mod mapping;
mod reading;
mod rows;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use domain::Refusal;
use services::ports::{Mark, Part, Source, SourceItem, Start, Walker};

use base::{Base, is_workbook};
pub use draft::draft;
use mapping::{Mapping, Table};
use reading::Reading;
use rows::Row;

use super::{AllSources, Settings, entry, unreadable};
use crate::extract::Workbooks;

/// Longest mapping, in bytes.
const MAPPING: u64 = 1 << 20;
/// Said of a table that nobody has mapped.
const UNMAPPED: &str = "was not read: it is not in the saved mapping";

struct Exports {
    base: Base,
    mapping: Mapping,
    /// Another one for another mapping.
    print: String,
    settings: Settings,
    workbooks: Arc<dyn Workbooks>,
}

pub(super) fn recognise(path: &Path) -> bool {
    path.is_file() && path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(b".export.toml"))
}

pub(super) fn open(path: &Path, all: &AllSources) -> Result<Box<dyn Source>, Refusal> {
    let mut text = String::new();
    let opened = File::open(path).and_then(|file| file.take(MAPPING).read_to_string(&mut text));
    opened.map_err(|error| unreadable(&error))?;
    let mapping = Mapping::parse(&text)?;
    let base = Base::of(&path.parent().unwrap_or(Path::new("")).join(&mapping.from))?;
    let print = blake3::hash(text.as_bytes()).to_hex().to_string();
    Ok(Box::new(Exports { base, mapping, print, settings: all.settings, workbooks: Arc::clone(&all.workbooks) }))
}

impl Reading<'_> {
    /// Hands over one table; `false` when told to stop.
    fn table(&mut self, table: &Table, visit: &mut dyn Walker) -> bool {
        let (name, exports) = (table.name(), self.exports);
        let files = std::iter::once(&table.file).chain(exports.led_to(table));
        let stamps: io::Result<Vec<String>> = files.map(|file| exports.base.stamp(file)).collect();
        let stamp = match stamps {
            Ok(stamps) => format!("{} {}", exports.print, stamps.join(" ")),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return visit.item(entry::failed(&name, "is not in the export, or a table that it leads to is not"), None);
            }
            Err(error) => return visit.item(entry::failed(&name, entry::reason(&error)), None),
        };
        let done = match visit.begin(Part { name: &name, stamp: &stamp }) {
            Start::Known => return true,
            Start::Beginning => 0,
            Start::After(mark) => mark.number,
        };
        let known = self.known();
        if let Some(to) = table.links.values().find(|to| !known.contains_key(to.as_str())) {
            let reason = format!("was not read: `{to}`, to which it leads, cannot be read whole");
            return visit.item(entry::failed(&name, &reason), None);
        }
        let outcome = self.rows(table, &mut |number, headings, cells| {
            if number <= done {
                return true;
            }
            let row = Row { table, headings, cells };
            let bytes = row.bytes(&|to, id| known.get(to)?.get(id).cloned());
            visit.item(item(&row, number, bytes, exports.settings.item), Some(Mark { number, at: 0 }))
        });
        match outcome {
            Ok(true) => {
                visit.end();
                true
            }
            Ok(false) => false,
            Err(reason) => visit.item(entry::failed(&name, &reason), None),
        }
    }

    /// Lists the sheets of a workbook that are not in the mapping; `false` when told to stop.
    fn others(&self, file: &str, visit: &mut dyn Walker) -> bool {
        let stamp = match self.exports.base.stamp(file) {
            Ok(stamp) => format!("{} {stamp}", self.exports.print),
            Err(error) => return visit.item(entry::failed(file, entry::reason(&error)), None),
        };
        let done = match visit.begin(Part { name: file, stamp: &stamp }) {
            Start::Known => return true,
            Start::Beginning => 0,
            Start::After(mark) => mark.number,
        };
        // Each of its tables said why, when it cannot be opened.
        let Ok(sheets) = self.sheets(file) else { return true };
        let mapped =
            |name: &str| self.exports.mapping.tables.iter().any(|table| table.file == file && table.sheet.as_deref() == Some(name));
        let others = sheets.iter().filter(|sheet| !sheet.csv.is_empty() && !mapped(&sheet.name));
        for (number, sheet) in (1..).zip(others).skip(usize::try_from(done).unwrap_or(usize::MAX)) {
            let other = entry::failed(&mapping::name_of(file, Some(&sheet.name)), UNMAPPED);
            if !visit.item(other, Some(Mark { number, at: 0 })) {
                return false;
            }
        }
        visit.end();
        true
    }
}

/// A row as an item, at most `limit` bytes of it. It is called by its own key where it has one, so that it is the same row next week;
/// else by its number.
fn item(row: &Row<'_>, number: u64, mut bytes: Vec<u8>, limit: u64) -> SourceItem {
    let (size, name) = (bytes.len() as u64, row.table.name());
    bytes.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let plain = |id: &&str| id.len() <= 40 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let id = row.table.id.as_ref().and_then(|id| row.cell(id)).filter(plain);
    SourceItem {
        locator: id.map_or_else(|| format!("{name}#row {number}"), |id| format!("{name}#{id}")),
        name: format!("{} {number}.txt", row.table.title()),
        truncated_from: (size > limit).then_some(size),
        bytes: Ok(bytes),
    }
}

impl Exports {
    /// The files of the tables that a table leads to.
    fn led_to<'e>(&'e self, table: &'e Table) -> impl Iterator<Item = &'e String> {
        table.links.values().filter_map(|to| self.mapping.tables.iter().find(|other| other.name() == *to)).map(|other| &other.file)
    }
}

impl Source for Exports {
    fn title(&self) -> String {
        "export (tables)".to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        let there = self.base.files().map_err(|error| unreadable(&error))?;
        let mut reading = Reading::new(self);
        for table in &self.mapping.tables {
            if !reading.table(table, visit) {
                return Ok(());
            }
        }
        for file in &there {
            let mapped = self.mapping.tables.iter().any(|table| table.file == *file);
            let more = match (mapped, is_workbook(file)) {
                (true, true) => reading.others(file, visit),
                (true, false) => true,
                (false, _) => visit.item(entry::failed(file, UNMAPPED), None),
            };
            if !more {
                return Ok(());
            }
        }
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        None
    }

    fn size(&self) -> Option<u64> {
        let files: BTreeSet<&String> = self.mapping.tables.iter().map(|table| &table.file).collect();
        Some(files.into_iter().filter_map(|file| self.base.size(file)).sum())
    }
}

#[cfg(test)]
mod tests;
