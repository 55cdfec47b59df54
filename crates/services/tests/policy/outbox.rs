//! The outbox with a server made of paper: retries, failures, crashes between any two steps.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use domain::ids::{RecordId, SubjectId};
use jiff::Timestamp;
use services::mail::{Mail, OutFile, OutMail, Sent, mail_waits, outbox, queue, send_all, send_once};
use services::ports::{Failure, FinishedMail, Handed, Post};
use services::{App, Error};
use store::Origin;

use crate::setting::{Setting, auditor, code, staff};

/// Answers from a list; once it is used up, takes everything.
#[derive(Default)]
struct Paper {
    answers: Mutex<Vec<Handed>>,
    taken: Mutex<Vec<FinishedMail>>,
}

impl Post for Paper {
    fn hand_over(&self, mail: &FinishedMail) -> Handed {
        let answer = self.answers.lock().unwrap().pop().unwrap_or(Handed::Accepted);
        if answer == Handed::Accepted {
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
    assert_eq!((seen.failed.len(), seen.failed[0].error.as_str(), seen.waiting.len()), (1, "550 5.1.1", 0));
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
    for (step, handed_over) in [("mail-claimed", 1), ("mail-handed-over", 2), ("mail-marked", 1)] {
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
        assert!(taken.iter().all(|mail| mail.message_id == taken[0].message_id && mail.written == taken[0].written), "{step}");
        assert!(taken[0].written > Timestamp::UNIX_EPOCH);
        assert_eq!(app.store.read(|tx| Ok::<_, Error>(tx.mail_counts()?)).unwrap(), [("sent".to_owned(), 1)]);
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
