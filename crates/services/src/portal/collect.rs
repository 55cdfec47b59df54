//! Collecting an answer: the visitor opens it with a link and a passphrase that came another way,
//! and each download is a receipt in the log.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::RecordId;
use domain::{Refusal, RefusalCode};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{BlobMeta, ReadTx};

use super::follow::session;
use super::limit::{HOUR_US, within};
use super::release::{PURPOSE, files, plain};
use super::{PortalSettings, portal};
use crate::accounts::{password_fits, token_hash};
use crate::app::{App, london_date};
use crate::error::Error;
use crate::ports::Failure;
use crate::requests::{self, Document};

/// How often an hour one block of addresses may try a passphrase.
const TRIES_AN_HOUR: u32 = 30;

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
            files: handed_out(tx, &id)?.into_iter().filter_map(|meta| Some((meta.name?, meta.size_bytes))).collect(),
            left: pass.uses,
            until: Timestamp::from_microsecond(pass.expires_us).map(london_date).unwrap_or_default(),
        })
    })
}

/// Hands out one file. It is read before anything is written, so that a file that cannot be read
/// costs nothing; then one short transaction counts the download and keeps the receipt; then it goes
/// out. A download that breaks may be tried again with the same link as long as downloads are left:
/// each try is counted and is a receipt of its own.
///
/// # Errors
/// Not found when the session or its link is over, the downloads are used up, or there is no such file.
pub fn collect(app: &App, session: &str, name: &str) -> Result<Document, Error> {
    let document = app.store.read(|tx| {
        let (id, link) = opened(tx, session, app.now_us())?;
        tx.pass_get(&link, "link", app.now_us())?.ok_or(Error::NotFound)?;
        let meta = handed_out(tx, &id)?.into_iter().find(|meta| meta.name.as_deref() == Some(name)).ok_or(Error::NotFound)?;
        let (meta, mut reader) = tx.blob_open(&meta.id)?.ok_or(Error::NotFound)?;
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|error| Failure::because("reading a stored file", error))?;
        Ok::<_, Error>(Document { name: name.to_owned(), mime: meta.mime, bytes })
    })?;
    app.store.write(&app.origin(&portal()), |tx| {
        // Ended or spent meanwhile: then nothing goes out.
        let (id, link) = opened(tx, session, app.now_us())?;
        tx.pass_use(&link, "link", PURPOSE)?.ok_or(Error::NotFound)?;
        Ok::<_, Error>(tx.log_read(id.as_str(), "portal-download", name)?)
    })?;
    Ok(document)
}

/// The files of the answer that went out last.
fn handed_out(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Vec<BlobMeta>, Error> {
    let (request, _) = requests::current(tx, id)?.ok_or(Error::NotFound)?;
    files(tx, &request)
}

/// The record of a session, and the hash of the link that opened it.
fn opened(tx: &mut ReadTx<'_>, session: &str, now_us: i64) -> Result<(RecordId, Vec<u8>), Error> {
    let pass = tx.pass_get(&token_hash(session), "session", now_us)?.filter(|pass| pass.purpose == PURPOSE);
    let pass = pass.ok_or(Error::NotFound)?;
    let link = URL_SAFE_NO_PAD.decode(&pass.secret).map_err(|_| Error::NotFound)?;
    Ok((RecordId::new(pass.record), link))
}
