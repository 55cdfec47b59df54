//! An application with a real SQLite store, a clock that is set by hand, and a small policy.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use domain::Refusal;
use domain::calendar::{Calendar, When};
use domain::casework::policy_version::{AdoptionForm, PackFile};
use domain::casework::request::{Channel, Person};
use domain::documents::{Document, Form};
use domain::ids::{OrgId, RecordId, UserId};
use domain::letters::Letter;
use domain::people::{Actor, Role, Standing};
use domain::policy::Policy;
use finder::document::Extraction;
use jiff::civil::{Date, date};
use services::policy::{Policies, adopt, draft, propose, version};
use services::ports::{Clock, Extractor, Failure, Ids, PackDocument, Press, Source, Sources};
use services::{App, Error, Settings, requests};
use store::{Store, StoreConfig, VerifyConfig};
use tempfile::TempDir;

struct Hands(AtomicI64);

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

/// Nothing to search, to read or to set.
struct Nothing;

impl Sources for Nothing {
    fn open(&self, _path: &Path) -> Result<Box<dyn Source>, Refusal> {
        Err(Refusal::new(domain::RefusalCode::SourceUnknown, ""))
    }
}

impl Extractor for Nothing {
    fn extract(&self, _name: &str, _bytes: &[u8]) -> Result<Extraction, Failure> {
        Ok(Extraction { documents: Vec::new(), unreadable: Vec::new() })
    }
}

impl Press for Nothing {
    fn letter(&self, _letter: &Letter) -> Result<Vec<u8>, Failure> {
        Ok(b"letter".to_vec())
    }

    fn word(&self, letter: &Letter) -> Result<Vec<u8>, Failure> {
        self.letter(letter)
    }

    fn pack(&self, _pack: &PackDocument) -> Result<Vec<u8>, Failure> {
        Ok(b"pack".to_vec())
    }

    fn document(&self, document: &Document, _form: Form) -> Result<Vec<u8>, Failure> {
        Ok(domain::documents::plain(document).into_bytes())
    }

    fn read_back(&self, _pdf: &[u8]) -> Result<Vec<String>, Failure> {
        Ok(Vec::new())
    }
}

/// The statement that staff sign.
pub(crate) const STATEMENT: &str = "I keep my sign-in details to myself.";

/// A small policy: one yearly review, one signed statement, one event, two questions.
pub(crate) fn files(version: &str, reply_days: u32) -> Vec<PackFile> {
    let file = |name: &str, text: String| PackFile { name: name.to_owned(), text };
    vec![
        file("pack.toml", format!("name = \"own\"\ntitle = \"Data protection\"\nversion = \"{version}\"\ninherits = \"uk\"\n")),
        file("rights.toml", format!("reply = {{ days = {reply_days} }}\nreply_clause = \"A-1\"\napprove = [\"chair\"]\n")),
        file(
            "roles.toml",
            "[[role]]\nid = \"chair\"\ntitle = \"Chair\"\n[[role]]\nid = \"dpo\"\ntitle = \"Data protection officer\"\n[[role]]\nid = \"staff\"\ntitle = \"Staff\"\n"
                .to_owned(),
        ),
        file(
            "directory.toml",
            "[[person]]\nid = \"p1\"\nname = \"Imogen Castleford\"\nroles = [\"chair\"]\n[[person]]\nid = \"p2\"\nname = \"Tobias Wrenfield\"\nroles = [\"dpo\"]\n[[person]]\nid = \"p3\"\nname = \"Rosalind Quayle\"\nroles = [\"staff\"]\n".to_owned(),
        ),
        file("clauses.toml", clauses()),
        file(
            "duties.toml",
            format!(
                "[[duty]]\nid = \"review\"\ntitle = \"Review the policy\"\nkind = \"review\"\nstatement = \"Minuted.\"\nrole = \"chair\"\nevery = {{ months = 12 }}\nclauses = [\"A-2\"]\n\
                 [[duty]]\nid = \"conduct\"\ntitle = \"Confirm the rules\"\nkind = \"attestation\"\nstatement = \"{STATEMENT}\"\nrole = \"chair\"\nevery = {{ months = 6 }}\nclauses = [\"A-3\"]\n\
                 [[duty]]\nid = \"breach\"\ntitle = \"Report a breach\"\nkind = \"event\"\nstatement = \"Reported.\"\nrole = \"dpo\"\nclock = \"breach_72h\"\nclauses = [\"A-4\"]\n"
            ),
        ),
        file(
            "understanding.toml",
            "[[question]]\nid = \"phone\"\nask = \"A parent phones for a file. What now?\"\nanswers = [\"Wait for a letter\", \"Pass it on today\"]\nright = 2\nbecause = \"Any wording is a request.\"\nclause = \"A-1\"\n".to_owned(),
        ),
    ]
}

fn clauses() -> String {
    [
        ("A-1", "deadline", "Requests are answered in good time.", "rights-clock"),
        ("A-2", "review", "The policy is reviewed every year.", "periodic-review"),
        ("A-3", "attestation", "The chair confirms the rules of conduct.", "attest-conduct"),
        ("A-4", "deadline", "Breaches are reported within 72 hours.", "event-task"),
        ("A-5", "attestation", "Everybody reads and signs the policy.", "read-and-sign"),
        ("A-6", "record", "Every change is logged.", "access-log"),
        ("A-7", "definition", "Personal data means data about people.", "definition"),
    ]
    .map(|(id, kind, says, control)| {
        format!("[[clause]]\nid = \"{id}\"\nsection = \"Rules\"\nkind = \"{kind}\"\nsays = \"{says}\"\ncontrols = [\"{control}\"]\n")
    })
    .concat()
}

pub(crate) fn policy(files: &[PackFile]) -> Policy {
    let pairs: Vec<(&str, &str)> = files.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
    Policy::from_files(&pairs).unwrap()
}

pub(crate) struct Setting {
    pub(crate) app: App,
    clock: Arc<Hands>,
    config: StoreConfig,
    _folder: TempDir,
}

/// The first day of every test: Monday 2 March 2026.
pub(crate) const START: Date = date(2026, 3, 2);

impl Setting {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = StoreConfig {
            url: format!("sqlite:{}", folder.path().join("t.db").display()),
            data_dir: folder.path().join("data"),
            keys_dir: folder.path().join("keys"),
            org: OrgId::new("own"),
        };
        let clock = Arc::new(Hands(AtomicI64::new(0)));
        let app = Self::open(&config, &clock);
        let setting = Self { app, clock, config, _folder: folder };
        setting.go_to(START);
        setting
    }

    fn open(config: &StoreConfig, clock: &Arc<Hands>) -> App {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let files = files("1", 20);
        App {
            store: Store::open(config).unwrap(),
            clock: clock.clone(),
            ids: Arc::new(Numbers(AtomicU64::new(NEXT.fetch_add(1_000_000, Ordering::SeqCst)))),
            policies: Arc::new(Policies::new(policy(&files), files)),
            calendar: Arc::new(Calendar::embedded()),
            sources: Arc::new(Nothing),
            extractor: Arc::new(Nothing),
            press: Arc::new(Nothing),
            places: Arc::new(vec![("mailbox".to_owned(), PathBuf::from("mailbox"))]),
            settings: Settings::default(),
            mail: services::mail::Mail::default(),
        }
    }

    /// Another process over the same data.
    pub(crate) fn another(&self) -> App {
        Self::open(&self.config, &self.clock)
    }

    /// Nine in the morning of a day.
    pub(crate) fn go_to(&self, day: Date) {
        let When::Instant(at) = When::parse(&format!("{day}T09:00")).unwrap() else { return };
        self.clock.0.store(at.as_microsecond(), Ordering::SeqCst);
    }

    /// Time passes.
    pub(crate) fn wait_seconds(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    /// Lets time pass from somewhere else.
    pub(crate) fn waiter(&self) -> Box<dyn Fn(i64) + Send + Sync> {
        let clock = Arc::clone(&self.clock);
        Box::new(move |seconds| {
            clock.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
        })
    }

    pub(crate) fn verify(&self) {
        let report = store::verify(&VerifyConfig {
            url: self.config.url.clone(),
            data_dir: self.config.data_dir.clone(),
            org: self.config.org.clone(),
            verifier_key: self.app.store.verifier_key().to_owned(),
            checkpoint: None,
        });
        assert!(report.ok, "{:?}", report.problems);
    }

    /// A version drafted by the lead and adopted by the chair.
    pub(crate) fn adopt(&self, files: Vec<PackFile>, effective: Date) -> RecordId {
        let id = draft(&self.app, &lead(), files, "").unwrap();
        let at = propose(&self.app, &lead(), &id, 1, effective).unwrap();
        adopt(&self.app, &chair(), &id, at, &form(self.app.today(), date(2030, 1, 1))).unwrap();
        id
    }

    pub(crate) fn request(&self, received_on: Date) -> RecordId {
        self.request_of(received_on, Vec::new())
    }

    /// A request of somebody with these numbers here.
    pub(crate) fn request_of(&self, received_on: Date, references: Vec<String>) -> RecordId {
        let form = requests::ReceiveForm {
            channel: Channel::Email,
            received_on,
            received_by: "office".into(),
            words: "Please send me what you hold about me.".into(),
            person: Person { names: vec!["Amelia Hart".into()], references, ..Person::default() },
            on_behalf: None,
        };
        requests::receive(&self.app, &lead(), form).unwrap().0
    }

    /// The record's version of a policy version.
    pub(crate) fn at(&self, id: &RecordId) -> u64 {
        version(&self.app, &lead(), id).unwrap().at
    }
}

pub(crate) fn form(on: Date, next_review: Date) -> AdoptionForm {
    AdoptionForm { board: "Board of Trustees".into(), on, signatory: "chair".into(), next_review }
}

fn actor(id: &str, name: &str, role: Role) -> Actor {
    Actor { user: UserId::new(id), name: name.into(), roles: vec![role], standing: Standing::Active }
}

pub(crate) fn lead() -> Actor {
    actor("lead", "Tobias Wrenfield", Role::Lead)
}

pub(crate) fn chair() -> Actor {
    actor("chair", "Imogen Castleford", Role::Approver)
}

pub(crate) fn staff() -> Actor {
    actor("staff", "Rosalind Quayle", Role::Staff)
}

pub(crate) fn auditor() -> Actor {
    actor("auditor", "Dev Anand", Role::Auditor)
}

/// The code of a refusal.
pub(crate) fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> &'static str {
    match result.unwrap_err() {
        Error::Refused(refusal) => refusal.code.id(),
        Error::NotFound => "not found",
        Error::Failed(_) => "failed",
    }
}
