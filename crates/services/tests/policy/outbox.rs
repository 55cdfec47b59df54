//! The outbox with a server made of paper: retries, failures, crashes between any two steps.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use domain::ids::{RecordId, SubjectId};
use jiff::Timestamp;
use services::mail::{Mail, OutFile, OutMail, Sent, SettleMail, mail_waits, outbox, queue, send_all, send_once, settle_mail};
use services::ports::{Failure, FinishedMail, Handed, Post};
use services::{App, Error};
use store::Origin;

use crate::setting::{Setting, auditor, code, lead, staff};

/// Answers from a list; once it is used up, takes everything.
#[derive(Default)]
struct Paper {
    answers: Mutex<Vec<Handed>>,
    taken: Mutex<Vec<FinishedMail>>,
}

impl Post for Paper {
    fn hand_over(&self, mail: &FinishedMail, last: &mut dyn FnMut() -> bool) -> Handed {
        if !last() {
            return Handed::Later("no connection".into());
        }
        let answer = self.answers.lock().unwrap().pop().unwrap_or(Handed::Accepted);
        // A server that did not answer has taken the mail all the same: the worst case.
        if matches!(answer, Handed::Accepted | Handed::Unknown) {
            self.taken.lock().unwrap().push(mail.clone());
        }
        answer
    }

    fn probe(&self) -> Result<(), Failure> {
        Ok(())
    }
}

fn posted(setting: &Setting, answers: &[Handed]) -> (App, Arc<Paper>) {
    let paper = Arc::new(Paper { answers: Mutex::new(answers.iter().rev().cloned().collect()), ..Paper::default() });
    let mail = Mail {
        from: "data@greenbank.example".into(),
        from_name: "Greenbank".into(),
        post: Some(paper.clone()),
        hold_seconds: 60,
        ..Mail::default()
    };
    (App { mail, ..setting.app.clone() }, paper)
}

fn mail(to: &str, once: Option<&str>) -> OutMail {
    OutMail {
        to: to.into(),
        subject_key: Some(SubjectId::new("s1")),
        record: Some(RecordId::new("r1")),
        title: "We have your request\r\nBcc: all@hart.example".into(),
        text: "Your request reached us.".into(),
        files: vec![OutFile { name: "letter.pdf".into(), mime: "application/pdf".into(), bytes: vec![0, 255, 7] }],
        in_reply_to: Some("<their@id>".into()),
        purpose: "acknowledgement",
        once: once.map(str::to_owned),
    }
}

fn put(app: &App, mail: &OutMail) -> Result<bool, Error> {
    app.store.write(&Origin { actor: "u".into(), at_us: app.now_us() }, |tx| {
        tx.subject_create("s1")?;
        queue(app, tx, mail)
    })
}

#[test]
fn a_mail_is_sent_once_as_it_was_queued() {
    let setting = Setting::new();
    let (app, paper) = posted(&setting, &[]);
    assert!(put(&app, &mail("Amelia@Hart.Example", Some("ack/r1"))).unwrap());
    assert!(!put(&app, &mail("amelia@hart.example", Some("ack/r1"))).unwrap());
    assert!(app.store.read(|tx| mail_waits(tx, "ack/r1")).unwrap());
    assert_eq!(send_all(&app, "w").unwrap(), [Sent::Sent]);
    assert_eq!(send_once(&app, "w").unwrap(), None);
    let taken = paper.taken.lock().unwrap().clone();
    let one = &taken[0];
    assert_eq!((taken.len(), one.to.as_str(), one.from.as_str()), (1, "Amelia@hart.example", "data@greenbank.example"));
    assert_eq!(one.title, "We have your request Bcc: all@hart.example");
    assert!(one.message_id.starts_with('<') && one.message_id.ends_with("@greenbank.example>"));
    assert_eq!((one.in_reply_to.as_deref(), one.auto_submitted), (Some("<their@id>"), Some("auto-replied")));
    assert_eq!(one.files[0].bytes, [0, 255, 7]);
    assert!(!format!("{one:?}").contains("hart"));
}

#[test]
fn what_is_no_address_or_too_big_is_refused_and_a_rolled_back_mail_never_was() {
    let setting = Setting::new();
    let (app, paper) = posted(&setting, &[]);
    assert_eq!(code(put(&app, &mail("amelia@hart.example\r\nBcc: x@y.example", None))), "MAIL-001");
    let mut big = mail("amelia@hart.example", None);
    big.files[0].bytes = vec![0; 15_000_001];
    assert_eq!(code(put(&app, &big)), "MAIL-002");
    let origin = Origin { actor: "u".into(), at_us: app.now_us() };
    let failed: Result<(), Error> = app.store.write(&origin, |tx| {
        tx.subject_create("s1")?;
        queue(&app, tx, &mail("amelia@hart.example", None))?;
        Err(Error::NotFound)
    });
    assert!(failed.is_err());
    assert_eq!(send_all(&app, "w").unwrap(), []);
    assert!(paper.taken.lock().unwrap().is_empty());
}

#[test]
fn a_busy_server_is_tried_again_and_a_refusal_is_for_good() {
    let setting = Setting::new();
    let (app, paper) = posted(
        &setting,
        &[Handed::Later("421".into()), Handed::Later("451 4.3.0".into()), Handed::Accepted, Handed::Refused("550 5.1.1".into())],
    );
    put(&app, &mail("amelia@hart.example", None)).unwrap();
    assert_eq!(send_all(&app, "w").unwrap(), [Sent::Later]);
    assert_eq!(send_all(&app, "w").unwrap(), []);
    setting.wait_seconds(60);
    assert_eq!(send_all(&app, "w").unwrap(), [Sent::Later]);
    setting.wait_seconds(299);
    assert_eq!(send_all(&app, "w").unwrap(), []);
    setting.wait_seconds(1);
    assert_eq!(send_all(&app, "w").unwrap(), [Sent::Sent]);
    put(&app, &mail("nobody@hart.example", None)).unwrap();
    assert_eq!(send_all(&app, "w").unwrap(), [Sent::Failed]);
    let seen = outbox(&app, &auditor()).unwrap();
    assert_eq!((seen.failed.len(), seen.failed[0].mail.error.as_str(), seen.waiting.len()), (1, "550 5.1.1", 0));
    assert!(outbox(&app, &staff()).is_err());
    assert_eq!(paper.taken.lock().unwrap().len(), 1);
}

#[test]
fn a_server_that_is_never_there_is_given_up_after_days() {
    let setting = Setting::new();
    let (app, paper) = posted(&setting, &vec![Handed::Later("timeout".into()); 40]);
    put(&app, &mail("amelia@hart.example", None)).unwrap();
    let began = app.now_us();
    let mut tries = 0;
    while send_all(&app, "w").unwrap() != [Sent::Failed] {
        tries += 1;
        setting.wait_seconds(480 * 60);
        assert!(tries < 40);
    }
    assert!(app.now_us() - began > 3 * 86_400_000_000);
    assert!(paper.taken.lock().unwrap().is_empty());
}

#[test]
fn a_crash_between_any_two_steps_sends_one_message_id() {
    let steps = [
        ("mail-claimed", 1, "sent"),
        ("mail-at-the-last-full-stop", 0, "unknown"),
        ("mail-handed-over", 1, "unknown"),
        ("mail-marked", 1, "sent"),
    ];
    for (step, handed_over, state) in steps {
        let setting = Setting::new();
        let (mut app, paper) = posted(&setting, &[]);
        let crash = Arc::new(AtomicBool::new(true));
        let flag = Arc::clone(&crash);
        app.mail.stop_after = Arc::new(move |done| done == step && flag.swap(false, Ordering::SeqCst));
        put(&app, &mail("amelia@hart.example", Some("ack/r1"))).unwrap();
        assert!(send_all(&app, "w1").is_err(), "{step}");
        // Another worker starts; the mail is its own only when the first one's time is over.
        assert_eq!(send_all(&app, "w2").unwrap(), [], "{step}");
        setting.wait_seconds(60);
        send_all(&app, "w2").unwrap();
        setting.wait_seconds(86_400);
        assert_eq!(send_all(&app, "w2").unwrap(), [], "{step}");
        let taken = paper.taken.lock().unwrap();
        assert_eq!(taken.len(), handed_over, "{step}");
        assert!(taken.iter().all(|mail| mail.written > Timestamp::UNIX_EPOCH), "{step}");
        assert_eq!(app.store.read(|tx| Ok::<_, Error>(tx.mail_counts()?)).unwrap(), [(state.to_owned(), 1)], "{step}");
    }
}

#[test]
fn an_answer_that_never_came_is_shown_and_a_person_says_what_became_of_the_mail() {
    for (how, handed_over) in [(SettleMail::Sent, 1), (SettleMail::Again, 2)] {
        let setting = Setting::new();
        let (app, paper) = posted(&setting, &[Handed::Unknown]);
        put(&app, &mail("amelia@hart.example", Some("ack/r1"))).unwrap();
        assert_eq!(send_all(&app, "w").unwrap(), [Sent::Unknown]);
        // Never a second time by itself, however long nobody looks.
        for _ in 0..20 {
            setting.wait_seconds(86_400);
            assert_eq!(send_all(&app, "w").unwrap(), []);
        }
        let seen = outbox(&app, &lead()).unwrap();
        let id = seen.unknown[0].mail.id.clone();
        assert_eq!((seen.unknown.len(), seen.unknown[0].mail.error.as_str(), seen.may_work), (1, "no answer", true));
        assert!(!outbox(&app, &auditor()).unwrap().may_work);
        for actor in [auditor(), staff()] {
            assert!(matches!(settle_mail(&app, &actor, &id, how), Err(Error::NotFound)));
        }
        assert!(settle_mail(&app, &lead(), "none", how).is_err());
        settle_mail(&app, &lead(), &id, how).unwrap();
        assert_eq!(code(settle_mail(&app, &lead(), &id, how)), "AUTH-002");
        send_all(&app, "w").unwrap();
        let taken = paper.taken.lock().unwrap().clone();
        assert_eq!(taken.len(), handed_over);
        assert!(taken.iter().all(|mail| mail.message_id == taken[0].message_id && mail.text == taken[0].text));
        assert_eq!(app.store.read(|tx| Ok::<_, Error>(tx.mail_counts()?)).unwrap(), [("sent".to_owned(), 1)]);
        setting.verify();
    }
}

#[test]
fn what_the_server_said_holds_although_its_worker_was_given_up() {
    let setting = Setting::new();
    let (app, paper) = posted(&setting, &[]);
    put(&app, &mail("amelia@hart.example", None)).unwrap();
    // The server thinks for longer than the lease; another worker finds the mail in doubt meanwhile.
    let slow = Slow { app: app.clone(), setting: &setting };
    assert_eq!(slow.send(), Sent::Sent);
    assert_eq!(app.store.read(|tx| Ok::<_, Error>(tx.mail_counts()?)).unwrap(), [("sent".to_owned(), 1)]);
    assert_eq!(paper.taken.lock().unwrap().len(), 1);
}

/// A worker whose time runs out while the server thinks.
struct Slow<'a> {
    app: App,
    setting: &'a Setting,
}

impl Slow<'_> {
    fn send(mut self) -> Sent {
        let other = self.app.clone();
        let between = std::sync::Mutex::new(Some(()));
        let wait = self.setting.waiter();
        self.app.mail.stop_after = Arc::new(move |step| {
            if step == "mail-handed-over" && between.lock().unwrap().take().is_some() {
                wait(3_600);
                assert_eq!(send_all(&other, "w2").unwrap(), [Sent::Unknown]);
            }
            false
        });
        send_once(&self.app, "w1").unwrap().unwrap()
    }
}

#[test]
fn a_mail_to_somebody_erased_is_not_sent() {
    let setting = Setting::new();
    let (app, paper) = posted(&setting, &[]);
    put(&app, &mail("amelia@hart.example", None)).unwrap();
    app.store.write(&Origin { actor: "u".into(), at_us: app.now_us() }, |tx| tx.subject_erase("s1", "test")).unwrap();
    assert_eq!(send_all(&app, "w").unwrap(), [Sent::Failed]);
    assert!(paper.taken.lock().unwrap().is_empty());
}
