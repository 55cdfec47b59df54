//! Collecting a reply: a member of staff releases it, the visitor opens it with a link and a
//! passphrase that came another way, and each download is a receipt in the log.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::casework::request::Stage;
use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{BlobMeta, NewPass, ReadTx};

use super::follow::{emails, session};
use super::limit::{HOUR_US, within};
use super::mail::{Mail, queue};
use super::{PortalSettings, portal};
use crate::accounts::{fresh_token, hash_password, password_fits, random, token_hash};
use crate::app::{App, london_date};
use crate::error::Error;
use crate::ports::Failure;
use crate::requests::{Document, load_for_review};

/// What a released reply is collected by.
const PURPOSE: &str = "collect";
/// The files of a reply that are handed out.
const FILES: [&str; 3] = ["reply.pdf", "pack.pdf", "pack.json"];
/// Letters and digits that cannot be mistaken for each other when they are read out.
const ALPHABET: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";
/// How often an hour one block of addresses may try a passphrase.
const TRIES_AN_HOUR: u32 = 30;

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

/// The release of a reply as it stands, for the page of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseFacts {
    /// The reference of the request.
    pub reference: String,
    /// There is a mail address that the link can go to.
    pub can_mail: bool,
}

/// What the page that asks before a release shows.
///
/// # Errors
/// `PORT-001` when there is no reply to release.
pub fn before_release(app: &App, actor: &Actor, id: &RecordId) -> Result<ReleaseFacts, Error> {
    app.store.read(|tx| {
        let request = load_for_review(tx, actor, id, Verb::PortalRelease)?.request;
        if files(tx, id)?.is_empty() || !matches!(request.stage, Stage::Replied { .. } | Stage::Closed { .. }) {
            return Err(Refusal::new(RefusalCode::NothingToRelease, "").into());
        }
        Ok(ReleaseFacts { reference: request.facts.reference.clone(), can_mail: !emails(&request).is_empty() })
    })
}

/// Releases the reply to the portal. The link goes by mail; the passphrase is returned once and
/// only its hash is kept. An earlier release of the same reply ends.
///
/// # Errors
/// `PORT-001` when there is no reply to release, `PORT-002` when there is no address for the link
/// or the address of the portal is not set.
pub fn release(app: &App, actor: &Actor, id: &RecordId, site: &str) -> Result<Released, Error> {
    before_release(app, actor, id)?;
    let passphrase = fresh_passphrase()?;
    let secret = hash_password(&plain(&passphrase))?;
    app.store.write(&app.origin(actor), |tx| {
        let request = load_for_review(tx, actor, id, Verb::PortalRelease)?.request;
        let settings = PortalSettings::read(tx)?;
        let site = if settings.address.is_empty() { site } else { settings.address.as_str() };
        let emails = emails(&request);
        let (Some(to), false) = (emails.first(), site.is_empty()) else {
            return Err(Refusal::new(RefusalCode::NowhereToMail, "").into());
        };
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
        let until = Timestamp::from_microsecond(expires_us).map(london_date).unwrap_or_default();
        let text = format!(
            "Our answer to your request is ready. Open this link and enter the passphrase that we give you in another way, by phone or by post:\n\n{site}/portal/collect/{token}\n\nThe link works until {} and for {} downloads. Keep the link and the passphrase to yourself. If you want the answer in another way, tell us.\n",
            domain::calendar::long_date(until),
            settings.downloads
        );
        queue(app, tx, &Mail { to, subject: &request.subject, record: id, title: "Our answer is ready", text, purpose: "portal-release" })?;
        Ok(Released { passphrase: passphrase.clone(), until, downloads: settings.downloads })
    })
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
fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).take(64).collect()
}

/// Whether a release link is still good, without using it.
///
/// # Errors
/// What the store reports.
pub fn release_is_good(app: &App, token: &str) -> Result<bool, Error> {
    let hash = token_hash(token);
    let pass = app.store.read(|tx| tx.pass_get(&hash, "link", app.now_us()))?;
    Ok(pass.is_some_and(|pass| pass.purpose == PURPOSE))
}

/// Opens a release with its passphrase and gives a short session. Wrong ones are counted: after
/// as many as the settings allow the link is spent.
///
/// # Errors
/// Not found for a link that is unknown, spent or expired; `PORT-003` for a wrong passphrase;
/// `AUTH-006` after too many tries from one block of addresses.
pub fn open_release(app: &App, token: &str, passphrase: &str, from: &str) -> Result<String, Error> {
    let link = token_hash(token);
    let origin = app.origin(&portal());
    let allowed = app.store.write_technical(&origin, |tx| within(tx, "passphrase", from, HOUR_US, TRIES_AN_HOUR))?;
    if !allowed {
        return Err(Refusal::new(RefusalCode::TooManyTries, "").into());
    }
    let pass = app.store.read(|tx| tx.pass_get(&link, "link", app.now_us()))?.filter(|pass| pass.purpose == PURPOSE);
    let pass = pass.ok_or(Error::NotFound)?;
    let fits = password_fits(&plain(passphrase), &pass.secret);
    app.store
        .write(&origin, |tx| {
            let settings = PortalSettings::read(tx)?;
            if !fits {
                tx.pass_try(&link, "link", u64::from(settings.tries))?;
                return Ok(None);
            }
            // Spent or ended meanwhile: then there is nothing to open.
            tx.pass_get(&link, "link", app.now_us())?.ok_or(Error::NotFound)?;
            session(tx, &pass.record, PURPOSE, &URL_SAFE_NO_PAD.encode(&link), settings.session_minutes).map(Some)
        })?
        .ok_or_else(|| Refusal::new(RefusalCode::PassphraseWrong, "").into())
}

/// A reply that can be collected now.
#[derive(Debug, Clone)]
pub struct Collection {
    /// The reference of the request.
    pub reference: String,
    /// The files: name and size in bytes.
    pub files: Vec<(String, u64)>,
    /// Downloads left.
    pub left: u64,
    /// Until when.
    pub until: Date,
}

/// What a session may collect.
///
/// # Errors
/// Not found when the session or its link is over.
pub fn see_collection(app: &App, session: &str) -> Result<Collection, Error> {
    app.store.write(&app.origin(&portal()), |tx| {
        let (id, link) = opened(tx, session, app.now_us())?;
        let pass = tx.pass_get(&link, "link", app.now_us())?.ok_or(Error::NotFound)?;
        tx.log_read(id.as_str(), "portal-see", "portal")?;
        let head = tx.record_get(id.as_str())?.ok_or(Error::NotFound)?.head;
        Ok(Collection {
            reference: head.reference,
            files: files(tx, &id)?.into_iter().filter_map(|meta| Some((meta.name?, meta.size_bytes))).collect(),
            left: pass.uses,
            until: Timestamp::from_microsecond(pass.expires_us).map(london_date).unwrap_or_default(),
        })
    })
}

/// Hands out one file: a download is counted, and the log keeps the receipt.
///
/// # Errors
/// Not found when the session or its link is over, the downloads are used up, or there is no such file.
pub fn collect(app: &App, session: &str, name: &str) -> Result<Document, Error> {
    app.store.write(&app.origin(&portal()), |tx| {
        let (id, link) = opened(tx, session, app.now_us())?;
        let meta = files(tx, &id)?.into_iter().find(|meta| meta.name.as_deref() == Some(name)).ok_or(Error::NotFound)?;
        tx.pass_use(&link, "link", PURPOSE)?.ok_or(Error::NotFound)?;
        tx.log_read(id.as_str(), "portal-download", name)?;
        let (meta, mut reader) = tx.blob_open(&meta.id)?.ok_or(Error::NotFound)?;
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|error| Failure::because("reading a stored file", error))?;
        Ok(Document { name: name.to_owned(), mime: meta.mime, bytes })
    })
}

/// The record of a session, and the hash of the link that opened it.
fn opened(tx: &mut ReadTx<'_>, session: &str, now_us: i64) -> Result<(RecordId, Vec<u8>), Error> {
    let pass = tx.pass_get(&token_hash(session), "session", now_us)?.filter(|pass| pass.purpose == PURPOSE);
    let pass = pass.ok_or(Error::NotFound)?;
    let link = URL_SAFE_NO_PAD.decode(&pass.secret).map_err(|_| Error::NotFound)?;
    Ok((RecordId::new(pass.record), link))
}

/// The newest of each file that is handed out.
fn files(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Vec<BlobMeta>, Error> {
    let all = tx.blob_list(id.as_str())?;
    let newest = |name: &&str| all.iter().rev().find(|meta| meta.name.as_deref() == Some(*name)).cloned();
    Ok(FILES.iter().filter_map(newest).collect())
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
