//! Following a case: a link is asked for, made by a job, and opened.
//!
//! Whoever asks gets the same answer at once: one row in the queue, whether or not anything
//! fits. What fits is found out later, by the worker, and only the mailbox on the case learns it.

use domain::casework::request::{Behalf, Request};
use domain::ids::{RecordId, SubjectId};
use serde_json::json;
use store::{Job, NewJob, NewPass, Origin, RecordQuery, WriteTx};

use super::limit::{DAY_US, HOUR_US, within};
use super::mail::{Mail, queue};
use super::{PortalSettings, portal};
use crate::accounts::{fresh_token, token_hash};
use crate::app::App;
use crate::error::Error;
use crate::{complaints, requests};

/// The kind of job that looks whether reference and address fit.
pub(crate) const FOLLOW: &str = "portal-follow";
/// What a followed case is looked at by.
pub(super) const PURPOSE: &str = "follow";
/// A minute in microseconds.
const MINUTE_US: i64 = 60_000_000;
/// How often the job is tried.
const MOST_ATTEMPTS: u64 = 5;
/// Longest text taken of what a visitor types here.
const LONGEST: usize = 254;

/// Asks for a link. The same work whatever was typed: a count, and one row in the queue. Over
/// the limit of its block of addresses nothing is queued, and the answer is still the same.
///
/// # Errors
/// What the store reports.
pub fn ask_link(app: &App, from: &str, reference: &str, email: &str, site: &str) -> Result<(), Error> {
    let cut = |text: &str| text.trim().chars().take(LONGEST).collect::<String>();
    let payload = json!({ "reference": cut(reference).to_uppercase(), "email": cut(email).to_lowercase(), "site": site });
    let origin = app.origin(&portal());
    app.store.write_technical(&origin, |tx| {
        let settings = PortalSettings::read(tx)?;
        if within(tx, "links", from, HOUR_US, settings.links_an_hour)? {
            tx.job_enqueue(&NewJob { id: &app.ids.fresh(), kind: FOLLOW, record: None, payload: &payload, run_at_us: app.now_us() })?;
        }
        Ok(())
    })
}

/// Who may follow a case: the key owner, and the addresses on it.
struct Known {
    id: RecordId,
    subject: SubjectId,
    emails: Vec<String>,
}

/// Runs the job; one that ends badly is tried again when its lease is over, and given up after a few times.
pub(crate) fn run_follow(app: &App, worker: &str, job: &Job) -> Result<(), Error> {
    let done = follow(app, worker, job);
    if done.is_err() && job.attempts >= MOST_ATTEMPTS {
        let origin = Origin { actor: worker.to_owned(), at_us: app.now_us() };
        app.store.write_technical(&origin, |tx| tx.job_failed(&job.id, worker, "given up"))?;
    }
    done
}

/// A link for the address on the case, or nothing.
fn follow(app: &App, worker: &str, job: &Job) -> Result<(), Error> {
    let text = |name: &str| job.payload.get(name).and_then(|value| value.as_str()).unwrap_or_default();
    let (reference, email) = (text("reference"), text("email"));
    let origin = Origin { actor: worker.to_owned(), at_us: app.now_us() };
    app.store.write(&origin, |tx| {
        let settings = PortalSettings::read(tx)?;
        let site = if settings.address.is_empty() { text("site") } else { settings.address.as_str() };
        let known = find(tx, reference)?.filter(|known| known.emails.iter().any(|known| known.to_lowercase() == email));
        if let Some(known) = known.filter(|_| !site.is_empty())
            && within(tx, "case", known.id.as_str(), DAY_US, settings.mails_a_day)?
        {
            let (token, hash) = fresh_token()?;
            let expires_us = tx.at_us().saturating_add(i64::from(settings.link_minutes).saturating_mul(MINUTE_US));
            let new =
                NewPass { token: &hash, kind: "link", record: known.id.as_str(), purpose: PURPOSE, secret: "", uses: 1, expires_us };
            tx.pass_create(&new)?;
            let text = format!(
                "Somebody, we think you, asked to see how far a case with us is.\n\nOpen this link within {} minutes. It works once:\n\n{site}/portal/link/{token}\n\nIf it was not you, do nothing. Nobody sees anything without this link. Do not pass it on.\n",
                settings.link_minutes
            );
            queue(app, tx, &Mail { to: email, subject: &known.subject, record: &known.id, title: "Your link", text, purpose: "portal-link" })?;
        }
        tx.job_done(&job.id, worker)?;
        Ok(())
    })
}

/// The case of a reference, with the addresses of whoever asked.
fn find(tx: &mut WriteTx<'_>, reference: &str) -> Result<Option<Known>, Error> {
    if reference.is_empty() {
        return Ok(None);
    }
    for kind in [requests::KIND, complaints::KIND] {
        let query = RecordQuery { kind: kind.to_owned(), text: reference.to_owned(), limit: 5, ..RecordQuery::default() };
        let Some(listed) = tx.record_list(&query)?.into_iter().find(|listed| listed.head.reference == reference) else { continue };
        let id = RecordId::new(listed.head.id);
        return if kind == requests::KIND { known_request(tx, id) } else { known_complaint(tx, id) };
    }
    Ok(None)
}

fn known_request(tx: &mut WriteTx<'_>, id: RecordId) -> Result<Option<Known>, Error> {
    let Some((request, _)) = requests::current(tx, &id)? else { return Ok(None) };
    Ok(Some(Known { emails: emails(&request), subject: request.subject, id }))
}

fn known_complaint(tx: &mut WriteTx<'_>, id: RecordId) -> Result<Option<Known>, Error> {
    let Some((complaint, _)) = complaints::current(tx, &id)? else { return Ok(None) };
    let emails = complaint.complainant.get().map(|complainant| complainant.email.clone()).into_iter().collect();
    Ok(Some(Known { emails, subject: complaint.subject, id }))
}

/// The mail addresses of whoever asked: the person, or the one who asks for them.
pub(super) fn emails(request: &Request) -> Vec<String> {
    match &request.behalf {
        Behalf::Themselves => request.person.get().map(|person| person.emails.clone()).unwrap_or_default(),
        Behalf::Child { requester, .. } | Behalf::Agent { requester } => {
            let contact = requester.get().map(|requester| requester.contact.clone()).unwrap_or_default();
            contact.split([',', ' ', '\n', ';']).filter(|part| part.contains('@')).map(str::to_owned).collect()
        }
    }
}

/// Whether a mailed link is still good, without using it: mail programs open links by themselves.
///
/// # Errors
/// What the store reports.
pub fn link_is_good(app: &App, token: &str) -> Result<bool, Error> {
    let hash = token_hash(token);
    let pass = app.store.read(|tx| tx.pass_get(&hash, "link", app.now_us()))?;
    Ok(pass.is_some_and(|pass| pass.purpose == PURPOSE))
}

/// Opens a link: it is spent, and gives a short session bound to its case. Returns the session's
/// token for the cookie; `None` when the link is unknown, spent or expired.
///
/// # Errors
/// What the store reports.
pub fn open_link(app: &App, token: &str) -> Result<Option<String>, Error> {
    let link = token_hash(token);
    app.store.write(&app.origin(&portal()), |tx| {
        let Some(pass) = tx.pass_use(&link, "link", PURPOSE)? else { return Ok(None) };
        let settings = PortalSettings::read(tx)?;
        session(tx, &pass.record, PURPOSE, "", settings.session_minutes).map(Some)
    })
}

/// A short session for a record and a purpose.
pub(super) fn session(tx: &mut WriteTx<'_>, record: &str, purpose: &str, secret: &str, minutes: u32) -> Result<String, Error> {
    let (token, hash) = fresh_token()?;
    let expires_us = tx.at_us().saturating_add(i64::from(minutes).saturating_mul(MINUTE_US));
    tx.pass_create(&NewPass { token: &hash, kind: "session", record, purpose, secret, uses: 1, expires_us })?;
    Ok(token)
}
