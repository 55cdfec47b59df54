//! [`App`]: what every use case gets, and the one way a request is changed.

use std::path::PathBuf;
use std::sync::Arc;

use domain::calendar::Calendar;
use domain::people::Actor;
use domain::policy::Policy;
use jiff::civil::Date;
use store::{Origin, Store};

use crate::error::Error;
use crate::mail::Mail;
use crate::policy::Policies;
use crate::ports::{Clock, Extractor, Ids, Press, Sources};

/// Everything a use case needs. Cheap to clone. Use cases block: never call them on an
/// asynchronous thread.
#[derive(Clone)]
pub struct App {
    /// Where records live.
    pub store: Store,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Identifiers.
    pub ids: Arc<dyn Ids>,
    /// The organisation's policy, followed from version to version.
    pub policies: Arc<Policies>,
    /// Bank holidays.
    pub calendar: Arc<Calendar>,
    /// Opens places to search.
    pub sources: Arc<dyn Sources>,
    /// Bytes to text.
    pub extractor: Arc<dyn Extractor>,
    /// Text to PDF.
    pub press: Arc<dyn Press>,
    /// The places that may be searched from the pages: name and path.
    pub places: Arc<Vec<(String, PathBuf)>>,
    /// How the policy is run here.
    pub settings: Settings,
    /// Mail.
    pub mail: Mail,
}

/// Choices of the installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// A reply needs a second person's approval. Off only where one person is everything.
    pub second_person: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { second_person: true }
    }
}

impl App {
    /// The policy in force today. What was adopted in another process holds here at once.
    ///
    /// # Errors
    /// What the store reports. Not to be called inside a transaction: there it is
    /// [`Policies::on`] with the transaction.
    pub fn policy(&self) -> Result<Arc<Policy>, Error> {
        Ok(Arc::clone(&self.store.read(|tx| self.policies.on(tx, self.today()))?.policy))
    }

    /// Today in London.
    pub fn today(&self) -> Date {
        london_date(self.clock.now())
    }

    /// Now in microseconds since 1970 UTC.
    pub fn now_us(&self) -> i64 {
        self.clock.now().as_microsecond()
    }

    /// Who writes and when, for the log: the account's id, never a name.
    pub fn origin(&self, actor: &Actor) -> Origin {
        Origin { actor: actor.user.to_string(), at_us: self.now_us() }
    }
}

/// The civil date of an instant in London.
pub fn london_date(at: jiff::Timestamp) -> Date {
    let zone = jiff::tz::TimeZone::get("Europe/London").unwrap_or(jiff::tz::TimeZone::UTC);
    at.to_zoned(zone).date()
}

/// The end of a civil day in London, in microseconds since 1970 UTC: when a duty with
/// that date becomes overdue.
pub fn end_of_day_us(date: Date) -> i64 {
    let zone = jiff::tz::TimeZone::get("Europe/London").unwrap_or(jiff::tz::TimeZone::UTC);
    date.tomorrow().unwrap_or(date).to_zoned(zone).map_or(i64::MAX - 1, |midnight| midnight.timestamp().as_microsecond())
}

/// The civil day whose end [`end_of_day_us`] gave.
pub fn day_of_end(us: i64) -> Option<Date> {
    jiff::Timestamp::from_microsecond(us.checked_sub(1)?).ok().map(london_date)
}
