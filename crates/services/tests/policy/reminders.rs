//! Reminders and digests: to whom, when, and each exactly once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use domain::casework::request::{Channel, Person};
use domain::people::{Actor, Role, Standing};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use services::App;
use services::accounts::{accounts, actor_by_email, create, feed_make, mailable, set_digest, set_standing};
use services::feed::feed;
use services::mail::{Mail, send_all, take};
use services::policy::daily;
use services::portal::{Sending, What, held_count, send};
use services::ports::{Arrived, Extractor, Failure, FinishedMail, Handed, Post};
use services::requests::{ReceiveForm, receive};

use crate::setting::{START, Setting};

/// A server that takes everything and keeps it.
#[derive(Default)]
struct Paper(Mutex<Vec<FinishedMail>>);

impl Post for Paper {
    fn hand_over(&self, mail: &FinishedMail, last: &mut dyn FnMut() -> bool) -> Handed {
        assert!(last());
        self.0.lock().unwrap().push(mail.clone());
        Handed::Accepted
    }

    fn probe(&self) -> Result<(), Failure> {
        Ok(())
    }
}

/// A reader to whom every message is closed.
struct Closed;

impl Extractor for Closed {
    fn extract(&self, _name: &str, _bytes: &[u8]) -> Result<finder::document::Extraction, Failure> {
        Ok(finder::document::Extraction { documents: Vec::new(), unreadable: Vec::new() })
    }
}

fn with_mail(setting: &Setting) -> (App, Arc<Paper>) {
    let paper = Arc::new(Paper::default());
    let mail = Mail { from: "data@greenbank.example".into(), post: Some(paper.clone()), ..Mail::default() };
    (App { mail, ..setting.app.clone() }, paper)
}

fn account(app: &App, name: &str, role: Role) -> Actor {
    let email = format!("{}@greenbank.example", name.to_lowercase());
    create(app, name, &email, &[role], "otter plinth harbour 42", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").unwrap();
    actor_by_email(app, &email).unwrap()
}

fn request(app: &App, by: &Actor, received_on: Date) -> String {
    let form = ReceiveForm {
        channel: Channel::Email,
        received_on,
        received_by: "office".into(),
        words: "Please send me what you hold about me.".into(),
        person: Person { names: vec!["Amelia Hart".into()], ..Person::default() },
        on_behalf: None,
    };
    receive(app, by, form).unwrap().1
}

/// Lives through the days, with the work of each done three times over by two workers.
fn live(setting: &Setting, app: &App, days: impl Iterator<Item = i64>) {
    for ahead in days {
        setting.go_to(START.saturating_add(ahead.days()));
        for worker in ["one", "two", "one"] {
            daily(app, worker).unwrap();
        }
        send_all(app, "one").unwrap();
    }
}

/// The titles that reached an address, those about this reference only.
fn titles(paper: &Paper, to: &str, about: &str) -> Vec<String> {
    let taken = paper.0.lock().unwrap();
    taken.iter().filter(|mail| mail.to.starts_with(to) && mail.title.starts_with(about)).map(|mail| mail.title.clone()).collect()
}

#[test]
fn whoever_is_in_charge_and_the_deputy_are_reminded_four_times_and_the_approver_when_it_is_overdue() {
    let setting = Setting::new();
    let (app, paper) = with_mail(&setting);
    let lead = account(&app, "Priya", Role::Lead);
    for (name, role) in [("Deputy", Role::Lead), ("Approver", Role::Approver), ("Auditor", Role::Auditor), ("Handler", Role::Handler)] {
        account(&app, name, role);
    }
    let reference = request(&app, &lead, START);
    live(&setting, &app, 0..45);
    let four = ["due in 7 days", "due in 3 days", "due tomorrow", "1 day overdue"].map(|words| format!("{reference}: {words}"));
    assert_eq!(titles(&paper, "priya@", &reference), four);
    assert_eq!(titles(&paper, "deputy@", &reference), four);
    assert_eq!(titles(&paper, "approver@", &reference), four[3..]);
    assert_eq!(titles(&paper, "auditor@", &reference), [""; 0]);
    assert_eq!(titles(&paper, "handler@", &reference), [""; 0]);
    for mail in paper.0.lock().unwrap().iter() {
        assert!(!mail.text.contains("Amelia") && !mail.title.contains("Amelia"), "{}", mail.text);
    }
    setting.verify();
}

#[test]
fn days_without_a_worker_bring_the_most_urgent_step_alone() {
    let setting = Setting::new();
    let (app, paper) = with_mail(&setting);
    let lead = account(&app, "Priya", Role::Lead);
    let reference = request(&app, &lead, START);
    live(&setting, &app, [0, 14, 60, 61].into_iter());
    let told = titles(&paper, "priya@", &reference);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("due in") && told[1].contains("overdue"), "{told:?}");
}

#[test]
fn a_digest_comes_once_a_week_to_whoever_wants_it_and_never_to_an_account_that_ended() {
    let setting = Setting::new();
    let (app, paper) = with_mail(&setting);
    let (lead, quiet) = (account(&app, "Priya", Role::Lead), account(&app, "Quiet", Role::Lead));
    let (gone, admin) = (account(&app, "Gone", Role::Lead), account(&app, "Admin", Role::Administrator));
    set_digest(&app, &quiet, false).unwrap();
    set_standing(&app, &admin, &gone.user, Standing::Left).unwrap();
    request(&app, &lead, START);
    live(&setting, &app, 0..28);
    let digests = |to: &str| titles(&paper, to, "What is due").len();
    assert!((2..=4).contains(&digests("priya@")), "{}", digests("priya@"));
    assert_eq!((digests("quiet@"), digests("gone@"), digests("admin@")), (0, 0, 0));
    let mut weeks: BTreeMap<String, usize> = BTreeMap::new();
    for mail in paper.0.lock().unwrap().iter().filter(|mail| mail.title == "What is due") {
        *weeks.entry(mail.text.clone()).or_default() += 1;
    }
    assert!(weeks.keys().all(|text| text.contains("SAR-2026-0001") || text.contains("DUTY-")), "{weeks:?}");
}

#[test]
fn nothing_is_queued_while_no_mail_goes_out_from_here() {
    let setting = Setting::new();
    let lead = account(&setting.app, "Priya", Role::Lead);
    request(&setting.app, &lead, START);
    live(&setting, &setting.app, 0..40);
    let (app, paper) = with_mail(&setting);
    setting.go_to(date(2026, 3, 2));
    send_all(&app, "one").unwrap();
    assert!(paper.0.lock().unwrap().is_empty());
}

/// Gives an account an address of an older rule, as a restored installation may have.
fn readdress(app: &App, actor: &Actor, email: &str) {
    let origin = store::Origin { actor: "test".into(), at_us: app.now_us() };
    let mut user = app.store.read(|tx| tx.user_get(actor.user.as_str())).unwrap().unwrap();
    email.clone_into(&mut user.email);
    app.store.write(&origin, |tx| tx.user_save(&user, "change", "account")).unwrap();
}

#[test]
fn one_address_that_no_mail_can_go_to_ends_nobody_else_s_reminders() {
    let setting = Setting::new();
    let (app, paper) = with_mail(&setting);
    let bad = account(&app, "Bad", Role::Lead);
    account(&app, "Priya", Role::Lead);
    // One rule, one place: such an address is refused today.
    assert!(
        create(&app, "New", "new@green_bank.example", &[Role::Lead], "otter plinth harbour 42", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
            .is_err()
    );
    readdress(&app, &bad, "bad@green_bank.example");
    let reference = request(&app, &bad, START);
    live(&setting, &app, 0..45);
    assert_eq!(titles(&paper, "priya@", &reference).len(), 4, "the other lead stands in");
    assert!(titles(&paper, "priya@", "What is due").len() > 1);
    assert!(titles(&paper, "bad@", "").is_empty());
    let row = accounts(&app, &account(&app, "Admin", Role::Administrator)).unwrap().into_iter().find(|row| row.name == "Bad").unwrap();
    assert!(!mailable(&row.email));
}

#[test]
fn messages_that_wait_are_told_together_once_a_day_and_step_and_hold_no_name() {
    let setting = Setting::new();
    let (app, paper) = with_mail(&setting);
    let app = App { extractor: Arc::new(Closed), ..app };
    account(&app, "Priya", Role::Lead);
    account(&app, "Handler", Role::Handler);
    setting.go_to(START);
    for n in 0..4 {
        let from = format!("P{n} <p{n}@hart.example>");
        let text = format!("Message-ID: <{n}@hart.example>\r\nFrom: {from}\r\nSubject: x\r\n\r\nHello\r\n");
        let arrived = Arrived { size: text.len() as u64, bytes: text.into_bytes(), at: None };
        take(&app, "w", &arrived).unwrap();
    }
    let sending = Sending {
        what: What::Right(domain::calendar::Right::Access),
        name: "Amelia Hart".into(),
        email: "amelia@hart.example".into(),
        phone: String::new(),
        address: String::new(),
        other: None,
        words: "Everything.".into(),
        format: String::new(),
    };
    for n in 0..23 {
        send(&app, "192.0.2.0/24", &format!("k{n}"), &sending).unwrap();
    }
    let lead = actor_by_email(&app, "priya@greenbank.example").unwrap();
    assert_eq!(held_count(&app, &lead).unwrap(), 3);
    live(&setting, &app, 20..36);
    let four = ["due in 7 days", "due in 3 days", "due tomorrow", "1 day overdue"];
    for what in ["Messages in the inbox that look like requests", "Messages held back at the portal"] {
        assert_eq!(titles(&paper, "priya@", what), four.map(|words| format!("{what}: {words}")));
        assert!(titles(&paper, "handler@", what).is_empty());
    }
    for mail in paper.0.lock().unwrap().iter().filter(|mail| mail.to.ends_with("@greenbank.example")) {
        assert!(!mail.text.contains("hart.example") && !mail.text.contains("Amelia"), "{}", mail.text);
    }
    // The calendar holds them too, once for a day, for whoever works on them.
    let token = feed_make(&app, &lead).unwrap();
    let body = feed(&app, &token).unwrap().body;
    assert_eq!(body.matches("SUMMARY:Messages held back at the portal due").count(), 1, "{body}");
    assert_eq!(body.matches("SUMMARY:Messages in the inbox that look like requests due").count(), 1);
    assert!(!body.contains("Amelia") && !body.contains("hart"));
    setting.verify();
}
