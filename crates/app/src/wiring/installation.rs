//! An installation: one folder with its settings, its data and, apart from the data, its keys.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use adapters::letters::Letters;
use anyhow::Context;
use domain::calendar::Calendar;
use domain::casework::policy_version::PackFile;
use domain::ids::OrgId;
use domain::{Refusal, RefusalCode};
use serde::{Deserialize, Serialize};
use services::mail::Mail;
use services::policy::Policies;
use services::ports::{Clock, Press};
use services::{App, Settings};
use store::{Store, StoreConfig};

use super::mail::MailConfig;
use super::{FreshIds, SystemClock};
use crate::cli::inputs;
use crate::cli::outcome::Ending;

/// The name of the settings file.
pub(crate) const FILE: &str = "probity.toml";

/// The settings file. Unknown keys are refused.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The organisation's id in the store.
    #[serde(default = "default_org")]
    pub(crate) org: String,
    /// Policy pack: a built-in name, or a folder (relative to the installation).
    pub(crate) pack: String,
    /// `postgres://` URL; SQLite inside the folder when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) database: String,
    /// Whether a reply needs a second person's approval.
    #[serde(default = "yes")]
    pub(crate) second_person: bool,
    /// A newer bank holiday table, as published (relative to the installation).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) bank_holidays: Option<PathBuf>,
    /// Mail in and out; without it nothing is sent or fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) mail: Option<MailConfig>,
    /// Whether letters in pictures and scanned pages are read.
    #[serde(default, skip_serializing_if = "Ocr::is_auto")]
    pub(crate) ocr: Ocr,
    /// Their language, as Tesseract calls it: `eng`, or several as `eng+cym`.
    #[serde(default = "english", skip_serializing_if = "is_english")]
    pub(crate) ocr_language: String,
    /// Places that may be searched from the pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) place: Vec<PlaceConfig>,
}

/// A place that may be searched.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceConfig {
    /// The name on pages and in the pack.
    pub(crate) name: String,
    /// Where it is (relative to the installation).
    pub(crate) path: PathBuf,
}

/// Whether letters in pictures are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ocr {
    /// Where Tesseract is installed.
    #[default]
    Auto,
    /// Never.
    Off,
}

impl Ocr {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
    const fn is_auto(&self) -> bool {
        matches!(self, Self::Auto)
    }
}

/// The language of letters when nobody says another.
pub(crate) fn english() -> String {
    inputs::ENGLISH.to_owned()
}

fn is_english(language: &str) -> bool {
    language == inputs::ENGLISH
}

fn default_org() -> String {
    "own".to_owned()
}

fn yes() -> bool {
    true
}

/// A folder with its settings read.
#[derive(Debug, Clone)]
pub(crate) struct Installation {
    /// The folder.
    pub(crate) folder: PathBuf,
    /// Its settings.
    pub(crate) config: Config,
}

impl Installation {
    /// Makes a new installation in an empty or new folder.
    pub(crate) fn create(folder: &Path, config: Config) -> Result<Self, Ending> {
        if folder.join(FILE).exists() {
            return Err(Refusal::new(RefusalCode::OutputExists, format!("{} holds an installation already.", folder.display())).into());
        }
        for part in ["", "data", "keys"] {
            private_folder(&folder.join(part))?;
        }
        let text = toml::to_string(&config).context("writing the settings")?;
        let text = format!("# Settings of this Probity installation. Keys lie in `keys`: back them up apart from `data`.\n{text}");
        crate::cli::sar::write(&folder.join(FILE), text.as_bytes())?;
        Ok(Self { folder: folder.to_path_buf(), config })
    }

    /// Reads the settings of an installation.
    pub(crate) fn load(folder: &Path) -> Result<Self, Ending> {
        let path = folder.join(FILE);
        let text = std::fs::read_to_string(&path).map_err(|_| {
            Refusal::new(
                RefusalCode::SourceUnreadable,
                format!("There is no installation in {}. Make one with `probity init`.", folder.display()),
            )
        })?;
        let config = toml::from_str(&text)
            .map_err(|error| Refusal::new(RefusalCode::ValueInvalid, format!("In {}: {}", path.display(), error.message())))?;
        Ok(Self { folder: folder.to_path_buf(), config })
    }

    /// Where the store lives.
    pub(crate) fn store_config(&self) -> StoreConfig {
        let url = if self.config.database.is_empty() {
            format!("sqlite:{}", self.folder.join("data").join("probity.db").display())
        } else {
            self.config.database.clone()
        };
        StoreConfig {
            url,
            data_dir: self.folder.join("data"),
            keys_dir: self.folder.join("keys"),
            org: OrgId::new(self.config.org.clone()),
        }
    }

    /// Opens everything, on the machine's clock.
    pub(crate) fn open(&self) -> Result<App, Ending> {
        self.open_on(Arc::new(SystemClock))
    }

    /// Opens everything on a clock; only a rehearsal brings its own.
    pub(crate) fn open_on(&self, clock: Arc<dyn Clock>) -> Result<App, Ending> {
        let store = Store::open(&self.store_config())?;
        let press: Arc<dyn Press> = Arc::new(super::LazyPress::default());
        let policies = self.policies()?;
        let mail = match &self.config.mail {
            Some(mail) => mail.open(&self.folder, &policies.configured().policy.organisation().name)?,
            None => Mail::default(),
        };
        Ok(App {
            store,
            clock,
            ids: Arc::new(FreshIds),
            policies: Arc::new(policies),
            calendar: Arc::new(self.calendar()?),
            sources: Arc::new(inputs::sources()?),
            extractor: Arc::new(inputs::extractor()?.with_letters(self.letters()?)),
            press,
            places: Arc::new(self.config.place.iter().map(|place| (place.name.clone(), self.folder.join(&place.path))).collect()),
            settings: Settings { second_person: self.config.second_person },
            mail,
        })
    }

    /// Whether and how letters in pictures are read.
    pub(crate) fn letters(&self) -> Result<Letters, Ending> {
        inputs::letters(self.config.ocr == Ocr::Auto, &self.config.ocr_language)
    }

    /// The pack of the settings, with its files when the organisation owns them.
    fn policies(&self) -> Result<Policies, Ending> {
        let name = self.pack_name();
        let files = if Path::new(&name).is_dir() { inputs::pack_files(&name)? } else { Vec::new() };
        let files = files.into_iter().map(|(name, text)| PackFile { name, text }).collect();
        Ok(Policies::new(inputs::pack(&name)?, files))
    }

    fn pack_name(&self) -> String {
        let folder = self.folder.join(&self.config.pack);
        if folder.is_dir() { folder.display().to_string() } else { self.config.pack.clone() }
    }

    fn calendar(&self) -> Result<Calendar, Ending> {
        match &self.config.bank_holidays {
            None => Ok(Calendar::embedded()),
            Some(path) => {
                let text = std::fs::read_to_string(self.folder.join(path))
                    .map_err(|_| Refusal::new(RefusalCode::CalendarInvalid, format!("{} cannot be read.", path.display())))?;
                Ok(Calendar::embedded().import(&text)?)
            }
        }
    }
}

/// Makes a folder that only its owner may enter.
pub(crate) fn private_folder(folder: &Path) -> Result<(), Ending> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).with_context(|| format!("making {}", folder.display()))?;
    Ok(())
}
