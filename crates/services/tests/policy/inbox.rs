//! The inbox with a mailbox, a server and a reader made of paper.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use domain::casework::message::{Sort, Stage};
use domain::casework::request::Person;
use domain::ids::RecordId;
use finder::document::{Correspondent, Document, DocumentKind, Extraction, Header};
use jiff::Timestamp;
use jiff::civil::date;
use services::mail::{
    InboxQuery, InboxRow, Mail, MakeRequest, Sent, dismiss_message, fetch, file_message, inbox, mail_today, make_request, message, send_all,
};
use services::ports::{Arrived, Extractor, Failure, FinishedMail, Handed, Mailbox, Post, Visit};
use services::requests::{self, ListQuery, OnBehalf, work_once};
use services::{App, Error};

use crate::setting::{Setting, auditor, code, lead, staff};

/// What is wrong with a mailbox.
#[derive(Default)]
pub(crate) struct Faults {
    /// It cannot be reached.
    pub(crate) closed: bool,
    /// A number that it does not hand out: the connection ends when it is asked for.
    pub(crate) bad: Option<u64>,
    /// Its folder for handled mail cannot be written to.
    pub(crate) locked: bool,
    /// When it says it took its messages.
    pub(crate) at: Option<Timestamp>,
    /// The validity of its numbers.
    pub(crate) validity: Option<u64>,
    /// It lists everything in it as not put away.
    pub(crate) lists: bool,
}

/// A mailbox in memory. What is done leaves it.
#[derive(Clone, Default)]
pub(crate) struct Tray(pub(crate) Arc<Mutex<BTreeMap<u64, String>>>, pub(crate) Arc<Mutex<Faults>>);

impl Tray {
    pub(crate) fn put(&self, text: &str) {
        let mut all = self.0.lock().unwrap();
        let next = all.keys().max().map_or(1, |last| last + 1).max(1_000 * u64::from(all.is_empty()));
        all.insert(next, text.replace('\n', "\r\n"));
    }
}

impl Mailbox for Tray {
    fn name(&self) -> String {
        "paper".into()
    }

    fn visit(&self) -> Result<Box<dyn Visit>, Failure> {
        if self.1.lock().unwrap().closed { Err(Failure::new("visiting paper")) } else { Ok(Box::new(self.clone())) }
    }
}

impl Visit for Tray {
    fn validity(&self) -> Option<u64> {
        self.1.lock().unwrap().validity
    }

    fn numbers(&mut self, above: u64) -> Result<Vec<u64>, Failure> {
        Ok(self.0.lock().unwrap().keys().copied().filter(|number| *number > above).collect())
    }

    fn unmarked(&mut self, up_to: u64) -> Result<Vec<u64>, Failure> {
        let lists = self.1.lock().unwrap().lists;
        Ok(self.0.lock().unwrap().keys().copied().filter(|number| lists && *number <= up_to).collect())
    }

    fn fetch(&mut self, number: u64) -> Result<Option<Arrived>, Failure> {
        let (all, faults) = (self.0.lock().unwrap(), self.1.lock().unwrap());
        if faults.bad == Some(number) {
            return Err(Failure::new("fetching from paper"));
        }
        Ok(all.get(&number).map(|text| Arrived { bytes: text.clone().into_bytes(), size: text.len() as u64, at: faults.at }))
    }

    fn done(&mut self, numbers: &[u64]) -> Result<(), Failure> {
        if self.1.lock().unwrap().locked {
            return Err(Failure::new("putting paper away"));
        }
        self.0.lock().unwrap().retain(|number, _| !numbers.contains(number));
        Ok(())
    }
}

/// Reads plain messages. One of the word `broken` makes it fail, one of the word `locked` is none.
pub(crate) struct Plain;

impl Extractor for Plain {
    fn extract(&self, _name: &str, bytes: &[u8]) -> Result<Extraction, Failure> {
        let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        if text.contains("broken") {
            return Err(Failure::new("reading paper"));
        }
        if text.contains("locked") {
            return Ok(Extraction { documents: Vec::new(), unreadable: Vec::new() });
        }
        let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
        let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned();
        let correspondent = |header: Header, text: String| {
            let (name, address) = text
                .split_once('<')
                .map_or((String::new(), text.clone()), |(n, a)| (n.trim().to_owned(), a.trim_end_matches('>').to_owned()));
            Correspondent { header, name, address }
        };
        let document = Document {
            correspondents: vec![correspondent(Header::From, header("From:")), correspondent(Header::To, header("To:"))],
            ..Document::of(DocumentKind::Mail, header("Subject:"), body)
        };
        Ok(Extraction { documents: vec![document], unreadable: Vec::new() })
    }
}

/// Takes every mail; its copies go to the mailbox.
#[derive(Default)]
pub(crate) struct Paper {
    taken: Mutex<Vec<FinishedMail>>,
    copies: Tray,
}

impl Post for Paper {
    fn hand_over(&self, mail: &FinishedMail, last: &mut dyn FnMut() -> bool) -> Handed {
        assert!(last());
        if mail.copy_to.is_some() {
            self.copies.put(&format!("Message-ID: {}\nFrom: {}\nTo: {}\n\n{}", mail.message_id, mail.from, mail.to, mail.text));
        }
        self.taken.lock().unwrap().push(mail.clone());
        Handed::Accepted
    }

    fn probe(&self) -> Result<(), Failure> {
        Ok(())
    }
}

pub(crate) struct Ground {
    pub(crate) setting: Setting,
    pub(crate) app: App,
    pub(crate) mailbox: Tray,
    paper: Arc<Paper>,
}

pub(crate) fn ground() -> Ground {
    let setting = Setting::new();
    setting.go_to(date(2026, 11, 30));
    let mailbox = Tray::default();
    let paper = Arc::new(Paper { copies: mailbox.clone(), ..Paper::default() });
    let mail = Mail {
        from: "data@greenbank.example".into(),
        post: Some(paper.clone()),
        mailboxes: vec![Arc::new(mailbox.clone())],
        hold_seconds: 10,
        most_an_hour: 5,
        copies: true,
        ..Mail::default()
    };
    let app = App { mail, extractor: Arc::new(Plain), ..setting.app.clone() };
    Ground { setting, app, mailbox, paper }
}

/// A message of Saturday 28 November 2026, 21:14.
pub(crate) fn mail(n: u32, from: &str, subject: &str, extra: &str, body: &str) -> String {
    format!(
        "Received: from x by y; Sat, 28 Nov 2026 21:14:05 +0000\nMessage-ID: <{n}@hart.example>\n{extra}From: {from}\nTo: data@greenbank.example\nSubject: {subject}\n\n{body}\n"
    )
}

pub(crate) const AMELIA: &str = "Amelia Hart <amelia@hart.example>";
pub(crate) const OWN: &str = "Please send me everything you hold about me.\n\nYours sincerely,\nAmelia Hart";

impl Ground {
    pub(crate) fn take(&self, text: &str) {
        self.mailbox.put(text);
        fetch(&self.app, "w").unwrap();
    }

    pub(crate) fn work(&self) -> usize {
        while work_once(&self.app, "w").unwrap() {}
        send_all(&self.app, "w").unwrap().iter().filter(|sent| **sent == Sent::Sent).count()
    }

    pub(crate) fn rows(&self, state: &str) -> Vec<InboxRow> {
        inbox(&self.app, &lead(), &InboxQuery { state: state.into(), ..InboxQuery::default() }).unwrap().rows
    }

    pub(crate) fn cases(&self) -> Vec<requests::ListRow> {
        requests::list(&self.app, &lead(), &ListQuery::default()).unwrap().rows
    }

    pub(crate) fn sent(&self) -> Vec<FinishedMail> {
        self.paper.taken.lock().unwrap().clone()
    }
}

#[test]
fn a_clear_request_becomes_a_case_from_the_day_the_server_took_it_and_is_acknowledged_once() {
    let ground = ground();
    ground.take(&mail(1, AMELIA, "Hello", "", OWN));
    let case = ground.cases().remove(0);
    assert_eq!((case.reference.as_str(), ground.work()), ("SAR-2026-0001", 1));
    let view = requests::see(&ground.app, &lead(), &case.id).unwrap();
    assert_eq!(view.request.received_on, date(2026, 11, 28));
    assert_eq!(view.request.acknowledged_on, Some(date(2026, 11, 30)));
    assert_eq!((view.mail.messages.len(), view.mail.sent[0].state.as_str()), (1, "sent"));
    let sent = ground.sent();
    assert_eq!((sent.len(), sent[0].to.as_str(), sent[0].in_reply_to.as_deref()), (1, "amelia@hart.example", Some("<1@hart.example>")));
    assert_eq!(sent[0].auto_submitted, Some("auto-replied"));
    assert!(sent[0].title.contains("SAR-2026-0001") && !sent[0].text.contains("Hart") && sent[0].text.contains("2026"));
    // Its copy is known, and nothing follows from it.
    fetch(&ground.app, "w").unwrap();
    assert_eq!((ground.work(), ground.cases().len(), ground.rows("machine").len()), (0, 1, 0));
    assert_eq!(ground.rows("done").len(), 1);
    ground.setting.verify();
}

#[test]
fn without_the_setting_a_person_acknowledges_and_the_mail_goes_then() {
    let mut ground = ground();
    ground.app.mail.acknowledge = false;
    ground.take(&mail(1, AMELIA, "Hello", "", OWN));
    assert_eq!(ground.work(), 0);
    let case = ground.cases().remove(0);
    let version = requests::see(&ground.app, &lead(), &case.id).unwrap().version;
    requests::acknowledge(&ground.app, &lead(), &case.id, version).unwrap();
    assert_eq!((ground.work(), ground.sent().len()), (1, 1));
}

#[test]
fn a_crash_between_any_two_steps_leaves_one_case_and_one_mail() {
    let steps = [
        "message-fetched",
        "message-stored",
        "message-marked",
        "acknowledgement-claimed",
        "acknowledgement-written",
        "acknowledgement-queued",
        "mail-claimed",
        "mail-handed-over",
        "mail-marked",
    ];
    for step in steps {
        let mut ground = ground();
        let crash = Arc::new(AtomicBool::new(true));
        let flag = Arc::clone(&crash);
        ground.app.mail.stop_after = Arc::new(move |done| done == step && flag.swap(false, Ordering::SeqCst));
        ground.mailbox.put(&mail(1, AMELIA, "Hello", "", OWN));
        let mut stopped = false;
        for _ in 0..6 {
            // What a worker does, until the crash ends it; another one starts later.
            let round = || -> Result<(), Error> {
                fetch(&ground.app, "w")?;
                while work_once(&ground.app, "w")? {}
                send_all(&ground.app, "w").map(drop)
            };
            stopped |= round().is_err();
            ground.setting.wait_seconds(11);
        }
        assert!(stopped, "{step}: never reached");
        assert_eq!((ground.cases().len(), ground.sent().len()), (1, 1), "{step}");
        assert!(ground.mailbox.0.lock().unwrap().is_empty(), "{step}");
        let case = ground.cases().remove(0);
        let view = requests::see(&ground.app, &lead(), &case.id).unwrap();
        assert_eq!((view.mail.sent.len(), view.mail.sent[0].state.as_str()), (1, "sent"), "{step}");
    }
}

#[test]
fn a_parent_s_request_waits_for_a_person_with_its_date() {
    let ground = ground();
    ground.take(&mail(1, "Joan Hart <joan@hart.example>", "SAR request", "", "I want everything you hold about my daughter."));
    assert!(ground.cases().is_empty() && ground.work() == 0);
    let row = ground.rows("").remove(0);
    assert_eq!((row.sort, row.received_on, row.state.as_str()), (Sort::MaybeRequest, date(2026, 11, 28), "decide"));
    assert_eq!(mail_today(&ground.app, &lead()).unwrap().decide, std::slice::from_ref(&row));
    let view = message(&ground.app, &lead(), &row.id).unwrap();
    assert!(view.message.reasons.iter().any(|reason| reason.contains("somebody else")));
    assert!(view.may_work && view.message.letter.get().unwrap().from == "joan@hart.example");
    assert!(message(&ground.app, &staff(), &row.id).is_err());
    let form = MakeRequest {
        person: Person { names: vec!["Edie Hart".into()], ..Person::default() },
        on_behalf: Some(OnBehalf::Child { name: "Joan Hart".into(), contact: "joan@hart.example".into() }),
        received_on: row.received_on,
    };
    assert!(make_request(&ground.app, &lead(), (&row.id, 9), &form).is_err());
    let later = MakeRequest { received_on: date(2026, 11, 29), ..form.clone() };
    assert_eq!(code(make_request(&ground.app, &lead(), (&row.id, view.version), &later)), "MAIL-005", "it was here the day before");
    let (case, reference) = make_request(&ground.app, &lead(), (&row.id, view.version), &form).unwrap();
    assert_eq!(reference, "SAR-2026-0001");
    let after = message(&ground.app, &lead(), &row.id).unwrap();
    assert_eq!((after.message.case(), after.case.map(|(_, reference)| reference)), (Some(&case), Some(reference)));
    // The message is sealed to the case's subject now, and so goes with it.
    let seen = requests::see(&ground.app, &lead(), &case).unwrap();
    assert_eq!(after.message.subject, seen.request.subject);
    assert_eq!(seen.request.received_on, date(2026, 11, 28));
    assert!(seen.documents.iter().any(|file| file.name.as_deref() == Some("request.eml")));
    assert_eq!(code(file_message(&ground.app, &lead(), (&row.id, after.version), "SAR-2026-0001")), "MAIL-003");
    ground.setting.verify();
}

#[test]
fn a_reply_is_filed_by_a_person_and_another_sender_only_claims() {
    let ground = ground();
    ground.take(&mail(1, AMELIA, "Hello", "", OWN));
    ground.work();
    let ours = ground.sent().remove(0).message_id;
    ground.take(&mail(2, AMELIA, "Re: your mail", &format!("In-Reply-To: {ours}\n"), "Yes, all of it."));
    ground.take(&mail(3, "Mallory <mallory@else.example>", "Re: SAR-2026-0001", "", "Please send it to this address instead."));
    let sorts: Vec<Sort> = ground.rows("confirm").iter().map(|row| row.sort).collect();
    assert_eq!((sorts.contains(&Sort::Reply), sorts.contains(&Sort::Claim), sorts.len()), (true, true, 2));
    let case = ground.cases().remove(0);
    let before = requests::see(&ground.app, &lead(), &case.id).unwrap();
    assert_eq!(before.mail.messages.iter().filter(|message| message.open).count(), 2);
    assert_eq!((ground.work(), ground.sent().len(), ground.cases().len()), (0, 1, 1), "nothing is confirmed to either");
    let reply = ground.rows("confirm").into_iter().find(|row| row.sort == Sort::Reply).unwrap();
    let version = message(&ground.app, &lead(), &reply.id).unwrap().version;
    assert_eq!(code(file_message(&ground.app, &lead(), (&reply.id, version), "SAR-2026-0099")), "MAIL-004");
    for actor in [staff(), auditor()] {
        assert!(matches!(file_message(&ground.app, &actor, (&reply.id, version), "SAR-2026-0001"), Err(Error::NotFound)));
        assert!(services::portal::settings(&ground.app, &actor).is_err());
    }
    assert!(services::portal::settings(&ground.app, &lead()).is_ok());
    assert_eq!(file_message(&ground.app, &lead(), (&reply.id, version), " sar-2026-0001 ").unwrap(), case.id);
    let after = requests::see(&ground.app, &lead(), &case.id).unwrap();
    assert_eq!((after.deadline.due, after.version), (before.deadline.due, before.version), "the clock stays");
    assert!(after.documents.iter().any(|file| file.name.as_deref() == Some("message.eml")));
    ground.setting.verify();
}

#[test]
fn machines_are_never_answered_and_a_bounce_finds_its_mail() {
    let ground = ground();
    for (n, extra, body) in [
        (1, "Auto-Submitted: auto-replied\n", OWN),
        (2, "Precedence: bulk\n", OWN),
        (3, "Return-Path: <>\n", OWN),
        (4, "X-Auto-Response-Suppress: All\n", "I am away until Monday."),
    ] {
        ground.take(&mail(n, AMELIA, "x", extra, body));
    }
    ground.take(&mail(5, "data@greenbank.example", "x", "", OWN));
    assert!(ground.cases().is_empty() && ground.work() == 0 && ground.sent().is_empty());
    assert_eq!((ground.rows("decide").len(), ground.rows("machine").len()), (4, 1));
    ground.take(&mail(6, "Zoe Lamb <zoe@lamb.example>", "Hello", "", "Please send me everything you hold about me. My name is Zoe Lamb."));
    assert_eq!(ground.work(), 1);
    let ours = ground.sent().remove(0).message_id;
    let report = format!("Action: failed\n\nMessage-ID: {ours}\n");
    let extra = "Return-Path: <>\nContent-Type: multipart/report; report-type=delivery-status\n";
    ground.take(&mail(7, "Mailer-Daemon@hart.example", "Undelivered", extra, &report));
    let case = ground.cases().remove(0);
    assert_eq!(requests::see(&ground.app, &lead(), &case.id).unwrap().mail.sent[0].state, "bounced");
    assert_eq!(mail_today(&ground.app, &lead()).unwrap().troubled.len(), 1);
    assert_eq!((ground.work(), ground.sent().len()), (0, 1));
}

#[test]
fn the_same_message_is_taken_once_and_a_second_request_waits_beside_the_first() {
    let ground = ground();
    let first = mail(1, AMELIA, "Hello", "", OWN);
    ground.take(&first);
    ground.take(&first.replace("from x by y", "from list by y"));
    assert_eq!((ground.cases().len(), ground.rows("done").len()), (1, 1));
    ground.take(&mail(2, AMELIA, "Again", "", OWN));
    assert_eq!(ground.cases().len(), 1);
    let row = ground.rows("decide").remove(0);
    let view = message(&ground.app, &lead(), &row.id).unwrap();
    assert_eq!(view.earlier[0].2.as_deref(), Some("SAR-2026-0001"));
    ground.work();
    assert_eq!(ground.sent().len(), 1);
}

#[test]
fn a_flood_is_kept_counted_and_shown_as_one() {
    let ground = ground();
    for n in 0..40 {
        ground.mailbox.put(&mail(n, AMELIA, "Hello", "", &format!("{OWN}\n{n}")));
    }
    fetch(&ground.app, "w").unwrap();
    ground.work();
    assert_eq!((ground.cases().len(), ground.sent().len()), (1, 1));
    let shown = ground.rows("decide").len() + ground.rows("done").len();
    assert_eq!(shown, 5);
    let counts = inbox(&ground.app, &lead(), &InboxQuery::default()).unwrap().counts;
    assert!(counts.contains(&("flood".to_owned(), 35)), "{counts:?}");
    assert_eq!(ground.rows("done")[0].more, 35);
    let one = ground.rows("flood").remove(0);
    let view = message(&ground.app, &lead(), &one.id).unwrap();
    assert!(matches!(view.message.stage, Stage::Flood { .. }) && view.message.letter.get().unwrap().from == "amelia@hart.example");
    // An hour later the next one is looked at again.
    ground.setting.wait_seconds(3_601);
    ground.take(&mail(99, AMELIA, "Hello", "", &format!("{OWN}\n99")));
    assert_eq!(ground.rows("decide").len() + ground.rows("done").len(), 6);
    // A storm of replies to one thread, each from somebody else.
    for n in 100..120 {
        let from = format!("P{n} <p{n}@else.example>");
        ground.mailbox.put(&mail(n, &from, "Re: SAR request", "References: <thread@else.example>\n", "Please take me off this list."));
    }
    fetch(&ground.app, "w").unwrap();
    assert_eq!((ground.cases().len(), ground.work()), (1, 0));
    assert!(inbox(&ground.app, &lead(), &InboxQuery::default()).unwrap().counts.contains(&("flood".to_owned(), 50)));
    ground.setting.verify();
}

#[test]
fn what_is_nothing_is_set_aside_with_a_reason_and_can_be_taken_up_again() {
    let ground = ground();
    ground.take(&mail(1, AMELIA, "Invoice", "", "Please pay."));
    let row = ground.rows("other").remove(0);
    assert_eq!(code(dismiss_message(&ground.app, &lead(), (&row.id, 1), " ")), "REQ-002");
    let version = dismiss_message(&ground.app, &lead(), (&row.id, 1), "An invoice.").unwrap();
    assert_eq!(ground.rows("other").len() + ground.rows("done").len(), 1);
    let form = MakeRequest {
        person: Person { names: vec!["Amelia Hart".into()], ..Person::default() },
        on_behalf: None,
        received_on: row.received_on,
    };
    assert!(make_request(&ground.app, &staff(), (&row.id, version), &form).is_err());
    assert!(make_request(&ground.app, &lead(), (&row.id, version), &form).is_ok());
    assert!(message(&ground.app, &lead(), &RecordId::new("none")).is_err());
    assert!(inbox(&ground.app, &staff(), &InboxQuery::default()).is_err());
}
