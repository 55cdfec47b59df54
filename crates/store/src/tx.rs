//! Transactions: the only doors to the data.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, atomic::AtomicBool};

use crate::{
    blobs::StagedBlob,
    driver::Connection,
    error::Error,
    log::{CHECKPOINT_KEEP, KEEP_EVERY, LOG_HEAD_LOCK, LOG_HEAD_SET, tree::Edge},
    sql::Query,
    store::Shared,
    value::{Row, Value, values},
};

/// Who writes and when; stands in every log entry of the transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The user's id, or the name of the part of the system, e.g. `worker`. Never a person's name.
    pub actor: String,
    /// The instant of the command in microseconds since 1970 UTC.
    pub at_us: i64,
}

/// A transaction that reads one consistent state.
pub struct ReadTx<'a> {
    pub(crate) connection: &'a mut dyn Connection,
    pub(crate) shared: &'a Shared,
    /// A statement failed: PostgreSQL has given the transaction up, so neither engine may commit it.
    pub(crate) failed: bool,
}

impl<'a> ReadTx<'a> {
    /// The organisation, for the first parameter of every statement.
    pub(crate) fn org(&self) -> &'a str {
        &self.shared.org
    }

    /// Runs a statement that reads.
    pub(crate) fn query(&mut self, query: &Query, params: &[Value]) -> Result<Vec<Row>, Error> {
        self.shared.watch.note(query.name);
        let result = self.connection.query(query, params);
        self.failed |= result.is_err();
        result
    }

    /// Runs a statement that reads at most one row.
    pub(crate) fn one(&mut self, query: &Query, params: &[Value]) -> Result<Option<Row>, Error> {
        Ok(self.query(query, params)?.into_iter().next())
    }

    /// Runs a statement that changes rows, uncounted.
    pub(crate) fn run(&mut self, query: &Query, params: &[Value]) -> Result<u64, Error> {
        self.shared.watch.note(query.name);
        let result = self.connection.execute(query, params);
        self.failed |= result.is_err();
        result
    }
}

/// What has to follow a commit. Each step can be repeated, and is when the store is next
/// opened after a crash.
pub(crate) enum After {
    /// Overwrite a key and note that it is gone.
    DestroyKey { slot: u64 },
    /// Move a staged file to its place.
    PublishBlob { file: String, kept: Arc<AtomicBool> },
    /// Let go of a staged file that the transaction made itself: deleted, unless it was published before.
    Release(StagedBlob),
    /// Delete a file whose row is gone or whose key was destroyed.
    RemoveBlob { file: String },
}

/// A transaction that writes: everything or nothing. It reads as well.
pub struct WriteTx<'a> {
    pub(crate) read: ReadTx<'a>,
    pub(crate) actor: String,
    pub(crate) at_us: i64,
    /// The growing edge of the log, once its lock is held.
    pub(crate) log: Option<Edge>,
    /// The size of the log when the lock was taken.
    first: u64,
    /// Rows changed since the last log entry.
    pub(crate) unlogged: u64,
    pub(crate) after: Vec<After>,
}

impl<'a> Deref for WriteTx<'a> {
    type Target = ReadTx<'a>;

    fn deref(&self) -> &Self::Target {
        &self.read
    }
}

impl DerefMut for WriteTx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.read
    }
}

impl<'a> WriteTx<'a> {
    pub(crate) fn new(connection: &'a mut dyn Connection, shared: &'a Shared, origin: &Origin) -> Self {
        Self {
            read: ReadTx { connection, shared, failed: false },
            actor: origin.actor.clone(),
            at_us: origin.at_us,
            log: None,
            first: 0,
            unlogged: 0,
            after: Vec::new(),
        }
    }

    /// The instant of this command, in microseconds since 1970 UTC.
    pub fn at_us(&self) -> i64 {
        self.at_us
    }

    /// Who this command is by.
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// As [`ReadTx::query`]; also for changes that return rows, uncounted.
    pub(crate) fn query(&mut self, query: &Query, params: &[Value]) -> Result<Vec<Row>, Error> {
        self.read.query(query, params)
    }

    /// As [`ReadTx::one`].
    pub(crate) fn one(&mut self, query: &Query, params: &[Value]) -> Result<Option<Row>, Error> {
        self.read.one(query, params)
    }

    /// Changes rows that a log entry has to follow in this transaction.
    pub(crate) fn change(&mut self, query: &Query, params: &[Value]) -> Result<u64, Error> {
        let changed = self.read.run(query, params)?;
        self.unlogged += changed;
        Ok(changed)
    }

    /// Changes technical rows: derived, expiring or about the machine, not about people.
    pub(crate) fn touch(&mut self, query: &Query, params: &[Value]) -> Result<u64, Error> {
        self.read.run(query, params)
    }

    /// Takes the log's row lock, which puts the writers of an organisation in order.
    pub(crate) fn lock_log(&mut self) -> Result<(), Error> {
        if self.log.is_some() {
            return Ok(());
        }
        let org = self.org();
        let row = self.query(&LOG_HEAD_LOCK, values![org])?.into_iter().next();
        let mut row = row.ok_or_else(|| Error::corrupt("log_head", org, "the row is missing"))?;
        let (size, peaks) = (row.count(0)?, row.blob(1)?);
        let edge = Edge::load(size, &peaks).ok_or_else(|| Error::corrupt("log_head", org, "the peaks do not fit the size"))?;
        self.first = size;
        self.log = Some(edge);
        Ok(())
    }

    /// Writes the new checkpoint, unless nothing was logged. Refuses unlogged changes.
    pub(crate) fn seal(&mut self) -> Result<(), Error> {
        if self.unlogged > 0 {
            return Err(Error::Unlogged);
        }
        if self.failed {
            return Err(Error::Driver { doing: "commit", source: "a statement of this transaction failed".into() });
        }
        let Some(edge) = self.log.take().filter(|edge| edge.size > self.first) else {
            return Ok(());
        };
        let checkpoint = self.shared.signer.sign(edge.size, edge.root()?)?;
        let org = self.org();
        self.touch(&LOG_HEAD_SET, values![org, edge.size, edge.store(), checkpoint.as_str()])?;
        if edge.size / KEEP_EVERY > self.first / KEEP_EVERY {
            self.touch(&CHECKPOINT_KEEP, values![org, edge.size, checkpoint.as_str()])?;
        }
        Ok(())
    }

    /// Keeps the latest checkpoint for good and returns it.
    pub fn checkpoint_keep(&mut self) -> Result<String, Error> {
        self.lock_log()?;
        let (size, checkpoint) = self.log_head()?;
        let org = self.org();
        self.touch(&CHECKPOINT_KEEP, values![org, size, checkpoint.as_str()])?;
        Ok(checkpoint)
    }
}
