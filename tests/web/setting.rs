//! An application with a real SQLite store and plain ports that do the obvious thing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use domain::Refusal;
use domain::calendar::Calendar;
use domain::ids::OrgId;
use domain::letters::Letter;
use domain::people::Role;
use domain::policy::Policy;
use finder::document::{Document, DocumentKind, Extraction};
use services::accounts::{code_at, create};
use services::ports::{Clock, Extractor, Failure, Ids, PackDocument, Press, Run, Source, SourceItem, Sources, Walker};
use services::{App, Settings};
use store::{Store, StoreConfig};
use tempfile::TempDir;
use web::WebState;

/// A password every test account has.
pub(super) const PASSWORD: &str = "otter plinth harbour 42";
/// The authenticator secret of every test account.
pub(super) const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/// Sunday 22 November 2026, 09:00.
const START_US: i64 = 1_795_338_000_000_000;

pub(super) struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

struct Numbers(AtomicU64);

impl Ids for Numbers {
    fn fresh(&self) -> String {
        format!("019a0000-0000-7000-8000-{:012}", self.0.fetch_add(1, Ordering::SeqCst))
    }
}

/// One mailbox with two texts, whatever the path.
struct Mailbox;

impl Sources for Mailbox {
    fn open(&self, _path: &Path) -> Result<Box<dyn Source>, Refusal> {
        Ok(Box::new(Self))
    }
}

impl Source for Mailbox {
    fn title(&self) -> String {
        "mailbox".to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        let about = "Amelia Hart met Nadia Shah on Tuesday. Write to nadia.shah@example.net about it.";
        for (locator, text) in [("1.txt", about), ("2.txt", "Nothing of note: the boiler works again.")] {
            let item = SourceItem {
                locator: locator.to_owned(),
                name: locator.to_owned(),
                bytes: Ok(text.as_bytes().to_vec()),
                truncated_from: None,
            };
            if !visit.item(item, None) {
                break;
            }
        }
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        Some(2)
    }
}

/// Plain text is text.
struct Plain;

impl Extractor for Plain {
    fn extract(&self, name: &str, bytes: &[u8]) -> Result<Extraction, Failure> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let document = Document::of(DocumentKind::Text, name, text);
        Ok(Extraction { documents: vec![document], unreadable: Vec::new() })
    }
}

/// Sets letters and packs as their own text.
struct PlainPress;

impl Press for PlainPress {
    fn letter(&self, letter: &Letter) -> Result<Vec<u8>, Failure> {
        serde_json::to_vec(letter).map_err(|error| Failure::because("setting a letter", error))
    }

    fn word(&self, letter: &Letter) -> Result<Vec<u8>, Failure> {
        let body = domain::letters::to_text(&letter.blocks).replace("# ", "").replace("- ", "");
        Ok(format!("{}\n{}\n{body}\n{}\nDRAFT", letter.salutation, letter.title, letter.closing).into_bytes())
    }

    fn pack(&self, pack: &PackDocument) -> Result<Vec<u8>, Failure> {
        let runs = pack.items.iter().flat_map(|item| &item.runs);
        let text: String = runs.map(|run| if let Run::Shown(text) = run { text.as_str() } else { "█████" }).collect();
        Ok(text.into_bytes())
    }

    fn document(&self, document: &domain::documents::Document, _form: domain::documents::Form) -> Result<Vec<u8>, Failure> {
        Ok(domain::documents::plain(document).into_bytes())
    }

    fn read_back(&self, pdf: &[u8]) -> Result<Vec<String>, Failure> {
        Ok(vec![String::from_utf8_lossy(pdf).into_owned()])
    }
}

/// An application in a folder of its own.
pub(super) struct Setting {
    pub(super) app: App,
    pub(super) state: WebState,
    clock: Arc<Hands>,
    _folder: TempDir,
}

impl Setting {
    pub(super) fn new() -> Self {
        Self::with("childrens-education-cic")
    }

    /// With a built-in pack of this name.
    pub(super) fn with(pack: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = StoreConfig {
            url: format!("sqlite:{}", folder.path().join("t.db").display()),
            data_dir: folder.path().join("data"),
            keys_dir: folder.path().join("keys"),
            org: OrgId::new("own"),
        };
        let clock = Arc::new(Hands(AtomicI64::new(START_US)));
        let app = App {
            store: Store::open(&config).unwrap(),
            clock: clock.clone(),
            ids: Arc::new(Numbers(AtomicU64::new(1))),
            policies: Arc::new(services::policy::Policies::new(Policy::builtin(pack).unwrap(), Vec::new())),
            calendar: Arc::new(Calendar::embedded()),
            sources: Arc::new(Mailbox),
            extractor: Arc::new(Plain),
            press: Arc::new(PlainPress),
            places: Arc::new(vec![("mailbox".to_owned(), PathBuf::from("mailbox"))]),
            settings: Settings { second_person: true },
            mail: services::mail::Mail::default(),
        };
        let settings = web::Settings { organisation: "Greenbank Learning CIC".to_owned(), https: false };
        Self { state: WebState::new(Arc::new(app.clone()), settings), app, clock, _folder: folder }
    }

    /// The same with another application.
    pub(super) fn with_app(self, change: impl FnOnce(App) -> App) -> Self {
        let app = change(self.app.clone());
        let settings = web::Settings { organisation: "Greenbank Learning CIC".to_owned(), https: false };
        Self { state: WebState::new(Arc::new(app.clone()), settings), app, ..self }
    }

    /// The code an authenticator shows now. Codes work once, so time moves on first.
    pub(super) fn code(&self, secret: &str) -> String {
        let now = self.clock.0.fetch_add(30_000_000, Ordering::SeqCst) + 30_000_000;
        code_at(secret, now).unwrap()
    }

    /// It is this moment now.
    pub(super) fn at(&self, moment: &str) {
        let moment: jiff::Timestamp = moment.parse().unwrap();
        self.clock.0.store(moment.as_microsecond(), Ordering::SeqCst);
    }

    /// The verbs of the log about one record, oldest first.
    pub(super) fn history(&self, record: &str) -> Vec<String> {
        self.app.store.read(|tx| tx.record_history(record)).unwrap().into_iter().map(|entry| entry.verb).collect()
    }

    /// Erases the person of a request, as the command line does.
    pub(super) fn erase_subject_of(&self, request: &str) {
        let lead = services::accounts::actor_by_email(&self.app, "lead@example.org").unwrap();
        services::requests::erase(&self.app, &lead, &domain::ids::RecordId::new(request)).unwrap();
    }

    /// Time passes.
    pub(super) fn wait_minutes(&self, minutes: i64) {
        self.clock.0.fetch_add(minutes * 60_000_000, Ordering::SeqCst);
    }

    /// An account with one role, made when there is none yet.
    pub(super) fn account_once(&self, role: Role) -> String {
        let email = format!("{}@example.org", role.key());
        if services::accounts::actor_by_email(&self.app, &email).is_err() { self.account(role) } else { email }
    }

    /// An account with one role.
    pub(super) fn account(&self, role: Role) -> String {
        let email = format!("{}@example.org", role.key());
        create(&self.app, role.title(), &email, &[role], PASSWORD, SECRET).unwrap();
        email
    }
}
