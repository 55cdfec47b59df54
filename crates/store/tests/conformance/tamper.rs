use serde_json::json;
use store::{NewBlob, Order, RecordQuery, Store, User, VerifyConfig};

use crate::place::{Place, origin, save, save_about};

/// A small store with every kind of thing in it.
fn fill(store: &Store) {
    save_about(store, "r1", "s1", "Amelia Hart");
    save_about(store, "r2", "s2", "Joan Okafor");
    save(store, "r2", 1, "search").unwrap();
    save(store, "r3", 0, "open").unwrap();
    store
        .write(&origin(), |tx| {
            tx.log_read("r1", "open_page", "request")?;
            tx.setting_put("organisation", &json!({"name": "Harbour Learning"}), "")?;
            store.blob_put(tx, &NewBlob { id: "b1", record: "r1", subject: None, name: "letter", mime: "text/plain" }, b"Dear")?;
            let user = User {
                id: "u1".to_owned(),
                email: "lead@example.org".to_owned(),
                body: json!({}),
                password_hash: "x".to_owned(),
                totp_secret: None,
                roles: vec!["reader".to_owned()],
                state: "active".to_owned(),
                totp_step: 0,
            };
            tx.user_save(&user, "create", "")?;
            tx.subject_erase("s2", "request").map(drop)
        })
        .unwrap();
}

/// All that the program would show, as text.
fn shown(store: &Store) -> Result<String, store::Error> {
    store.read(|tx| {
        let query = RecordQuery { kind: "request".to_owned(), limit: 100, order: Order::Newest, ..RecordQuery::default() };
        let list = tx.record_list(&query)?;
        let mut parts = vec![format!("{list:?} {:?} {:?}", tx.due_list(None, 100)?, tx.record_counts("request")?)];
        for id in ["r1", "r2", "r3"] {
            let (record, clocks, blobs) = (tx.record_get(id)?, tx.record_clocks(id)?, tx.blob_list(id)?);
            let (history, found) = (tx.record_history(id)?, tx.record_by_reference("request", &format!("SAR-{id}"))?);
            parts.push(format!("{record:?} {clocks:?} {blobs:?} {history:?} {found:?}"));
        }
        // `User` prints neither its secrets nor the last code's time step, which is working data.
        parts.push(format!("{:?} {:?}", tx.user_get("u1")?, tx.user_by_email("lead@example.org")?));
        parts.push(format!("{:?} {:?} {:?}", tx.setting_get("organisation")?, tx.subject_state("s1")?, tx.subject_state("s2")?));
        Ok(parts.join("\n"))
    })
}

/// One flipped bit at many places of the database file: verify finds it, or the program
/// refuses to show anything, or everything shown is as before. Never a wrong page.
#[test]
fn a_flipped_bit_of_the_database_file_is_found_or_harmless() {
    let place = Place::sqlite();
    let store = place.open();
    fill(&store);
    let before = shown(&store).unwrap();
    let key = store.verifier_key().to_owned();
    drop(store);
    let whole = std::fs::read(place.file()).unwrap();
    let mut found = 0;
    // Free space holds zeros, because deleted content is overwritten; flips there are harmless.
    let used: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] != 0).collect();
    let mut step = 7_usize;
    for n in 0..400 {
        // A fixed walk over the file that meets every region and every bit.
        step = (step * 1_103_515_245 + 12_345) % used.len();
        let position = used[step];
        let mut bytes = whole.clone();
        bytes[position] ^= 1 << (n % 8);
        std::fs::write(place.file(), &bytes).unwrap();
        let right = place.config("acme");
        let config = VerifyConfig {
            url: right.url.clone(),
            data_dir: right.data_dir.clone(),
            org: right.org.clone(),
            verifier_key: key.clone(),
            checkpoint: None,
        };
        let report = store::verify(&config);
        found += u32::from(!report.ok);
        if report.ok {
            let after = Store::open(&right).and_then(|store| shown(&store));
            assert_eq!(after.unwrap_or_else(|_| before.clone()), before, "bit {} of byte {position}", n % 8);
        }
        for side in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{side}", place.file().display()));
        }
    }
    assert!(found > 100, "only {found} of 400 were found");
}

fn ok(place: &Place, store: &Store) {
    let report = place.verify(store);
    assert!(report.ok, "{report:?}");
}

fn found(place: &Place, store: &Store, what: &str) {
    assert!(!place.verify(store).ok, "not found: {what}");
}

/// Changes something, expects verify to find it, changes it back.
fn tampered(place: &Place, store: &Store, there: &str, back: &str) {
    place.raw(there);
    found(place, store, there);
    place.raw(back);
    ok(place, store);
}

pub fn any_changed_byte_of_a_version_or_entry_is_found(place: &Place) {
    let store = place.open();
    fill(&store);
    ok(place, &store);
    for (table, key, column, step) in [
        ("versions", "seq", "body", 7),
        ("log", "seq", "body_hash", 11),
        ("log", "seq", "head_hash", 11),
        ("log", "seq", "leaf_hash", 11),
        ("hashes", "idx", "hash", 9),
    ] {
        for (at, bytes) in place.raw_blobs(table, key, column) {
            for position in (0..bytes.len()).step_by(step).chain(bytes.len().checked_sub(1)) {
                let mut changed = bytes.clone();
                changed[position] ^= 1 << (position % 8);
                place.raw_put_blob(table, key, column, at, &changed);
                found(place, &store, &format!("{table}.{column} of {at}, byte {position}"));
            }
            if !bytes.is_empty() {
                place.raw_put_blob(table, key, column, at, &bytes[..bytes.len() - 1]);
                found(place, &store, &format!("{table}.{column} of {at}, cut"));
            }
            place.raw_put_blob(table, key, column, at, &bytes);
        }
        ok(place, &store);
    }
    for column in ["kind", "record", "verb", "actor", "reason"] {
        tampered(
            place,
            &store,
            &format!("UPDATE log SET {column} = {column} || 'x' WHERE seq = 3"),
            &format!("UPDATE log SET {column} = substr({column}, 1, length({column}) - 1) WHERE seq = 3"),
        );
    }
    for column in ["version", "at_us"] {
        tampered(
            place,
            &store,
            &format!("UPDATE log SET {column} = {column} + 1 WHERE seq = 4"),
            &format!("UPDATE log SET {column} = {column} - 1 WHERE seq = 4"),
        );
    }
    for column in ["record", "version"] {
        let (there, back) = if column == "record" { ("'r9'", "'r1'") } else { ("7", "1") };
        tampered(
            place,
            &store,
            &format!("UPDATE versions SET {column} = {there} WHERE seq = 1"),
            &format!("UPDATE versions SET {column} = {back} WHERE seq = 1"),
        );
    }
}

pub fn removed_swapped_and_added_rows_are_found(place: &Place) {
    let store = place.open();
    fill(&store);
    let versions = place.raw_blobs("versions", "seq", "body");
    let seqs: Vec<i64> = versions.iter().map(|(seq, _)| *seq).collect();
    for (seq, _) in &versions {
        place.raw(&format!("CREATE TABLE kept AS SELECT * FROM versions WHERE seq = {seq}; DELETE FROM versions WHERE seq = {seq}"));
        found(place, &store, &format!("removed version {seq}"));
        place.raw("INSERT INTO versions SELECT * FROM kept; DROP TABLE kept");
    }
    ok(place, &store);
    // Two versions swapped, with their bodies alone and with everything.
    let (a, b) = (seqs[0], seqs[1]);
    place.raw_put_blob("versions", "seq", "body", a, &versions[1].1);
    place.raw_put_blob("versions", "seq", "body", b, &versions[0].1);
    found(place, &store, "swapped bodies");
    place.raw_put_blob("versions", "seq", "body", a, &versions[0].1);
    place.raw_put_blob("versions", "seq", "body", b, &versions[1].1);
    let swap = format!(
        "UPDATE versions SET seq = -1 WHERE seq = {a}; UPDATE versions SET seq = {a} WHERE seq = {b}; UPDATE versions SET seq = {b} WHERE seq = -1"
    );
    tampered(place, &store, &swap, &swap);
    let swap = "UPDATE log SET seq = -1 WHERE seq = 4; UPDATE log SET seq = 4 WHERE seq = 5; UPDATE log SET seq = 5 WHERE seq = -1";
    tampered(place, &store, swap, swap);
    tampered(
        place,
        &store,
        "INSERT INTO versions SELECT org, 900, record, 9, body FROM versions WHERE seq = 1",
        "DELETE FROM versions WHERE seq = 900",
    );
    tampered(
        place,
        &store,
        "INSERT INTO log SELECT org, 900, kind, record, version, verb, actor, at_us, reason, body_hash, head_hash, leaf_hash FROM log WHERE seq = 1",
        "DELETE FROM log WHERE seq = 900",
    );
    for (what, which) in [("the last entry", "(SELECT max(seq) FROM log)"), ("an entry in the middle", "2")] {
        place.raw(&format!("CREATE TABLE kept AS SELECT * FROM log WHERE seq = {which}; DELETE FROM log WHERE seq = {which}"));
        found(place, &store, what);
        place.raw("INSERT INTO log SELECT * FROM kept; DROP TABLE kept");
    }
    ok(place, &store);
    // The log cut to its first entries in every table, without a new signature.
    place.raw("DELETE FROM log WHERE seq > 2; DELETE FROM versions WHERE seq > 2; UPDATE log_head SET size = 3");
    found(place, &store, "truncated");
}

pub fn a_forged_head_is_found(place: &Place) {
    let store = place.open();
    fill(&store);
    for (table, column, there, back) in [
        ("records", "state", "'closed'", "'open'"),
        ("records", "reference", "'SAR-x'", "'SAR-r1'"),
        ("records", "kind", "'breach'", "'request'"),
        ("records", "owner", "'user-2'", "'user-1'"),
        ("records", "owner", "NULL", "'user-1'"),
        ("records", "due_us", "5000001", "5000000"),
        ("records", "due_us", "9223372036854775807", "5000000"),
        ("records", "hold", "1", "0"),
        ("records", "created_us", "1", "1000000"),
        ("records", "updated_us", "1", "1000000"),
        ("records", "version", "2", "1"),
        ("records", "seq", "0", "1"),
    ] {
        let there = format!("UPDATE {table} SET {column} = {there} WHERE id = 'r1'");
        tampered(place, &store, &there, &format!("UPDATE {table} SET {column} = {back} WHERE id = 'r1'"));
    }
    for (there, back) in [
        (
            "UPDATE clocks SET due_us = 1 WHERE record = 'r1' AND name = 'answer'",
            "UPDATE clocks SET due_us = 5000000 WHERE record = 'r1' AND name = 'answer'",
        ),
        ("UPDATE clocks SET state = 'met' WHERE record = 'r1'", "UPDATE clocks SET state = 'running' WHERE record = 'r1'"),
        ("INSERT INTO clocks VALUES ('acme', 'r1', 'zz', 1, 'running')", "DELETE FROM clocks WHERE name = 'zz'"),
        ("INSERT INTO clocks VALUES ('acme', 'zz', 'zz', 1, 'running')", "DELETE FROM clocks WHERE name = 'zz'"),
        ("INSERT INTO clocks VALUES ('acme', 'aa', 'zz', 1, 'running')", "DELETE FROM clocks WHERE name = 'zz'"),
        (
            "DELETE FROM clocks WHERE record = 'r1' AND name = 'identity'",
            "INSERT INTO clocks VALUES ('acme', 'r1', 'identity', 9223372036854775807, 'running')",
        ),
        ("UPDATE counts SET n = n + 1 WHERE state = 'open'", "UPDATE counts SET n = n - 1 WHERE state = 'open'"),
    ] {
        tampered(place, &store, there, back);
    }
    // A head removed, a head taken back to its own earlier version, a head copied.
    place.raw("CREATE TABLE kept AS SELECT * FROM records WHERE id = 'r2'");
    tampered(place, &store, "DELETE FROM records WHERE id = 'r2'", "INSERT INTO records SELECT * FROM kept");
    let earlier = "UPDATE records SET version = 1, seq = 3, state = 'open' WHERE id = 'r2'";
    tampered(place, &store, earlier, "DELETE FROM records WHERE id = 'r2'; INSERT INTO records SELECT * FROM kept");
    tampered(
        place,
        &store,
        "INSERT INTO records SELECT org, 'r9', kind, '', state, owner, due_us, hold, version, seq, created_us, updated_us FROM kept",
        "DELETE FROM records WHERE id = 'r9'",
    );
    for (there, back) in [
        ("size = size + 1", "size = size - 1"),
        ("checkpoint = checkpoint || 'x'", "checkpoint = substr(checkpoint, 1, length(checkpoint) - 1)"),
    ] {
        tampered(place, &store, &format!("UPDATE log_head SET {there}"), &format!("UPDATE log_head SET {back}"));
    }
    place.raw("DELETE FROM log_head");
    found(place, &store, "no head");
}

pub fn forged_accounts_settings_files_and_keys_are_found(place: &Place) {
    let store = place.open();
    fill(&store);
    for (there, back) in [
        ("UPDATE users SET roles = 'lead'", "UPDATE users SET roles = 'reader'"),
        ("UPDATE users SET state = 'left'", "UPDATE users SET state = 'active'"),
        ("UPDATE blobs SET mime = 'text/html'", "UPDATE blobs SET mime = 'text/plain'"),
        ("UPDATE blobs SET record = 'r2'", "UPDATE blobs SET record = 'r1'"),
        ("UPDATE blobs SET state = 'removed'", "UPDATE blobs SET state = 'live'"),
        ("UPDATE keys SET state = 'alive' WHERE id = 's2'", "UPDATE keys SET state = 'destroyed' WHERE id = 's2'"),
        ("UPDATE keys SET id = 'x' WHERE id = 's1'", "UPDATE keys SET id = 's1' WHERE id = 'x'"),
        ("UPDATE keys SET id = 'x' WHERE id = 'r1'", "UPDATE keys SET id = 'r1' WHERE id = 'x'"),
        ("UPDATE keys SET state = 'destroyed' WHERE id = 's1'", "UPDATE keys SET state = 'alive' WHERE id = 's1'"),
    ] {
        tampered(place, &store, there, back);
    }
    for table in ["users", "settings", "blobs"] {
        place.raw(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}"));
        tampered(place, &store, &format!("DELETE FROM {table}"), &format!("INSERT INTO {table} SELECT * FROM kept_{table}"));
    }
    // A key's row that points at a destroyed key does not pass for an erasure.
    let destroyed = "(SELECT slot FROM keys WHERE id = 's2')";
    place.raw(&format!(
        "CREATE TABLE kept_slot AS SELECT slot FROM keys WHERE id = 'r1'; UPDATE keys SET slot = {destroyed} WHERE id = 'r1'"
    ));
    assert!(matches!(store.read(|tx| tx.record_get("r1")), Err(store::Error::Corrupt { table: "keys", .. })));
    place.raw("UPDATE keys SET slot = (SELECT slot FROM kept_slot) WHERE id = 'r1'");
    assert!(store.read(|tx| tx.record_get("r1")).is_ok());
    // An account taken back to an earlier state of its own.
    let mut user = store.read(|tx| tx.user_get("u1")).unwrap().unwrap();
    "suspended".clone_into(&mut user.state);
    store.write(&origin(), |tx| tx.user_save(&user, "suspend", "")).unwrap();
    ok(place, &store);
    place.raw("DELETE FROM users; INSERT INTO users SELECT * FROM kept_users");
    found(place, &store, "an account as it was before");
}

pub fn what_another_key_signed_is_refused(place: &Place) {
    let store = place.open();
    fill(&store);
    let other = tempfile::tempdir().unwrap();
    let mut config = place.config("acme");
    config.url = format!("sqlite:{}", other.path().join("x.db").display());
    config.keys_dir = other.path().join("keys");
    let stranger = Store::open(&config).unwrap();
    let right = place.config("acme");
    let with = |verifier_key: &str, checkpoint| {
        let (url, data_dir, org) = (right.url.clone(), right.data_dir.clone(), right.org.clone());
        store::verify(&VerifyConfig { url, data_dir, org, verifier_key: verifier_key.to_owned(), checkpoint })
    };
    assert!(with(store.verifier_key(), None).ok);
    assert!(!with(stranger.verifier_key(), None).ok);
    assert!(!with("not a key", None).ok);
    let foreign = stranger.read(|tx| tx.checkpoint()).unwrap();
    assert!(!with(store.verifier_key(), Some(foreign.clone())).ok);
    // The stranger's signature on the same tree, put into the database.
    place.raw(&format!("UPDATE log_head SET checkpoint = '{foreign}'"));
    assert!(!with(store.verifier_key(), None).ok);
}
