//! A search that is killed, and the same search again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;

use domain::ids::RecordId;
use services::requests::{self, progress};
use store::ReviewItemFull;

use crate::setting::{Setting, lead};

const MESSAGES: u64 = 1_000;

fn begin(setting: &Setting, id: &RecordId) {
    requests::start_search(
        &setting.app,
        &lead(),
        id,
        setting.at(id),
        &requests::ScanForm { places: vec![format!("mailbox {MESSAGES}")], ..Default::default() },
    )
    .unwrap();
}

fn review(setting: &Setting, id: &RecordId) -> Vec<ReviewItemFull> {
    let item = |n| setting.app.store.read(|tx| tx.review_item_get(id.as_str(), n)).unwrap();
    (0..).map_while(item).collect()
}

fn notes(setting: &Setting, id: &RecordId) -> usize {
    setting.app.store.read(|tx| tx.search_notes_after(id.as_str(), 0)).unwrap().len()
}

/// Runs the worker until it dies over a message.
fn killed_at(setting: &Setting, worker: &str, message: u64) {
    setting.reader.dies_at.store(setting.reader.read.load(Ordering::SeqCst) + message, Ordering::SeqCst);
    let died = catch_unwind(AssertUnwindSafe(|| requests::work_once(&setting.app, worker)));
    assert!(died.is_err(), "it was to die");
    setting.reader.dies_at.store(u64::MAX, Ordering::SeqCst);
}

/// Runs the worker to its end. Returns how many messages it read.
fn read_by(setting: &Setting, worker: &str) -> u64 {
    let before = setting.reader.read.load(Ordering::SeqCst);
    assert!(requests::work_once(&setting.app, worker).unwrap());
    setting.reader.read.load(Ordering::SeqCst) - before
}

pub(crate) fn a_killed_search_goes_on_and_the_same_again_reads_nothing(setting: &Setting) {
    let (whole, broken) = (setting.request(), setting.request());
    begin(setting, &whole);
    assert_eq!(read_by(setting, "first"), MESSAGES);
    begin(setting, &broken);
    killed_at(setting, "first", 300);
    assert!(!requests::work_once(&setting.app, "second").unwrap(), "the dead worker still holds the job");
    setting.wait_minutes(3);
    killed_at(setting, "second", 300);
    setting.wait_minutes(3);
    let read = read_by(setting, "third");
    assert!(read < 500, "{read} messages were read a second time");
    assert_eq!(review(setting, &broken), review(setting, &whole));
    assert_eq!(review(setting, &broken).len() as u64, MESSAGES);
    let done = progress(&setting.app, &lead(), &broken).unwrap();
    assert_eq!((done.state.as_str(), done.done), ("done", MESSAGES));
    begin(setting, &broken);
    assert_eq!(read_by(setting, "third"), 0, "nothing has changed");
    assert_eq!(review(setting, &broken).len() as u64, MESSAGES);
    setting.verify();
}

pub(crate) fn a_search_that_failed_goes_on_and_its_notes_end_with_the_request(setting: &Setting) {
    let id = setting.request();
    begin(setting, &id);
    killed_at(setting, "worker", 700);
    assert!(notes(setting, &id) > 0);
    setting.wait_minutes(3);
    read_by(setting, "worker");
    assert!(notes(setting, &id) > 0, "they serve searching again");
    requests::withdraw(&setting.app, &lead(), &id, setting.at(&id)).unwrap();
    assert_eq!(notes(setting, &id), 0);
    setting.verify();
}

pub(crate) fn a_search_that_ends_its_worker_each_time_is_given_up(setting: &Setting) {
    let id = setting.request();
    begin(setting, &id);
    for _ in 0..20 {
        killed_at(setting, "worker", 1);
        setting.wait_minutes(3);
    }
    assert!(requests::work_once(&setting.app, "worker").is_err());
    assert_eq!(progress(&setting.app, &lead(), &id).unwrap().state, "failed");
    setting.wait_minutes(3);
    assert!(!requests::work_once(&setting.app, "worker").unwrap(), "nobody takes it up again");
    begin(setting, &id);
    assert_eq!(read_by(setting, "worker"), MESSAGES, "a person may");
    setting.verify();
}
