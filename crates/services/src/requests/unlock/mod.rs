//! Passwords for what nobody could open. Only those items are read again; what concerns the person joins the review at its
//! end. The passwords wait in the job, sealed under the key of the record, and go with it however it ends (docs/adr/0024).

mod again;
mod keep;

use domain::casework::request::{PasswordTry, Stage};
use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};
use serde_json::json;
use store::{Job, NewJob, Origin, ReadTx, ReviewFilter, ReviewItem};
use zeroize::Zeroizing;

use super::progress::{TRYING, progress_row};
use super::save::load;
use super::search::begun;
use crate::app::App;
use crate::error::Error;
use crate::ports::MOST_PASSWORDS;
use crate::sar::{is_locked, times_tried};

pub(super) use keep::keep_opened;

/// The kind of job.
pub(super) const JOB: &str = "unlock";
/// How often the job is begun.
const MOST_STARTS: u64 = 3;
/// Rows that a page shows.
const MOST: usize = 200;
/// Longest password, in bytes.
const LONGEST: usize = 1_000;

/// Something that nobody could open for want of a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedItem {
    /// Its number in the review, from 0.
    pub index: u64,
    /// What it is called.
    pub name: String,
    /// Where it is: the place, and where in it.
    pub place: String,
    /// How often passwords were tried on it.
    pub tried: u64,
}

/// What of a review nobody could open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Locked {
    /// Reference of the request.
    pub reference: String,
    /// Whether the review is open: only then passwords are tried.
    pub reviewing: bool,
    /// Whether passwords are being tried just now.
    pub running: bool,
    /// The items, at most 200.
    pub items: Vec<LockedItem>,
    /// How many more there are.
    pub beyond: u64,
    /// What came of passwords so far, oldest first, each with the display name of who gave them.
    pub tries: Vec<(PasswordTry, String)>,
}

/// What of a review nobody could open. Logged as a reading of personal data: names of files may say much.
///
/// # Errors
/// Not found when the request is not theirs to see.
pub fn locked(app: &App, actor: &Actor, id: &RecordId) -> Result<Locked, Error> {
    app.store.write(&app.origin(actor), |tx| {
        let request = load(tx, actor, id, Verb::RequestWork)?.request;
        tx.log_read(id.as_str(), "locked-items", "casework")?;
        let rows = locked_rows(tx, id)?;
        let mut tries = Vec::new();
        for tried in request.search.into_iter().flat_map(|search| search.passwords) {
            let name = crate::accounts::display_name(tx, tried.by.as_str())?.unwrap_or_else(|| "Somebody".to_owned());
            tries.push((tried, name));
        }
        Ok(Locked {
            reference: request.facts.reference,
            reviewing: request.stage == Stage::Review,
            running: is_running(tx, id)?,
            beyond: rows.len().saturating_sub(MOST) as u64,
            items: rows.iter().take(MOST).map(listed).collect(),
            tries,
        })
    })
}

fn listed(row: &ReviewItem) -> LockedItem {
    let last = within(row).rsplit(['!', '/']).next().unwrap_or_default();
    // What another item carries is called by its number there and its name.
    let name = last.split_once(':').filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit())).map_or(last, |(_, name)| name);
    LockedItem {
        index: row.idx,
        name: name.trim().to_owned(),
        place: row.locator.clone(),
        tried: times_tried(row.unreadable.as_deref().unwrap_or_default()),
    }
}

/// Where an item is within its place.
fn within(row: &ReviewItem) -> &str {
    row.locator.strip_prefix(&row.place).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(&row.locator)
}

/// The rows of a review that a password may open, in their order.
fn locked_rows(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Vec<ReviewItem>, Error> {
    let (mut rows, mut after) = (Vec::new(), None);
    let filter = ReviewFilter { unreadable: true, ..ReviewFilter::default() };
    loop {
        let page = tx.review_items_page(id.as_str(), after, 500, &filter)?;
        let Some(last) = page.last() else { return Ok(rows) };
        after = Some(last.idx);
        rows.extend(page.into_iter().filter(|row| row.unreadable.as_deref().is_some_and(is_locked)));
    }
}

/// Whether passwords are being tried on items of the request.
pub(super) fn is_running(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<bool, Error> {
    Ok(tx.jobs_of_record(id.as_str())?.iter().any(|job| job.kind == JOB && job.state != "failed"))
}

/// Has passwords, a line each with its spaces, tried on everything in a review that nobody could open. Returns how many they are.
///
/// # Errors
/// `FORM-001` for none or too many; `REQ-004` when the review is not open, nothing waits for a password, or some are being tried.
pub fn try_passwords(app: &App, actor: &Actor, id: &RecordId, lines: &str) -> Result<u64, Error> {
    let given: Vec<&str> = lines.lines().filter(|line| !line.trim().is_empty()).collect();
    let refuse = |code, words: String| Err(Refusal::new(code, words).into());
    if given.is_empty() {
        return refuse(RefusalCode::ValueInvalid, "Write at least one password.".to_owned());
    }
    if given.len() > MOST_PASSWORDS || given.iter().any(|one| one.len() > LONGEST) {
        return refuse(
            RefusalCode::ValueInvalid,
            format!("At most {MOST_PASSWORDS} passwords of {LONGEST} characters each can be tried at once."),
        );
    }
    let joined = Zeroizing::new(given.join("\n"));
    // It waits for the log's lock: of two people who give passwords at the same moment, one is told so.
    app.store.write(&app.origin(actor), |tx| {
        let request = load(tx, actor, id, Verb::RequestWork)?.request;
        if request.stage != Stage::Review {
            return refuse(RefusalCode::WrongState, "The review is not open.".to_owned());
        }
        if locked_rows(tx, id)?.is_empty() {
            return refuse(RefusalCode::WrongState, "Nothing waits for a password any more.".to_owned());
        }
        if is_running(tx, id)? {
            return refuse(RefusalCode::WrongState, "Passwords are being tried just now.".to_owned());
        }
        let payload = json!({ "passwords": joined.as_str(), "actor": actor.user.as_str() });
        tx.job_enqueue(&NewJob { id: &app.ids.fresh(), kind: JOB, record: Some(id.as_str()), payload: &payload, run_at_us: app.now_us() })?;
        tx.progress_put(id.as_str(), &progress_row(TRYING, 0, 0, "running", app.now_us()))?;
        Ok(given.len() as u64)
    })
}

/// Runs a claimed job to its end. What it opened is kept in one transaction, so it is safe to run again after a crash; the
/// job, and the passwords with it, is deleted whether that went well or not.
pub(super) fn run(app: &App, worker: &str, job: &Job) -> Result<(), Error> {
    let id = RecordId::new(job.record.clone().unwrap_or_default());
    let outcome = begun(job, MOST_STARTS).and_then(|()| again::read(app, worker, job, &id));
    if outcome.is_err() {
        let origin = Origin { actor: worker.to_owned(), at_us: app.now_us() };
        app.store.write_technical(&origin, |tx| {
            tx.progress_put(id.as_str(), &progress_row(TRYING, 0, 0, "failed", app.now_us()))?;
            tx.job_done(&job.id, worker)
        })?;
    }
    outcome
}
