//! How far long jobs have come, for pages that wait for them.

use crate::{
    error::Error,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::values,
};

queries! {
    PROGRESS_GET = "SELECT stage, done, total, state, updated_us FROM progress WHERE org = $1 AND id = $2";
    PROGRESS_PUT = "INSERT INTO progress (org, id, stage, done, total, state, updated_us) VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (org, id) DO UPDATE SET stage = excluded.stage, done = excluded.done, total = excluded.total, \
        state = excluded.state, updated_us = excluded.updated_us";
    PROGRESS_DROP = "DELETE FROM progress WHERE org = $1 AND id = $2";
}

/// The progress of one long piece of work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// What is being done, e.g. `scan`. No personal data.
    pub stage: String,
    /// Pieces done.
    pub done: u64,
    /// Pieces in all, 0 when it is not known.
    pub total: u64,
    /// `running`, `done` or `failed`.
    pub state: String,
    /// When it was noted, in microseconds since 1970 UTC.
    pub updated_us: i64,
}

impl ReadTx<'_> {
    /// The progress of a piece of work.
    pub fn progress_get(&mut self, id: &str) -> Result<Option<Progress>, Error> {
        let row = self.one(&PROGRESS_GET, values![self.org(), id])?;
        let progress = row.map(|mut row| {
            let (stage, done, total) = (row.text(0)?, row.count(1)?, row.count(2)?);
            Ok(Progress { stage, done, total, state: row.text(3)?, updated_us: row.int(4)? })
        });
        progress.transpose()
    }
}

impl WriteTx<'_> {
    /// Notes progress, at the transaction's instant.
    pub fn progress_put(&mut self, id: &str, progress: &Progress) -> Result<(), Error> {
        let (org, at_us) = (self.org(), self.at_us);
        let Progress { stage, done, total, state, .. } = progress;
        self.touch(&PROGRESS_PUT, values![org, id, stage, *done, *total, state, at_us]).map(drop)
    }

    /// Forgets a piece of work.
    pub fn progress_drop(&mut self, id: &str) -> Result<(), Error> {
        let org = self.org();
        self.touch(&PROGRESS_DROP, values![org, id]).map(drop)
    }
}
