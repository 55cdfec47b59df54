//! A case as the person who follows it sees it: where it stands in neutral words, until when
//! and why, what was asked. And what they can do about it from there.

use domain::calendar::Deadline;
use domain::casework::complaint::Stage as ComplaintStage;
use domain::casework::request::{Stage, ToldAbout};
use domain::ids::RecordId;
use jiff::civil::Date;
use store::{ReadTx, WriteTx};

use super::follow::PURPOSE;
use super::portal;
use crate::accounts::token_hash;
use crate::app::App;
use crate::error::Error;
use crate::{complaints, requests};

/// Where a case stands, for the person who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is here and will be worked on, or is.
    Working,
    /// We wait for the person.
    Waiting,
    /// Answered on this day.
    Answered(Date),
    /// The person took it back on this day.
    Withdrawn(Date),
    /// Finished on this day.
    Closed(Date),
}

/// What the page of a followed case shows. No name, nothing found, nobody who works on it.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// The reference.
    pub reference: String,
    /// A complaint; otherwise a request.
    pub complaint: bool,
    /// The day it reached us.
    pub received_on: Date,
    /// Where it stands.
    pub standing: Standing,
    /// Until when an answer is due, and why; not once it is answered.
    pub deadline: Option<Deadline>,
    /// The question that waits for an answer.
    pub question: Option<String>,
    /// Kinds of proof of identity that serve, when proof is outstanding.
    pub identity: Option<Vec<String>>,
    /// What was sent from here and waits to be read: how many.
    pub waiting: usize,
    /// Whether it can be taken back.
    pub can_withdraw: bool,
}

/// What the person does from the page of their case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Answers the question that was asked.
    Answer(String),
    /// Says how they show who they are.
    Identity(String),
    /// Takes the request back.
    Withdraw,
}

/// The record of a session that is still good.
fn record_of(tx: &mut ReadTx<'_>, session: &str, now_us: i64) -> Result<Option<RecordId>, Error> {
    let pass = tx.pass_get(&token_hash(session), "session", now_us)?.filter(|pass| pass.purpose == PURPOSE);
    Ok(pass.map(|pass| RecordId::new(pass.record)))
}

/// The followed case of a session. Looking is logged.
///
/// # Errors
/// Not found when the session is unknown or over.
pub fn see_case(app: &App, session: &str) -> Result<CaseView, Error> {
    app.store.write(&app.origin(&portal()), |tx| {
        let id = record_of(tx, session, app.now_us())?.ok_or(Error::NotFound)?;
        tx.log_read(id.as_str(), "portal-see", "portal")?;
        view(app, tx, &id)
    })
}

fn view(app: &App, tx: &mut WriteTx<'_>, id: &RecordId) -> Result<CaseView, Error> {
    if let Some((request, _)) = requests::current(tx, id)? {
        // Of somebody who was erased nothing is shown, to nobody.
        if request.person.get().is_none() {
            return Err(Error::NotFound);
        }
        let live = request.stage.is_live();
        let deadline = if live { Some(app.request_deadline(tx, &request, app.today())?) } else { None };
        let question = request.open_clarification().map(|open| open.question.shown()).filter(|_| live);
        let identity = if live && request.identity_is_outstanding() {
            Some(app.policies.on(tx, app.today())?.policy.identity().accepted.clone())
        } else {
            None
        };
        let standing = match &request.stage {
            _ if question.is_some() || identity.is_some() => Standing::Waiting,
            Stage::Replied { on } | Stage::Refused { on, .. } => Standing::Answered(*on),
            Stage::Withdrawn { on } => Standing::Withdrawn(*on),
            Stage::Closed { on, .. } => Standing::Closed(*on),
            Stage::Open | Stage::Searching | Stage::Review | Stage::Prepared | Stage::Approved => Standing::Working,
        };
        return Ok(CaseView {
            reference: request.facts.reference.clone(),
            complaint: false,
            received_on: request.received_on,
            standing,
            deadline,
            question,
            identity,
            waiting: request.told.iter().filter(|told| told.settled.is_none()).count(),
            can_withdraw: live,
        });
    }
    let (complaint, _) = complaints::current(tx, id)?.filter(|(found, _)| found.complainant.get().is_some()).ok_or(Error::NotFound)?;
    let dates = app.complaint_dates(tx, &complaint)?;
    let open = dates.into_iter().filter(|due| due.done_on.is_none() && !due.outside && complaint.stage.is_live());
    Ok(CaseView {
        reference: complaint.facts.reference.clone(),
        complaint: true,
        received_on: complaint.received_on,
        standing: match &complaint.stage {
            ComplaintStage::Received | ComplaintStage::Acknowledged => Standing::Working,
            ComplaintStage::Answered { on } => Standing::Answered(*on),
            ComplaintStage::Withdrawn { on } => Standing::Withdrawn(*on),
            ComplaintStage::Closed { on, .. } => Standing::Closed(*on),
        },
        deadline: open.map(|due| due.deadline).min_by_key(|deadline| deadline.due.map(domain::calendar::When::date)),
        question: None,
        identity: None,
        waiting: 0,
        can_withdraw: false,
    })
}

/// Does something about the followed case of a session. A form sent twice does it once.
///
/// # Errors
/// Not found when the session is unknown or over; what the rule refuses.
pub fn act(app: &App, session: &str, once: &str, act: &Act) -> Result<(), Error> {
    app.store.write(&app.origin(&portal()), |tx| {
        let id = record_of(tx, session, app.now_us())?.ok_or(Error::NotFound)?;
        if !once.is_empty() {
            if tx.idempotency_get(once, id.as_str())?.is_some() {
                return Ok(());
            }
            tx.idempotency_put(once, id.as_str(), &serde_json::Value::Bool(true))?;
        }
        match act {
            Act::Answer(text) => requests::tell_in(app, tx, &id, ToldAbout::Question, text),
            Act::Identity(text) => requests::tell_in(app, tx, &id, ToldAbout::Identity, text),
            Act::Withdraw => requests::withdraw_in(app, tx, &id),
        }
    })
}
