use std::collections::BTreeSet;

use serde_json::json;
use store::{AlertKey, ClockRow, Error, RecordHead, SaveRecord, Store, Tally};

use crate::place::{Place, at, head, origin, save};

/// Saves a record with these clocks and nothing else.
fn with_clocks(store: &Store, id: &str, expected_version: u64, clocks: &[(&str, Option<i64>, &str)]) {
    let clocks: Vec<ClockRow> =
        clocks.iter().map(|(name, due_us, state)| ClockRow { name: (*name).into(), due_us: *due_us, state: (*state).into() }).collect();
    let body = json!({});
    let saved: Result<u64, Error> = store.write(&origin(), |tx| {
        let head = RecordHead { due_us: None, owner: Some(format!("owner-of-{id}")), ..head(id, "open") };
        tx.record_save(SaveRecord { head, body: &body, expected_version, verb: "save", reason: "", clocks: &clocks, tokens: &[] })
    });
    assert_eq!(saved.unwrap(), expected_version + 1);
}

fn tallies(store: &Store, from: &str, below: &str) -> Vec<(String, u64, String)> {
    let listed = store.read(|tx| tx.tally_list(from, below)).unwrap();
    listed.into_iter().map(|Tally { name, n, last }| (name, n, last)).collect()
}

pub fn tallies_follow_the_clocks_and_can_be_rebuilt(place: &Place) {
    let store = place.open();
    with_clocks(&store, "a", 0, &[("access", Some(50), "running/2026-03-01"), ("forward", None, "kept/2026-02-02")]);
    with_clocks(&store, "b", 0, &[("access", Some(60), "running/2026-03-02")]);
    with_clocks(&store, "c", 0, &[("access", None, "late/2025-12-31")]);
    with_clocks(&store, "a", 1, &[("access", None, "kept/2026-02-20"), ("forward", None, "kept/2026-02-02")]);
    with_clocks(&store, "b", 1, &[("access", None, "kept/2026-02-21")]);
    let expected = [("access".to_owned(), 2, "kept/2026-02-21".to_owned()), ("forward".to_owned(), 1, "kept/2026-02-02".to_owned())];
    assert_eq!(tallies(&store, "kept/2026-01-01", "kept/2027-01-01"), expected);
    assert_eq!(tallies(&store, "running", "running0"), []);
    assert_eq!(tallies(&store, "late/2026-01-01", "late/2027-01-01"), []);
    assert_eq!(tallies(&store, "late/2025-01-01", "late/2026-01-01"), [("access".to_owned(), 1, "late/2025-12-31".to_owned())]);
    // A clock that a record no longer has is no longer counted; nor are those of an erased record.
    with_clocks(&store, "a", 2, &[("access", None, "kept/2026-02-20")]);
    store.write(&at(9), |tx| tx.record_erase("b", 2, "dispose", "retention")).unwrap();
    let left = [("access".to_owned(), 1, "kept/2026-02-20".to_owned())];
    assert_eq!(tallies(&store, "kept", "kept0"), left);
    assert!(place.verify(&store).ok);
    for forged in [
        "UPDATE tallies SET n = n + 1 WHERE n > 0",
        "DELETE FROM tallies",
        "INSERT INTO tallies VALUES ('acme', 'kept/2026-05-05', 'access', 3)",
        "UPDATE log_counts SET n = n + 1",
        "DELETE FROM log_counts",
    ] {
        place.raw(forged);
        assert!(!place.verify(&store).ok, "{forged}");
        store.write_technical(&origin(), |tx| tx.tallies_rebuild()).unwrap();
        assert!(place.verify(&store).ok, "{forged}");
        assert_eq!(tallies(&store, "kept", "kept0"), left);
    }
}

/// A database of the version before has clocks and a log, and no counts of them.
pub fn an_older_database_is_counted_when_it_is_opened(place: &Place) {
    let store = place.open();
    save(&store, "r1", 0, "open").unwrap();
    save(&store, "r2", 0, "open").unwrap();
    drop(store);
    place.raw("DELETE FROM tallies; DELETE FROM log_counts; DELETE FROM meta WHERE name = 'tallies'");
    let store = place.open();
    assert_eq!(tallies(&store, "running", "running0"), [("answer".to_owned(), 2, "running".to_owned())]);
    assert_eq!(store.read(|tx| tx.log_counts(0, 1)).unwrap()[0].n, 2);
    assert!(place.verify(&store).ok);
}

pub fn log_entries_are_counted_by_day_kind_and_verb(place: &Place) {
    const DAY: i64 = 86_400_000_000;
    let store = place.open();
    for (day, verb) in [(3, "see"), (3, "see"), (4, "see"), (5, "see"), (4, "open-document")] {
        store.write(&at(day * DAY + 7), |tx| tx.log_read("r1", verb, "casework")).unwrap();
    }
    let counted = |first, below| {
        let counts = store.read(|tx| tx.log_counts(first, below)).unwrap();
        counts.into_iter().map(|c| (format!("{} {}", c.kind, c.verb), c.n, c.last_day)).collect::<Vec<_>>()
    };
    assert_eq!(counted(3, 5), [("read open-document".to_owned(), 1, 4), ("read see".to_owned(), 3, 4)]);
    assert_eq!(counted(5, 9), [("read see".to_owned(), 1, 5)]);
    assert_eq!(counted(6, 9), []);
    // What is rolled back is not counted.
    let failed: Result<(), Error> = store.write(&at(5 * DAY), |tx| {
        tx.log_read("r1", "see", "casework")?;
        Err(Error::Unknown { what: "subject" })
    });
    assert!(failed.is_err());
    assert_eq!(counted(5, 6), [("read see".to_owned(), 1, 5)]);
    assert!(place.verify(&store).ok);
}

pub fn the_records_behind_a_tally_page_without_gaps(place: &Place) {
    let store = place.open();
    let mut model = BTreeSet::new();
    for n in 0..40 {
        let (id, state) = (format!("r{n:02}"), format!("late/2026-01-{:02}", n % 7 + 1));
        with_clocks(&store, &id, 0, &[("access", None, &state), ("other", None, &state)]);
        model.insert((state, id));
    }
    let (range, mut all) = (("late/2026-01-02", "late/2026-01-06"), Vec::new());
    loop {
        let after: Option<(String, String)> = all.last().cloned();
        let after = after.as_ref().map(|(state, id)| (state.as_str(), id.as_str()));
        let page = store.read(|tx| tx.clocks_in_state("access", range, after, 7)).unwrap();
        if page.is_empty() {
            break;
        }
        all.extend(page.into_iter().map(|of| (of.clock.state, of.record.head.id)));
    }
    model.retain(|(state, _)| state.as_str() >= range.0 && state.as_str() < range.1);
    assert_eq!(all, model.into_iter().collect::<Vec<_>>());
    with_clocks(&store, "x", 0, &[("access", Some(100), "running/2026-01-01"), ("late", Some(200), "running/2026-01-01")]);
    assert_eq!(store.read(|tx| tx.clocks_due_between(100, 200)).unwrap(), [("access".to_owned(), 1)]);
}

pub fn an_alert_is_given_once_by_eight_workers(place: &Place) {
    let store = place.open();
    for n in 0..10_i64 {
        with_clocks(&store, &format!("r{n}"), 0, &[("access", Some(1_000 + n), "running/2026-01-01")]);
    }
    with_clocks(&store, "done", 0, &[("access", None, "kept/2026-01-01")]);
    let given: u64 = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let missing = store.read(|tx| tx.alerts_missing(1, 1_001, 1_008, 100)).unwrap();
                    store
                        .write(&origin(), |tx| {
                            let mut new = 0;
                            for key in &missing {
                                new += u64::from(tx.alert_put(key)?);
                            }
                            tx.log_batch("alerts", [0; 32], "alerts")?;
                            Ok::<_, Error>(new)
                        })
                        .unwrap()
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    assert_eq!(given, 7);
    assert_eq!(store.read(|tx| tx.alerts_missing(1, 1_001, 1_008, 100)).unwrap(), []);
    assert_eq!(store.read(|tx| tx.alerts_missing(2, 1_001, 1_008, 100)).unwrap().len(), 7);
    let mut due: Vec<(String, i64)> = Vec::new();
    let mut after = None;
    loop {
        let page = store.read(|tx| tx.clocks_due(1_006, after.as_ref(), 3)).unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.clone());
        due.extend(page.into_iter().map(|clock| (clock.record, clock.due_us)));
    }
    assert_eq!(due, (0..=6).map(|n| (format!("r{n}"), 1_000 + n)).collect::<Vec<_>>(), "every clock once, page by page");
    // Shown while the clock runs to that date, once, with the most urgent stage.
    let second = AlertKey { record: "r3".into(), clock: "access".into(), due_us: 1_003, stage: 4 };
    let put = |key: &AlertKey| {
        store.write(&at(77), |tx| {
            let new = tx.alert_put(key)?;
            tx.log_batch("alerts", [0; 32], "alerts").map(|()| new)
        })
    };
    assert!(put(&second).unwrap());
    assert!(!put(&second).unwrap());
    with_clocks(&store, "r4", 1, &[("access", None, "kept/2026-01-01")]);
    with_clocks(&store, "r5", 1, &[("access", Some(9_000), "running/2026-01-01")]);
    let open = |owner: Option<&str>| {
        let (mut all, mut after): (Vec<(String, i64)>, Option<AlertKey>) = (Vec::new(), None);
        loop {
            let page = store.read(|tx| tx.alerts_open(owner, after.as_ref(), 2)).unwrap();
            let Some(last) = page.last() else { return all };
            after = Some(last.key.clone());
            all.extend(page.into_iter().map(|alert| (alert.key.record, alert.key.stage)));
        }
    };
    let expected = [("r2", 1), ("r3", 4), ("r6", 1), ("r7", 1), ("r8", 1)].map(|(id, stage)| (id.to_owned(), stage));
    assert_eq!(open(None), expected);
    assert_eq!(open(Some("owner-of-r3")), [("r3".to_owned(), 4)]);
    // Alerts are not written behind the log's back.
    let unlogged = store.write(&origin(), |tx| tx.alert_put(&AlertKey { stage: 2, ..second.clone() }));
    assert!(matches!(unlogged, Err(Error::Unlogged)));
    assert!(place.verify(&store).ok);
}
