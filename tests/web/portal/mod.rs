//! The public pages: what visitors without an account can do, and what they can never learn.

mod alike;
pub(super) mod collect;
pub(super) mod follow;
pub(super) mod send;

use domain::ids::UserId;
use domain::people::{Actor, Role, Standing};
use services::portal::{PortalSettings, save_settings};
use services::requests::work_once;

use super::setting::Setting;

/// The site's public address, as somebody set it.
const SITE: &str = "https://data.example.org";

fn manager() -> Actor {
    Actor { user: UserId::new("manager"), name: "Manager".to_owned(), roles: vec![Role::Lead], standing: Standing::Active }
}

/// Sets the address that links in mails begin with.
pub(super) fn open_address(setting: &Setting) {
    save_settings(&setting.app, &manager(), &PortalSettings { address: SITE.to_owned(), ..PortalSettings::default() }).unwrap();
}

/// Runs what waits for a worker.
pub(super) async fn work(setting: &Setting) {
    let app = setting.app.clone();
    tokio::task::spawn_blocking(move || while work_once(&app, "worker").unwrap() {}).await.unwrap();
}

/// Every mail that waits: what it is for, and its text.
fn waiting(setting: &Setting) -> Vec<(String, String)> {
    let read = setting.app.store.read(|tx| {
        let mut found = Vec::new();
        for status in tx.mails_in_state("ready", None, 100)? {
            let body = tx.mail_get(&status.id)?.and_then(|(_, body)| body).unwrap_or_default();
            found.push((status.purpose, body["text"].as_str().unwrap_or_default().to_owned()));
        }
        Ok::<_, store::Error>(found)
    });
    read.unwrap()
}

/// How many mails wait for a purpose.
fn mails(setting: &Setting, purpose: &str) -> usize {
    waiting(setting).iter().filter(|(of, _)| of == purpose).count()
}

/// The address of the newest mailed link that begins like this, without the site.
pub(super) fn link_in(setting: &Setting, start: &str) -> String {
    let texts = waiting(setting);
    let text = texts.iter().rev().map(|(_, text)| text).find(|text| text.contains(start)).expect("no mail with such a link");
    let at = text.find(&format!("{SITE}{start}")).expect("a link of another site");
    text[at + SITE.len()..].split_whitespace().next().unwrap().to_owned()
}
