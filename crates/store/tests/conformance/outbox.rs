use std::collections::BTreeSet;

use serde_json::json;
use store::{ClaimedMail, Error, MailEnd, NewMail, NewMailIn, Store};

use crate::place::{Place, at, origin, save};

fn queue(store: &Store, id: &str, once: Option<&str>, subject: Option<&str>) -> bool {
    let (message_id, body) = (format!("<{id}@example.org>"), json!({"to": "amelia@hart.example", "text": "Canary plover"}));
    let record = subject.map(|_| "r1");
    let mail = NewMail { id, message_id: &message_id, once, record, subject, purpose: "acknowledgement", body: &body, due_us: 10 };
    store.write(&origin(), |tx| tx.mail_queue(&mail)).unwrap()
}

fn claim(store: &Store, now: i64, worker: &str) -> Option<ClaimedMail> {
    store.write_technical(&at(now), |tx| tx.mail_claim(worker, 100)).unwrap()
}

fn end(store: &Store, id: &str, worker: Option<&str>, end: MailEnd) -> bool {
    store.write(&at(500), |tx| tx.mail_end(id, worker, end, "")).unwrap()
}

pub fn each_mail_is_claimed_once_by_eight_workers(place: &Place) {
    let store = place.open();
    for n in 0..40 {
        assert!(queue(&store, &format!("m{n:02}"), None, None));
    }
    let claimed: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..8)
            .map(|n| {
                let store = store.clone();
                scope.spawn(move || {
                    let (worker, mut mine) = (format!("w{n}"), Vec::new());
                    while let Some(mail) = claim(&store, 20, &worker) {
                        assert!(!mail.in_doubt);
                        assert!(end(&store, &mail.id, Some(&worker), MailEnd::Sent));
                        mine.push(mail.id);
                    }
                    mine
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert_eq!((claimed.len(), claimed.iter().collect::<BTreeSet<_>>().len()), (40, 40));
    assert_eq!(store.read(|tx| tx.mail_counts()).unwrap(), [("sent".to_owned(), 40)]);
    assert!(place.verify(&store).ok);
}

pub fn one_key_queues_one_mail_whoever_races(place: &Place) {
    let store = place.open();
    let queued: usize = std::thread::scope(|scope| {
        let store = &store;
        let workers: Vec<_> =
            (0..8).map(|n| scope.spawn(move || usize::from(queue(store, &format!("m{n}"), Some("ack/r1"), None)))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    assert_eq!(queued, 1);
    assert!(store.read(|tx| tx.mail_once("ack/r1")).unwrap());
    assert!(!store.read(|tx| tx.mail_once("ack/r2")).unwrap());
}

pub fn a_dead_workers_mail_goes_to_another_in_doubt(place: &Place) {
    let store = place.open();
    queue(&store, "m1", None, None);
    assert!(claim(&store, 9, "w1").is_none());
    let first = claim(&store, 10, "w1").unwrap();
    assert_eq!((first.attempts, first.in_doubt, first.message_id.as_str()), (1, false, "<m1@example.org>"));
    assert_eq!(first.body.unwrap()["text"], "Canary plover");
    assert!(claim(&store, 109, "w2").is_none());
    // Its last full stop is about to go out; only whoever holds the mail may say so.
    let dot = |worker: &str| store.write_technical(&at(50), |tx| tx.mail_dot("m1", worker)).unwrap();
    assert!(!dot("w2") && dot("w1"));
    let second = claim(&store, 110, "w2").unwrap();
    assert_eq!((second.attempts, second.in_doubt, second.message_id.as_str()), (2, true, "<m1@example.org>"));
    // The first worker wakes up: it no longer holds the mail.
    assert!(!end(&store, "m1", Some("w1"), MailEnd::Sent));
    assert!(store.write_technical(&at(120), |tx| tx.mail_again("m1", "w2", 300, "421")).unwrap());
    let status = store.read(|tx| tx.mails_in_state("ready", None, 10)).unwrap().remove(0);
    assert_eq!((status.error.as_str(), status.due_us, status.attempts), ("421", 300, 2));
    assert!(claim(&store, 299, "w3").is_none());
    // The server said no: nothing is in doubt any more. A worker that dies before the full stop leaves no doubt.
    assert!(!claim(&store, 300, "w3").unwrap().in_doubt);
    assert!(!claim(&store, 400, "w4").unwrap().in_doubt);
    assert!(end(&store, "m1", Some("w4"), MailEnd::Sent));
    assert!(claim(&store, 9_999, "w4").is_none());
}

pub fn a_bounce_comes_after_the_sending_and_stands_in_the_log(place: &Place) {
    let store = place.open();
    save(&store, "r1", 0, "open").unwrap();
    store.write(&origin(), |tx| tx.subject_create("s1")).unwrap();
    queue(&store, "m1", None, Some("s1"));
    claim(&store, 10, "w1").unwrap();
    assert!(end(&store, "m1", Some("w1"), MailEnd::Sent));
    let found = store.read(|tx| tx.mail_by_message_id("<m1@example.org>")).unwrap().unwrap();
    assert_eq!((found.state.as_str(), found.record.as_deref()), ("sent", Some("r1")));
    assert!(end(&store, &found.id, None, MailEnd::Bounced));
    assert!(!end(&store, &found.id, None, MailEnd::Bounced));
    let history = store.read(|tx| tx.record_history("r1")).unwrap();
    let verbs: Vec<&str> = history.iter().filter(|entry| entry.kind == "mail").map(|entry| entry.verb.as_str()).collect();
    assert_eq!(verbs, ["mail_queued", "mail_sent", "mail_bounced"]);
    assert_eq!(store.read(|tx| tx.mails_of_record("r1")).unwrap()[0].state, "bounced");
    assert!(place.verify(&store).ok);
}

pub fn an_unknown_mail_stays_until_somebody_says_what_became_of_it(place: &Place) {
    let store = place.open();
    for id in ["m1", "m2", "m3"] {
        queue(&store, id, None, None);
        claim(&store, 10, "w1").unwrap();
        assert!(end(&store, id, Some("w1"), MailEnd::Unknown));
        assert!(!end(&store, id, Some("w1"), MailEnd::Unknown));
    }
    assert!(claim(&store, i64::MAX / 2, "w2").is_none(), "nobody sends it by itself");
    assert!(place.verify(&store).ok);
    let revive = |id: &str| store.write(&at(600), |tx| tx.mail_revive(id)).unwrap();
    assert!(revive("m1") && !revive("m1") && !revive("m9"));
    let again = claim(&store, 600, "w2").unwrap();
    assert_eq!((again.message_id.as_str(), again.attempts, again.in_doubt), ("<m1@example.org>", 1, false));
    assert_eq!(again.body.unwrap()["text"], "Canary plover");
    assert!(end(&store, "m1", Some("w2"), MailEnd::Sent));
    // Its copy is found, or somebody says so: it was sent.
    assert!(end(&store, "m2", None, MailEnd::Sent) && !revive("m2"));
    let history = store.read(|tx| tx.record_history("m1")).unwrap();
    let verbs: Vec<&str> = history.iter().filter(|entry| entry.kind == "mail").map(|entry| entry.verb.as_str()).collect();
    assert_eq!(verbs, ["mail_queued", "mail_unknown", "mail_again", "mail_sent"]);
    assert!(place.verify(&store).ok);
    place.raw("UPDATE outbox SET state = 'sent' WHERE id = 'm3'");
    assert!(!place.verify(&store).ok, "nobody says so behind the log's back");
}

pub fn what_was_left_in_a_mailbox_is_counted_and_struck_off(place: &Place) {
    let store = place.open();
    let put =
        |now, number, why: &str| store.write_technical(&at(now), |tx| tx.mail_left_put("imap-1", (7, number), why, now + 60)).unwrap();
    put(10, 4, "fetch");
    put(20, 5, "store");
    put(30, 4, "store");
    let left = store.read(|tx| tx.mail_left(10)).unwrap();
    let seen: Vec<_> = left.iter().map(|left| (left.number, left.reason.as_str(), left.tries, left.since_us, left.due_us)).collect();
    assert_eq!(seen, [(4, "store", 2, 10, 90), (5, "store", 1, 20, 80)]);
    assert_eq!(store.read(|tx| tx.mail_left_of("imap-2")).unwrap(), []);
    store.write_technical(&at(40), |tx| tx.mail_left_gone("imap-1", 7, 4)).unwrap();
    assert_eq!(store.read(|tx| Ok::<_, Error>((tx.mail_left_count()?, tx.mail_left_of("imap-1")?.len()))).unwrap(), (1, 1));
}

pub fn a_mail_to_an_erased_subject_has_nothing_left(place: &Place) {
    let store = place.open();
    store.write(&origin(), |tx| tx.subject_create("s1")).unwrap();
    queue(&store, "m1", None, Some("s1"));
    queue(&store, "m2", None, None);
    store.write(&origin(), |tx| tx.subject_erase("s1", "test")).unwrap();
    let claimed = claim(&store, 10, "w1").unwrap();
    assert_eq!((claimed.id.as_str(), claimed.body), ("m1", None));
    assert!(end(&store, "m1", Some("w1"), MailEnd::Failed));
    // What is to nobody outside is not kept once it is sent.
    assert!(claim(&store, 10, "w1").unwrap().body.is_some());
    assert!(end(&store, "m2", Some("w1"), MailEnd::Sent));
    assert_eq!(store.read(|tx| tx.mail_get("m2")).unwrap().unwrap().1, None);
    let unknown = NewMail {
        id: "m3",
        message_id: "<m3@x>",
        once: None,
        record: None,
        subject: Some("s9"),
        purpose: "x",
        body: &json!({}),
        due_us: 0,
    };
    assert!(matches!(store.write(&origin(), |tx| tx.mail_queue(&unknown)), Err(Error::Unknown { .. })));
    assert!(place.verify(&store).ok);
}

pub fn a_forged_or_removed_mail_is_found(place: &Place) {
    let store = place.open();
    for id in ["m1", "m2"] {
        queue(&store, id, None, None);
    }
    assert!(place.verify(&store).ok);
    place.raw("UPDATE outbox SET state = 'sent' WHERE id = 'm1'");
    assert!(!place.verify(&store).ok);
    place.raw("UPDATE outbox SET state = 'sending' WHERE id = 'm1'");
    assert!(place.verify(&store).ok);
    place.raw("UPDATE outbox SET purpose = 'digest' WHERE id = 'm2'");
    assert!(!place.verify(&store).ok);
    place.raw("UPDATE outbox SET purpose = 'acknowledgement' WHERE id = 'm2'; DELETE FROM outbox WHERE id = 'm1'");
    assert!(!place.verify(&store).ok);
}

pub fn a_message_is_taken_once_and_its_sender_is_forgotten_with_the_subject(place: &Place) {
    let store = place.open();
    store.write(&origin(), |tx| tx.subject_create("s1")).unwrap();
    store.write(&origin(), |tx| tx.subject_create("s2")).unwrap();
    let mail = |fingerprint, record| NewMailIn {
        fingerprint,
        record,
        subject: "s1",
        message_id: "<a@b>",
        sender: "amelia@hart.example",
        thread: "<t@b>",
    };
    store.write(&at(1_000), |tx| tx.mail_in_put(&mail("f1", "r1"))).unwrap();
    store.write(&at(2_000), |tx| tx.mail_in_put(&mail("f2", "r2"))).unwrap();
    assert!(store.write(&at(2_000), |tx| tx.mail_in_put(&mail("f1", "r3"))).is_err());
    store.write(&at(3_000), |tx| tx.mail_in_again("f1")).unwrap();
    let seen = store.read(|tx| {
        let counts = (tx.mail_in_copies("r1")?, tx.mail_in_copies("r9")?);
        Ok::<_, Error>((tx.mail_in_get("f1")?, tx.mail_in_get("f9")?, tx.mail_in_by_message_id("<a@b>")?, counts))
    });
    assert_eq!(seen.unwrap(), (Some("r1".to_owned()), None, vec!["r1".to_owned(), "r2".to_owned()], (2, 0)));
    let count = |since| store.read(|tx| tx.mail_in_count("amelia@hart.example", since)).unwrap();
    assert_eq!((count(0), count(1_001), count(2_001)), (2, 1, 0));
    assert_eq!(store.read(|tx| tx.mail_in_of("amelia@hart.example", 0, 1)).unwrap(), ["r1"]);
    store.write(&origin(), |tx| tx.mail_in_tie("r2", "s2")).unwrap();
    store.write(&origin(), |tx| tx.subject_erase("s1", "test")).unwrap();
    assert_eq!(count(0), 1);
    store.write(&origin(), |tx| tx.subject_erase("s2", "test")).unwrap();
    assert_eq!(count(0), 0);
    assert!(store.read(|tx| tx.mail_in_by_message_id("<a@b>")).unwrap().is_empty());
    let thread =
        store.read(|tx| Ok::<_, Error>((tx.mail_in_thread("<t@b>", 0)?, tx.mail_in_of_thread("<t@b>", 0)?, tx.mail_in_of_thread("", 0)?)));
    assert_eq!(thread.unwrap(), (0, None, None), "with whom they wrote is forgotten too");
    // What was taken once is not taken again.
    assert!(store.read(|tx| tx.mail_in_get("f1")).unwrap().is_some());
    assert_eq!(store.read(|tx| tx.mail_place("inbox")).unwrap(), None);
    for (validity, uid) in [(7, 3), (8, 1)] {
        store.write(&origin(), |tx| tx.mail_place_set("inbox", validity, uid)).unwrap();
        assert_eq!(store.read(|tx| tx.mail_place("inbox")).unwrap(), Some((validity, uid)));
    }
}
