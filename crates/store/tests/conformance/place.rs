//! A fresh installation for one test.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::ids::OrgId;
use postgres::{Client, NoTls};
use serde_json::{Value as Json, json};
use store::{ClockRow, Error, Origin, RecordHead, SaveRecord, SearchToken, Store, StoreConfig, VerifyConfig, VerifyReport};
use tempfile::TempDir;

const ROLE: &str = "probity_conformance";

pub struct Place {
    pub folder: TempDir,
    engine: Engine,
}

enum Engine {
    Sqlite,
    Postgres { admin: String, database: String },
}

static DATABASES: AtomicU64 = AtomicU64::new(0);

impl Place {
    pub fn sqlite() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), engine: Engine::Sqlite }
    }

    pub fn postgres() -> Option<Self> {
        let Ok(admin) = std::env::var("PROBITY_TEST_POSTGRES") else {
            assert!(std::env::var_os("PROBITY_REQUIRE_POSTGRES").is_none(), "PROBITY_TEST_POSTGRES is not set");
            return None;
        };
        let database = format!("probity_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
        let mut client = Client::connect(&admin, NoTls).unwrap();
        // Another test may have made the role a moment ago.
        let _ = client.batch_execute(&format!("CREATE ROLE {ROLE} NOSUPERUSER LOGIN"));
        client.batch_execute(&format!("CREATE DATABASE {database} OWNER {ROLE}")).unwrap();
        Some(Self { folder: tempfile::tempdir().unwrap(), engine: Engine::Postgres { admin, database } })
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self.engine, Engine::Postgres { .. })
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("data/probity.db")
    }

    fn url(&self) -> String {
        match &self.engine {
            Engine::Sqlite => format!("sqlite:{}", self.file().display()),
            Engine::Postgres { .. } => format!("{}?options=-c%20role%3D{ROLE}", self.admin_url()),
        }
    }

    fn admin_url(&self) -> String {
        match &self.engine {
            Engine::Sqlite => String::new(),
            Engine::Postgres { admin, database } => {
                let (server, _) = admin.rsplit_once('/').unwrap();
                format!("{server}/{database}")
            }
        }
    }

    pub fn config(&self, org: &str) -> StoreConfig {
        let folder = self.folder.path();
        StoreConfig { url: self.url(), data_dir: folder.join("data"), keys_dir: folder.join("keys"), org: OrgId::new(org) }
    }

    pub fn open(&self) -> Store {
        Store::open(&self.config("acme")).unwrap()
    }

    pub fn verify_against(&self, store: &Store, checkpoint: Option<String>) -> VerifyReport {
        let verifier_key = store.verifier_key().to_owned();
        let config = self.config("acme");
        store::verify(&VerifyConfig { url: config.url, data_dir: config.data_dir, org: config.org, verifier_key, checkpoint })
    }

    pub fn verify(&self, store: &Store) -> VerifyReport {
        self.verify_against(store, None)
    }

    /// Runs SQL behind the store's back, past triggers and row-level security.
    pub fn raw(&self, sql: &str) {
        match &self.engine {
            Engine::Sqlite => self.raw_sqlite().execute_batch(sql).unwrap(),
            Engine::Postgres { .. } => self.raw_postgres().batch_execute(sql).unwrap(),
        }
    }

    pub fn raw_sqlite(&self) -> rusqlite::Connection {
        let connection = rusqlite::Connection::open(self.file()).unwrap();
        connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
        connection
    }

    pub fn raw_postgres(&self) -> Client {
        let mut client = Client::connect(&self.admin_url(), NoTls).unwrap();
        client.batch_execute("SET session_replication_role = replica").unwrap();
        client
    }

    /// One byte column of all rows, with the position that names the row.
    pub fn raw_blobs(&self, table: &str, key: &str, column: &str) -> Vec<(i64, Vec<u8>)> {
        let sql = format!("SELECT {key}, {column} FROM {table} ORDER BY {key}");
        match &self.engine {
            Engine::Sqlite => {
                let connection = self.raw_sqlite();
                let mut statement = connection.prepare(&sql).unwrap();
                let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
                rows.map(Result::unwrap).collect()
            }
            Engine::Postgres { .. } => self.raw_postgres().query(&sql, &[]).unwrap().iter().map(|row| (row.get(0), row.get(1))).collect(),
        }
    }

    pub fn raw_put_blob(&self, table: &str, key: &str, column: &str, at: i64, bytes: &[u8]) {
        let hex = hex(bytes);
        let literal = if self.is_postgres() { format!("'\\x{hex}'::bytea") } else { format!("x'{hex}'") };
        self.raw(&format!("UPDATE {table} SET {column} = {literal} WHERE {key} = {at}"));
    }

    /// A copy of the whole database, to be put back with [`Place::restore`].
    pub fn backup(&self) -> Backup {
        match &self.engine {
            Engine::Sqlite => {
                let copy = self.folder.path().join("backup.db");
                let _ = std::fs::remove_file(&copy);
                self.raw_sqlite().execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
                Backup(copy.display().to_string())
            }
            Engine::Postgres { admin, database } => {
                let copy = format!("{database}_backup_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
                let mut client = Client::connect(admin, NoTls).unwrap();
                client.batch_execute(&format!("CREATE DATABASE {copy} TEMPLATE {database} OWNER {ROLE}")).unwrap();
                Backup(copy)
            }
        }
    }

    /// Puts a copy back. The store must be closed.
    pub fn restore(&self, backup: &Backup) {
        match &self.engine {
            Engine::Sqlite => {
                for side in ["-wal", "-shm"] {
                    let _ = std::fs::remove_file(format!("{}{side}", self.file().display()));
                }
                std::fs::copy(&backup.0, self.file()).unwrap();
            }
            Engine::Postgres { admin, database } => {
                let mut client = Client::connect(admin, NoTls).unwrap();
                client.batch_execute(&format!("DROP DATABASE {database} WITH (FORCE)")).unwrap();
                client.batch_execute(&format!("CREATE DATABASE {database} TEMPLATE {} OWNER {ROLE}", backup.0)).unwrap();
            }
        }
    }
}

pub struct Backup(pub String);

impl Drop for Place {
    fn drop(&mut self) {
        if let Engine::Postgres { admin, database } = &self.engine {
            let mut client = Client::connect(admin, NoTls).unwrap();
            let like = format!("{database}_backup_%");
            for row in client.query("SELECT datname FROM pg_database WHERE datname LIKE $1", &[&like]).unwrap() {
                let name: String = row.get(0);
                client.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).unwrap();
            }
            client.batch_execute(&format!("DROP DATABASE {database} WITH (FORCE)")).unwrap();
        }
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| char::from_digit(digit.into(), 16).unwrap()).collect()
}

pub fn origin() -> Origin {
    Origin { actor: "user-1".to_owned(), at_us: 1_000_000 }
}

pub fn at(at_us: i64) -> Origin {
    Origin { actor: "user-1".to_owned(), at_us }
}

pub fn head(id: &str, state: &str) -> RecordHead {
    RecordHead {
        id: id.to_owned(),
        kind: "request".to_owned(),
        reference: format!("SAR-{id}"),
        state: state.to_owned(),
        owner: Some("user-1".to_owned()),
        due_us: Some(5_000_000),
        hold: false,
    }
}

pub fn clock(name: &str, due_us: Option<i64>) -> ClockRow {
    ClockRow { name: name.to_owned(), due_us, state: "running".to_owned() }
}

/// A body about one subject.
pub fn body_of(subject: &str, name: &str) -> Json {
    json!({"channel": "email", "name": {"$personal": subject, "value": name}, "list": [{"email": {"$personal": subject, "value": {"a": 1}}}]})
}

/// Saves a plain record without personal values.
pub fn save(store: &Store, id: &str, expected_version: u64, state: &str) -> Result<u64, Error> {
    store.write(&origin(), |tx| {
        let body = json!({"state": state, "n": expected_version});
        let clocks = [clock("answer", Some(5_000_000))];
        tx.record_save(SaveRecord {
            head: head(id, state),
            body: &body,
            expected_version,
            verb: "save",
            reason: "",
            clocks: &clocks,
            tokens: &[],
        })
    })
}

/// Makes a subject and a record about them.
pub fn save_about(store: &Store, id: &str, subject: &str, name: &str) {
    let saved: Result<u64, Error> = store.write(&origin(), |tx| {
        tx.subject_create(subject)?;
        let body = body_of(subject, name);
        let reference = head(id, "open").reference;
        let tokens = [SearchToken::of(subject, name), SearchToken::plain(&reference)];
        let clocks = [clock("answer", Some(5_000_000)), clock("identity", None)];
        tx.record_save(SaveRecord {
            head: head(id, "open"),
            body: &body,
            expected_version: 0,
            verb: "receive",
            reason: "",
            clocks: &clocks,
            tokens: &tokens,
        })
    });
    assert_eq!(saved.unwrap(), 1);
}
