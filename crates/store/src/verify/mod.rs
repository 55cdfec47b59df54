//! Checking everything stored against the log and its signed checkpoint, offline, with the
//! public key alone. Streams: memory does not grow with the register.

mod entries;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use domain::ids::OrgId;
use tlog_tiles::Hash;

use crate::{
    blobs::files::Folder,
    dialect::Dialect,
    driver::Connection,
    error::Error,
    log::{LOG_HEAD_GET, checkpoint},
    migrate,
    sql::{Query, queries},
    store::check_org,
    value::{Row, Value, values},
};

queries! {
    VERIFY_LOG = "SELECT l.seq, l.kind, l.record, l.version, l.verb, l.actor, l.at_us, l.reason, l.body_hash, l.head_hash, l.leaf_hash, \
        v.record, v.version, v.body FROM log l LEFT JOIN versions v ON v.org = l.org AND v.seq = l.seq \
        WHERE l.org = $1 AND l.seq > $2 ORDER BY l.seq LIMIT $3";
    VERIFY_ORPHANS = "SELECT v.seq FROM versions v WHERE v.org = $1 AND NOT EXISTS \
        (SELECT 1 FROM log l WHERE l.org = v.org AND l.seq = v.seq) ORDER BY v.seq LIMIT 100";
    VERIFY_HASHES = "SELECT idx, hash FROM hashes WHERE org = $1 AND idx > $2 AND idx <= $3 ORDER BY idx";
    VERIFY_HASHES_BEYOND = "SELECT count(*) FROM hashes WHERE org = $1 AND idx > $2";
    VERIFY_CHECKPOINTS = "SELECT size, checkpoint FROM checkpoints WHERE org = $1 ORDER BY size";
    VERIFY_RECORDS = "SELECT r.id, r.kind, r.reference, r.state, r.owner, r.due_us, r.hold, r.version, r.created_us, r.updated_us, r.seq, \
        l.record, l.version, l.head_hash, l.at_us FROM records r LEFT JOIN log l ON l.org = r.org AND l.seq = r.seq \
        WHERE r.org = $1 AND r.id > $2 ORDER BY r.id LIMIT $3";
    VERIFY_CLOCKS = "SELECT record, name, due_us, state FROM clocks WHERE org = $1 AND record > $2 AND record <= $3 ORDER BY record, name";
    VERIFY_CLOCK_COUNT = "SELECT count(*) FROM clocks WHERE org = $1";
    VERIFY_STALE = "SELECT r.id FROM records r WHERE r.org = $1 AND EXISTS \
        (SELECT 1 FROM log l WHERE l.org = r.org AND l.record = r.id AND l.version > r.version) ORDER BY r.id LIMIT 100";
    VERIFY_HEADLESS = "SELECT v.record, min(v.seq) FROM versions v WHERE v.org = $1 AND NOT EXISTS \
        (SELECT 1 FROM records r WHERE r.org = v.org AND r.id = v.record) GROUP BY v.record ORDER BY v.record LIMIT 100";
    VERIFY_STATES = "SELECT kind, state, count(*) FROM records WHERE org = $1 GROUP BY kind, state ORDER BY kind, state";
    VERIFY_COUNTS = "SELECT kind, state, n FROM counts WHERE org = $1 AND n <> 0 ORDER BY kind, state";
    VERIFY_CLOCK_STATES = "SELECT state, name, count(*) FROM clocks WHERE org = $1 GROUP BY state, name ORDER BY state, name";
    VERIFY_TALLIES = "SELECT state, name, n FROM tallies WHERE org = $1 AND n <> 0 ORDER BY state, name";
    VERIFY_LOGGED = "SELECT kind || ' ' || verb, CAST(at_us / 86400000000 AS TEXT), count(*) FROM log WHERE org = $1 GROUP BY 1, 2 ORDER BY 1, 2";
    VERIFY_LOG_COUNTS = "SELECT kind || ' ' || verb, CAST(day AS TEXT), n FROM log_counts WHERE org = $1 AND n <> 0 ORDER BY 1, 2";
    VERIFY_BLOBS = "SELECT b.id, b.record, b.file, b.mime, b.size_bytes, b.seq, b.state, l.kind, l.record, l.body_hash, l.head_hash \
        FROM blobs b LEFT JOIN log l ON l.org = b.org AND l.seq = b.seq WHERE b.org = $1 AND b.id > $2 ORDER BY b.id LIMIT $3";
    VERIFY_USERS = "SELECT u.id, u.email_token, u.roles, u.state, u.body, u.seq, l.kind, l.record, l.body_hash, l.head_hash, \
        (SELECT max(seq) FROM log WHERE org = u.org AND record = u.id AND kind = 'user') \
        FROM users u LEFT JOIN log l ON l.org = u.org AND l.seq = u.seq WHERE u.org = $1 ORDER BY u.id";
    VERIFY_SETTINGS = "SELECT s.name, s.body, s.seq, l.kind, l.record, l.body_hash, \
        (SELECT max(seq) FROM log WHERE org = s.org AND record = s.name AND kind = 'setting') \
        FROM settings s LEFT JOIN log l ON l.org = s.org AND l.seq = s.seq WHERE s.org = $1 ORDER BY s.name";
    VERIFY_MAILS = "SELECT o.id, o.message_id, o.once, o.record, o.purpose, o.state, l.kind, l.record, l.head_hash \
        FROM outbox o LEFT JOIN log l ON l.org = o.org AND l.seq = o.seq WHERE o.org = $1 AND o.id > $2 ORDER BY o.id LIMIT $3";
    VERIFY_MAIL_ENTRIES = "SELECT count(*) FROM log WHERE org = $1 AND kind = 'mail' AND verb = 'mail_queued'";
    VERIFY_KEYLESS = "SELECT 'subject', record FROM log WHERE org = $1 AND kind = 'key' AND NOT EXISTS \
        (SELECT 1 FROM keys WHERE org = $1 AND keys.kind = 'subject' AND id = log.record) \
        UNION ALL SELECT 'record', r.id FROM records r WHERE r.org = $1 AND NOT EXISTS \
        (SELECT 1 FROM keys WHERE org = $1 AND keys.kind = 'record' AND keys.id = r.id) \
        UNION ALL SELECT 'user', u.id FROM users u WHERE u.org = $1 AND NOT EXISTS \
        (SELECT 1 FROM keys WHERE org = $1 AND keys.kind = 'user' AND keys.id = u.id) LIMIT 100";
    VERIFY_ERASED = "SELECT k.kind, k.id, k.state, k.erased_seq, l.kind, l.record FROM keys k LEFT JOIN log l \
        ON l.org = k.org AND l.seq = k.erased_seq WHERE k.org = $1 AND (k.state <> 'alive' OR k.erased_seq IS NOT NULL) ORDER BY k.kind, k.id";
}

/// Problems listed at most; with more than this the rest only counts.
const MOST_PROBLEMS: usize = 1000;

/// What to verify, and against what.
#[derive(Debug, Clone)]
pub struct VerifyConfig {
    /// The database, as in [`crate::StoreConfig`].
    pub url: String,
    /// Folder of stored files.
    pub data_dir: PathBuf,
    /// The organisation.
    pub org: OrgId,
    /// The log's public key, as in `log-<org>.vkey` of the key folder.
    pub verifier_key: String,
    /// A checkpoint saved earlier and elsewhere. Without one a rollback cannot be seen.
    pub checkpoint: Option<String>,
}

/// One thing that is not as the log says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// The log entry it concerns, where there is one.
    pub seq: Option<u64>,
    /// What is wrong, in words.
    pub what: String,
}

/// The outcome of a verification.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct VerifyReport {
    /// Whether no problem was found.
    pub ok: bool,
    /// Versions checked.
    pub versions: u64,
    /// Log entries checked.
    pub entries: u64,
    /// Stored files checked.
    pub files: u64,
    /// The latest signed checkpoint, to be kept elsewhere.
    pub checkpoint: String,
    /// What was found.
    pub problems: Vec<Problem>,
    /// What this verification could not see, in words.
    pub notes: Vec<String>,
}

/// A root that the tree must have at a size, and who says so.
struct Anchor {
    size: u64,
    root: Hash,
    what: &'static str,
}

/// A running verification.
struct Check<'a> {
    connection: &'a mut dyn Connection,
    org: &'a str,
    files: Option<Folder>,
    report: VerifyReport,
    unlisted: u64,
    /// Entries of each kind met in the log.
    kinds: BTreeMap<String, u64>,
    /// Users and settings that the log knows; both are few.
    users: BTreeSet<String>,
    settings: BTreeSet<String>,
}

/// Verifies a store. Never fails: what cannot be read is a problem of the report.
pub fn verify(config: &VerifyConfig) -> VerifyReport {
    let mut report = run(config).unwrap_or_else(|error| {
        let mut report = VerifyReport::default();
        report.problems.push(Problem { seq: None, what: format!("the database cannot be read: {error}") });
        report
    });
    report.ok = report.problems.is_empty();
    report
}

fn run(config: &VerifyConfig) -> Result<VerifyReport, Error> {
    let org = config.org.as_str();
    check_org(org)?;
    let dialect = Dialect::from_url(&config.url)?;
    let engine = dialect.open_read_only(org)?;
    let mut pooled = engine.reader()?;
    let connection = pooled.get()?;
    connection.batch("begin to read", dialect.begin_read())?;
    let mut check = Check {
        connection,
        org,
        files: Folder::open_existing(&config.data_dir.join("blobs")),
        report: VerifyReport::default(),
        unlisted: 0,
        kinds: BTreeMap::new(),
        users: BTreeSet::new(),
        settings: BTreeSet::new(),
    };
    let current = check.schema(&dialect);
    check.all(config, current);
    // Nothing was changed; a connection that cannot end its transaction is closed anyway.
    let _ = check.connection.batch("end", "ROLLBACK");
    if check.unlisted > 0 {
        let what = format!("and {} further problems", check.unlisted);
        check.report.problems.push(Problem { seq: None, what });
    }
    Ok(check.report)
}

impl Check<'_> {
    fn problem(&mut self, seq: Option<u64>, what: impl Into<String>) {
        if self.report.problems.len() < MOST_PROBLEMS {
            self.report.problems.push(Problem { seq, what: what.into() });
        } else {
            self.unlisted += 1;
        }
    }

    /// Runs a query; a failure is a problem and gives `None`.
    fn rows(&mut self, query: &Query, params: &[Value]) -> Option<Vec<Row>> {
        let result = self.connection.query(query, params);
        self.readable(query.name, result)
    }

    fn readable<T>(&mut self, what: &str, result: Result<T, Error>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.problem(None, format!("{what}: {error}"));
                None
            }
        }
    }

    /// The number that a counting query gives.
    fn number(&mut self, query: &Query, params: &[Value]) -> Option<u64> {
        let row = self.rows(query, params)?.into_iter().next();
        let number = row.map_or(Ok(0), |mut row| row.count(0));
        self.readable(query.name, number)
    }

    /// Checks the steps of the schema, and the engine's own check of its files. Tells whether
    /// the schema is that of this program.
    fn schema(&mut self, dialect: &Dialect) -> bool {
        let done = migrate::check(self.connection, dialect);
        let current = self.readable("the schema", done).is_some_and(|done| done == migrate::known());
        if !current {
            self.report.notes.push("the database was written by an older version of the program".to_owned());
        }
        let Some(query) = dialect.integrity() else { return current };
        for mut row in self.rows(&query, &[]).unwrap_or_default() {
            match row.text(0) {
                Ok(text) if text == "ok" => {}
                Ok(text) => self.problem(None, format!("the database file is damaged: {text}")),
                Err(error) => self.problem(None, format!("the database file cannot be checked: {error}")),
            }
        }
        current
    }

    fn all(&mut self, config: &VerifyConfig, current: bool) {
        let anchors = self.anchors(config);
        let edge = self.entries(anchors);
        self.head_row(&edge);
        self.records();
        self.counts();
        if current {
            self.tallies();
            self.mails();
        }
        self.blobs();
        self.users();
        self.settings();
        self.keys();
    }

    /// The signed roots: the latest, those kept in the database, and the saved one.
    fn anchors(&mut self, config: &VerifyConfig) -> Vec<Anchor> {
        let mut anchors = Vec::new();
        let mut latest = None;
        for mut row in self.rows(&LOG_HEAD_GET, values![self.org]).unwrap_or_default() {
            let note = row.text(2);
            if let Some(note) = self.readable("the latest checkpoint", note) {
                latest = self.anchor(&note, "the latest checkpoint", &config.verifier_key, &mut anchors);
                self.report.checkpoint = note;
            }
        }
        if self.report.checkpoint.is_empty() {
            self.problem(None, "there is no signed checkpoint");
        }
        for mut row in self.rows(&VERIFY_CHECKPOINTS, values![self.org]).unwrap_or_default() {
            let note = row.text(1);
            if let Some(note) = self.readable("a kept checkpoint", note) {
                self.anchor(&note, "a kept checkpoint", &config.verifier_key, &mut anchors);
            }
        }
        match &config.checkpoint {
            Some(note) => {
                let saved = self.anchor(note, "the saved checkpoint", &config.verifier_key, &mut anchors);
                if let (Some(saved), Some(latest)) = (saved, latest)
                    && saved > latest
                {
                    self.problem(
                        None,
                        format!("the database was rolled back: the saved checkpoint has {saved} entries, the database {latest}"),
                    );
                }
            }
            None => self.report.notes.push(
                "no saved checkpoint was given: whether the whole database was rolled back to an earlier state cannot be seen".to_owned(),
            ),
        }
        anchors.sort_by_key(|anchor| anchor.size);
        anchors
    }

    fn anchor(&mut self, note: &str, what: &'static str, key: &str, anchors: &mut Vec<Anchor>) -> Option<u64> {
        match checkpoint::open(note, key, self.org) {
            Ok((size, root)) => {
                anchors.push(Anchor { size, root, what });
                Some(size)
            }
            Err(wrong) => {
                self.problem(None, format!("{what}: {wrong}"));
                None
            }
        }
    }

    /// The row that the next append would continue from.
    fn head_row(&mut self, edge: &crate::log::tree::Edge) {
        for mut row in self.rows(&LOG_HEAD_GET, values![self.org]).unwrap_or_default() {
            let (size, peaks) = (row.count(0), row.blob(1));
            if size.ok() != Some(edge.size) || peaks.ok() != Some(edge.store()) {
                self.problem(None, "the size or the peaks of the log are not those of its entries");
            }
        }
    }
}
