//! Work to be done after a commit. A job is enqueued in the transaction that causes it, and
//! claimed by one worker at a time under a lease: a worker that dies loses it to another.

use serde_json::Value as Json;

use crate::{
    error::Error,
    keys::{
        Key,
        table::{Held, Holder},
    },
    seal,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::{Row, values},
};

queries! {
    JOB_PUT = "INSERT INTO jobs (org, id, kind, record, payload, state, attempts, run_at_us, worker, error) \
        VALUES ($1, $2, $3, $4, $5, 'ready', 0, $6, '', '')";
    JOB_CLAIM = "UPDATE jobs SET state = 'running', attempts = attempts + 1, run_at_us = $3, worker = $4 WHERE org = $1 AND id = \
        (SELECT id FROM jobs WHERE org = $1 AND state IN ('ready', 'running') AND run_at_us <= $2 ORDER BY run_at_us, id LIMIT 1) \
        RETURNING id, kind, record, payload, attempts";
    JOB_CLAIM_SKIP_LOCKED = "UPDATE jobs SET state = 'running', attempts = attempts + 1, run_at_us = $3, worker = $4 WHERE org = $1 AND id = \
        (SELECT id FROM jobs WHERE org = $1 AND state IN ('ready', 'running') AND run_at_us <= $2 ORDER BY run_at_us, id LIMIT 1 \
        FOR UPDATE SKIP LOCKED) RETURNING id, kind, record, payload, attempts";
    JOB_EXTEND = "UPDATE jobs SET run_at_us = $4 WHERE org = $1 AND id = $2 AND worker = $3 AND state = 'running'";
    JOB_DONE = "DELETE FROM jobs WHERE org = $1 AND id = $2 AND worker = $3 AND state = 'running'";
    JOB_AGAIN = "UPDATE jobs SET state = 'ready', run_at_us = $4, error = $5, worker = '' WHERE org = $1 AND id = $2 AND worker = $3 AND state = 'running'";
    JOB_FAILED = "UPDATE jobs SET state = 'failed', error = $4, worker = '' WHERE org = $1 AND id = $2 AND worker = $3 AND state = 'running'";
    JOBS_OF_RECORD = "SELECT id, kind, state, attempts, run_at_us, error FROM jobs WHERE org = $1 AND record = $2 ORDER BY id";
    JOB_COUNTS = "SELECT state, count(*) FROM jobs WHERE org = $1 GROUP BY state ORDER BY state";
}

/// A job to be enqueued.
#[derive(Debug, Clone, Copy)]
pub struct NewJob<'a> {
    /// The job's id, made by the caller.
    pub id: &'a str,
    /// Which job it is.
    pub kind: &'a str,
    /// The record it is about; its payload is then sealed under the record's key.
    pub record: Option<&'a str>,
    /// What the job needs to know.
    pub payload: &'a Json,
    /// Not before this instant, in microseconds since 1970 UTC.
    pub run_at_us: i64,
}

/// A claimed job.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// The job's id.
    pub id: String,
    /// Which job it is.
    pub kind: String,
    /// The record it is about.
    pub record: Option<String>,
    /// What it needs to know.
    pub payload: Json,
    /// How often it was claimed, this time included.
    pub attempts: u64,
}

/// A job as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobStatus {
    /// The job's id.
    pub id: String,
    /// Which job it is.
    pub kind: String,
    /// `ready`, `running` or `failed`.
    pub state: String,
    /// How often it was claimed.
    pub attempts: u64,
    /// When it runs next, or until when its lease lasts.
    pub run_at_us: i64,
    /// Why it failed last, without personal data.
    pub error: String,
}

fn context(org: &str, id: &str, kind: &str) -> Vec<u8> {
    seal::context("probity-job-v1", &[org, id, kind])
}

impl ReadTx<'_> {
    /// The jobs about a record that are not done.
    pub fn jobs_of_record(&mut self, record: &str) -> Result<Vec<JobStatus>, Error> {
        let rows = self.query(&JOBS_OF_RECORD, values![self.org(), record])?;
        let status = |mut row: Row| {
            let (id, kind, state) = (row.text(0)?, row.text(1)?, row.text(2)?);
            Ok(JobStatus { id, kind, state, attempts: row.count(3)?, run_at_us: row.int(4)?, error: row.text(5)? })
        };
        rows.into_iter().map(status).collect()
    }

    /// How many jobs are in each state.
    pub fn job_counts(&mut self) -> Result<Vec<(String, u64)>, Error> {
        let rows = self.query(&JOB_COUNTS, values![self.org()])?;
        rows.into_iter().map(|mut row| Ok((row.text(0)?, row.count(1)?))).collect()
    }

    fn job_key(&mut self, record: Option<&str>) -> Result<Held, Error> {
        match record {
            Some(record) => self.key(Holder::Record, record),
            None => Ok(Held::Alive(self.shared.org_key.clone())),
        }
    }
}

impl WriteTx<'_> {
    /// Enqueues a job; workers see it once this transaction has committed.
    ///
    /// # Errors
    /// [`Error::Unknown`] or [`Error::Erased`] when its record has no living key.
    pub fn job_enqueue(&mut self, job: &NewJob<'_>) -> Result<(), Error> {
        let key: Key = match self.job_key(job.record)? {
            Held::Alive(key) => key,
            Held::Erased => return Err(Error::Erased),
            Held::Never => return Err(Error::Unknown { what: "record" }),
        };
        let org = self.org();
        let payload = seal::seal(&key, &context(org, job.id, job.kind), job.payload.to_string().as_bytes())?;
        self.touch(&JOB_PUT, values![org, job.id, job.kind, job.record.map(str::to_owned), payload, job.run_at_us]).map(drop)
    }

    /// Claims the next job that is due, for `lease_us` microseconds from the transaction's
    /// instant. A running job whose lease has ended is due again. Use it in
    /// [`crate::Store::write_technical`].
    pub fn job_claim(&mut self, worker: &str, lease_us: i64) -> Result<Option<Job>, Error> {
        let (at_us, claim) = (self.at_us, self.shared.dialect.job_claim());
        let params = values![self.org(), at_us, at_us.saturating_add(lease_us), worker];
        let Some(mut row) = self.query(claim, params)?.into_iter().next() else {
            return Ok(None);
        };
        let (id, kind, record) = (row.text(0)?, row.text(1)?, row.opt_text(2)?);
        let (sealed, attempts) = (row.blob(3)?, row.count(4)?);
        let payload = match self.job_key(record.as_deref())? {
            Held::Alive(key) => {
                let clear = seal::open(&key, &context(self.org(), &id, &kind), &sealed);
                let payload = clear.and_then(|clear| serde_json::from_slice(&clear).ok());
                payload.ok_or_else(|| Error::corrupt("jobs", id.clone(), "the seal does not open"))?
            }
            Held::Erased | Held::Never => Json::Null,
        };
        Ok(Some(Job { id, kind, record, payload, attempts }))
    }

    /// Extends a lease. `false` when the worker no longer holds the job and must stop.
    pub fn job_extend(&mut self, id: &str, worker: &str, lease_us: i64) -> Result<bool, Error> {
        let (org, until_us) = (self.org(), self.at_us.saturating_add(lease_us));
        Ok(self.touch(&JOB_EXTEND, values![org, id, worker, until_us])? > 0)
    }

    /// Finishes a job: it and its payload are deleted. `false` when the worker no longer holds it.
    pub fn job_done(&mut self, id: &str, worker: &str) -> Result<bool, Error> {
        let org = self.org();
        Ok(self.touch(&JOB_DONE, values![org, id, worker])? > 0)
    }

    /// Puts a job back to run again later. `error` holds no personal data.
    pub fn job_again(&mut self, id: &str, worker: &str, run_at_us: i64, error: &str) -> Result<bool, Error> {
        let org = self.org();
        Ok(self.touch(&JOB_AGAIN, values![org, id, worker, run_at_us, error])? > 0)
    }

    /// Gives a job up. It stays listed with its error.
    pub fn job_failed(&mut self, id: &str, worker: &str, error: &str) -> Result<bool, Error> {
        let org = self.org();
        Ok(self.touch(&JOB_FAILED, values![org, id, worker, error])? > 0)
    }
}
