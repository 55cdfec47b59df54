//! Passwords for what nobody could open.

use std::path::Path;
use std::sync::{Arc, Mutex};

use domain::Refusal;
use domain::ids::RecordId;
use domain::people::{Actor, Role, Standing};
use finder::document::{Document, DocumentKind, Extraction, Unreadable};
use services::ports::{Extractor, Failure, Mark, Part as Whole, Source, SourceItem, Sources, Start, Walker};
use services::requests::{self, locked, progress, try_passwords};
use services::review::{self, Bulk, Filter};
use services::{App, Error};

use crate::setting::{Setting, code, lead};

/// The files of a place: each a part of its own.
#[derive(Clone)]
struct Files(Arc<Mutex<Vec<(&'static str, String)>>>);

impl Sources for Files {
    fn open(&self, _: &Path) -> Result<Box<dyn Source>, Refusal> {
        Ok(Box::new(self.clone()))
    }
}

impl Source for Files {
    fn title(&self) -> String {
        "files".to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        for (name, text) in self.0.lock().unwrap().iter() {
            if visit.begin(Whole { name, stamp: text }) == Start::Known {
                continue;
            }
            let bytes = Ok(text.clone().into_bytes());
            let item = SourceItem { locator: (*name).to_owned(), name: (*name).to_owned(), bytes, truncated_from: None };
            if !visit.item(item, Some(Mark { number: 1, at: 0 })) {
                return Ok(());
            }
            visit.end();
        }
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        Some(self.0.lock().unwrap().len() as u64)
    }
}

/// A text is its lines; a line `name|password|text` is a file in it under a password. Counts what it reads.
struct Safe(Vec<String>, Arc<Mutex<Vec<String>>>);

impl Extractor for Safe {
    fn extract(&self, name: &str, bytes: &[u8]) -> Result<Extraction, Failure> {
        self.1.lock().unwrap().push(name.to_owned());
        let mut found = Extraction::default();
        let mut own = String::new();
        for (number, line) in String::from_utf8_lossy(bytes).lines().enumerate() {
            let parts: Vec<&str> = line.splitn(3, '|').collect();
            let [inner, password, text] = parts[..] else {
                own.push_str(line);
                continue;
            };
            let path = if inner.is_empty() { String::new() } else { format!("{number}:{inner}") };
            if text == "SLOW" && !self.0.is_empty() {
                found.unreadable.push(Unreadable { path, reason: "took longer than 10 s to read".to_owned() });
            } else if text == "SCAN" && self.0.iter().any(|given| given == password) {
                found.unreadable.push(Unreadable { path, reason: "is a scan; letters in it were not read".to_owned() });
            } else if self.0.iter().any(|given| given == password) {
                found.documents.push(Document { path, ..Document::of(DocumentKind::Mail, inner, text.to_owned()) });
            } else {
                let reason = if self.0.is_empty() { "is encrypted" } else { "is encrypted, and none of the passwords opens it" };
                found.unreadable.push(Unreadable { path, reason: reason.to_owned() });
            }
        }
        if !own.is_empty() {
            found.documents.insert(0, Document::of(DocumentKind::Mail, name, own));
        }
        Ok(found)
    }

    fn with_passwords(&self, lines: &str) -> Option<Box<dyn Extractor>> {
        Some(Box::new(Self(lines.lines().map(str::to_owned).collect(), self.1.clone())))
    }
}

struct Desk {
    app: App,
    files: Files,
    read: Arc<Mutex<Vec<String>>>,
    id: RecordId,
}

const FILES: [(&str, &str); 6] = [
    ("1.eml", "Amelia Hart wrote about the trip.\nplan.docx|tiger moth|Support plan of Amelia Hart, with Owen Price."),
    ("2.eml", "See the letter.\nletter.docx|tiger moth|Dear Amelia Hart, your place is kept."),
    ("3.docx", "|tiger moth|The boiler works again."),
    ("4.docx", "|otter|Amelia Hart, in confidence."),
    ("5.docx", "|tiger moth|Amelia Hart wrote about the trip."),
    ("6.txt", "Amelia Hart came by."),
];

fn desk(setting: &Setting) -> Desk {
    let files = Files(Arc::new(Mutex::new(FILES.iter().map(|(name, text)| (*name, (*text).to_owned())).collect())));
    let read = Arc::new(Mutex::new(Vec::new()));
    let app = App {
        sources: Arc::new(files.clone()),
        extractor: Arc::new(Safe(Vec::new(), read.clone())),
        places: Arc::new(vec![("shared drive".to_owned(), "drive".into())]),
        ..setting.app.clone()
    };
    let desk = Desk { app, files, read, id: setting.request() };
    desk.search();
    desk
}

impl Desk {
    fn search(&self) {
        let version = requests::see(&self.app, &lead(), &self.id).unwrap().version;
        let form = requests::ScanForm { places: vec!["shared drive".to_owned()], ..Default::default() };
        requests::start_search(&self.app, &lead(), &self.id, version, &form).unwrap();
        assert!(requests::work_once(&self.app, "worker").unwrap());
    }

    fn give(&self, passwords: &str) -> Result<(), Error> {
        try_passwords(&self.app, &lead(), &self.id, passwords)?;
        self.read.lock().unwrap().clear();
        assert!(requests::work_once(&self.app, "worker").unwrap());
        Ok(())
    }

    /// Number, locator, band and state of everything to decide.
    fn readable(&self) -> Vec<(u64, String, String, String)> {
        let rows = review::rows(&self.app, &lead(), &self.id, &Filter::default(), None).unwrap().rows;
        let readable = rows.into_iter().filter(|row| row.unreadable.is_none() && row.duplicate_of.is_none());
        readable.map(|row| (row.index, row.locator, row.band, row.state)).collect()
    }

    fn locked(&self) -> Vec<(u64, String, u64)> {
        let items = locked(&self.app, &lead(), &self.id).unwrap().items;
        items.into_iter().map(|item| (item.index, item.name, item.tried)).collect()
    }
}

fn names(readable: &[(u64, String, String, String)]) -> Vec<&str> {
    readable.iter().map(|(_, locator, _, _)| locator.as_str()).collect()
}

pub(crate) fn what_a_password_opens_joins_the_review_and_the_rest_stays_listed(setting: &Setting) {
    let desk = desk(setting);
    let before = desk.readable();
    assert_eq!(names(&before), ["1.eml (shared drive)", "6.txt (shared drive)"]);
    let five = ["plan.docx", "letter.docx", "3.docx", "4.docx", "5.docx"];
    assert_eq!(desk.locked().iter().map(|(_, name, tried)| (name.as_str(), *tried)).collect::<Vec<_>>(), five.map(|name| (name, 0)));
    let listing = review::rows(&desk.app, &lead(), &desk.id, &Filter::default(), None).unwrap();
    assert_eq!((listing.summary.unreadable, listing.summary.locked), (5, 5));
    let decided = review::bulk(&desk.app, &lead(), &desk.id, &Filter::default(), Bulk::LeaveOut, 2).unwrap();
    assert_eq!(decided.held, 0);

    desk.give("wrong\n").unwrap();
    assert_eq!(desk.locked().iter().map(|(_, _, tried)| *tried).collect::<Vec<_>>(), [1; 5]);
    desk.give("wrong\r\ntiger moth\r\n\r\n").unwrap();
    let mut read = desk.read.lock().unwrap().clone();
    read.sort();
    assert_eq!(read, ["1.eml", "2.eml", "3.docx", "4.docx", "5.docx"], "only what is locked is read again");
    let after = desk.readable();
    assert_eq!(after[..2], desk.readable()[..2]);
    // The plan, the letter, and the message that carries it; the boiler is about nobody.
    let mut new: Vec<&str> = names(&after).split_off(2);
    new.sort_unstable();
    assert_eq!(new, ["2.eml (shared drive)", "letter.docx (shared drive)", "plan.docx (shared drive)"]);
    assert!(after[2..].iter().all(|(_, _, _, state)| state == "open" || state == "decided"), "{after:?}");
    assert_eq!(desk.locked(), [(desk.locked()[0].0, "4.docx".to_owned(), 2)]);
    // What has the text of an item that was there follows it.
    let duplicates = Filter { show: review::Show::Duplicates, ..Filter::default() };
    let rows = review::rows(&desk.app, &lead(), &desk.id, &duplicates, None).unwrap().rows;
    assert_eq!(
        rows.iter().map(|row| (row.locator.as_str(), row.duplicate_of)).collect::<Vec<_>>(),
        [("shared drive: 5.docx", Some(before[0].0))]
    );

    let search = requests::see(&desk.app, &lead(), &desk.id).unwrap().request.search.unwrap();
    let tried: Vec<_> = search.passwords.iter().map(|one| (one.given, one.tried, one.opened, one.found)).collect();
    assert_eq!((tried.as_slice(), search.found, search.unreadable), ([(1, 5, 0, 0), (2, 5, 4, 3)].as_slice(), 5, 1));
    let done = progress(&desk.app, &lead(), &desk.id).unwrap();
    assert_eq!((done.state.as_str(), done.stage.as_str()), ("done", requests::TRYING));
    // What was decided before can still be undone.
    review::undo(&desk.app, &lead(), &desk.id).unwrap().unwrap();
    setting.verify();
}

pub(crate) fn a_new_search_keeps_what_a_password_opened(setting: &Setting) {
    let desk = desk(setting);
    desk.give("tiger moth").unwrap();
    let all = review::rows(&desk.app, &lead(), &desk.id, &Filter::default(), None).unwrap().summary.items;
    assert_eq!(all, 5);
    let letter = desk.readable().into_iter().find(|(_, locator, _, _)| locator.starts_with("letter")).unwrap();
    review::include(&desk.app, &lead(), &desk.id, letter.0, 1, false).unwrap();
    desk.search();
    let mut after: Vec<(String, String)> = desk.readable().into_iter().map(|(_, locator, _, state)| (locator, state)).collect();
    after.sort();
    let mut found: Vec<&str> = after.iter().map(|(locator, _)| locator.split(' ').next().unwrap()).collect();
    found.dedup();
    assert_eq!(found, ["1.eml", "2.eml", "6.txt", "letter.docx", "plan.docx"]);
    assert_eq!(after[3].1, "left_out", "what was decided about it is kept");
    assert_eq!(desk.locked().len(), 5, "the search had no password");
    let plan = desk.readable().into_iter().find(|(_, locator, _, _)| locator.starts_with("plan")).unwrap();
    let reasons = review::open(&desk.app, &lead(), &desk.id, plan.0).unwrap().item.reasons;
    assert!(reasons.iter().any(|reason| reason.starts_with("a password opened it")), "{reasons:?}");
    // Given again, it is not there twice.
    desk.give("tiger moth").unwrap();
    assert_eq!(review::rows(&desk.app, &lead(), &desk.id, &Filter::default(), None).unwrap().summary.items, 5);
    setting.verify();
}

pub(crate) fn passwords_are_kept_nowhere_and_only_for_whoever_works_on_it(setting: &Setting) {
    let desk = desk(setting);
    assert_eq!(code(try_passwords(&desk.app, &lead(), &desk.id, " \n\r\n")), "FORM-001");
    assert_eq!(code(try_passwords(&desk.app, &lead(), &desk.id, &"x\n".repeat(51))), "FORM-001");
    let staff = Actor { roles: vec![Role::Staff], standing: Standing::Active, ..crate::setting::reviewer(7) };
    assert_eq!(code(locked(&desk.app, &staff, &desk.id).map(drop)), "not found");
    assert_eq!(code(try_passwords(&desk.app, &staff, &desk.id, "tiger moth")), "not found");
    try_passwords(&desk.app, &lead(), &desk.id, "tiger moth").unwrap();
    assert_eq!(code(try_passwords(&desk.app, &lead(), &desk.id, "otter")), "REQ-004", "one go after another");
    assert!(locked(&desk.app, &lead(), &desk.id).unwrap().running);
    // The review changes while they are tried: nothing is kept, and the passwords are gone all the same.
    desk.files.0.lock().unwrap().clear();
    let version = requests::see(&desk.app, &lead(), &desk.id).unwrap().version;
    requests::withdraw(&desk.app, &lead(), &desk.id, version).unwrap();
    assert!(requests::work_once(&desk.app, "worker").is_err());
    let jobs = desk.app.store.read(|tx| tx.jobs_of_record(desk.id.as_str())).unwrap();
    assert!(jobs.iter().all(|job| job.kind != "unlock"), "{jobs:?}");
    assert_eq!(progress(&desk.app, &lead(), &desk.id).unwrap().state, "failed");
    setting.verify();
}

pub(crate) fn what_opens_and_cannot_be_read_stays_listed(setting: &Setting) {
    let desk = desk(setting);
    desk.files.0.lock().unwrap().push(("7.pdf", "|tiger moth|SCAN".to_owned()));
    desk.files.0.lock().unwrap().push(("8.pdf", "|tiger moth|SLOW".to_owned()));
    desk.search();
    assert_eq!(desk.locked().len(), 7);
    try_passwords(&desk.app, &lead(), &desk.id, "tiger moth").unwrap();
    let version = || requests::see(&desk.app, &lead(), &desk.id).unwrap().version;
    assert_eq!(code(requests::prepare(&desk.app, &lead(), &desk.id, version())), "REQ-009", "what they open joins the review");
    assert!(requests::work_once(&desk.app, "worker").unwrap());
    let locked = desk.locked();
    assert_eq!(locked.iter().map(|(_, name, tried)| (name.as_str(), *tried)).collect::<Vec<_>>(), [("4.docx", 1), ("8.pdf", 1)]);
    let unreadable = Filter { show: review::Show::Unreadable, ..Filter::default() };
    let rows = review::rows(&desk.app, &lead(), &desk.id, &unreadable, None).unwrap().rows;
    let scan = rows.iter().find(|row| row.locator.contains("7.pdf")).unwrap();
    assert_eq!(scan.unreadable.as_deref(), Some("is a scan; letters in it were not read"));
    let search = requests::see(&desk.app, &lead(), &desk.id).unwrap().request.search.unwrap();
    assert_eq!(search.unreadable, rows.len() as u64, "the reply says how many were not read");
    setting.verify();
}

pub(crate) fn two_people_who_give_passwords_at_once_make_one_job(setting: &Setting) {
    let desk = desk(setting);
    let together = std::sync::Barrier::new(4);
    let given = std::thread::scope(|scope| {
        let give = || {
            together.wait();
            try_passwords(&desk.app, &lead(), &desk.id, "tiger moth").is_ok()
        };
        let people: Vec<_> = (0..4).map(|_| scope.spawn(give)).collect();
        people.into_iter().filter_map(|person| person.join().ok()).filter(|given| *given).count()
    });
    let jobs = desk.app.store.read(|tx| tx.jobs_of_record(desk.id.as_str())).unwrap();
    assert_eq!((given, jobs.iter().filter(|job| job.kind == "unlock").count()), (1, 1));
}

pub(crate) fn passwords_that_end_their_worker_each_time_are_given_up(setting: &Setting) {
    let desk = desk(setting);
    try_passwords(&desk.app, &lead(), &desk.id, "tiger moth").unwrap();
    for _ in 0..3 {
        let origin = store::Origin { actor: "worker".to_owned(), at_us: desk.app.now_us() };
        let job = desk.app.store.write_technical(&origin, |tx| tx.job_claim("worker", 1_000_000)).unwrap();
        assert!(job.is_some(), "its worker died with it");
        setting.wait_minutes(1);
    }
    assert!(requests::work_once(&desk.app, "worker").is_err());
    assert_eq!(progress(&desk.app, &lead(), &desk.id).unwrap().state, "failed");
    let jobs = desk.app.store.read(|tx| tx.jobs_of_record(desk.id.as_str())).unwrap();
    assert!(jobs.iter().all(|job| job.kind != "unlock"), "the passwords go with it");
}
