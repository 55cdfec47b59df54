//! The seam: what the store needs from an engine. Two files implement it; nothing above
//! knows which one is in use.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use crate::{
    error::Error,
    sql::Query,
    value::{Row, Value},
};

/// One connection. Transactions are begun and ended on it by the store alone.
pub(crate) trait Connection: Send {
    /// Runs a statement and returns its rows.
    fn query(&mut self, query: &Query, params: &[Value]) -> Result<Vec<Row>, Error>;
    /// Runs a statement and returns how many rows it changed.
    fn execute(&mut self, query: &Query, params: &[Value]) -> Result<u64, Error>;
    /// Runs several statements without parameters.
    fn batch(&mut self, doing: &'static str, sql: &str) -> Result<(), Error>;
    /// Prepares a statement without running it.
    fn prepare(&mut self, query: &Query) -> Result<(), Error>;
    /// Whether the last failure was a lost race that a new attempt may win. Clears the mark.
    fn take_retryable(&mut self) -> bool;
    /// Whether the connection can be used again.
    fn healthy(&self) -> bool;
}

/// An engine hands out connections. A connection is back in its pool when the guard drops.
pub(crate) trait Engine: Send + Sync {
    /// A connection for reading.
    fn reader(&self) -> Result<Pooled<'_>, Error>;
    /// The connection for writing (SQLite has one, PostgreSQL a pool).
    fn writer(&self) -> Result<Pooled<'_>, Error>;
}

/// Connections that are not in use, and how many exist.
struct Idle {
    free: Vec<Box<dyn Connection>>,
    open: usize,
}

/// A small pool: opens connections as needed up to a limit, then waits.
pub(crate) struct Pool {
    idle: std::sync::Mutex<Idle>,
    back: std::sync::Condvar,
    limit: usize,
    connect: Box<dyn Fn() -> Result<Box<dyn Connection>, Error> + Send + Sync>,
}

impl Pool {
    pub(crate) fn new(limit: usize, connect: impl Fn() -> Result<Box<dyn Connection>, Error> + Send + Sync + 'static) -> Self {
        let idle = std::sync::Mutex::new(Idle { free: Vec::new(), open: 0 });
        Self { idle, back: std::sync::Condvar::new(), limit, connect: Box::new(connect) }
    }

    pub(crate) fn get(&self) -> Result<Pooled<'_>, Error> {
        let mut idle = lock(&self.idle);
        loop {
            if let Some(connection) = idle.free.pop() {
                return Ok(Pooled { connection: Some(connection), pool: self });
            }
            if idle.open < self.limit {
                break;
            }
            idle = self.back.wait(idle).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        idle.open += 1;
        drop(idle);
        match (self.connect)() {
            Ok(connection) => Ok(Pooled { connection: Some(connection), pool: self }),
            Err(error) => {
                self.lost();
                Err(error)
            }
        }
    }

    fn lost(&self) {
        lock(&self.idle).open -= 1;
        self.back.notify_one();
    }

    fn put_back(&self, connection: Box<dyn Connection>) {
        if connection.healthy() {
            lock(&self.idle).free.push(connection);
            self.back.notify_one();
        } else {
            self.lost();
            drop(connection);
        }
    }

    /// Takes all idle connections out, to close them on another thread.
    fn drain(&self) -> Vec<Box<dyn Connection>> {
        std::mem::take(&mut lock(&self.idle).free)
    }
}

/// A mutex stays usable after a panic elsewhere: what it guards here is always consistent.
pub(crate) fn lock<T>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A borrowed connection.
pub(crate) struct Pooled<'a> {
    connection: Option<Box<dyn Connection>>,
    pool: &'a Pool,
}

impl Pooled<'_> {
    pub(crate) fn get(&mut self) -> Result<&mut dyn Connection, Error> {
        match &mut self.connection {
            Some(connection) => Ok(connection.as_mut()),
            None => Err(Error::Unavailable { doing: "take a connection", source: None }),
        }
    }
}

impl Drop for Pooled<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.pool.put_back(connection);
        }
    }
}
