//! What can be done to a complaint. Each act is one transaction; letters are set before it.

use domain::calendar::Deadline;
use domain::casework::complaint::{Complaint, Finding};
use domain::ids::RecordId;
use domain::letters::{Letter, complaint_acknowledgement, complaint_outcome, complaint_progress};
use domain::people::{Actor, Verb};
use domain::policy::{Policy, Stage};
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;

use super::save::LetterFile;
use crate::app::App;
use crate::error::Error;
use crate::sar::writer;

/// Acknowledges: the letter says what was understood and what happens next.
///
/// # Errors
/// `CMP-004` when it was acknowledged already.
pub fn acknowledge(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    app.complaint_change(actor, (id, version), Verb::ComplaintWork, "acknowledge-complaint", |complaint, policy, today| {
        let complaint = complaint.acknowledge(today)?;
        let next = next_letter(app, &complaint, policy)?;
        let letter = complaint_acknowledgement(&writer(policy, today), &complaint, next.as_ref());
        Ok((complaint, vec![file(app, "acknowledgement.pdf", &letter)?]))
    })
}

/// Notes progress; with `tell` the person is written to about it.
pub fn note_progress(app: &App, actor: &Actor, id: &RecordId, version: u64, note: &str, tell: bool) -> Result<u64, Error> {
    app.complaint_change(actor, (id, version), Verb::ComplaintWork, "complaint-progress", |complaint, policy, today| {
        let complaint = complaint.note(note, tell, today)?;
        let mut letters = Vec::new();
        if tell {
            letters.push(file(app, "progress.pdf", &complaint_progress(&writer(policy, today), &complaint, note.trim()))?);
        }
        Ok((complaint, letters))
    })
}

/// Records the day a complaint reached the person in charge.
pub fn reached_in_charge(app: &App, actor: &Actor, id: &RecordId, version: u64, on: Date) -> Result<u64, Error> {
    app.complaint_change(actor, (id, version), Verb::ComplaintWork, "complaint-reached", |complaint, _, _| {
        Ok((complaint.reached_in_charge(on)?, Vec::new()))
    })
}

/// Begins a stage of the pack on the day of its trigger.
///
/// # Errors
/// `CMP-002` without the agreement it needs, `CMP-003` when it cannot begin now.
pub fn begin_step(app: &App, actor: &Actor, id: &RecordId, version: u64, step: &str, days: (Date, Option<Date>)) -> Result<u64, Error> {
    app.complaint_change(actor, (id, version), Verb::ComplaintWork, "complaint-step", |complaint, policy, _| {
        Ok((complaint.begin_step(stage(policy, step)?, days.0, days.1)?, Vec::new()))
    })
}

/// Finishes a stage of the pack.
///
/// # Errors
/// `CMP-003` when it was not begun or is finished.
pub fn finish_step(app: &App, actor: &Actor, id: &RecordId, version: u64, step: &str, done: (Date, &str)) -> Result<u64, Error> {
    app.complaint_change(actor, (id, version), Verb::ComplaintWork, "complaint-step-done", |complaint, policy, today| {
        if done.0 > today {
            return Err(Refusal::new(RefusalCode::StepState, "That day has not come yet.").into());
        }
        Ok((complaint.finish_step(stage(policy, step)?, done.0, done.1)?, Vec::new()))
    })
}

/// Tells the outcome, with the routes that are open to the person.
pub fn answer(
    app: &App,
    actor: &Actor,
    id: &RecordId,
    version: u64,
    finding: Finding,
    (findings, changes): (&str, &str),
) -> Result<u64, Error> {
    app.complaint_change(actor, (id, version), Verb::ComplaintConclude, "complaint-outcome", |complaint, policy, today| {
        let complaint = complaint.answer(finding, findings, changes, today)?;
        let letter = complaint_outcome(&writer(policy, today), &complaint);
        Ok((complaint, vec![file(app, "outcome.pdf", &letter)?]))
    })
}

/// Records that the person took it back.
pub fn withdraw(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    app.complaint_change(actor, (id, version), Verb::ComplaintConclude, "complaint-withdrawn", |complaint, _, today| {
        Ok((complaint.withdraw(today)?, Vec::new()))
    })
}

/// Closes an answered or withdrawn complaint.
pub fn close(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    app.complaint_change(actor, (id, version), Verb::ComplaintConclude, "complaint-closed", |complaint, _, today| {
        Ok((complaint.close(today)?, Vec::new()))
    })
}

fn stage<'a>(policy: &'a Policy, id: &str) -> Result<&'a Stage, Error> {
    policy.complaints().stage.iter().find(|stage| stage.id == id).ok_or(Error::NotFound)
}

fn file(app: &App, name: &'static str, letter: &Letter) -> Result<LetterFile, Error> {
    Ok(LetterFile { name, bytes: app.press.letter(letter)? })
}

/// The date of the next letter that the pack promises, among what has begun.
fn next_letter(app: &App, complaint: &Complaint, policy: &Policy) -> Result<Option<Deadline>, Error> {
    let dates = complaint.dates(policy, &app.calendar)?;
    let promised = |id: &str| policy.complaints().stage.iter().any(|stage| stage.id == id && !stage.letter.is_empty());
    let open = dates.into_iter().filter(|due| due.done_on.is_none() && !due.outside && promised(&due.id));
    Ok(open.map(|due| due.deadline).min_by_key(|deadline| deadline.due.map(domain::calendar::When::date)))
}
