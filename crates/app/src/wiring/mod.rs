//! The ports made real: the machine's clock and fresh identifiers. The only place that
//! reads either.

pub(crate) mod file_clock;
pub(crate) mod installation;
pub(crate) mod mail;
pub(crate) mod worker;

use std::sync::OnceLock;

use adapters::burn::Burner;
use adapters::press::TypstPress;
use domain::documents::{Document, Form};
use domain::letters::Letter;
use services::ports::{BurntPages, Clock, Failure, Ids, PackDocument, PageOrder, Press};

/// The machine's clock.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where time enters the program")]
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }
}

/// Fresh UUIDv7 identifiers.
pub(crate) struct FreshIds;

impl Ids for FreshIds {
    #[expect(clippy::disallowed_methods, reason = "the one place where identifiers are made")]
    fn fresh(&self) -> String {
        uuid::Uuid::now_v7().to_string()
    }
}

/// Today in London.
pub(crate) fn today() -> jiff::civil::Date {
    let now = SystemClock.now();
    match jiff::tz::TimeZone::get("Europe/London") {
        Ok(london) => now.to_zoned(london).date(),
        Err(_) => now.to_zoned(jiff::tz::TimeZone::UTC).date(),
    }
}

/// A press that loads its fonts when the first letter is set: starting must not wait for them.
#[derive(Default)]
pub(crate) struct LazyPress {
    press: OnceLock<TypstPress>,
    burner: OnceLock<Burner>,
}

impl LazyPress {
    fn press(&self) -> &TypstPress {
        self.press.get_or_init(TypstPress::new)
    }
}

impl Press for LazyPress {
    fn letter(&self, letter: &Letter) -> Result<Vec<u8>, Failure> {
        self.press().letter(letter)
    }

    fn word(&self, letter: &Letter) -> Result<Vec<u8>, Failure> {
        self.press().word(letter)
    }

    fn pack(&self, pack: &PackDocument) -> Result<Vec<u8>, Failure> {
        self.press().pack(pack)
    }

    fn document(&self, document: &Document, form: Form) -> Result<Vec<u8>, Failure> {
        self.press().document(document, form)
    }

    fn read_back(&self, pdf: &[u8]) -> Result<Vec<String>, Failure> {
        self.press().read_back(pdf)
    }

    fn pages(&self, name: &str, bytes: &[u8], order: &PageOrder<'_>) -> Result<Result<BurntPages, String>, Failure> {
        let exe = std::env::current_exe().map_err(|error| Failure::because("finding the program itself", error))?;
        Ok(self.burner.get_or_init(|| Burner::new(exe, 2, false)).shown(name, bytes, order))
    }
}
