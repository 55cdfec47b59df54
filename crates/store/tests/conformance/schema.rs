use store::{Error, Store};

use crate::place::{Place, save};

pub fn every_statement_prepares(place: &Place) {
    assert!(place.open().prepare_all().unwrap() > 100);
}

pub fn a_changed_migration_is_refused(place: &Place) {
    drop(place.open());
    drop(place.open());
    let refused = || matches!(Store::open(&place.config("acme")), Err(Error::Setup { .. }));
    place.raw("UPDATE schema_migrations SET checksum = 'x' || checksum WHERE number = 2");
    assert!(refused());
    place.raw("UPDATE schema_migrations SET checksum = substr(checksum, 2) WHERE number = 2");
    drop(place.open());
    place.raw("INSERT INTO schema_migrations (number, name, checksum) VALUES (99, 'of_tomorrow', 'x')");
    assert!(refused());
    place.raw("DELETE FROM schema_migrations WHERE number = 99; UPDATE schema_migrations SET name = 'other' WHERE number = 1");
    assert!(refused());
    for org in ["", "a b", "../x", ".hidden", "a'b"] {
        assert!(matches!(Store::open(&place.config(org)), Err(Error::Setup { .. })), "{org}");
    }
}

pub fn the_log_is_append_only(place: &Place) {
    let store = place.open();
    save(&store, "r1", 0, "open").unwrap();
    for table in ["log", "versions", "hashes", "checkpoints"] {
        for sql in [format!("UPDATE {table} SET org = org"), format!("DELETE FROM {table}")] {
            if place.is_postgres() {
                let mut client = place.raw_postgres();
                client.batch_execute("SET session_replication_role = origin").unwrap();
                // Triggers fire for rows: the two tables without rows are tried after filling them.
                client.batch_execute("INSERT INTO hashes VALUES ('acme', 999, '') ON CONFLICT DO NOTHING").unwrap();
                client.batch_execute("INSERT INTO checkpoints VALUES ('acme', 999, '') ON CONFLICT DO NOTHING").unwrap();
                assert!(client.batch_execute(&sql).is_err(), "{sql}");
            } else {
                let connection = rusqlite::Connection::open(place.file()).unwrap();
                connection.execute_batch("INSERT OR IGNORE INTO hashes VALUES ('acme', 999, x''); INSERT OR IGNORE INTO checkpoints VALUES ('acme', 999, '')").unwrap();
                assert!(connection.execute_batch(&sql).is_err(), "{sql}");
            }
        }
    }
}

/// Two organisations in one database: neither sees the other, and on PostgreSQL not even
/// through a statement that forgets the organisation.
pub fn rows_of_another_organisation_are_out_of_sight(place: &Place) {
    let acme = place.open();
    let beta = Store::open(&place.config("beta")).unwrap();
    save(&acme, "r1", 0, "open").unwrap();
    save(&beta, "r1", 0, "search").unwrap();
    save(&beta, "r2", 0, "search").unwrap();
    assert_eq!(acme.read(|tx| tx.record_get("r1")).unwrap().unwrap().head.state, "open");
    assert!(acme.read(|tx| tx.record_get("r2")).unwrap().is_none());
    assert_eq!(beta.read(|tx| tx.record_counts("request")).unwrap(), [("search".to_owned(), 2)]);
    assert!(place.verify(&acme).ok);
    if place.is_postgres() {
        let mut client = place.raw_postgres();
        client.batch_execute("SET ROLE probity_conformance; SET probity.org = 'acme'").unwrap();
        for (table, n) in [("records", 1_i64), ("log", 1), ("versions", 1), ("keys", 1), ("log_head", 1)] {
            let row = client.query_one(&format!("SELECT count(*) FROM {table}"), &[]).unwrap();
            assert_eq!(row.get::<_, i64>(0), n, "{table}");
        }
        assert!(client.batch_execute("INSERT INTO counts VALUES ('beta', 'request', 'open', 7)").is_err());
    }
}
