//! SQLite: one file, one writer, a few readers, write-ahead log with full syncing.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{ErrorCode, OpenFlags, params_from_iter, types::ValueRef};

use super::{Connection, Engine, Pool, Pooled};
use crate::{
    error::Error,
    sql::Query,
    value::{Row, Value},
};

/// How long a statement waits for another process before it gives up.
const BUSY: Duration = Duration::from_secs(10);
/// Readers open at once; more only queue for the same two cores.
const READERS: usize = 8;
const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
    PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4000;";

pub(crate) struct Sqlite {
    readers: Pool,
    writer: Pool,
}

impl Sqlite {
    /// Opens the file, making it and its folder when they are missing.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|e| Error::unavailable("make the data folder", e))?;
        }
        let (for_writer, for_reader) = (path.to_owned(), path.to_owned());
        let writer = Pool::new(1, move || connect(&for_writer, OpenFlags::default(), SETTINGS));
        drop(writer.get()?);
        let readers = Pool::new(READERS, move || {
            let settings = "PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;";
            connect(&for_reader, OpenFlags::default(), settings)
        });
        Ok(Self { readers, writer })
    }

    /// Opens an existing file for reading alone.
    pub(crate) fn open_read_only(path: &Path) -> Result<Self, Error> {
        let path: PathBuf = path.to_owned();
        if !path.is_file() {
            return Err(Error::Unavailable { doing: "open the database file", source: None });
        }
        let open = move || {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            connect(&path, flags, "PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA cache_size = -16000;")
        };
        let again = open.clone();
        Ok(Self { readers: Pool::new(2, open), writer: Pool::new(1, again) })
    }
}

impl Engine for Sqlite {
    fn reader(&self) -> Result<Pooled<'_>, Error> {
        self.readers.get()
    }

    fn writer(&self) -> Result<Pooled<'_>, Error> {
        self.writer.get()
    }
}

fn connect(path: &Path, flags: OpenFlags, settings: &str) -> Result<Box<dyn Connection>, Error> {
    let connection = rusqlite::Connection::open_with_flags(path, flags).map_err(|e| Error::unavailable("open the database file", e))?;
    connection.busy_timeout(BUSY).map_err(|e| Error::unavailable("set the waiting time", e))?;
    connection.execute_batch(settings).map_err(|e| Error::unavailable("set up the connection", e))?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(Box::new(SqliteConnection { connection, retryable: false }))
}

struct SqliteConnection {
    connection: rusqlite::Connection,
    retryable: bool,
}

impl SqliteConnection {
    fn failed(&mut self, doing: &'static str, error: rusqlite::Error) -> Error {
        let code = error.sqlite_error_code();
        self.retryable = matches!(code, Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked));
        let unique = error.sqlite_error().is_some_and(|e| {
            e.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE || e.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY
        });
        match code {
            _ if unique => Error::Taken { what: doing },
            Some(
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::ReadOnly,
            ) => Error::unavailable(doing, error),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Error::corrupt("database", doing, "the file is damaged"),
            _ => Error::driver(doing, error),
        }
    }

    fn rows(&self, query: &Query, params: &[Value]) -> rusqlite::Result<Vec<Row>> {
        let mut statement = self.connection.prepare_cached(&numbered(query.text))?;
        let columns = statement.column_count();
        let mut rows = statement.query(params_from_iter(params))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let mut values = Vec::with_capacity(columns);
            for column in 0..columns {
                values.push(match row.get_ref(column)? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Integer(value) => Value::Int(value),
                    ValueRef::Text(value) => Value::Text(String::from_utf8_lossy(value).into_owned()),
                    ValueRef::Blob(value) => Value::Blob(value.to_vec()),
                    ValueRef::Real(_) => {
                        return Err(rusqlite::Error::InvalidColumnType(column, String::new(), rusqlite::types::Type::Real));
                    }
                });
            }
            found.push(Row(values));
        }
        Ok(found)
    }
}

/// `$1` is a *named* parameter to SQLite, numbered by first appearance; `?1` is what we mean.
fn numbered(text: &str) -> String {
    text.replace('$', "?")
}

impl Connection for SqliteConnection {
    fn query(&mut self, query: &Query, params: &[Value]) -> Result<Vec<Row>, Error> {
        self.rows(query, params).map_err(|e| self.failed(query.name, e))
    }

    fn execute(&mut self, query: &Query, params: &[Value]) -> Result<u64, Error> {
        let changed = self.connection.prepare_cached(&numbered(query.text)).and_then(|mut s| s.execute(params_from_iter(params)));
        changed.map(|n| n as u64).map_err(|e| self.failed(query.name, e))
    }

    fn batch(&mut self, doing: &'static str, sql: &str) -> Result<(), Error> {
        self.connection.execute_batch(sql).map_err(|e| self.failed(doing, e))
    }

    fn prepare(&mut self, query: &Query) -> Result<(), Error> {
        self.connection.prepare(&numbered(query.text)).map(drop).map_err(|e| self.failed(query.name, e))
    }

    fn take_retryable(&mut self) -> bool {
        std::mem::take(&mut self.retryable)
    }

    fn healthy(&self) -> bool {
        self.connection.is_autocommit()
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(rusqlite::types::ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Blob(value) => ValueRef::Blob(value),
        }))
    }
}
