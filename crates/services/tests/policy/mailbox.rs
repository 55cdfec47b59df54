//! Mailboxes in which something is wrong, and storms: contained, told, and nothing lost.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use domain::casework::message::Sort;
use finder::document::Extraction;
use jiff::civil::date;
use services::mail::{InboxQuery, LeftBehind, LeftWhy, fetch, inbox, left_behind, mail_today, message, message_file};
use services::ports::{Arrived, Extractor, Failure};

use crate::inbox::{AMELIA, Ground, OWN, Plain, ground, mail};
use crate::setting::{lead, staff};

fn left(ground: &Ground) -> Vec<LeftBehind> {
    let left = inbox(&ground.app, &lead(), &InboxQuery::default()).unwrap().left;
    assert_eq!(left_behind(&ground.app, &lead()).unwrap(), left);
    assert_eq!(mail_today(&ground.app, &lead()).unwrap().left, left.len() as u64);
    left
}

fn own(n: u32) -> String {
    mail(n, &format!("P{n} Hart <p{n}@hart.example>"), "Hello", "", OWN)
}

#[test]
fn a_message_that_is_not_handed_out_keeps_no_other_waiting_and_is_never_put_away_unread() {
    let ground = ground();
    {
        let mut faults = ground.mailbox.1.lock().unwrap();
        (faults.bad, faults.validity, faults.lists) = (Some(1_001), Some(7), true);
    }
    for n in 0..3 {
        ground.mailbox.put(&own(n));
    }
    let fetched = fetch(&ground.app, "w").unwrap();
    assert_eq!((fetched.requests, fetched.left, fetched.failed), (2, 1, 0));
    let seen = left(&ground).remove(0);
    assert_eq!((seen.number, seen.why, seen.tries), (Some(1_001), LeftWhy::Fetch, 1));
    // It is above the place that was read; listed as not put away it stays where it is all the same.
    for _ in 0..3 {
        fetch(&ground.app, "w").unwrap();
    }
    assert_eq!(ground.mailbox.0.lock().unwrap().keys().copied().collect::<Vec<_>>(), [1_001]);
    assert_eq!(left(&ground)[0].tries, 1, "not asked for again before its time");
    ground.setting.wait_seconds(61);
    assert_eq!(fetch(&ground.app, "w").unwrap().left, 1);
    assert_eq!(left(&ground)[0].tries, 2);
    // Mended: it is taken, with the day it came.
    ground.mailbox.1.lock().unwrap().bad = None;
    ground.setting.wait_seconds(7_200);
    assert_eq!(fetch(&ground.app, "w").unwrap().requests, 1);
    assert_eq!((left(&ground), ground.cases().len()), (Vec::new(), 3));
    assert!(ground.mailbox.0.lock().unwrap().is_empty());
    ground.setting.verify();
}

#[test]
fn what_somebody_took_out_of_the_mailbox_is_no_longer_named() {
    let ground = ground();
    ground.mailbox.1.lock().unwrap().bad = Some(1_000);
    ground.mailbox.put(&own(1));
    fetch(&ground.app, "w").unwrap();
    assert_eq!(left(&ground).len(), 1);
    ground.mailbox.0.lock().unwrap().clear();
    ground.mailbox.1.lock().unwrap().bad = None;
    ground.setting.wait_seconds(61);
    fetch(&ground.app, "w").unwrap();
    assert_eq!(left(&ground), []);
}

#[test]
fn a_folder_that_cannot_be_written_to_keeps_no_message_from_being_taken() {
    let ground = ground();
    ground.mailbox.1.lock().unwrap().locked = true;
    for n in 0..3 {
        ground.mailbox.put(&own(n));
    }
    let fetched = fetch(&ground.app, "w").unwrap();
    assert_eq!((fetched.requests, fetched.stuck, fetched.failed), (3, 3, 0));
    let seen = left(&ground);
    assert_eq!((seen.len(), seen[0].why, seen[0].number), (1, LeftWhy::Handled, None));
    ground.mailbox.put(&own(3));
    assert_eq!(fetch(&ground.app, "w").unwrap().requests, 1, "the ones that stay do not hide the new one");
    assert_eq!(ground.cases().len(), 4);
    ground.mailbox.1.lock().unwrap().locked = false;
    fetch(&ground.app, "w").unwrap();
    assert_eq!((left(&ground), ground.cases().len()), (Vec::new(), 4));
    assert!(ground.mailbox.0.lock().unwrap().is_empty());
}

#[test]
fn a_mailbox_that_cannot_be_reached_is_named_until_it_can() {
    let ground = ground();
    ground.mailbox.1.lock().unwrap().closed = true;
    assert_eq!(fetch(&ground.app, "w").unwrap().failed, 1);
    assert_eq!(left(&ground)[0].why, LeftWhy::Visit);
    ground.mailbox.1.lock().unwrap().closed = false;
    fetch(&ground.app, "w").unwrap();
    assert_eq!(left(&ground), []);
}

#[test]
fn a_message_that_cannot_be_read_is_tried_again_and_then_stored_for_a_person() {
    let ground = ground();
    ground.mailbox.put(&mail(1, AMELIA, "broken", "", OWN));
    ground.mailbox.put(&own(2));
    let fetched = fetch(&ground.app, "w").unwrap();
    assert_eq!((fetched.requests, fetched.left), (1, 1));
    assert_eq!(left(&ground)[0].why, LeftWhy::Store);
    for _ in 0..5 {
        ground.setting.wait_seconds(3_601);
        fetch(&ground.app, "w").unwrap();
    }
    assert_eq!(left(&ground), []);
    let row = ground.rows("decide").remove(0);
    assert_eq!((row.sort, row.received_on, row.due.is_some()), (Sort::MaybeRequest, date(2026, 11, 28), true));
    let view = message(&ground.app, &lead(), &row.id).unwrap();
    assert!(view.message.reasons.iter().any(|reason| reason.contains("could not be read")), "{:?}", view.message.reasons);
    let bytes = message_file(&ground.app, &lead(), &row.id).unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains("everything you hold"), "nothing of it is lost");
    assert!(message_file(&ground.app, &staff(), &row.id).is_err());
}

#[test]
fn what_is_no_message_waits_for_a_person_at_once() {
    let ground = ground();
    ground.mailbox.put(&mail(1, AMELIA, "locked", "", OWN));
    assert_eq!(fetch(&ground.app, "w").unwrap().taken, 1);
    assert_eq!((ground.rows("decide").len(), ground.cases().len(), left(&ground)), (1, 0, Vec::new()));
}

#[test]
fn a_day_that_no_calendar_knows_is_not_believed() {
    for (text, at) in [
        ("From: p@hart.example\nMessage-ID: <1@x.example>\nSubject: Hello\n\n", Some("-009999-01-02T01:59:59Z")),
        ("From: p@hart.example\nMessage-ID: <1@x.example>\nSubject: Hello\n\n", Some("1970-01-01T00:00:00Z")),
        ("Date: Thu, 1 Jan 1970 00:00:00 +0000\nFrom: p@hart.example\nMessage-ID: <1@x.example>\nSubject: Hello\n\n", None),
    ] {
        let ground = ground();
        ground.mailbox.1.lock().unwrap().at = at.map(|at| at.parse().unwrap());
        ground.mailbox.put(&format!("{text}{OWN}\n"));
        ground.mailbox.put(&own(2));
        assert_eq!(fetch(&ground.app, "w").unwrap().taken, 2, "{at:?}");
        let row = ground.rows("decide").remove(0);
        assert_eq!(row.received_on, date(2026, 11, 30));
        let view = message(&ground.app, &lead(), &row.id).unwrap();
        assert!(view.message.reasons.iter().any(|reason| reason.contains("which day")), "{:?}", view.message.reasons);
    }
}

#[test]
fn messages_that_name_no_sender_are_one_flood() {
    let ground = ground();
    for n in 0..20 {
        ground.mailbox.put(&mail(n, "a@hart.example, b@hart.example", "Hello", "", &format!("{OWN}\n{n}")));
    }
    fetch(&ground.app, "w").unwrap();
    let counts = inbox(&ground.app, &lead(), &InboxQuery::default()).unwrap().counts;
    assert!(counts.contains(&("flood".to_owned(), 15)), "{counts:?}");
    assert_eq!(ground.rows("decide").len(), 5);
}

#[test]
fn an_answering_program_that_hides_itself_gets_one_mail_and_no_loop() {
    let ground = ground();
    ground.take(&mail(1, AMELIA, "Hello", "", OWN));
    // It answers whatever it gets, without saying that it is a program, and reads as a request each time.
    for n in 2..40 {
        ground.work();
        let ours = ground.sent().pop().unwrap().message_id;
        let extra = if n % 2 == 0 { format!("In-Reply-To: {ours}\n") } else { String::new() };
        ground.take(&mail(n, AMELIA, "Thank you for your subject access request", &extra, &format!("{OWN}\n{n}")));
    }
    ground.work();
    assert_eq!((ground.sent().len(), ground.cases().len()), (1, 1));
    let counts = inbox(&ground.app, &lead(), &InboxQuery::default()).unwrap().counts;
    assert!(counts.iter().any(|(state, n)| state == "flood" && *n > 25), "and soon it is a flood: {counts:?}");
    ground.setting.verify();
}

/// Counts what is read.
struct Counting(Arc<std::sync::atomic::AtomicU64>);

impl Extractor for Counting {
    fn extract(&self, name: &str, bytes: &[u8]) -> Result<Extraction, Failure> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Plain.extract(name, bytes)
    }
}

#[test]
fn of_a_storm_from_one_address_five_are_read_and_none_is_lost_and_others_are_not_kept_waiting() {
    let mut ground = ground();
    let read = Arc::new(std::sync::atomic::AtomicU64::new(0));
    ground.app.extractor = Arc::new(Counting(Arc::clone(&read)));
    for n in 0..60 {
        ground.mailbox.put(&mail(n, "Mallory <mallory@else.example>", "Hello", "", &format!("{OWN}\n{n}")));
    }
    ground.mailbox.put(&mail(9_999, AMELIA, "Hello", "", OWN));
    assert_eq!(fetch(&ground.app, "w").unwrap().taken, 61);
    assert_eq!(read.load(Ordering::SeqCst), 6, "five of the flood, and the one of somebody else");
    ground.work();
    assert_eq!((ground.cases().len(), ground.sent().len()), (2, 2));
    let counts = inbox(&ground.app, &lead(), &InboxQuery::default()).unwrap().counts;
    assert!(counts.contains(&("flood".to_owned(), 55)), "{counts:?}");
    ground.setting.verify();
}

#[test]
fn a_bomb_is_kept_as_far_as_it_was_taken_and_left_to_a_person() {
    let ground = ground();
    // Bigger than what is taken of one message, headers without an end, and a thousand names to be answered.
    let cut = mail(1, AMELIA, "Hello", "", OWN);
    let arrived = Arrived { size: 900_000_000, bytes: cut.into_bytes(), at: None };
    assert_eq!(services::mail::take(&ground.app, "w", &arrived).unwrap(), services::mail::Arrival::Taken);
    let row = ground.rows("decide").remove(0);
    assert!(message(&ground.app, &lead(), &row.id).unwrap().message.reasons.iter().any(|reason| reason.contains("could not be read")));
    let endless = format!("From: {AMELIA}\nMessage-ID: <2@x.example>\nX-Long: {}", "a ".repeat(500_000));
    let names = format!("{}\n\n{OWN}", (0..5_000).map(|n| format!("X-{n}: y")).collect::<Vec<_>>().join("\n"));
    for text in [endless, names] {
        let arrived = Arrived { size: text.len() as u64, bytes: text.into_bytes(), at: None };
        assert_eq!(services::mail::take(&ground.app, "w", &arrived).unwrap(), services::mail::Arrival::Taken);
    }
    assert_eq!((ground.cases().len(), ground.work(), ground.sent().len()), (0, 0, 0));
    ground.setting.verify();
}
