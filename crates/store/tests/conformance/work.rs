use std::collections::BTreeSet;

use serde_json::json;
use store::{Error, NewJob, Origin, Progress, ReviewChange, ReviewFilter, ReviewItem, ReviewItemFull, Store};

use crate::place::{Place, at, origin, save};

fn enqueue(store: &Store, id: &str, run_at_us: i64) {
    let payload = json!({"id": id});
    store.write(&origin(), |tx| tx.job_enqueue(&NewJob { id, kind: "scan", record: None, payload: &payload, run_at_us })).unwrap();
}

pub fn each_job_is_claimed_once_by_eight_workers(place: &Place) {
    let store = place.open();
    for n in 0..80 {
        enqueue(&store, &format!("j{n:02}"), n % 5);
    }
    let claimed: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..8)
            .map(|n| {
                let store = store.clone();
                scope.spawn(move || {
                    let worker = format!("w{n}");
                    let mut mine = Vec::new();
                    while let Some(job) = store.write_technical(&at(10), |tx| tx.job_claim(&worker, 1_000)).unwrap() {
                        assert_eq!(job.payload, json!({"id": job.id}));
                        assert!(store.write_technical(&at(10), |tx| tx.job_done(&job.id, &worker)).unwrap());
                        mine.push(job.id);
                    }
                    mine
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert_eq!(claimed.len(), 80);
    assert_eq!(claimed.iter().collect::<BTreeSet<_>>().len(), 80);
    assert!(store.read(|tx| tx.job_counts()).unwrap().is_empty());
}

pub fn a_dead_workers_job_goes_to_another(place: &Place) {
    let store = place.open();
    save(&store, "r1", 0, "open").unwrap();
    let payload = json!({"path": "mail"});
    store
        .write(&origin(), |tx| tx.job_enqueue(&NewJob { id: "j1", kind: "scan", record: Some("r1"), payload: &payload, run_at_us: 50 }))
        .unwrap();
    let claim = |now, worker: &str| store.write_technical(&at(now), |tx| tx.job_claim(worker, 100)).unwrap();
    assert!(claim(49, "w1").is_none());
    assert_eq!(claim(50, "w1").unwrap().attempts, 1);
    assert!(claim(149, "w2").is_none());
    assert!(store.write_technical(&at(140), |tx| tx.job_extend("j1", "w1", 60)).unwrap());
    assert!(claim(199, "w2").is_none());
    let again = claim(200, "w2").unwrap();
    assert_eq!((again.attempts, again.record.as_deref(), again.payload), (2, Some("r1"), payload));
    // The first worker wakes up: it no longer holds the job.
    assert!(!store.write_technical(&at(201), |tx| tx.job_done("j1", "w1")).unwrap());
    assert!(store.write_technical(&at(202), |tx| tx.job_again("j1", "w2", 300, "source unavailable")).unwrap());
    assert!(claim(299, "w3").is_none());
    assert!(claim(300, "w3").is_some());
    assert!(store.write_technical(&at(301), |tx| tx.job_failed("j1", "w3", "gave up")).unwrap());
    assert!(claim(10_000, "w4").is_none());
    let status = store.read(|tx| tx.jobs_of_record("r1")).unwrap();
    assert_eq!((status[0].state.as_str(), status[0].attempts, status[0].error.as_str()), ("failed", 3, "gave up"));
}

fn item(idx: u64, band: &str) -> ReviewItemFull {
    let item = ReviewItem {
        idx,
        band: band.to_owned(),
        state: "open".to_owned(),
        duplicate_of: (idx % 10 == 9).then(|| idx - 1),
        unreadable: (idx % 10 == 8).then(|| "encrypted".to_owned()),
        open_proposals: 2,
        version: 1,
        locator: format!("inbox/{idx}.eml"),
        place: ["mailbox", "shared drive"][(idx % 2) as usize].to_owned(),
        kind: "mail".to_owned(),
        thread: idx.is_multiple_of(3).then_some(0),
        marks: idx % 4,
        ..ReviewItem::default()
    };
    ReviewItemFull { item, proposals: vec![1, 2], document: vec![3; 5000] }
}

fn fill(store: &Store) {
    save(store, "r1", 0, "open").unwrap();
    for batch in 0..4 {
        let items: Vec<ReviewItemFull> = (batch * 25..batch * 25 + 25).map(|n| item(n, ["certain", "likely"][(n % 2) as usize])).collect();
        let inserted: Result<(), Error> = store.write(&origin(), |tx| {
            tx.review_items_insert("r1", &items)?;
            tx.log_batch("r1", [batch as u8; 32], "search")
        });
        inserted.unwrap();
    }
}

pub fn review_items_page_and_filter(place: &Place) {
    let store = place.open();
    fill(&store);
    let page = |after, limit, filter: ReviewFilter| store.read(|tx| tx.review_items_page("r1", after, limit, &filter)).unwrap();
    let all = page(None, 1_000, ReviewFilter::default());
    assert_eq!(all, (0..100).map(|n| item(n, ["certain", "likely"][(n % 2) as usize]).item).collect::<Vec<_>>());
    assert_eq!(page(Some(39), 3, ReviewFilter::default()).iter().map(|i| i.idx).collect::<Vec<_>>(), [40, 41, 42]);
    let certain = page(None, 1_000, ReviewFilter { band: "certain".to_owned(), ..ReviewFilter::default() });
    assert!(certain.len() == 50 && certain.iter().all(|i| i.idx % 2 == 0));
    let readable = page(None, 1_000, ReviewFilter { readable: true, ..ReviewFilter::default() });
    assert_eq!(readable.len(), 80);
    assert_eq!(store.read(|tx| tx.review_item_get("r1", 17)).unwrap().unwrap(), item(17, "likely"));
    assert!(store.read(|tx| tx.review_item_get("r1", 100)).unwrap().is_none());
    let counts = store.read(|tx| tx.review_counts("r1")).unwrap();
    assert_eq!(counts.iter().map(|c| (c.items, c.duplicates, c.unreadable)).collect::<Vec<_>>(), [(50, 0, 10), (50, 10, 0)]);
    let cleared: Result<u64, Error> = store.write(&origin(), |tx| {
        let n = tx.review_items_clear("r1")?;
        tx.log_batch("r1", [9; 32], "search_again").map(|()| n)
    });
    assert_eq!(cleared.unwrap(), 100);
}

pub fn decisions_of_two_reviewers_conflict(place: &Place) {
    let store = place.open();
    fill(&store);
    let seen = store.read(|tx| tx.review_item_get("r1", 4)).unwrap().unwrap().item;
    let decide = |state: &str| -> Result<(), Error> {
        store.write(&origin(), |tx| {
            tx.review_item_update("r1", &seen, &ReviewChange { state, proposals: b"decided", ..ReviewChange::default() })?;
            tx.log_batch("r1", [7; 32], "decide")
        })
    };
    decide("include").unwrap();
    assert!(matches!(decide("exclude"), Err(Error::Conflict { expected: 1, found: 2 })));
    let now = store.read(|tx| tx.review_item_get("r1", 4)).unwrap().unwrap();
    assert_eq!((now.item.state.as_str(), now.item.open_proposals, now.item.version), ("include", 0, 2));
    assert_eq!((now.proposals.as_slice(), now.document.len()), (&b"decided"[..], 5000));
    let included = ReviewFilter { state: "include".to_owned(), ..ReviewFilter::default() };
    assert_eq!(store.read(|tx| tx.review_items_page("r1", None, 10, &included)).unwrap().len(), 1);
    // A decision changed behind the program's back is not believed.
    place.raw("UPDATE review_items SET state = 'exclude' WHERE idx = 4");
    assert!(matches!(store.read(|tx| tx.review_item_get("r1", 4)), Err(Error::Corrupt { .. })));
}

pub fn claims_are_leases_and_the_queue_goes_past_them(place: &Place) {
    let store = place.open();
    fill(&store);
    let take =
        |now, idx, who: &str, force| store.write_technical(&at(now), |tx| tx.review_claim_take("r1", idx, who, now + 100, force)).unwrap();
    let next = |now, who: &str, after, not_by: Option<&str>| {
        let filter = ReviewFilter { state: "open".to_owned(), now_us: now, ..ReviewFilter::default() };
        store.read(|tx| tx.review_next("r1", who, after, &filter, not_by)).unwrap()
    };
    assert!(take(0, 0, "ann", false) && !take(50, 0, "ben", false) && take(60, 0, "ann", false), "held, and extended by who holds it");
    assert_eq!((next(61, "ben", None, None), next(61, "ann", None, None)), (Some(1), Some(0)));
    assert_eq!(next(61, "ben", Some(7), None), Some(10), "past what repeats another and what could not be read");
    assert_eq!(next(160, "ben", None, None), Some(0), "the lease has run out");
    assert!(take(160, 0, "ben", false) && take(170, 0, "ann", true));
    let claim = store.read(|tx| tx.review_claim("r1", 0, 171)).unwrap().unwrap();
    assert_eq!((claim.who.as_str(), claim.until_us), ("ann", 270));
    assert_eq!(store.read(|tx| tx.review_claims("r1", 171)).unwrap(), [claim]);
    assert_eq!(store.write_technical(&at(172), |tx| tx.review_claims_drop("r1", "ann")).unwrap(), 1);
    assert!(store.read(|tx| tx.review_claims("r1", 172)).unwrap().is_empty());
    assert_eq!(store.read(|tx| tx.review_neighbours("r1", 10)).unwrap(), (Some(7), Some(11)));
    assert_eq!(store.read(|tx| tx.review_last("r1")).unwrap(), Some(99));
    let how_many = |filter| store.read(|tx| tx.review_how_many("r1", &filter)).unwrap();
    assert_eq!(how_many(ReviewFilter { place: "mailbox".to_owned(), ..ReviewFilter::default() }), 50);
    assert_eq!(how_many(ReviewFilter { thread: Some(0), ..ReviewFilter::default() }), 34);
    assert_eq!(how_many(ReviewFilter { with_marks: true, ..ReviewFilter::default() }), 75);
    assert_eq!(how_many(ReviewFilter { duplicates: true, ..ReviewFilter::default() }), 10);
    assert_eq!(how_many(ReviewFilter { unreadable: true, ..ReviewFilter::default() }), 10);
}

pub fn decisions_can_be_undone_and_counted(place: &Place) {
    let store = place.open();
    fill(&store);
    let decide = |now: i64, who: &str, act: &str, idx: u64, proposals: &[u8]| -> Result<(), Error> {
        store.write(&Origin { actor: who.to_owned(), at_us: now }, |tx| {
            let row = tx.review_item_light("r1", idx)?.unwrap();
            let change =
                ReviewChange { state: "decided", proposals, before: &row.proposals, verb: "decide", act, ..ReviewChange::default() };
            tx.review_item_update("r1", &row.item, &change)?;
            tx.log_batch("r1", [7; 32], "decide")
        })
    };
    decide(10, "ann", "a1", 4, b"first").unwrap();
    decide(20, "ben", "b1", 4, b"second").unwrap();
    decide(30, "ben", "b2", 5, b"x").unwrap();
    decide(30, "ben", "b2", 6, b"x").unwrap();
    assert_eq!(store.read(|tx| tx.review_decided_since("r1", 15)).unwrap(), [("ben".to_owned(), 3)]);
    assert_eq!(store.read(|tx| tx.review_decided_since("r1", 0)).unwrap(), [("ann".to_owned(), 1), ("ben".to_owned(), 3)]);
    assert_eq!(store.read(|tx| tx.review_last_act("r1", "ben")).unwrap(), Some(("b2".to_owned(), "decide".to_owned())));
    let act = store.read(|tx| tx.review_act("r1", "b2")).unwrap();
    assert_eq!(
        act.iter().map(|one| (one.idx, one.version, one.before.as_slice())).collect::<Vec<_>>(),
        [(5, 2, &[1, 2][..]), (6, 2, &[1, 2])]
    );
    let undone = store.read(|tx| tx.review_act("r1", "b1")).unwrap().remove(0);
    assert_eq!(undone.before, b"first");
    let back: Result<(), Error> = store.write(&origin(), |tx| {
        let row = tx.review_item_light("r1", 4)?.unwrap();
        let change = ReviewChange { state: "decided", proposals: &undone.before, decided: Some(("ann", 10)), ..ReviewChange::default() };
        tx.review_item_update("r1", &row.item, &change)?;
        tx.review_decision_undone("r1", &undone, row.item.version + 1)?;
        tx.log_batch("r1", [8; 32], "undo")
    });
    back.unwrap();
    let now = store.read(|tx| tx.review_item_get("r1", 4)).unwrap().unwrap();
    assert_eq!((now.item.version, now.item.decided_by.as_str(), now.proposals.as_slice()), (4, "ann", &b"first"[..]));
    assert_eq!(
        store.read(|tx| tx.review_decision_by("r1", 4, 4)).unwrap(),
        Some(("ann".to_owned(), 10)),
        "the first decision follows the item"
    );
    let first = store.read(|tx| tx.review_act("r1", "a1")).unwrap();
    assert_eq!((first[0].version, first[0].before.as_slice()), (4, &[1, 2][..]));
}

pub fn notes_are_sealed_to_the_subject(place: &Place) {
    let store = place.open();
    crate::place::save_about(&store, "r1", "s1", "Amelia Hart");
    let added: Result<(), Error> = store.write(&origin(), |tx| {
        tx.review_note_add("r1", 3, "s1", "n1", "Asked by phone.")?;
        tx.log_batch("r1", [1; 32], "note")
    });
    added.unwrap();
    let unlogged: Result<(), Error> = store.write(&origin(), |tx| tx.review_note_add("r1", 3, "s1", "n2", "never"));
    assert!(matches!(unlogged, Err(Error::Unlogged)));
    let notes = || store.read(|tx| tx.review_notes("r1", 3)).unwrap();
    assert_eq!(notes().iter().map(|note| note.text.as_deref()).collect::<Vec<_>>(), [Some("Asked by phone.")]);
    let erased: Result<bool, Error> = store.write(&origin(), |tx| tx.subject_erase("s1", "test"));
    assert!(erased.unwrap());
    assert_eq!(notes().iter().map(|note| note.text.as_deref()).collect::<Vec<_>>(), [None]);
    assert!(place.verify(&store).ok);
}

pub fn what_a_search_notes_is_sealed_and_goes_with_the_subject(place: &Place) {
    let store = place.open();
    crate::place::save_about(&store, "r1", "s1", "Amelia Hart");
    for note in [&b"Amelia Hart in one.mbox"[..], b"", b"three"] {
        store.write_technical(&at(1), |tx| tx.search_note_add("r1", "s1", note)).unwrap();
    }
    let notes = |after| store.read(|tx| tx.search_notes_after("r1", after)).unwrap();
    assert_eq!(notes(0), [(1, b"Amelia Hart in one.mbox".to_vec()), (2, Vec::new()), (3, b"three".to_vec())]);
    assert_eq!(notes(2), [(3, b"three".to_vec())]);
    assert!(store.read(|tx| tx.search_notes_after("r2", 0)).unwrap().is_empty());
    store.write_technical(&at(2), |tx| tx.search_notes_drop("r1", &[1, 2, 99])).unwrap();
    assert_eq!(notes(0).len(), 1);
    store.write_technical(&at(2), |tx| tx.search_note_add("r1", "s1", b"four")).unwrap();
    assert_eq!(notes(3), [(4, b"four".to_vec())]);
    let erased: Result<bool, Error> = store.write(&origin(), |tx| tx.subject_erase("s1", "test"));
    assert!(erased.unwrap());
    assert!(notes(0).is_empty());
    assert!(matches!(store.write_technical(&at(3), |tx| tx.search_note_add("r1", "s1", b"five")), Err(Error::Erased)));
    crate::place::save_about(&store, "r3", "s3", "Owen Price");
    store.write_technical(&at(4), |tx| tx.search_note_add("r3", "s3", b"note")).unwrap();
    store.write_technical(&at(5), |tx| tx.search_notes_clear("r3")).unwrap();
    assert!(store.read(|tx| tx.search_notes_after("r3", 0)).unwrap().is_empty());
    assert!(place.verify(&store).ok);
}

pub fn open_words_are_believed_at_their_version_alone_and_go_with_the_review(place: &Place) {
    let store = place.open();
    fill(&store);
    let words = |after| store.read(|tx| tx.review_words("r1", after, 30)).unwrap();
    let all = words(None);
    assert!(all.len() == 30 && all.iter().all(|one| one.body.is_none() && one.idx % 10 < 8), "readable items alone");
    store.write_technical(&at(2), |tx| tx.review_words_put("r1", 3, 1, b"Ben Carter")).unwrap();
    store.write_technical(&at(2), |tx| tx.review_words_put("r1", 4, 2, b"of another version")).unwrap();
    let body = |idx: u64| words(Some(idx - 1))[0].body.clone();
    assert_eq!((body(3), body(4)), (Some(b"Ben Carter".to_vec()), None));
    store.write_technical(&at(3), |tx| tx.review_words_put("r1", 3, 1, b"Zoe")).unwrap();
    assert_eq!(body(3), Some(b"Zoe".to_vec()));
    let cleared: Result<(), Error> = store.write(&origin(), |tx| {
        tx.review_items_clear("r1")?;
        tx.log_batch("r1", [7; 32], "search")
    });
    cleared.unwrap();
    assert!(words(None).is_empty());
    let again: Result<(), Error> = store.write(&origin(), |tx| {
        tx.review_items_insert("r1", &[item(3, "likely")])?;
        tx.log_batch("r1", [8; 32], "search")
    });
    again.unwrap();
    assert_eq!(body(3), None, "they went with the review");
    assert!(place.verify(&store).ok);
}

pub fn what_could_not_be_read_changes_and_goes_at_its_version_alone(place: &Place) {
    let store = place.open();
    fill(&store);
    let reasons = || store.read(|tx| tx.review_reasons("r1")).unwrap();
    assert_eq!(reasons(), [("encrypted".to_owned(), 10)]);
    let row = |idx| store.read(|tx| tx.review_item_light("r1", idx)).unwrap();
    let (first, second) = (row(8).unwrap().item, row(18).unwrap().item);
    let change = |again: bool| -> Result<(), Error> {
        store.write(&origin(), |tx| {
            tx.review_item_unread("r1", &first, "encrypted; tried once")?;
            if again {
                tx.review_item_opened("r1", &first)?;
            }
            tx.review_item_opened("r1", &second)?;
            tx.log_batch("r1", [9; 32], "tried")
        })
    };
    assert!(matches!(change(true), Err(Error::Conflict { expected: 1, found: 2 })), "nothing of it happened");
    change(false).unwrap();
    assert_eq!(reasons(), [("encrypted".to_owned(), 8), ("encrypted; tried once".to_owned(), 1)]);
    assert_eq!((row(8).unwrap().item.version, row(18)), (2, None), "its seal opens with the new reason");
    let readable = row(7).unwrap().item;
    let wrong: Result<(), Error> = store.write(&origin(), |tx| tx.review_item_opened("r1", &readable));
    assert!(matches!(wrong, Err(Error::Conflict { .. })), "what can be read is never taken out");
    assert!(place.verify(&store).ok);
}

pub fn progress_is_kept(place: &Place) {
    let store = place.open();
    let progress = Progress { stage: "scan".to_owned(), done: 5, total: 10, state: "running".to_owned(), updated_us: 3 };
    store.write_technical(&at(2), |tx| tx.progress_put("p1", &Progress::default())).unwrap();
    store.write_technical(&at(3), |tx| tx.progress_put("p1", &progress)).unwrap();
    assert_eq!(store.read(|tx| tx.progress_get("p1")).unwrap(), Some(progress));
    store.write_technical(&at(4), |tx| tx.progress_drop("p1")).unwrap();
    assert_eq!(store.read(|tx| tx.progress_get("p1")).unwrap(), None);
}

/// Two transactions that take the same rows in opposite order: PostgreSQL breaks one of them
/// off, and it is run again. (SQLite has one writer at a time.)
#[test]
fn a_deadlock_is_tried_again() {
    let Some(place) = Place::postgres() else { return };
    let store = place.open();
    for id in ["a", "b"] {
        store.write_technical(&at(1), |tx| tx.progress_put(id, &Progress::default())).unwrap();
    }
    let barrier = std::sync::Barrier::new(2);
    let attempts: u32 = std::thread::scope(|scope| {
        let both: Vec<_> = [["a", "b"], ["b", "a"]]
            .map(|ids| {
                let (store, barrier) = (store.clone(), &barrier);
                scope.spawn(move || {
                    let mut attempts = 0;
                    let done: Result<(), Error> = store.write_technical(&at(2), |tx| {
                        attempts += 1;
                        tx.progress_put(ids[0], &Progress { stage: ids[0].to_owned(), ..Progress::default() })?;
                        if attempts == 1 {
                            barrier.wait();
                        }
                        tx.progress_put(ids[1], &Progress { stage: ids[0].to_owned(), ..Progress::default() })
                    });
                    done.unwrap();
                    attempts
                })
            })
            .into_iter()
            .collect();
        both.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert!(attempts >= 3, "one of the two was broken off");
    let stages = ["a", "b"].map(|id| store.read(|tx| tx.progress_get(id)).unwrap().unwrap().stage);
    assert_eq!(stages[0], stages[1]);
}
