//! The acknowledgement of a request that came by mail: the transition of the case, its letter
//! and the mail are one transaction, and the mail is queued once for a case whatever happens.

use domain::calendar::short_date;
use domain::casework::message::Stage;
use domain::casework::request::Request;
use domain::ids::RecordId;
use domain::letters::{Block, Letter};
use store::{Job, Origin, WriteTx};

use super::address::clean_address;
use super::messages::{load, of_case};
use super::outbox::{OutMail, queue};
use crate::app::App;
use crate::error::Error;
use crate::requests;

/// The kind of job.
pub(crate) const JOB: &str = "acknowledge";
/// Attempts before it is left to a person.
const MOST_ATTEMPTS: u64 = 8;
/// Microseconds to wait after a failure.
const AGAIN_US: i64 = 60_000_000;

/// Runs a claimed job: acknowledges the case, unless that was done.
pub(crate) fn run_job(app: &App, worker: &str, job: &Job) -> Result<(), Error> {
    let origin = Origin { actor: worker.to_owned(), at_us: app.now_us() };
    app.mail.step("acknowledgement-claimed")?;
    let case = RecordId::new(job.record.clone().unwrap_or_default());
    let done = |tx: &mut WriteTx<'_>| Ok::<_, Error>(tx.job_done(&job.id, worker)?);
    let Some((request, version)) = app.store.read(|tx| requests::current(tx, &case))?.filter(|(r, _)| r.acknowledged_on.is_none()) else {
        app.store.write_technical(&origin, done)?;
        return Ok(());
    };
    let outcome = requests::acknowledged(app, &request).and_then(|(request, file, letter)| {
        app.mail.step("acknowledgement-written")?;
        app.store.write(&origin, |tx| {
            requests::save_acknowledged(app, tx, &request, version, &file)?;
            queue_acknowledgement(app, tx, &request, &letter)?;
            done(tx)
        })?;
        app.mail.step("acknowledgement-queued").map_err(Error::from)
    });
    if let Err(error) = outcome {
        if app.mail.stopped() {
            return Err(error);
        }
        app.store.write_technical(&origin, |tx| {
            if job.attempts < MOST_ATTEMPTS {
                tx.job_again(&job.id, worker, origin.at_us + AGAIN_US, "failed")
            } else {
                // The case's task list still says that it is to be acknowledged.
                tx.job_failed(&job.id, worker, "failed")
            }
        })?;
        return Err(error);
    }
    Ok(())
}

/// Queues the mail that acknowledges a case, to the sender of the message it came with. Nothing
/// is queued where it came by another way, where nobody would read it, or for the second time.
pub(crate) fn queue_acknowledgement(app: &App, tx: &mut WriteTx<'_>, request: &Request, letter: &Letter) -> Result<bool, Error> {
    let case = &request.facts.id;
    let mut began = None;
    for id in of_case(tx, case)? {
        let message = load(tx, &id)?.map(|(message, _)| message);
        began = began.or(message.filter(|message| matches!(message.stage, Stage::Request { .. })));
    }
    let Some(message) = began else { return Ok(false) };
    let Some(sent) = message.letter.get() else { return Ok(false) };
    if app.mail.post.is_none() || clean_address(&sent.from).is_none() {
        return Ok(false);
    }
    queue(
        app,
        tx,
        &OutMail {
            to: sent.from.clone(),
            subject_key: Some(request.subject.clone()),
            record: Some(case.clone()),
            title: format!("{}: we have received your request", request.facts.reference),
            text: text(request, letter),
            files: Vec::new(),
            in_reply_to: Some(sent.message_id.clone()),
            purpose: "acknowledgement",
            once: Some(format!("acknowledgement/{case}")),
        },
    )
}

/// The letter's body as plain text: no name, no address, nothing that says whether anybody is known.
fn text(request: &Request, letter: &Letter) -> String {
    let mut lines = vec![
        format!("Our reference: {}", request.facts.reference),
        "Please keep it in the subject line when you write to us about this request.".to_owned(),
        String::new(),
    ];
    for block in &letter.blocks {
        match block {
            Block::Heading(text) | Block::Paragraph(text) => lines.push(text.clone()),
            Block::Bullets(items) => lines.extend(items.iter().map(|item| format!("- {item}"))),
            Block::Terms(rows) => lines.extend(rows.iter().map(|(term, what)| format!("- {term}: {what}"))),
        }
        lines.push(String::new());
    }
    lines.push(format!(
        "This acknowledges that a message reached us on {}. It does not say whether we hold information about anyone.",
        short_date(request.received_on)
    ));
    lines.push(String::new());
    lines.extend(letter.sender.iter().cloned());
    lines.join("\n")
}
