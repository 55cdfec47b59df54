//! Schema changes: numbered files, run forward only, each remembered with its checksum.

use sha2::{Digest, Sha256};

use crate::{
    dialect::Dialect,
    driver::Connection,
    error::Error,
    sql::queries,
    value::{Row, values},
};

queries! {
    MIGRATION_LIST = "SELECT number, name, checksum FROM schema_migrations ORDER BY number";
    MIGRATION_DONE = "INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)";
}

/// One step: what both engines run, then what one of them needs besides.
struct Migration {
    number: i64,
    name: &'static str,
    shared: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "log_and_records",
        shared: include_str!("migrations/0001_log_and_records.sql"),
        sqlite: include_str!("migrations/0001_log_and_records.sqlite.sql"),
        postgres: include_str!("migrations/0001_log_and_records.pg.sql"),
    },
    Migration {
        number: 2,
        name: "people_and_access",
        shared: include_str!("migrations/0002_people_and_access.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration { number: 3, name: "work", shared: include_str!("migrations/0003_work.sql"), sqlite: "", postgres: "" },
    Migration { number: 4, name: "isolation", shared: "", sqlite: "", postgres: include_str!("migrations/0004_isolation.pg.sql") },
    Migration {
        number: 5,
        name: "evidence",
        shared: include_str!("migrations/0005_evidence.sql"),
        sqlite: "",
        postgres: include_str!("migrations/0005_evidence.pg.sql"),
    },
    Migration {
        number: 6,
        name: "mail",
        shared: include_str!("migrations/0006_mail.sql"),
        sqlite: "",
        postgres: include_str!("migrations/0006_mail.pg.sql"),
    },
    Migration {
        number: 7,
        name: "passes",
        shared: include_str!("migrations/0007_passes.sql"),
        sqlite: "",
        postgres: include_str!("migrations/0007_passes.pg.sql"),
    },
    Migration {
        number: 8,
        name: "workspace",
        shared: include_str!("migrations/0008_workspace.sql"),
        sqlite: "",
        postgres: include_str!("migrations/0008_workspace.pg.sql"),
    },
    Migration {
        number: 9,
        name: "mail_in_doubt",
        shared: include_str!("migrations/0009_mail_in_doubt.sql"),
        sqlite: include_str!("migrations/0009_mail_in_doubt.sqlite.sql"),
        postgres: include_str!("migrations/0009_mail_in_doubt.pg.sql"),
    },
    Migration {
        number: 10,
        name: "search_notes",
        shared: include_str!("migrations/0010_search_notes.sql"),
        sqlite: "",
        postgres: include_str!("migrations/0010_search_notes.pg.sql"),
    },
    Migration {
        number: 11,
        name: "review_words",
        shared: include_str!("migrations/0011_review_words.sql"),
        sqlite: "",
        postgres: include_str!("migrations/0011_review_words.pg.sql"),
    },
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (number {int} NOT NULL PRIMARY KEY, name {text} NOT NULL, checksum {text} NOT NULL) {strict};";

impl Migration {
    fn sql(&self, dialect: &Dialect) -> String {
        dialect.render(&format!("{}\n{}", self.shared, dialect.own(self.sqlite, self.postgres)))
    }
}

/// Brings the schema up to date, or refuses: a changed step or an unknown newer one.
pub(crate) fn run(connection: &mut dyn Connection, dialect: &Dialect) -> Result<(), Error> {
    connection.batch("begin to migrate", dialect.begin_write())?;
    let result = steps(connection, dialect);
    connection.batch("end the migration", if result.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    result
}

fn steps(connection: &mut dyn Connection, dialect: &Dialect) -> Result<(), Error> {
    connection.batch("lock the schema", dialect.lock_migrations())?;
    connection.batch("make the migrations table", &dialect.render(TABLE))?;
    let done = check(connection, dialect)?;
    for migration in MIGRATIONS.iter().skip(done) {
        let sql = migration.sql(dialect);
        connection.batch(migration.name, &sql)?;
        connection.execute(&MIGRATION_DONE, values![migration.number, migration.name, checksum(&sql)])?;
    }
    Ok(())
}

/// Compares what was run with what this program knows; returns how many steps are done.
pub(crate) fn check(connection: &mut dyn Connection, dialect: &Dialect) -> Result<usize, Error> {
    let done = connection.query(&MIGRATION_LIST, &[])?;
    if done.len() > MIGRATIONS.len() {
        return Err(Error::setup("this database was written by a newer version of the program; use that version or a later one"));
    }
    for (row, migration) in done.into_iter().zip(MIGRATIONS) {
        matches(row, migration, dialect)?;
    }
    let done = connection.query(&MIGRATION_LIST, &[])?.len();
    Ok(done)
}

fn matches(mut row: Row, migration: &Migration, dialect: &Dialect) -> Result<(), Error> {
    let (number, name, sum) = (row.int(0)?, row.text(1)?, row.text(2)?);
    if number != migration.number || name != migration.name {
        return Err(Error::setup(format!("schema step {number} ({name}) is unknown to this program; it was written by another version")));
    }
    if sum != checksum(&migration.sql(dialect)) {
        return Err(Error::setup(format!(
            "schema step {number} ({name}) has another checksum than the one that was run; restore the original step"
        )));
    }
    Ok(())
}

/// How many steps this program knows.
pub(crate) fn known() -> usize {
    MIGRATIONS.len()
}

fn checksum(sql: &str) -> String {
    crate::hex(&Sha256::digest(sql.as_bytes()))
}
