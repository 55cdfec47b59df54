//! `SQLite` databases: every table a document, a row a line, the names of its columns first. The bytes are opened in memory; no
//! file is touched, nothing in the database is run but our own reading of its tables.

use std::fmt::Write as _;
use std::ops::Range;

use finder::document::{DocumentKind, PartKind};
use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, MAIN_DB};

use super::table::push_row;
use crate::extract::charset::lenient;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::Writing;

const DAMAGED: &str = "is damaged or cut off";
/// Said of a database that a running program had not put together yet.
const ONLY_LOG: &str = "a database without a table in it: what was written may stand in the file beside it whose name ends in -wal; close the \
    program that uses it and search again";
/// Steps of the engine between two looks at how far it is, and how many such looks one table may take.
const STEPS: i32 = 100_000;
const LOOKS: u32 = 5_000;
/// Tables that are read of one database.
const TABLES: usize = 1_000;

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut base = open(item.bytes).ok_or(DAMAGED)?;
    let tables = tables(&base).map_err(|_| DAMAGED)?;
    if tables.is_empty() {
        return Err(if keeps_log(item.bytes) { ONLY_LOG } else { "a database without a table in it" }.into());
    }
    let (mut number, mut broken) = (0, 0);
    for name in tables {
        if !taking.has_room() {
            break;
        }
        let mut table = Table { name: &name, number: &mut number, carried: Vec::new(), text: String::new(), names: 0..0 };
        let whole = table.read(&mut base, taking.limits.text);
        broken += usize::from(!whole);
        let Table { text, carried, names, .. } = table;
        let mut writing = Writing::sized(text.len());
        for (kind, piece) in [(PartKind::Body, 0..names.start), (PartKind::Heading, names.clone()), (PartKind::Body, names.end..text.len())]
        {
            writing.part(kind, |out| out.push_str(text.get(piece).unwrap_or_default()));
        }
        taking.document(About { kind: DocumentKind::Sheet, title: name.clone(), date: None }, item, writing);
        for (number, name, bytes) in carried {
            taking.child(number, Item { name: &name, bytes: &bytes });
        }
    }
    if is_cut(item.bytes) {
        taking.unreadable("is cut off; what there is of it was read");
    }
    if broken > 0 {
        taking.unreadable("some of its rows could not be read");
    }
    Ok(())
}

/// Opens a copy in memory, read only. What a database could run when it is opened or read is switched off.
fn open(bytes: &[u8]) -> Option<Connection> {
    let mut bytes = bytes.to_vec();
    // A database with a write-ahead log wants to open that file: here it is read as it stands.
    bytes.get_mut(18..20)?.fill(1);
    let mut base = Connection::open_in_memory().ok()?;
    base.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).ok()?;
    base.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false).ok()?;
    base.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON;").ok()?;
    base.deserialize_read_exact(MAIN_DB, bytes.as_slice(), bytes.len(), true).ok()?;
    Some(base)
}

/// Whether changes are written into a log beside it first.
fn keeps_log(bytes: &[u8]) -> bool {
    bytes.get(18..20).is_some_and(|editions| editions.contains(&2))
}

/// Whether the header speaks of more pages than there are. The engine would read the missing ones as empty.
fn is_cut(bytes: &[u8]) -> bool {
    let number = |at: usize, length: usize| {
        bytes.get(at..at + length).map_or(0, |field| field.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    };
    let page = if number(16, 2) == 1 { 65_536 } else { number(16, 2) };
    number(28, 4) * page > bytes.len() as u64
}

/// The names of the real tables, in the order in which they were made.
fn tables(base: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut named = base.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' LIMIT ?1",
    )?;
    let names = named.query_map([TABLES as i64], |row| row.get_ref(0).map(|value| words(value)))?;
    names.collect()
}

/// The names of a table's columns, whatever bytes they are: the library's own list of them wants them to be UTF-8.
fn columns(base: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut named = base.prepare("SELECT name FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid")?;
    let names = named.query_map([table], |row| row.get_ref(0).map(words))?;
    names.collect()
}

/// A table being read.
struct Table<'n> {
    name: &'n str,
    /// Files kept in cells, counted over all tables.
    number: &'n mut usize,
    carried: Vec<(usize, String, Vec<u8>)>,
    text: String,
    /// Where in the text the names of the columns stand.
    names: Range<usize>,
}

impl Table<'_> {
    /// Writes all rows. `false` when some could not be read.
    fn read(&mut self, base: &mut Connection, limit: usize) -> bool {
        let _ = writeln!(self.text, "Sheet {}", self.name.replace(['\n', '\r'], " "));
        let mut looks = 0;
        let guard = base.progress_handler(
            STEPS,
            Some(move || {
                looks += 1;
                looks > LOOKS
            }),
        );
        let outcome = guard.and_then(|()| self.rows(base, limit));
        let _ = base.progress_handler(0, None::<fn() -> bool>);
        outcome.is_ok()
    }

    fn rows(&mut self, base: &Connection, limit: usize) -> rusqlite::Result<()> {
        let columns = columns(base, self.name)?;
        let mut all = base.prepare(&format!("SELECT * FROM \"{}\"", self.name.replace('"', "\"\"")))?;
        let start = self.text.len();
        push_row(&mut self.text, columns.iter().map(String::as_str));
        self.names = start..self.text.len();
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let mut cells = Vec::with_capacity(columns.len());
            for column in 0..row.as_ref().column_count() {
                let value = row.get_ref(column)?;
                if let ValueRef::Blob(bytes) = value
                    && !bytes.is_empty()
                {
                    *self.number += 1;
                    self.carried.push((*self.number, columns.get(column).cloned().unwrap_or_default(), bytes.to_vec()));
                }
                cells.push(words(value));
            }
            push_row(&mut self.text, cells.iter().map(String::as_str));
            if self.text.len() > limit {
                break;
            }
        }
        Ok(())
    }
}

/// A cell as people read it; what is kept in it as a file is read by itself.
fn words(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => lenient(text).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::MAIN_DB;

    use super::*;
    use crate::extract::inprocess::taken;

    /// A small register as a program would leave it.
    fn register() -> Vec<u8> {
        let mut base = Connection::open_in_memory().unwrap();
        base.execute_batch(
            "CREATE TABLE \"our members\" (id INTEGER PRIMARY KEY, name TEXT, born TEXT, letter BLOB);
             INSERT INTO \"our members\" VALUES (1, 'Ada Birch', '2011-05-03', NULL), (2, 'Zoë Carter', NULL, CAST('Dear Zoë' AS BLOB));
             CREATE VIEW everybody AS SELECT * FROM \"our members\";
             CREATE TABLE visits (member INTEGER, hours REAL);
             INSERT INTO visits VALUES (1, 1.5);",
        )
        .unwrap();
        base.serialize(MAIN_DB).unwrap().to_vec()
    }

    #[test]
    fn every_table_is_a_document_and_every_stored_file_too() {
        let bytes = register();
        let out = taken("members.db", &bytes);
        assert!(out.unreadable.is_empty(), "{:?}", out.unreadable);
        let texts: Vec<(&str, &str)> = out.documents.iter().map(|one| (one.title.as_str(), one.text.as_str())).collect();
        assert_eq!(
            texts,
            [
                ("our members", "Sheet our members\nid | name | born | letter\n1 | Ada Birch | 2011-05-03 | \n2 | Zoë Carter |  | \n"),
                ("letter", "Dear Zoë"),
                ("visits", "Sheet visits\nmember | hours\n1 | 1.5\n"),
            ]
        );
    }

    #[test]
    fn a_write_ahead_log_that_is_not_there_keeps_nobody_from_reading() {
        let mut bytes = register();
        bytes[18..20].fill(2);
        assert_eq!(taken("members.db", &bytes).documents.len(), 3);
        // One that was just made holds nothing yet: all of it stands in the log.
        let mut empty = Connection::open_in_memory().unwrap();
        empty.execute_batch("CREATE TABLE t (a); DROP TABLE t;").unwrap();
        let mut bytes = empty.serialize(MAIN_DB).unwrap().to_vec();
        assert_eq!(taken("a.db", &bytes).unreadable[0].reason, "a database without a table in it");
        bytes[18..20].fill(2);
        assert!(taken("a.db", &bytes).unreadable[0].reason.contains("ends in -wal"));
    }

    #[test]
    fn a_column_whose_name_is_no_text_is_read_like_the_others() {
        let mut bytes = register();
        let at = memchr::memmem::find(&bytes, b"born TEXT").unwrap();
        bytes[at + 1] = 0xF3;
        let out = taken("members.db", &bytes);
        assert!(out.unreadable.is_empty(), "{:?}", out.unreadable);
        assert!(out.documents[0].text.starts_with("Sheet our members\nid | name | bórn | letter\n1 | Ada Birch | 2011-05-03 | \n"));
        // A column that is worked out from others is one, too.
        let mut base = Connection::open_in_memory().unwrap();
        base.execute_batch("CREATE TABLE t (a TEXT, b TEXT GENERATED ALWAYS AS (a || '!') VIRTUAL); INSERT INTO t VALUES ('Ada');")
            .unwrap();
        let out = taken("t.db", &base.serialize(MAIN_DB).unwrap());
        assert_eq!(out.documents[0].text, "Sheet t\na | b\nAda | Ada!\n");
    }

    #[test]
    fn damage_is_said_and_what_can_be_read_is() {
        let whole = register();
        for cut in [20, 100, 200, whole.len() / 2, whole.len() - 1] {
            let out = taken("members.db", &whole[..cut]);
            assert!(!out.unreadable.is_empty(), "cut at {cut}: {:?}", out.documents);
        }
        let mut spoilt = whole.clone();
        for at in (100..whole.len()).step_by(37) {
            spoilt[at] ^= 0x5A;
        }
        let out = taken("members.db", &spoilt);
        assert!(!out.unreadable.is_empty());
    }
}
