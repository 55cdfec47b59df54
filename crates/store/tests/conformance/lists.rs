use serde_json::json;
use store::{Error, Keyset, Listed, Order, RecordHead, RecordQuery, SaveRecord, SearchToken, Store};

use crate::place::{Place, at, head, save, save_about};

const STATES: [&str; 3] = ["open", "search", "closed"];

/// Sixty records with repeating states, owners, dates and instants.
fn fill(store: &Store) {
    for n in 0..60_i64 {
        let head = RecordHead {
            id: format!("r{:02}", (n * 37) % 60),
            state: STATES[usize::try_from(n % 3).unwrap()].to_owned(),
            owner: (n % 4 > 0).then(|| format!("user-{}", n % 4)),
            due_us: (n % 5 > 0).then_some(1_000 * (n % 7)),
            reference: if n % 7 == 1 { String::new() } else { format!("SAR-{:03}", (n * 17) % 60) },
            ..head("x", "open")
        };
        let body = json!({"n": n});
        let saved = store.write(&at(n / 4), |tx| {
            tx.record_save(SaveRecord {
                head: head.clone(),
                body: &body,
                expected_version: 0,
                verb: "save",
                reason: "",
                clocks: &[],
                tokens: &[],
            })
        });
        assert_eq!(saved.unwrap(), 1);
    }
}

fn pages(store: &Store, query: &RecordQuery) -> Vec<Listed> {
    let mut query = query.clone();
    let mut all = Vec::new();
    loop {
        let page = store.read(|tx| tx.record_list(&query)).unwrap();
        let Some(last) = page.last() else { return all };
        query.after = Some(Keyset::after(query.order, last));
        all.extend(page);
    }
}

pub fn pages_meet_the_model_in_every_order(place: &Place) {
    let store = place.open();
    fill(&store);
    let everything = pages(&store, &RecordQuery { kind: "request".to_owned(), limit: 500, ..RecordQuery::default() });
    assert_eq!(everything.len(), 60);
    for order in [Order::DueFirst, Order::Newest, Order::Reference] {
        for states in [vec![], vec!["open"], vec!["closed", "open"]] {
            for owner in [None, Some("user-2")] {
                for due_before in [None, Some(4_000)] {
                    let query = RecordQuery {
                        kind: "request".to_owned(),
                        states: states.iter().map(|s| (*s).to_owned()).collect(),
                        owner: owner.map(str::to_owned),
                        due_before,
                        order,
                        limit: 7,
                        ..RecordQuery::default()
                    };
                    let mut model = everything.clone();
                    model.retain(|r| states.is_empty() || states.contains(&r.head.state.as_str()));
                    model.retain(|r| owner.is_none() || r.head.owner.as_deref() == owner);
                    model.retain(|r| due_before.is_none_or(|before| r.head.due_us.is_some_and(|due| due < before)));
                    model.retain(|r| order != Order::Reference || !r.head.reference.is_empty());
                    match order {
                        Order::DueFirst => model.sort_by_key(|r| (r.head.due_us.unwrap_or(i64::MAX), r.head.id.clone())),
                        Order::Newest => model.sort_by_key(|r| std::cmp::Reverse((r.created_us, r.head.id.clone()))),
                        Order::Reference => model.sort_by_key(|r| r.head.reference.clone()),
                    }
                    assert!(!model.is_empty());
                    assert_eq!(pages(&store, &query), model, "{query:?}");
                }
            }
        }
    }
}

pub fn due_comes_overdue_first_and_pages_without_gaps(place: &Place) {
    let store = place.open();
    fill(&store);
    let mut after = None;
    let mut all = Vec::new();
    loop {
        let page = store.read(|tx| tx.due_list(after.as_ref(), 5)).unwrap();
        let Some(last) = page.last() else { break };
        after = Some(Keyset::after(Order::DueFirst, last));
        all.extend(page.iter().map(|r| (r.head.due_us.unwrap(), r.head.id.clone())));
    }
    assert_eq!(all.len(), 48);
    assert!(all.is_sorted());
    let overdue = all.iter().filter(|(due, _)| *due < 3_000).count() as u64;
    assert_eq!(store.read(|tx| tx.due_count(3_000, 1_000)).unwrap(), overdue);
    assert_eq!(store.read(|tx| tx.due_count(3_000, 2)).unwrap(), 2);
}

pub fn counts_follow_the_states(place: &Place) {
    let store = place.open();
    for id in ["a", "b", "c"] {
        save(&store, id, 0, "open").unwrap();
    }
    save(&store, "a", 1, "closed").unwrap();
    save(&store, "b", 1, "open").unwrap();
    store.write(&at(9), |tx| tx.record_erase("c", 1, "dispose", "retention")).unwrap();
    let counts = store.read(|tx| tx.record_counts("request")).unwrap();
    assert_eq!(counts, [("closed".to_owned(), 1), ("erased".to_owned(), 1), ("open".to_owned(), 1)]);
    assert_eq!(store.read(|tx| tx.record_count("request", "open")).unwrap(), 1);
    assert_eq!(store.read(|tx| tx.record_count("request", "never")).unwrap(), 0);
    let clocks = store.read(|tx| tx.clock_due(None, 10)).unwrap();
    assert_eq!(clocks.iter().map(|(record, _)| record.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert!(place.verify(&store).ok);
}

pub fn people_are_found_by_words_and_beginnings(place: &Place) {
    let store = place.open();
    save_about(&store, "r1", "s1", "Amélie Hartwell");
    save_about(&store, "r2", "s2", "Amelia Hartley amelia@example.org");
    save_about(&store, "r3", "s3", "Joan Okafor");
    let find = |text: &str, states: &[&str]| {
        let states = states.iter().map(|s| (*s).to_owned()).collect();
        let query = RecordQuery { kind: "request".to_owned(), text: text.to_owned(), states, limit: 10, ..RecordQuery::default() };
        let found = store.read(|tx| tx.record_list(&query)).unwrap();
        found.into_iter().map(|r| r.head.id).collect::<Vec<_>>()
    };
    assert_eq!(find("AMELIE", &[]), ["r1"]);
    assert_eq!(find("hart", &[]), ["r2", "r1"]);
    assert_eq!(find("hart amelia", &[]), ["r2"]);
    assert_eq!(find("amelia@example.org", &[]), ["r2"]);
    assert_eq!(find("SAR-r3", &[]), ["r3"]);
    assert_eq!(find("okafor", &["closed"]), Vec::<String>::new());
    assert_eq!(find("artwell", &[]), Vec::<String>::new());
    // The tokens follow the next version.
    let renamed = [SearchToken::of("s3", "Joan Baptiste")];
    let body = json!({});
    store
        .write(&at(2), |tx| {
            tx.record_save(SaveRecord {
                head: head("r3", "open"),
                body: &body,
                expected_version: 1,
                verb: "x",
                reason: "",
                clocks: &[],
                tokens: &renamed,
            })
        })
        .unwrap();
    assert_eq!(find("okafor", &[]), Vec::<String>::new());
    assert_eq!(find("bapt", &[]), ["r3"]);
    let erased: Result<bool, Error> = store.write(&at(3), |tx| tx.subject_erase("s3", "request"));
    assert!(erased.unwrap());
    assert_eq!(find("bapt", &[]), Vec::<String>::new());
}
