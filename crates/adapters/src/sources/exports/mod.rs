//! Tables that another program exports again and again (CSV in a folder or a zip), read by a saved mapping: a row is an item, in
//! which each value stands beside what it means. Columns that are not those of the mapping are refused by name, never guessed.

mod draft;
mod mapping;
mod rows;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use ::zip::ZipArchive;
use domain::{Refusal, RefusalCode};
use services::ports::{Mark, Part, Source, SourceItem, Start, Walker};

pub use draft::draft;
use mapping::{Mapping, Table, changed};
use rows::{Known, Row};

use super::records::Records;
use super::{Settings, entry, unreadable};
use crate::extract::charset::lenient;

/// Longest mapping, in bytes.
const MAPPING: u64 = 1 << 20;
/// Bytes of one row before the rest of it is left.
const ROW: u64 = 4 << 20;
/// Bytes that one table may unpack to.
const TABLE: u64 = 16 << 30;
/// Rows of other tables that links are looked up in, in all.
const KNOWN: usize = 1_000_000;

/// Where the files of an export are.
#[derive(Debug, Clone)]
enum Base {
    Folder(PathBuf),
    Zip(PathBuf),
}

struct Exports {
    base: Base,
    mapping: Mapping,
    /// Another one for another mapping.
    print: String,
    settings: Settings,
}

pub(super) fn recognise(path: &Path) -> bool {
    path.is_file() && path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(b".export.toml"))
}

pub(super) fn open(path: &Path, settings: Settings) -> Result<Box<dyn Source>, Refusal> {
    let mut text = String::new();
    let opened = File::open(path).and_then(|file| file.take(MAPPING).read_to_string(&mut text));
    opened.map_err(|error| unreadable(&error))?;
    let mapping = Mapping::parse(&text)?;
    let base = Base::of(&path.parent().unwrap_or(Path::new("")).join(&mapping.from))?;
    Ok(Box::new(Exports { base, mapping, print: blake3::hash(text.as_bytes()).to_hex().to_string(), settings }))
}

impl Base {
    fn of(path: &Path) -> Result<Self, Refusal> {
        let told = std::fs::metadata(path).map_err(|_| {
            Refusal::new(RefusalCode::SourceUnreadable, "The folder or zip that its mapping names with `from` is not there.")
        })?;
        let path = path.to_owned();
        Ok(if told.is_dir() { Self::Folder(path) } else { Self::Zip(path) })
    }

    /// The tables in it, by their names there.
    fn tables(&self) -> io::Result<Vec<String>> {
        let mut names: Vec<String> = match self {
            Self::Folder(folder) => {
                super::folder::sorted(folder)?.iter().map(|entry| super::folder::readable(&entry.file_name())).collect()
            }
            Self::Zip(path) => archive(path)?.file_names().map(str::to_owned).collect(),
        };
        names.retain(|name| crate::extract::extension(name) == "csv");
        names.sort();
        Ok(names)
    }

    /// Does something with the bytes of a file in it.
    fn read<T>(&self, name: &str, work: impl FnOnce(&mut dyn Read) -> T) -> io::Result<T> {
        match self {
            Self::Folder(folder) => Ok(work(&mut entry::open_file(&inside(folder, name)?)?)),
            Self::Zip(path) => {
                let mut archive = archive(path)?;
                let mut member = archive.by_name(name).map_err(|_| io::Error::from(ErrorKind::NotFound))?;
                Ok(work(&mut member))
            }
        }
    }

    /// What stands for the content of a file in it.
    fn stamp(&self, name: &str) -> io::Result<String> {
        match self {
            Self::Folder(folder) => entry::stamp(&entry::open_file(&inside(folder, name)?)?),
            Self::Zip(path) => entry::stamp(&entry::open_file(path)?),
        }
    }
}

/// A mapping names what lies in the folder, and nothing else.
fn inside(folder: &Path, name: &str) -> io::Result<PathBuf> {
    let plain = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if plain { Ok(folder.join(name)) } else { Err(ErrorKind::NotFound.into()) }
}

fn archive(path: &Path) -> io::Result<ZipArchive<BufReader<File>>> {
    ZipArchive::new(BufReader::new(entry::open_file(path)?)).map_err(|_| ErrorKind::InvalidData.into())
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
fn headings(record: &[u8], separator: u8) -> Vec<String> {
    let record = record.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(record);
    cells(record, separator).into_iter().map(|heading| heading.trim().to_owned()).collect()
}

/// Takes the number of a row, the headings and the cells; says whether to go on.
type EachRow<'e> = dyn FnMut(u64, &[String], &[String]) -> bool + 'e;

/// Hands over the rows of a table with their numbers, from 1, as long as `each` says to go on. `Err` says why the table was not read.
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

impl Exports {
    /// What links lead to, by the file and the row's `id`; of a table that cannot be read whole, nothing.
    fn known(&self) -> HashMap<&str, Known> {
        let mut all: HashMap<&str, Known> = HashMap::new();
        let mut left = KNOWN;
        let linked = |table: &&Table| self.mapping.tables.iter().any(|other| other.links.values().any(|to| *to == table.file));
        for table in self.mapping.tables.iter().filter(linked) {
            let mut known = Known::new();
            let whole = self.base.read(&table.file, |from| {
                each_row(table, from, &mut |_, headings, cells| {
                    let row = Row { table, headings, cells };
                    if let Some(id) = table.id.as_ref().and_then(|id| row.cell(id)) {
                        known.insert(id.to_owned(), row.known());
                        left = left.saturating_sub(1);
                    }
                    left > 0
                })
            });
            if matches!(whole, Ok(Ok(true))) {
                all.insert(&table.file, known);
            }
        }
        all
    }

    /// Hands over one table; `false` when told to stop.
    fn table<'s>(&'s self, table: &'s Table, known: &mut Option<HashMap<&'s str, Known>>, visit: &mut dyn Walker) -> bool {
        let stamps: io::Result<Vec<String>> =
            std::iter::once(&table.file).chain(table.links.values()).map(|file| self.base.stamp(file)).collect();
        let stamp = match stamps {
            Ok(stamps) => format!("{} {}", self.print, stamps.join(" ")),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return visit.item(entry::failed(&table.file, "is not in the export, or a table that it leads to is not"), None);
            }
            Err(error) => return visit.item(entry::failed(&table.file, entry::reason(&error)), None),
        };
        let done = match visit.begin(Part { name: &table.file, stamp: &stamp }) {
            Start::Known => return true,
            Start::Beginning => 0,
            Start::After(mark) => mark.number,
        };
        let known = &*known.get_or_insert_with(|| self.known());
        if let Some(to) = table.links.values().find(|to| !known.contains_key(to.as_str())) {
            let reason = format!("was not read: `{to}`, to which it leads, cannot be read whole");
            return visit.item(entry::failed(&table.file, &reason), None);
        }
        let limit = usize::try_from(self.settings.item).unwrap_or(usize::MAX);
        let outcome = self.base.read(&table.file, |from| {
            each_row(table, from, &mut |number, headings, cells| {
                if number <= done {
                    return true;
                }
                let row = Row { table, headings, cells };
                let mut bytes = row.text(&|to, id| known.get(to)?.get(id).cloned()).into_bytes();
                let size = bytes.len();
                bytes.truncate(limit);
                let title = table.file.strip_suffix(".csv").unwrap_or(&table.file);
                let item = SourceItem {
                    locator: locator(table, &row, number),
                    name: format!("{title} {number}.txt"),
                    truncated_from: (size > limit).then_some(size as u64),
                    bytes: Ok(bytes),
                };
                visit.item(item, Some(Mark { number, at: 0 }))
            })
        });
        match outcome {
            Ok(Ok(true)) => {
                visit.end();
                true
            }
            Ok(Ok(false)) => false,
            Ok(Err(reason)) => visit.item(entry::failed(&table.file, &reason), None),
            Err(error) => visit.item(entry::failed(&table.file, entry::reason(&error)), None),
        }
    }
}

/// A row by its own key where it has one, so that it is the same row next week; else by its number.
fn locator(table: &Table, row: &Row<'_>, number: u64) -> String {
    let plain = |id: &&str| id.len() <= 40 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let id = table.id.as_ref().and_then(|id| row.cell(id)).filter(plain);
    id.map_or_else(|| format!("{}#row {number}", table.file), |id| format!("{}#{id}", table.file))
}

impl Source for Exports {
    fn title(&self) -> String {
        "export (tables)".to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        let there = self.base.tables().map_err(|error| unreadable(&error))?;
        let mut known = None;
        for table in &self.mapping.tables {
            if !self.table(table, &mut known, visit) {
                return Ok(());
            }
        }
        for name in there.iter().filter(|name| !self.mapping.tables.iter().any(|table| table.file == **name)) {
            if !visit.item(entry::failed(name, "was not read: it is not in the saved mapping"), None) {
                return Ok(());
            }
        }
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        None
    }

    fn size(&self) -> Option<u64> {
        let sizes = self.mapping.tables.iter().map(|table| match &self.base {
            Base::Folder(folder) => inside(folder, &table.file).and_then(std::fs::metadata).map(|told| told.len()),
            Base::Zip(path) => {
                let mut archive = archive(path)?;
                archive.by_name(&table.file).map(|member| member.size()).map_err(|_| ErrorKind::NotFound.into())
            }
        });
        Some(sizes.filter_map(Result::ok).sum())
    }
}

#[cfg(test)]
mod tests;
