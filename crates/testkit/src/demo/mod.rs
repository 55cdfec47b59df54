//! Greenbank Learning CIC: the invented organisation that the demonstration runs on, and the request of a former learner.
//!
//! What concerns the person is written by hand in `material/greenbank.txt`; the everyday paper around
//! it comes from templates and the seed.

mod cast;
mod documents;
mod everyday;
mod mail;
mod script;

use crate::expectation::{Band, Expectation, Person};
use crate::mime::MailBuilder;
use crate::rng::Rng;
use crate::when::When;
use crate::write::mailbox::{append_mbox, maildir_name};
use crate::write::zip::zip;
use script::Script;

/// The organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Its address for post, one line.
    pub address: String,
    /// Its telephone number.
    pub phone: String,
    /// Where requests arrive.
    pub email: String,
    /// The domain of its addresses.
    pub domain: String,
}

/// Everything the demonstration needs.
#[derive(Debug, Clone)]
pub struct Material {
    /// The organisation.
    pub organisation: Organisation,
    /// Its people: name, e-mail address, role.
    pub directory: Vec<(String, String, String)>,
    /// The access request, as an e-mail of Friday 20 November 2026.
    pub request_mail: Vec<u8>,
    /// Who asks, as the request identifies them.
    pub person: Person,
    /// Mailboxes, shared folder and export: path relative to the root, and content.
    pub files: Vec<(String, Vec<u8>)>,
    /// The items about the person.
    pub about: Vec<Expectation>,
}

/// The Maildir of the office.
const MAILDIR: &str = "mailbox/cur";
/// The second folder of the same mailbox, with copies.
const ARCHIVE: &str = "mailbox/.Archive/cur";
/// The mailbox of the years before.
const MBOX: &str = "older-mailbox-2019-2022.mbox";
/// What a chat program's export looks like.
const ZIP: &str = "messages-export.zip";

/// The material of the demonstration. The seed varies the everyday paper, never what concerns the person.
pub fn material(seed: u64) -> Material {
    let rng = Rng::new(seed);
    let mut out = Out::default();
    let script = Script::new();
    scripted(&mut out, &script);
    everyday::fill(&mut out, &rng);
    Material {
        organisation: organisation(),
        directory: cast::directory(),
        request_mail: request_mail(),
        person: person(),
        about: std::mem::take(&mut out.about),
        files: out.finish(),
    }
}

/// What has been made so far, by where it goes.
#[derive(Debug, Default)]
struct Out {
    files: Vec<(String, Vec<u8>)>,
    mbox: Vec<(When, String, Vec<u8>)>,
    zip: Vec<(String, Vec<u8>)>,
    about: Vec<Expectation>,
    serial: usize,
}

impl Out {
    fn maildir(&mut self, folder: &str, when: &When, bytes: Vec<u8>) -> String {
        self.serial += 1;
        let path = format!("{folder}/{}", maildir_name(when, self.serial, "greenbank"));
        self.files.push((path.clone(), bytes));
        path
    }

    fn finish(mut self) -> Vec<(String, Vec<u8>)> {
        self.mbox.sort();
        let mut mbox = Vec::new();
        for (when, sender, message) in &self.mbox {
            append_mbox(&mut mbox, sender, when, message);
        }
        self.files.push((MBOX.to_owned(), mbox));
        self.files.push((ZIP.to_owned(), zip(&self.zip)));
        self.files.sort();
        self.files
    }
}

/// Puts the hand-written mails and documents in their places.
fn scripted(out: &mut Out, script: &Script) {
    for name in script.names() {
        let Some(item) = script.item(name) else { continue };
        let (path, inside) = match item.place {
            script::Place::Maildir => {
                if item.copied {
                    let copy = out.maildir(ARCHIVE, &item.when, item.bytes.clone());
                    expect(out, &item, (copy, String::new()), "exact copy");
                }
                (out.maildir(MAILDIR, &item.when, item.bytes.clone()), String::new())
            }
            script::Place::Mbox => {
                out.mbox.push((item.when.clone(), item.sender.clone(), item.bytes.clone()));
                (MBOX.to_owned(), item.id.clone())
            }
            script::Place::Zip => {
                let member = format!("Idris Bellamy/{name}.eml");
                out.zip.push((member.clone(), item.bytes.clone()));
                (ZIP.to_owned(), member)
            }
            script::Place::File(ref path) => {
                out.files.push((path.clone(), item.bytes.clone()));
                (path.clone(), String::new())
            }
            script::Place::Nowhere => continue,
        };
        let how = item.how.clone();
        expect(out, &item, (path, inside), &how);
    }
}

fn expect(out: &mut Out, item: &script::Item, (path, inside): (String, String), how: &str) {
    if !item.how.is_empty() {
        let band = if item.likely { Band::Likely } else { Band::Certain };
        out.about.push(Expectation { path, inside, how: how.to_owned(), band, third_party: item.others.clone() });
    }
}

fn organisation() -> Organisation {
    Organisation {
        name: "Greenbank Learning CIC".into(),
        address: "The Old Laundry, 14 Foundry Lane, Wexmoor LN37 4TB".into(),
        phone: "01632 960700".into(),
        email: cast::OFFICE.1.into(),
        domain: "greenbank.example".into(),
    }
}

fn person() -> Person {
    let text = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
    Person {
        names: text(&["Katherine Adeyemi", "Katherine Amara Adeyemi"]),
        nicknames: text(&["Kate"]),
        emails: text(&[cast::KATE.1, cast::KATE_OLD.1]),
        phones: text(&["07700 900417"]),
        born: Some("2006-03-14".into()),
        addresses: text(&["27 Larkspur Court, Wexmoor LN37 6QF"]),
        references: text(&["GL-2021-0147"]),
    }
}

fn request_mail() -> Vec<u8> {
    let mail = MailBuilder::from("Katherine Adeyemi", cast::KATE.1)
        .to("", cast::OFFICE.1)
        .subject("Subject access request")
        .id("5f2c9e.417@postbox.example")
        .body(include_str!("../../material/request.txt"));
    match When::parse("2026-11-20 16:12") {
        Some(when) => mail.date(when).build_crlf(),
        None => mail.build_crlf(),
    }
}

#[cfg(test)]
mod tests;
