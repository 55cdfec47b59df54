//! An application with a real store, a clock that is set by hand, and a mailbox of as many messages as wanted.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use domain::Refusal;
use domain::calendar::Calendar;
use domain::casework::request::{Channel, Person};
use domain::documents::Form;
use domain::ids::{OrgId, RecordId, UserId};
use domain::letters::Letter;
use domain::people::{Actor, Role, Standing};
use domain::policy::Policy;
use finder::document::{Correspondent, Document, DocumentKind, Extraction, Header};
use jiff::civil::date;
use services::policy::Policies;
use services::ports::{
    BurntPages, Clock, Extractor, Failure, Ids, Mark, PackDocument, PageLook, PageOrder, PagePicture, Part as Whole, Places, Press, Source,
    SourceItem, Sources, Start, Walker,
};
use services::{App, Error, Settings, requests};
use store::{Store, StoreConfig, VerifyConfig};
use tempfile::TempDir;

pub(crate) struct Hands(AtomicI64);

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

/// A mailbox with as many messages about the person as its path says. Every tenth repeats the one before it,
/// three and three belong to one conversation.
struct Mailbox(u64);

impl Sources for Mailbox {
    fn open(&self, path: &Path) -> Result<Box<dyn Source>, Refusal> {
        Ok(Box::new(Self(path.to_str().and_then(|text| text.parse().ok()).unwrap_or(0))))
    }
}

impl Source for Mailbox {
    fn title(&self) -> String {
        "mailbox".to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        let from = match visit.begin(Whole { name: "mailbox", stamp: &self.0.to_string() }) {
            Start::Known => return Ok(()),
            Start::Beginning => 0,
            Start::After(mark) => mark.number,
        };
        for n in from..self.0 {
            let text = n - u64::from(n % 10 == 9);
            let item = SourceItem {
                locator: format!("{n}.eml"),
                name: format!("Trip number {}", n / 3),
                bytes: Ok(format!("Message {text}. Amelia Hart met Nadia Shah and Owen Price at the station.").into_bytes()),
                truncated_from: None,
            };
            if !visit.item(item, Some(Mark { number: n + 1, at: 0 })) {
                return Ok(());
            }
        }
        visit.end();
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        Some(self.0)
    }
}

/// Everything is a message from one office, or a picture with words in it. Counts what it reads, and dies where it is told to.
pub(crate) struct Messages {
    pub(crate) read: AtomicU64,
    pub(crate) dies_at: AtomicU64,
}

impl Extractor for Messages {
    fn extract(&self, name: &str, bytes: &[u8]) -> Result<Extraction, Failure> {
        let count = self.read.fetch_add(1, Ordering::SeqCst) + 1;
        assert!(count != self.dies_at.load(Ordering::SeqCst), "killed");
        let text = String::from_utf8_lossy(bytes).into_owned();
        if name == "trip.jpg" {
            // What is small in a picture is read only where it is drawn larger.
            let text = text.replace(" [Owen Price]", "");
            return Ok(Extraction { documents: vec![Document::of(DocumentKind::Text, name, text)], unreadable: Vec::new() });
        }
        let document = Document {
            correspondents: vec![Correspondent { header: Header::To, name: String::new(), address: "office@example.org".to_owned() }],
            ..Document::of(DocumentKind::Mail, name, text)
        };
        Ok(Extraction { documents: vec![document], unreadable: Vec::new() })
    }
}

/// Sets everything as a word.
struct Words;

impl Press for Words {
    fn letter(&self, _letter: &Letter) -> Result<Vec<u8>, Failure> {
        Ok(b"letter".to_vec())
    }

    fn pack(&self, _pack: &PackDocument) -> Result<Vec<u8>, Failure> {
        Ok(b"pack".to_vec())
    }

    fn document(&self, document: &domain::documents::Document, _form: Form) -> Result<Vec<u8>, Failure> {
        Ok(domain::documents::plain(document).into_bytes())
    }

    fn word(&self, _letter: &Letter) -> Result<Vec<u8>, Failure> {
        Ok(b"word".to_vec())
    }

    fn read_back(&self, _pdf: &[u8]) -> Result<Vec<String>, Failure> {
        Ok(Vec::new())
    }

    /// A page is what it says and how many parts of it are covered.
    fn pages(&self, _name: &str, bytes: &[u8], order: &PageOrder<'_>) -> Result<Result<BurntPages, String>, Failure> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let found = |strings: &[String]| -> Places {
            let found = strings.iter().enumerate().map(|(word, string)| (word, vec![1; text.matches(string.as_str()).count()]));
            found.filter(|(_, pages)| !pages.is_empty()).collect()
        };
        let (found, elsewhere, told) = (found(order.withhold), found(order.elsewhere.burn), found(order.elsewhere.tell));
        let shown = order.withhold.iter().chain(order.elsewhere.burn).fold(text, |text, word| text.replace(word, "█"));
        let png = format!("{shown} {} covered", order.areas.len()).into_bytes();
        let look = vec![PageLook { page: 1, why: "holds pictures or drawings".to_owned() }];
        Ok(Ok(BurntPages { pages: vec![PagePicture { png, ..PagePicture::default() }], found, elsewhere, told, look }))
    }
}

pub(crate) struct Setting {
    pub(crate) app: App,
    pub(crate) reader: Arc<Messages>,
    clock: Arc<Hands>,
    config: StoreConfig,
    _folder: TempDir,
}

/// Monday 2 March 2026, nine in the morning.
const START_US: i64 = 1_772_442_000_000_000;

impl Setting {
    pub(crate) fn sqlite() -> Self {
        Self::new(None)
    }

    pub(crate) fn postgres() -> Option<Self> {
        let Ok(url) = std::env::var("PROBITY_TEST_POSTGRES") else {
            assert!(std::env::var_os("PROBITY_REQUIRE_POSTGRES").is_none(), "PROBITY_TEST_POSTGRES is not set");
            return None;
        };
        Some(Self::new(Some(url)))
    }

    fn new(postgres: Option<String>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let folder = tempfile::tempdir().unwrap();
        let url = postgres.unwrap_or_else(|| format!("sqlite:{}", folder.path().join("t.db").display()));
        let org = OrgId::new(format!("review-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst)));
        let config = StoreConfig { url, data_dir: folder.path().join("data"), keys_dir: folder.path().join("keys"), org };
        let clock = Arc::new(Hands(AtomicI64::new(START_US)));
        let reader = Arc::new(Messages { read: AtomicU64::new(0), dies_at: AtomicU64::new(u64::MAX) });
        let app = App {
            store: Store::open(&config).unwrap(),
            clock: clock.clone(),
            ids: Arc::new(Numbers(AtomicU64::new(1))),
            policies: Arc::new(Policies::new(Policy::builtin("advocacy-charity").unwrap(), Vec::new())),
            calendar: Arc::new(Calendar::embedded()),
            sources: Arc::new(Mailbox(0)),
            extractor: reader.clone(),
            press: Arc::new(Words),
            places: Arc::new([30, 200, 1_000].map(|n| (format!("mailbox {n}"), PathBuf::from(n.to_string()))).to_vec()),
            mail: services::mail::Mail::default(),
            settings: Settings::default(),
        };
        Self { app, reader, clock, config, _folder: folder }
    }

    /// The same application on another pack.
    pub(crate) fn with_pack(&self, name: &str) -> App {
        let policies = Arc::new(Policies::new(Policy::builtin(name).unwrap(), Vec::new()));
        App { policies, ..self.app.clone() }
    }

    /// Time passes.
    pub(crate) fn wait_minutes(&self, minutes: i64) {
        self.clock.0.fetch_add(minutes * 60_000_000, Ordering::SeqCst);
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

    /// A request whose search found `messages` messages; its review is open.
    pub(crate) fn review(&self, messages: u64) -> RecordId {
        let id = self.request();
        self.search(&id, messages);
        id
    }

    /// A request, not searched yet.
    pub(crate) fn request(&self) -> RecordId {
        let form = requests::ReceiveForm {
            channel: Channel::Email,
            received_on: date(2026, 3, 2),
            received_by: "office".into(),
            words: "Please send me what you hold about me.".into(),
            person: Person { names: vec!["Amelia Hart".into()], ..Person::default() },
            on_behalf: None,
        };
        requests::receive(&self.app, &lead(), form).unwrap().0
    }

    /// Searches, for the first time or again.
    pub(crate) fn search(&self, id: &RecordId, messages: u64) {
        requests::start_search(
            &self.app,
            &lead(),
            id,
            self.at(id),
            &requests::ScanForm { places: vec![format!("mailbox {messages}")], ..Default::default() },
        )
        .unwrap();
        assert!(requests::work_once(&self.app, "worker").unwrap());
    }

    /// The version of the request's record.
    pub(crate) fn at(&self, id: &RecordId) -> u64 {
        requests::see(&self.app, &lead(), id).unwrap().version
    }
}

/// Somebody who may work on every request.
pub(crate) fn reviewer(n: usize) -> Actor {
    Actor { user: UserId::new(format!("reviewer-{n}")), name: format!("Reviewer {n}"), roles: vec![Role::Lead], standing: Standing::Active }
}

pub(crate) fn lead() -> Actor {
    reviewer(0)
}

/// The code of a refusal.
pub(crate) fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> &'static str {
    match result.unwrap_err() {
        Error::Refused(refusal) => refusal.code.id(),
        Error::NotFound => "not found",
        Error::Failed(failure) => panic!("{failure:?}"),
    }
}
