//! How the portal works here: a setting of the organisation.

use domain::people::{Actor, Relation, Verb, require};
use domain::{Refusal, RefusalCode};
use serde::{Deserialize, Serialize};
use store::ReadTx;

use crate::app::App;
use crate::error::Error;
use crate::ports::Failure;

/// The name of the setting.
const NAME: &str = "portal";

/// Choices about the portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PortalSettings {
    /// Where "Leave this page quickly" leads: a neutral site.
    pub exit: String,
    /// The public address of these pages, for links in mails, e.g. `https://data.example.org`.
    /// Empty: a link is mailed only when the pages are visited on this machine itself.
    pub address: String,
    /// How long a mailed link works, in minutes.
    pub link_minutes: u32,
    /// How long a visitor may look at a case after opening a link, in minutes.
    pub session_minutes: u32,
    /// How long a released reply can be collected, in days.
    pub collect_days: u32,
    /// How many downloads a release is good for.
    pub downloads: u32,
    /// How many wrong passphrases end a release.
    pub tries: u32,
    /// How many messages an hour one block of addresses may send before they are held.
    pub messages_an_hour: u32,
    /// How many links an hour one block of addresses may ask for.
    pub links_an_hour: u32,
    /// How many mails a day go to one address or about one case.
    pub mails_a_day: u32,
}

impl Default for PortalSettings {
    fn default() -> Self {
        Self {
            exit: "https://www.bbc.co.uk/weather".to_owned(),
            address: String::new(),
            link_minutes: 60,
            session_minutes: 30,
            collect_days: 14,
            downloads: 12,
            tries: 5,
            messages_an_hour: 20,
            links_an_hour: 20,
            mails_a_day: 5,
        }
    }
}

impl PortalSettings {
    /// The settings in a running transaction; the defaults when nothing was set.
    pub(crate) fn read(tx: &mut ReadTx<'_>) -> Result<Self, Error> {
        let Some(value) = tx.setting_get(NAME)? else { return Ok(Self::default()) };
        serde_json::from_value(value).map_err(|error| Failure::because("reading the settings of the portal", error).into())
    }
}

/// The settings, for whoever manages them.
///
/// # Errors
/// `AUTH-001` for other roles.
pub fn settings(app: &App, actor: &Actor) -> Result<PortalSettings, Error> {
    require(actor, Verb::PortalManage, Relation::None)?;
    app.store.read(PortalSettings::read)
}

/// Where "Leave this page quickly" leads, for every public page.
///
/// # Errors
/// What the store reports.
pub fn exit(app: &App) -> Result<String, Error> {
    app.store.read(PortalSettings::read).map(|settings| settings.exit)
}

/// Changes the settings.
///
/// # Errors
/// `FORM-001` for an address that is none or a number that is 0.
pub fn save_settings(app: &App, actor: &Actor, wanted: &PortalSettings) -> Result<(), Error> {
    require(actor, Verb::PortalManage, Relation::None)?;
    let web = |address: &str| address.starts_with("https://") || address.starts_with("http://");
    if !web(&wanted.exit) || !(wanted.address.is_empty() || web(&wanted.address)) {
        return Err(Refusal::new(RefusalCode::ValueInvalid, "Write addresses in full, beginning with https://.").into());
    }
    let numbers = [
        wanted.link_minutes,
        wanted.session_minutes,
        wanted.collect_days,
        wanted.downloads,
        wanted.tries,
        wanted.messages_an_hour,
        wanted.links_an_hour,
        wanted.mails_a_day,
    ];
    if numbers.iter().any(|number| !(1..=100_000).contains(number)) {
        return Err(Refusal::new(RefusalCode::ValueInvalid, "Every number is at least 1 and at most 100,000.").into());
    }
    let wanted = PortalSettings { address: wanted.address.trim_end_matches('/').to_owned(), ..wanted.clone() };
    let value = serde_json::to_value(&wanted).map_err(|error| Failure::because("writing the settings of the portal", error))?;
    app.store.write(&app.origin(actor), |tx| Ok(tx.setting_put(NAME, &value, "portal")?))
}
