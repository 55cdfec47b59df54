//! The only file that may branch on the engine. Everything else is written once.

use std::path::PathBuf;

use crate::{
    driver::{Connection, Engine, postgres::Postgres, sqlite::Sqlite},
    error::Error,
    jobs::{JOB_CLAIM, JOB_CLAIM_SKIP_LOCKED},
    outbox::{MAIL_CLAIM, MAIL_CLAIM_SKIP_LOCKED},
    sql::Query,
};

/// Which engine an installation uses; chosen by its URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite(PathBuf),
    Postgres(String),
}

impl Dialect {
    /// Reads `sqlite:/path/to/file`, `postgres://..` or `postgresql://..`.
    pub(crate) fn from_url(url: &str) -> Result<Self, Error> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        Err(Error::setup("the database URL must begin with sqlite: or postgres://"))
    }

    /// Opens the engine for an organisation.
    pub(crate) fn open(&self, org: &str) -> Result<Box<dyn Engine>, Error> {
        Ok(match self {
            Self::Sqlite(path) => Box::new(Sqlite::open(path)?),
            Self::Postgres(url) => Box::new(Postgres::open(url, connection_settings(org))?),
        })
    }

    /// Opens the engine so that nothing can be changed through it.
    pub(crate) fn open_read_only(&self, org: &str) -> Result<Box<dyn Engine>, Error> {
        Ok(match self {
            Self::Sqlite(path) => Box::new(Sqlite::open_read_only(path)?),
            Self::Postgres(url) => {
                let settings = connection_settings(org) + "SET default_transaction_read_only = on;";
                Box::new(Postgres::open(url, settings)?)
            }
        })
    }

    /// Starts a transaction that will write.
    pub(crate) fn begin_write(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "BEGIN IMMEDIATE",
            Self::Postgres(_) => "BEGIN",
        }
    }

    /// Starts a transaction that sees one state of the data throughout.
    pub(crate) fn begin_read(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "BEGIN",
            Self::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// Keeps two processes from migrating at once, until the transaction ends.
    pub(crate) fn lock_migrations(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SELECT 1",
            Self::Postgres(_) => "SELECT pg_advisory_xact_lock(7034260116571914)",
        }
    }

    /// Fills the tokens of a migration: types, strictness, clustering.
    pub(crate) fn render(&self, sql: &str) -> String {
        let (int, text, blob, strict, clustered) = match self {
            Self::Sqlite(_) => ("INTEGER", "TEXT", "BLOB", "STRICT", "STRICT, WITHOUT ROWID"),
            Self::Postgres(_) => ("BIGINT", "TEXT COLLATE \"C\"", "BYTEA", "", ""),
        };
        sql.replace("{int}", int)
            .replace("{text}", text)
            .replace("{blob}", blob)
            .replace("{strict}", strict)
            .replace("{clustered}", clustered)
    }

    /// The part of a migration step that only one engine needs.
    pub(crate) fn own<'a>(&self, sqlite: &'a str, postgres: &'a str) -> &'a str {
        match self {
            Self::Sqlite(_) => sqlite,
            Self::Postgres(_) => postgres,
        }
    }

    /// Takes the next due job: PostgreSQL workers skip each other's rows instead of queueing.
    pub(crate) fn job_claim(&self) -> &'static Query {
        match self {
            Self::Sqlite(_) => &JOB_CLAIM,
            Self::Postgres(_) => &JOB_CLAIM_SKIP_LOCKED,
        }
    }

    /// Takes the next mail that is due, likewise.
    pub(crate) fn mail_claim(&self) -> &'static Query {
        match self {
            Self::Sqlite(_) => &MAIL_CLAIM,
            Self::Postgres(_) => &MAIL_CLAIM_SKIP_LOCKED,
        }
    }

    /// Makes deleted rows leave the files: the write-ahead log is moved into the (securely
    /// deleting) database and cut to nothing. Best effort: a reader may hold it back.
    pub(crate) fn scrub(&self, connection: &mut dyn Connection) -> Result<(), Error> {
        match self {
            Self::Sqlite(_) => connection.batch("empty the write-ahead log", "PRAGMA wal_checkpoint(TRUNCATE);"),
            Self::Postgres(_) => Ok(()),
        }
    }

    /// The engine's own check of its files, as problems in words, `ok` where all is well.
    pub(crate) fn integrity(&self) -> Option<Query> {
        match self {
            Self::Sqlite(_) => Some(INTEGRITY),
            Self::Postgres(_) => None,
        }
    }

    /// Whether a statement of the registry is meant for this engine.
    pub(crate) fn understands(&self, query: &Query) -> bool {
        match self {
            Self::Sqlite(_) => query.name != JOB_CLAIM_SKIP_LOCKED.name && query.name != MAIL_CLAIM_SKIP_LOCKED.name,
            Self::Postgres(_) => true,
        }
    }
}

/// Every table against its indexes. The search tokens, by far the most rows, are bound by
/// nothing but themselves: there the structure is enough.
const INTEGRITY: Query = Query {
    name: "INTEGRITY",
    text: "SELECT c.integrity_check FROM sqlite_schema s, pragma_integrity_check(s.name) c WHERE s.type = 'table' AND s.name <> 'tokens' \
        UNION ALL SELECT quick_check FROM pragma_quick_check('tokens')",
};

/// What every PostgreSQL connection sets: row-level security compares each row with the organisation.
fn connection_settings(org: &str) -> String {
    format!("SET probity.org = '{org}'; SET synchronous_commit = on; SET lock_timeout = '30s'; SET standard_conforming_strings = on;")
}
