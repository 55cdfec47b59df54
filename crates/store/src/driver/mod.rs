//! The seam: what the store needs from an engine. Two files implement it; nothing above
//! knows which one is in use.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use std::{collections::VecDeque, thread::Thread};

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

/// Connections that are not in use, how many exist, and who waits.
struct Idle {
    free: Vec<Box<dyn Connection>>,
    open: usize,
    /// The number that the next to come draws.
    drawn: u64,
    /// Who waits, first come first: a connection is only for the first of them.
    waiting: VecDeque<(u64, Thread)>,
}

/// A small pool: opens connections as needed up to a limit, then lets everybody wait in a line. Without
/// the line, who has just given back a connection takes it again before those who sleep have woken.
pub(crate) struct Pool {
    idle: std::sync::Mutex<Idle>,
    limit: usize,
    connect: Box<dyn Fn() -> Result<Box<dyn Connection>, Error> + Send + Sync>,
}

impl Pool {
    pub(crate) fn new(limit: usize, connect: impl Fn() -> Result<Box<dyn Connection>, Error> + Send + Sync + 'static) -> Self {
        let idle = Idle { free: Vec::new(), open: 0, drawn: 0, waiting: VecDeque::new() };
        Self { idle: std::sync::Mutex::new(idle), limit, connect: Box::new(connect) }
    }

    pub(crate) fn get(&self) -> Result<Pooled<'_>, Error> {
        match self.free_or_new() {
            Some(connection) => Ok(Pooled { connection: Some(connection), pool: self }),
            None => match (self.connect)() {
                Ok(connection) => Ok(Pooled { connection: Some(connection), pool: self }),
                Err(error) => {
                    self.lost();
                    Err(error)
                }
            },
        }
    }

    /// A free connection; `None` when one more may be opened, which is counted already. Waits for its turn.
    fn free_or_new(&self) -> Option<Box<dyn Connection>> {
        let mut idle = lock(&self.idle);
        let mine = idle.drawn;
        idle.drawn += 1;
        idle.waiting.push_back((mine, std::thread::current()));
        loop {
            let first = idle.waiting.front().is_some_and(|(number, _)| *number == mine);
            let (ready, room) = (!idle.free.is_empty(), idle.open < self.limit);
            if first && (ready || room) {
                idle.waiting.pop_front();
                let free = idle.free.pop();
                idle.open += usize::from(free.is_none());
                wake_first(&idle);
                return free;
            }
            drop(idle);
            std::thread::park();
            idle = lock(&self.idle);
        }
    }

    fn lost(&self) {
        let mut idle = lock(&self.idle);
        idle.open -= 1;
        wake_first(&idle);
    }

    fn put_back(&self, connection: Box<dyn Connection>) {
        if connection.healthy() {
            let mut idle = lock(&self.idle);
            idle.free.push(connection);
            wake_first(&idle);
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

fn wake_first(idle: &Idle) {
    if let Some((_, thread)) = idle.waiting.front() {
        thread.unpark();
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

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex, mpsc};

    use super::*;

    struct Nothing;

    impl Connection for Nothing {
        fn query(&mut self, _: &Query, _: &[Value]) -> Result<Vec<Row>, Error> {
            Ok(Vec::new())
        }
        fn execute(&mut self, _: &Query, _: &[Value]) -> Result<u64, Error> {
            Ok(0)
        }
        fn batch(&mut self, _: &'static str, _: &str) -> Result<(), Error> {
            Ok(())
        }
        fn prepare(&mut self, _: &Query) -> Result<(), Error> {
            Ok(())
        }
        fn take_retryable(&mut self) -> bool {
            false
        }
        fn healthy(&self) -> bool {
            true
        }
    }

    fn waiting(pool: &Pool) -> usize {
        lock(&pool.idle).waiting.len()
    }

    #[test]
    fn who_came_first_is_served_first() {
        let pool = Arc::new(Pool::new(1, || Ok(Box::new(Nothing))));
        let served = Arc::new(Mutex::new(Vec::new()));
        let (done, all) = mpsc::channel();
        let held = pool.get().unwrap();
        for n in 0..8 {
            let (pool, served, done) = (Arc::clone(&pool), Arc::clone(&served), done.clone());
            let line = waiting(&pool);
            std::thread::spawn({
                let pool = Arc::clone(&pool);
                move || {
                    let _mine = pool.get().unwrap();
                    served.lock().unwrap().push(n);
                    done.send(()).unwrap();
                }
            });
            while waiting(&pool) == line {
                std::thread::yield_now();
            }
        }
        drop(held);
        // Who comes back at once has to wait behind those in the line.
        drop(pool.get().unwrap());
        assert_eq!(*served.lock().unwrap(), (0..8).collect::<Vec<_>>());
        drop(done);
        assert_eq!(all.iter().count(), 8);
    }
}
