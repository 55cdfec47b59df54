//! The `[mail]` part of the settings, and mail made from it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use adapters::mail::{Dropped, Imap, Server, Smtp};
use domain::{Refusal, RefusalCode};
use serde::{Deserialize, Serialize};
use services::mail::{HOLD_SECONDS, Mail, clean_address};
use services::ports::{Mailbox, Post};

use crate::cli::outcome::Ending;

/// The settings of mail. Unknown keys are refused.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailConfig {
    /// The address our mails come from.
    pub(crate) from: String,
    /// The name beside it; the organisation's without one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) name: String,
    /// The server that takes our mail: `smtps://host` or `smtp://host:port`. None: mail waits.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) smtp: String,
    /// The server with our mailbox: `imaps://host` or `imap://host:port`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) imap: String,
    /// The mailbox there.
    #[serde(default = "mailbox")]
    pub(crate) mailbox: String,
    /// The folder that messages are moved to once they are stored; they stay without one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) handled: String,
    /// A folder that `.eml` files are dropped into (relative to the installation).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) dropped: Option<PathBuf>,
    /// The account at the servers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) user: String,
    /// A file with its password on the first line (relative to the installation).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) password_file: Option<PathBuf>,
    /// Seconds between two visits to the mailbox.
    #[serde(default = "every_seconds")]
    pub(crate) every_seconds: u32,
    /// A copy of each mail goes to our own mailbox: proof that it went out, whatever happens.
    #[serde(default = "yes")]
    pub(crate) copies: bool,
    /// Clear requests are acknowledged at once.
    #[serde(default = "yes")]
    pub(crate) acknowledge: bool,
    /// Messages of one sender or thread in an hour that are shown one by one.
    #[serde(default = "most_an_hour")]
    pub(crate) most_an_hour: u64,
    /// How long a worker may hold a mail before another takes it over.
    #[serde(default = "hold_seconds")]
    pub(crate) hold_seconds: u32,
}

fn mailbox() -> String {
    "INBOX".to_owned()
}

fn every_seconds() -> u32 {
    60
}

fn yes() -> bool {
    true
}

fn most_an_hour() -> u64 {
    20
}

fn hold_seconds() -> u32 {
    HOLD_SECONDS
}

fn wrong(detail: impl Into<String>) -> Ending {
    Refusal::new(RefusalCode::ValueInvalid, detail).into()
}

impl MailConfig {
    /// Mail as these settings say. Connects to nothing.
    pub(crate) fn open(&self, folder: &Path, organisation: &str) -> Result<Mail, Ending> {
        let from = clean_address(&self.from).ok_or_else(|| wrong("[mail] from is not an address."))?;
        let domain = from.rsplit_once('@').map_or("localhost", |(_, domain)| domain).to_owned();
        let post = self.server(folder, "smtp", &self.smtp)?.map(|server| Arc::new(Smtp::new(server, &domain)) as Arc<dyn Post>);
        let mut mailboxes: Vec<Arc<dyn Mailbox>> = Vec::new();
        if let Some(server) = self.server(folder, "imap", &self.imap)? {
            let handled = Some(self.handled.as_str()).filter(|handled| !handled.is_empty());
            let imap = Imap::new(server, &self.mailbox, handled).map_err(|error| wrong(format!("[mail] mailbox: {error}.")))?;
            mailboxes.push(Arc::new(imap));
        }
        if let Some(dropped) = &self.dropped {
            mailboxes.push(Arc::new(Dropped::new(&folder.join(dropped))));
        }
        Ok(Mail {
            from,
            from_name: if self.name.is_empty() { organisation.to_owned() } else { self.name.clone() },
            post,
            mailboxes,
            every_seconds: self.every_seconds.max(1),
            copies: self.copies && !self.imap.is_empty(),
            acknowledge: self.acknowledge,
            most_an_hour: self.most_an_hour.max(1),
            hold_seconds: self.hold_seconds.max(1),
            stop_after: stop_after(),
            ..Mail::default()
        })
    }

    /// A server with its account; `None` where none is set.
    fn server(&self, folder: &Path, scheme: &str, url: &str) -> Result<Option<Server>, Ending> {
        if url.is_empty() {
            return Ok(None);
        }
        let account = match (&self.password_file, self.user.is_empty()) {
            (None, true) => None,
            (Some(path), false) => {
                let text = std::fs::read_to_string(folder.join(path))
                    .map_err(|_| wrong(format!("[mail] password_file: {} cannot be read.", path.display())))?;
                Some((self.user.clone(), text.lines().next().unwrap_or_default().to_owned().into()))
            }
            _ => return Err(wrong("[mail] user and password_file are set together or not at all.")),
        };
        let server = Server::parse(scheme, url, account).map_err(|error| wrong(format!("[mail] {scheme}: {error}.")))?;
        Ok(Some(server))
    }
}

/// Lets a test end the program after a step, as a crash would. Not in a released program.
#[cfg(debug_assertions)]
fn stop_after() -> Arc<dyn Fn(&str) -> bool + Send + Sync> {
    let wanted = std::env::var("PROBITY_STOP_AFTER").ok();
    Arc::new(move |step| {
        if wanted.as_deref() == Some(step) {
            std::process::abort();
        }
        false
    })
}

#[cfg(not(debug_assertions))]
fn stop_after() -> Arc<dyn Fn(&str) -> bool + Send + Sync> {
    Arc::new(|_| false)
}
