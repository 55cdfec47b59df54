//! PostgreSQL through its synchronous client.
//!
//! The client panics when it is used on an asynchronous thread, so the store is only ever
//! called from blocking threads; closing is moved to a thread of its own for the same reason.

use std::collections::HashMap;
use std::error::Error as _;

use postgres::{
    Client, NoTls, Statement,
    error::SqlState,
    types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};

use super::{Connection, Engine, Pool, Pooled};
use crate::{
    error::Error,
    sql::Query,
    value::{Row, Value},
};

/// Connections of one process; with several nodes the server's own limit is shared.
const CONNECTIONS: usize = 16;

pub(crate) struct Postgres {
    pool: Pool,
}

impl Postgres {
    /// Opens a pool. `setup` is run on every new connection.
    pub(crate) fn open(url: &str, setup: String) -> Result<Self, Error> {
        let config: postgres::Config = url.parse().map_err(|e| Error::unavailable("read the database URL", RedactedUrl::new(&e)))?;
        let pool = Pool::new(CONNECTIONS, move || {
            let mut client = config.connect(NoTls).map_err(|e| Error::unavailable("connect to the database", e))?;
            client.batch_execute(&setup).map_err(|e| Error::unavailable("set up the connection", e))?;
            Ok(Box::new(PostgresConnection { client, prepared: HashMap::new(), retryable: false }))
        });
        drop(pool.get()?);
        Ok(Self { pool })
    }
}

/// A URL can hold a password: only the kind of mistake is kept.
#[derive(Debug, thiserror::Error)]
#[error("the database URL cannot be read")]
struct RedactedUrl;

impl RedactedUrl {
    fn new(_: &postgres::Error) -> Self {
        Self
    }
}

impl Engine for Postgres {
    fn reader(&self) -> Result<Pooled<'_>, Error> {
        self.pool.get()
    }

    fn writer(&self) -> Result<Pooled<'_>, Error> {
        self.pool.get()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let connections = self.pool.drain();
        // A failure to start or end the thread leaves nothing to clean up.
        if let Ok(thread) = std::thread::Builder::new().spawn(move || drop(connections)) {
            let _ = thread.join();
        }
    }
}

struct PostgresConnection {
    client: Client,
    prepared: HashMap<&'static str, Statement>,
    retryable: bool,
}

impl PostgresConnection {
    fn failed(&mut self, doing: &'static str, error: postgres::Error) -> Error {
        let Some(code) = error.code().cloned() else {
            return if self.client.is_closed()
                || error.is_closed()
                || error.source().is_some_and(<dyn std::error::Error>::is::<std::io::Error>)
            {
                Error::unavailable(doing, error)
            } else {
                Error::driver(doing, error)
            };
        };
        self.retryable = code == SqlState::T_R_SERIALIZATION_FAILURE || code == SqlState::T_R_DEADLOCK_DETECTED;
        let class = code.code().get(..2).unwrap_or_default();
        if code == SqlState::UNIQUE_VIOLATION {
            Error::Taken { what: doing }
        } else if self.retryable || matches!(class, "53" | "57" | "58" | "08") {
            Error::unavailable(doing, error)
        } else if class == "XX" {
            Error::corrupt("database", doing, "the server reports damage")
        } else {
            Error::driver(doing, error)
        }
    }

    fn statement(&mut self, query: &Query) -> Result<Statement, postgres::Error> {
        if let Some(statement) = self.prepared.get(query.name) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(query.text)?;
        self.prepared.insert(query.name, statement.clone());
        Ok(statement)
    }

    fn rows(&mut self, query: &Query, params: &[Value]) -> Result<Vec<Row>, postgres::Error> {
        let statement = self.statement(query)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        self.client.query(&statement, &params)?.iter().map(row).collect()
    }

    fn changed(&mut self, query: &Query, params: &[Value]) -> Result<u64, postgres::Error> {
        let statement = self.statement(query)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        self.client.execute(&statement, &params)
    }
}

fn row(row: &postgres::Row) -> Result<Row, postgres::Error> {
    let mut values = Vec::with_capacity(row.len());
    for (index, column) in row.columns().iter().enumerate() {
        values.push(match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(index)?.into(),
            Type::INT4 => row.try_get::<_, Option<i32>>(index)?.map(i64::from).into(),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(index)?.into(),
            _ => row.try_get::<_, Option<String>>(index)?.into(),
        });
    }
    Ok(Row(values))
}

impl Connection for PostgresConnection {
    fn query(&mut self, query: &Query, params: &[Value]) -> Result<Vec<Row>, Error> {
        self.rows(query, params).map_err(|e| self.failed(query.name, e))
    }

    fn execute(&mut self, query: &Query, params: &[Value]) -> Result<u64, Error> {
        self.changed(query, params).map_err(|e| self.failed(query.name, e))
    }

    fn batch(&mut self, doing: &'static str, sql: &str) -> Result<(), Error> {
        self.client.batch_execute(sql).map_err(|e| self.failed(doing, e))
    }

    fn prepare(&mut self, query: &Query) -> Result<(), Error> {
        self.client.prepare(query.text).map(drop).map_err(|e| self.failed(query.name, e))
    }

    fn take_retryable(&mut self) -> bool {
        std::mem::take(&mut self.retryable)
    }

    fn healthy(&self) -> bool {
        !self.client.is_closed()
    }
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) if *ty == Type::INT4 => i32::try_from(*value)?.to_sql(ty, out),
            Self::Int(value) if *ty == Type::INT8 => value.to_sql(ty, out),
            Self::Text(value) if *ty == Type::TEXT || *ty == Type::VARCHAR => value.to_sql(ty, out),
            Self::Blob(value) if *ty == Type::BYTEA => value.to_sql(ty, out),
            Self::Int(_) | Self::Text(_) | Self::Blob(_) => Err("a parameter has another type than its column".into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
