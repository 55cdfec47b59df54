use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Error, SaveRecord};

use crate::place::{Place, body_of, clock, head, hex, origin, save, save_about};

pub fn records_round_trip_with_their_personal_values(place: &Place) {
    let store = place.open();
    save_about(&store, "r1", "s1", "Amelia Hart");
    let stored = store.read(|tx| tx.record_get("r1")).unwrap().unwrap();
    assert_eq!(stored.head, head("r1", "open"));
    assert_eq!((stored.version, stored.created_us, stored.updated_us), (1, 1_000_000, 1_000_000));
    assert_eq!(stored.body, body_of("s1", "Amelia Hart"));
    let clocks = store.read(|tx| tx.record_clocks("r1")).unwrap();
    assert_eq!(clocks, [clock("answer", Some(5_000_000)), clock("identity", None)]);
    // A second version keeps the first readable, and survives reopening.
    let second = json!({"name": {"$personal": "s1", "value": "Amelia Hart-Osei"}});
    let version = store.write(&origin(), |tx| {
        let clocks = [clock("answer", None)];
        tx.record_save(SaveRecord {
            head: head("r1", "closed"),
            body: &second,
            expected_version: 1,
            verb: "close",
            reason: "answered",
            clocks: &clocks,
            tokens: &[],
        })
    });
    assert_eq!(version.unwrap(), 2);
    drop(store);
    let store = place.open();
    assert_eq!(store.read(|tx| tx.record_get("r1")).unwrap().unwrap().body, second);
    assert_eq!(store.read(|tx| tx.record_version("r1", 1)).unwrap().unwrap(), body_of("s1", "Amelia Hart"));
    assert_eq!(store.read(|tx| tx.record_version("r1", 3)).unwrap(), None);
    assert_eq!(store.read(|tx| tx.record_get("nobody")).unwrap(), None);
    assert_eq!(store.read(|tx| tx.record_clocks("r1")).unwrap(), [clock("answer", None)]);
    let history = store.read(|tx| tx.record_history("r1")).unwrap();
    let verbs: Vec<(&str, u64, &str)> = history.iter().map(|e| (e.verb.as_str(), e.version, e.reason.as_str())).collect();
    assert_eq!(verbs, [("receive", 1, ""), ("close", 2, "answered")]);
    assert_eq!(history[1].actor, "user-1");
    assert_eq!(store.read(|tx| tx.record_by_reference("request", "SAR-r1")).unwrap().as_deref(), Some("r1"));
    let report = place.verify(&store);
    assert!(report.ok, "{report:?}");
    assert_eq!((report.versions, report.entries), (2, 3));
}

pub fn a_conflict_tells_both_versions_and_writes_nothing(place: &Place) {
    let store = place.open();
    save(&store, "r1", 0, "open").unwrap();
    save(&store, "r1", 1, "search").unwrap();
    let before = store.read(|tx| tx.checkpoint()).unwrap();
    for expected in [0, 1, 3] {
        match save(&store, "r1", expected, "closed") {
            Err(Error::Conflict { expected: e, found: 2 }) => assert_eq!(e, expected),
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(save(&store, "r2", 4, "open"), Err(Error::Conflict { expected: 4, found: 0 })));
    assert_eq!(store.read(|tx| tx.checkpoint()).unwrap(), before);
    assert_eq!(store.read(|tx| tx.record_get("r1")).unwrap().unwrap().head.state, "search");
}

pub fn a_failed_command_leaves_nothing(place: &Place) {
    let store = place.open();
    save(&store, "r1", 0, "open").unwrap();
    let before = place.verify(&store);
    let result: Result<(), Error> = store.write(&origin(), |tx| {
        tx.subject_create("s9")?;
        let body = json!({});
        tx.record_save(SaveRecord {
            head: head("r9", "open"),
            body: &body,
            expected_version: 0,
            verb: "x",
            reason: "",
            clocks: &[],
            tokens: &[],
        })?;
        tx.sequence_next("SAR-2026")?;
        tx.idempotency_put("key", "user-1", &body)?;
        Err(Error::Erased)
    });
    assert!(matches!(result, Err(Error::Erased)));
    store
        .read(|tx| {
            assert_eq!(tx.record_get("r9")?, None);
            assert_eq!(tx.subject_state("s9")?, None);
            assert_eq!(tx.idempotency_get("key", "user-1")?, None);
            Ok::<(), Error>(())
        })
        .unwrap();
    assert_eq!(place.verify(&store), before);
    assert!(before.ok, "{before:?}");
}

pub fn a_swallowed_failure_is_not_committed(place: &Place) {
    let store = place.open();
    let result: Result<(), Error> = store.write(&origin(), |tx| {
        tx.idempotency_put("key", "user-1", &json!(1))?;
        assert!(matches!(tx.idempotency_put("key", "user-1", &json!(2)), Err(Error::Taken { .. })));
        Ok(())
    });
    assert!(matches!(result, Err(Error::Driver { .. })), "{result:?}");
    assert_eq!(store.read(|tx| tx.idempotency_get("key", "user-1")).unwrap(), None);
}

pub fn unlogged_changes_are_refused(place: &Place) {
    let store = place.open();
    save(&store, "r1", 0, "open").unwrap();
    let items = [store::ReviewItemFull::default()];
    let result: Result<(), Error> = store.write(&origin(), |tx| tx.review_items_insert("r1", &items));
    assert!(matches!(result, Err(Error::Unlogged)));
    let result: Result<(), Error> = store.write_technical(&origin(), |tx| tx.review_items_insert("r1", &items));
    assert!(matches!(result, Err(Error::Unlogged)));
    assert!(store.read(|tx| tx.review_item_get("r1", 0)).unwrap().is_none());
    store
        .write(&origin(), |tx| {
            tx.review_items_insert("r1", &items)?;
            tx.log_batch("r1", [1; 32], "search")
        })
        .unwrap();
    assert!(store.read(|tx| tx.review_item_get("r1", 0)).unwrap().is_some());
}

pub fn a_reference_is_unique_within_its_kind(place: &Place) {
    let store = place.open();
    save(&store, "r1", 0, "open").unwrap();
    let body = json!({});
    let with = |id: &str, kind: &str, reference: &str| {
        let mut head = head(id, "open");
        (head.kind, head.reference) = (kind.to_owned(), reference.to_owned());
        store.write(&origin(), |tx| {
            tx.record_save(SaveRecord {
                head: head.clone(),
                body: &body,
                expected_version: 0,
                verb: "x",
                reason: "",
                clocks: &[],
                tokens: &[],
            })
        })
    };
    assert!(matches!(with("r2", "request", "SAR-r1"), Err(Error::Taken { .. })));
    with("r3", "breach", "SAR-r1").unwrap();
    with("r4", "request", "").unwrap();
    with("r5", "request", "").unwrap();
    assert!(place.verify(&store).ok);
}

pub fn a_sealed_body_opens_only_in_its_place(place: &Place) {
    let store = place.open();
    save(&store, "r1", 0, "open").unwrap();
    save(&store, "r1", 1, "open").unwrap();
    let bodies = place.raw_blobs("versions", "seq", "body");
    // Version 1 put in the place of version 2 of the same record, under the same key.
    place.raw_put_blob("versions", "seq", "body", bodies[1].0, &bodies[0].1);
    assert!(matches!(store.read(|tx| tx.record_get("r1")), Err(Error::Corrupt { .. })));
    place.raw_put_blob("versions", "seq", "body", bodies[1].0, &bodies[1].1);
    assert!(store.read(|tx| tx.record_get("r1")).is_ok());
}

pub fn repeated_requests_do_a_thing_once(place: &Place) {
    let store = place.open();
    let mut answers = Vec::new();
    for attempt in 0..3 {
        let answer = store.write(&origin(), |tx| {
            if let Some(answer) = tx.idempotency_get("post-7", "user-1")? {
                return Ok(answer);
            }
            let answer = json!({"number": tx.sequence_next("SAR")?, "attempt": attempt});
            tx.idempotency_put("post-7", "user-1", &answer)?;
            Ok::<_, Error>(answer)
        });
        answers.push(answer.unwrap());
    }
    assert_eq!(answers, vec![json!({"number": 1, "attempt": 0}); 3]);
    // The key belongs to its actor.
    assert_eq!(store.read(|tx| tx.idempotency_get("post-7", "user-2")).unwrap(), None);
    assert_eq!(store.write_technical(&origin(), |tx| tx.idempotency_expire(1_000_001)).unwrap(), 1);
    assert_eq!(store.read(|tx| tx.idempotency_get("post-7", "user-1")).unwrap(), None);
}

pub fn sequences_have_no_gaps(place: &Place) {
    let store = place.open();
    let next = |fail: bool| {
        store.write(&origin(), |tx| {
            let n = tx.sequence_next("SAR-2026")?;
            if fail { Err(Error::Erased) } else { Ok(n) }
        })
    };
    assert_eq!(next(false).unwrap(), 1);
    assert!(next(true).is_err());
    assert_eq!(next(false).unwrap(), 2);
}

/// Rebuilds the root from the text of the documentation alone: leaf bytes by `format!`, the
/// tree by the recursive definition of RFC 6962.
pub fn every_save_is_a_leaf_as_documented(place: &Place) {
    let store = place.open();
    save_about(&store, "r\"1\\é\n", "s1", "Amelia Hart");
    save(&store, "r2", 0, "open").unwrap();
    store.write(&origin(), |tx| tx.log_read("r2", "open_page", "main job")).unwrap();
    let entries = store.read(|tx| tx.log_latest(None, 100)).unwrap();
    let bodies = place.raw_blobs("log", "seq", "body_hash");
    let heads = place.raw_blobs("log", "seq", "head_hash");
    let mut leaves = Vec::new();
    for e in entries.iter().rev() {
        let text = |s: &str| serde_json::to_string(s).unwrap();
        let at = usize::try_from(e.seq).unwrap();
        let leaf = format!(
            "[\"probity-log-v1\",\"acme\",{},{},{},{},{},{},{},{},\"{}\",\"{}\"]",
            e.seq,
            text(&e.kind),
            text(&e.record),
            e.version,
            text(&e.verb),
            text(&e.actor),
            e.at_us,
            text(&e.reason),
            hex(&bodies[at].1),
            hex(&heads[at].1)
        );
        leaves.push(Sha256::digest([&[0], leaf.as_bytes()].concat()).to_vec());
    }
    assert_eq!(leaves.len(), 4);
    let checkpoint = store.read(|tx| tx.checkpoint()).unwrap();
    let lines: Vec<&str> = checkpoint.lines().collect();
    assert_eq!(lines[..2], ["probity/acme", "4"]);
    use base64::Engine as _;
    assert_eq!(lines[2], base64::engine::general_purpose::STANDARD.encode(root(&leaves)));
}

fn root(leaves: &[Vec<u8>]) -> Vec<u8> {
    if let [leaf] = leaves {
        return leaf.clone();
    }
    let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
    Sha256::digest([&[1], root(left).as_slice(), &root(right)].concat()).to_vec()
}
