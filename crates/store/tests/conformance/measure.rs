use std::time::Instant;
use serde_json::json;
use store::{RecordHead, SaveRecord, SearchToken, RecordQuery, Order, Keyset};
use crate::place::{Place, at, head};

#[test]
fn measure_sqlite() { run(&Place::sqlite(), 100_000) }
#[test]
fn measure_postgres() { run(&Place::postgres().unwrap(), 20_000) }

fn p95(mut v: Vec<f64>) -> (f64, f64) { v.sort_by(|a,b| a.total_cmp(b)); (v[v.len()/2], v[v.len()*95/100]) }

fn run(place: &Place, total: u64) {
    let store = place.open();
    let filler = "x".repeat(600);
    let begin = Instant::now();
    let mut n = 0;
    while n < total {
        store.write(&at(n as i64), |tx| {
            for i in n..n + 500 {
                let s = format!("s{i}");
                tx.subject_create(&s)?;
                let body = json!({"name": {"$personal": s, "value": format!("Person Number{i}")}, "note": filler});
                let state = if i % 50 == 0 { "open" } else { "closed" };
                let head = RecordHead { due_us: (i % 50 == 0).then_some(i as i64), ..head(&format!("r{i:07}"), state) };
                let name = format!("Person Number{i}");
                let r = head.reference.clone();
                let tokens = [SearchToken::of(&s, &name), SearchToken::plain(&r)];
                tx.record_save(SaveRecord { head, body: &body, expected_version: 0, verb: "receive", reason: "", clocks: &[], tokens: &tokens })?;
            }
            Ok::<(), store::Error>(())
        }).unwrap();
        n += 500;
    }
    println!("fill {total} in {:?}", begin.elapsed());
    let mut t = Vec::new();
    for i in 0..400 {
        let s = format!("t{i}");
        let b = Instant::now();
        store.write(&at(1), |tx| {
            tx.subject_create(&s)?;
            let body = json!({"name": {"$personal": s, "value": "A B"}, "note": filler});
            tx.record_save(SaveRecord { head: head(&format!("q{i}"), "open"), body: &body, expected_version: 0, verb: "receive", reason: "", clocks: &[], tokens: &[SearchToken::of(&s, "Amelia Hart")] })
        }).unwrap();
        t.push(b.elapsed().as_secs_f64() * 1e3);
    }
    let sum: f64 = t.iter().sum();
    println!("new record: {:.0}/s, ms p50/p95 {:?}", 400e3 / sum, p95(t));
    let mut t = Vec::new();
    for i in 0..400 {
        let b = Instant::now();
        store.write(&at(1), |tx| {
            let old = tx.record_get(&format!("q{i}"))?.unwrap();
            tx.record_save(SaveRecord { head: old.head, body: &old.body, expected_version: old.version, verb: "x", reason: "", clocks: &[], tokens: &[SearchToken::of(&format!("t{i}"), "Amelia Hart")] })
        }).unwrap();
        t.push(b.elapsed().as_secs_f64() * 1e3);
    }
    let sum: f64 = t.iter().sum();
    println!("load+save: {:.0}/s, ms p50/p95 {:?}", 400e3 / sum, p95(t));
    let mut t = Vec::new();
    for _ in 0..1000 {
        let b = Instant::now();
        store.read(|tx| {
            let due = tx.due_list(None, 20)?;
            assert_eq!(due.len(), 20);
            tx.due_count(50_000, 1000)?;
            tx.record_counts("request")?;
            for d in due.iter().take(3) { tx.record_get(&d.head.id)?; }
            Ok::<(), store::Error>(())
        }).unwrap();
        t.push(b.elapsed().as_secs_f64() * 1e3);
    }
    println!("today: ms p50/p95 {:?}", p95(t));
    for (what, order, states, text) in [("due all", Order::DueFirst, vec![], ""), ("newest all", Order::Newest, vec![], ""), ("newest open", Order::Newest, vec!["open".to_owned()], ""), ("ref all", Order::Reference, vec![], ""), ("ref open", Order::Reference, vec!["open".to_owned()], ""), ("search", Order::Newest, vec![], "number500"), ("search common", Order::Newest, vec![], "person")] {
        let mut t = Vec::new();
        let mut q = RecordQuery { kind: "request".into(), states, order, text: text.into(), limit: 25, ..RecordQuery::default() };
        for _ in 0..100 {
            let b = Instant::now();
            let page = store.read(|tx| tx.record_list(&q)).unwrap();
            t.push(b.elapsed().as_secs_f64() * 1e3);
            if let Some(last) = page.last() { q.after = Some(Keyset::after(order, last)); }
        }
        println!("{what}: ms p50/p95 {:?}", p95(t));
    }
    let b = Instant::now();
    let report = place.verify(&store);
    assert!(report.ok, "{:?}", report.problems);
    println!("verify {} versions {} entries in {:?}", report.versions, report.entries, b.elapsed());
    drop(store);
    let b = Instant::now();
    let _s = place.open();
    println!("open {:?}", b.elapsed());
    if !place.is_postgres() { std::fs::copy(place.file(), "/tmp/measure.db").unwrap(); }
    if !place.is_postgres() { println!("db bytes {}", std::fs::metadata(place.file()).unwrap().len()); }
}
