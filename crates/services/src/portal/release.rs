//! Giving an answer out: what of a case is its answer, the ways it can go, and its release to the
//! portal. The link of a release goes by mail, the passphrase by another way.

use std::io::Read;

use domain::casework::request::{Behalf, Request, Stage};
use domain::ids::{BlobId, RecordId};
use domain::people::{Actor, Verb};
use domain::rights::RequestKind;
use domain::{Refusal, RefusalCode};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{BlobMeta, NewPass, ReadTx, WriteTx};

use super::PortalSettings;
use super::follow::emails;
use super::limit::HOUR_US;
use super::mail::{Mail, queue};
use crate::accounts::{fresh_token, hash_password, random};
use crate::app::{App, london_date};
use crate::error::Error;
use crate::mail::{self, OutFile, OutMail, clean_address};
use crate::ports::Failure;
use crate::requests::{file_name, load_for_review};

/// What a released answer is collected by.
pub(super) const PURPOSE: &str = "collect";
/// The files of one sending of an answer to an access request.
const SENDING: [&str; 5] = ["reply.pdf", "reply.txt", "pack.pdf", "pack.txt", "pack.json"];
/// Files that go with the answers of other rights.
const PORTABLE: [&str; 2] = ["portable.csv", "portable.json"];
/// The letter of a refusal.
const REFUSAL: &str = "refusal.pdf";
/// Letters and digits that cannot be mistaken for each other when they are read out.
const ALPHABET: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";

/// A release: what the member of staff passes on.
#[derive(Clone)]
pub struct Released {
    /// The passphrase, shown once, to be passed on by phone or post.
    pub passphrase: String,
    /// Until when it can be collected.
    pub until: Date,
    /// How many downloads it is good for.
    pub downloads: u32,
}

/// A release that can be collected now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRelease {
    /// Until when.
    pub until: Date,
    /// Downloads left.
    pub left: u64,
}

/// What goes out of a case, and where it can go, for the page that asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseFacts {
    /// The reference of the request.
    pub reference: String,
    /// The addresses of whoever asked that mail can go to; a link or the answer goes to one of them.
    pub addresses: Vec<String>,
    /// Postal addresses of the person, for a letter.
    pub postal: Vec<String>,
    /// The files: id, name, size in bytes.
    pub files: Vec<(BlobId, String, u64)>,
    /// A release that can be collected now.
    pub open: Option<OpenRelease>,
}

/// What the page that asks shows. Logged: it shows addresses.
///
/// # Errors
/// `PORT-001` when no answer has gone out.
pub fn before_release(app: &App, actor: &Actor, id: &RecordId) -> Result<ReleaseFacts, Error> {
    app.store.write(&app.origin(actor), |tx| {
        let request = load_for_review(tx, actor, id, Verb::PortalRelease)?.request;
        let files = answer(tx, &request)?;
        tx.log_read(id.as_str(), "see", "release")?;
        let person = request.person.get();
        let open = tx.passes_of(id.as_str(), PURPOSE, "link", app.now_us())?.into_iter().next();
        Ok(ReleaseFacts {
            reference: request.facts.reference.clone(),
            addresses: addresses(&request),
            postal: if matches!(request.behalf, Behalf::Themselves) {
                person.map(|person| person.addresses.clone()).unwrap_or_default()
            } else {
                Vec::new()
            },
            files: files.into_iter().filter_map(|meta| Some((BlobId::new(meta.id), meta.name?, meta.size_bytes))).collect(),
            open: open.map(|pass| OpenRelease { until: day(pass.expires_us), left: pass.uses }),
        })
    })
}

/// The addresses of whoever asked, as mail can go to them, each once.
fn addresses(request: &Request) -> Vec<String> {
    let mut clean: Vec<String> = Vec::new();
    for address in emails(request).iter().filter_map(|email| clean_address(email)) {
        if !clean.iter().any(|known| known.eq_ignore_ascii_case(&address)) {
            clean.push(address);
        }
    }
    clean
}

fn day(us: i64) -> Date {
    Timestamp::from_microsecond(us).map(london_date).unwrap_or_default()
}

/// The files of the answer that went out last.
///
/// # Errors
/// `PORT-001` when none has.
fn answer(tx: &mut ReadTx<'_>, request: &Request) -> Result<Vec<BlobMeta>, Error> {
    let files = files(tx, request)?;
    if files.is_empty() { Err(Refusal::new(RefusalCode::NothingToRelease, "").into()) } else { Ok(files) }
}

/// The one of the case's addresses that was chosen.
///
/// # Errors
/// `PORT-002` when it is none of them.
fn chosen(request: &Request, wanted: &str) -> Result<String, Error> {
    let found = addresses(request).into_iter().find(|address| address == wanted);
    found.ok_or_else(|| Refusal::new(RefusalCode::NowhereToMail, "").into())
}

/// Releases the answer to the portal. The link goes by mail to one of the addresses of whoever
/// asked; the passphrase is returned once and only its hash is kept. An earlier release ends.
///
/// # Errors
/// `PORT-001` when there is no answer to release, `PORT-002` when the address is none of the case's
/// or the address of the portal is not set.
pub fn release(app: &App, actor: &Actor, id: &RecordId, to: &str, site: &str) -> Result<Released, Error> {
    app.store.read(|tx| {
        let request = load_for_review(tx, actor, id, Verb::PortalRelease)?.request;
        answer(tx, &request).map(drop)
    })?;
    let passphrase = fresh_passphrase()?;
    let secret = hash_password(&plain(&passphrase))?;
    app.store.write(&app.origin(actor), |tx| {
        let request = load_for_review(tx, actor, id, Verb::PortalRelease)?.request;
        let settings = PortalSettings::read(tx)?;
        let site = if settings.address.is_empty() { site } else { settings.address.as_str() };
        let to = chosen(&request, to)?;
        if site.is_empty() {
            return Err(Refusal::new(RefusalCode::NowhereToMail, "").into());
        }
        tx.passes_end(id.as_str(), PURPOSE)?;
        let (token, hash) = fresh_token()?;
        let expires_us = tx.at_us().saturating_add(i64::from(settings.collect_days).saturating_mul(24 * HOUR_US));
        tx.pass_create(&NewPass {
            token: &hash,
            kind: "link",
            record: id.as_str(),
            purpose: PURPOSE,
            secret: &secret,
            uses: u64::from(settings.downloads),
            expires_us,
        })?;
        tx.log_access(id.as_str(), "portal-release", "portal")?;
        let until = day(expires_us);
        let text = format!(
            "Our answer to your request is ready.\n\nOpen this link and enter the passphrase that we give you in another way, by phone or by post:\n\n{site}/portal/collect/{token}\n\nThe link works until {} and for {} downloads. If a download breaks, try it again. Keep the link and the passphrase to yourself. If you want the answer in another way, tell us.\n",
            domain::calendar::long_date(until),
            settings.downloads
        );
        queue(app, tx, &Mail { to: &to, subject: &request.subject, record: id, title: "Our answer is ready", text, purpose: "portal-release" })?;
        Ok(Released { passphrase: passphrase.clone(), until, downloads: settings.downloads })
    })
}

/// Ends a release: its link, and whoever has it open, shows nothing any more.
///
/// # Errors
/// `PORT-004` when none is open.
pub fn end_release(app: &App, actor: &Actor, id: &RecordId) -> Result<(), Error> {
    app.store.write(&app.origin(actor), |tx| {
        load_for_review(tx, actor, id, Verb::PortalRelease)?;
        if tx.passes_of(id.as_str(), PURPOSE, "link", app.now_us())?.is_empty() {
            return Err(Refusal::new(RefusalCode::NoRelease, "").into());
        }
        tx.passes_end(id.as_str(), PURPOSE)?;
        Ok(tx.log_access(id.as_str(), "portal-release-ended", "portal")?)
    })
}

/// Sends the answer itself by mail to one of the addresses of whoever asked, once to each address
/// for each sending. The mail names nobody; the files are the answer.
///
/// # Errors
/// `PORT-001` when there is no answer, `PORT-002` when the address is none of the case's, `PORT-005`
/// when this answer was sent there before, `MAIL-002` when it is too big for a mail.
pub fn mail_answer(app: &App, actor: &Actor, id: &RecordId, to: &str) -> Result<(), Error> {
    let (request, files) = app.store.read(|tx| {
        let request = load_for_review(tx, actor, id, Verb::PortalRelease)?.request;
        let metas = answer(tx, &request)?;
        Ok::<_, Error>((request, attachments(tx, metas)?))
    })?;
    let to = chosen(&request, to)?;
    let once = files.iter().map(|(blob, _)| blob.as_str()).next().map(|blob| format!("answer/{blob}/{to}"));
    let mail = OutMail {
        to,
        subject_key: Some(request.subject.clone()),
        record: Some(id.clone()),
        title: format!("{}: our answer", request.facts.reference),
        text: format!(
            "Our answer to your request {} is attached.\n\nKeep the files where nobody else can open them. If you want the answer in another way, or if something is missing, tell us. The letter says how to complain.\n",
            request.facts.reference
        ),
        files: files.into_iter().map(|(_, file)| file).collect(),
        in_reply_to: None,
        purpose: "reply",
        once,
    };
    app.store.write(&app.origin(actor), |tx: &mut WriteTx<'_>| {
        load_for_review(tx, actor, id, Verb::PortalRelease)?;
        if !mail::queue(app, tx, &mail)? {
            return Err(Refusal::new(RefusalCode::MailedBefore, "").into());
        }
        Ok(tx.log_access(id.as_str(), "answer-mailed", "portal")?)
    })
}

fn attachments(tx: &mut ReadTx<'_>, metas: Vec<BlobMeta>) -> Result<Vec<(String, OutFile)>, Error> {
    let mut files = Vec::new();
    for meta in metas {
        let Some(name) = meta.name.clone() else { continue };
        let (meta, mut reader) = tx.blob_open(&meta.id)?.ok_or(Error::NotFound)?;
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|error| Failure::because("reading a stored file", error))?;
        files.push((meta.id, OutFile { name, mime: meta.mime, bytes }));
    }
    Ok(files)
}

/// The files of an answer that went out: of an access request those of its last sending, and of the
/// parts before it; of another right its letter and what was made for it; of a refusal its letter.
pub(super) fn files(tx: &mut ReadTx<'_>, request: &Request) -> Result<Vec<BlobMeta>, Error> {
    let all = tx.blob_list(request.facts.id.as_str())?;
    let newest = |name: String| all.iter().rev().find(|meta| meta.name.as_deref() == Some(name.as_str())).cloned();
    Ok(names(request).into_iter().filter_map(newest).collect())
}

fn names(request: &Request) -> Vec<String> {
    let ended = |as_what: &str| matches!(&request.stage, Stage::Closed { outcome, .. } if outcome == as_what);
    if matches!(request.stage, Stage::Refused { .. }) || ended("refused") {
        return vec![REFUSAL.to_owned()];
    }
    if request.kind != RequestKind::Access {
        let answered = matches!(request.stage, Stage::Replied { .. }) || ended("replied");
        let letter = request.kind.procedure().letter;
        let with = PORTABLE.iter().filter(|_| request.kind == RequestKind::Portability);
        return std::iter::once(&letter).chain(with).filter(|_| answered).map(|name| (*name).to_owned()).collect();
    }
    // A second pack is whole and takes the place of what went out before: those sendings have no items left.
    let last = request.sendings.len().saturating_sub(1);
    let counted = request.sendings.iter().enumerate().filter(|(number, sending)| *number == last || !sending.items.is_empty());
    let mut names: Vec<String> = Vec::new();
    for (number, _) in counted.rev() {
        names.extend(SENDING.iter().map(|name| file_name(name, number)));
    }
    names
}

/// Four groups of four: about 80 bits.
fn fresh_passphrase() -> Result<String, Error> {
    let letters: Vec<char> = random::<16>()?.iter().map(|byte| letter(*byte)).collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

fn letter(byte: u8) -> char {
    ALPHABET.get(usize::from(byte % 32)).copied().map_or('2', char::from)
}

/// A passphrase as it is compared: however it was read out and typed.
pub(super) fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_the_same_however_it_is_typed() {
        let passphrase = fresh_passphrase().unwrap_or_default();
        assert_eq!(passphrase.len(), 19);
        assert_eq!(plain(&passphrase), plain(&passphrase.to_uppercase().replace('-', " ")));
        assert!(passphrase.chars().all(|c| c == '-' || ALPHABET.contains(&(c as u8))));
        assert_ne!(passphrase, fresh_passphrase().unwrap_or_default());
    }
}
