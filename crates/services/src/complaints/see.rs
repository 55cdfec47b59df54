//! Looking at one complaint and opening its letters. Both are logged.

use std::io::Read;

use domain::casework::complaint::{Complaint, Due};
use domain::ids::{BlobId, RecordId};
use domain::people::{Actor, Verb, may};
use domain::policy::Stage;
use domain::record::Task;
use jiff::civil::Date;
use store::BlobMeta;

use super::save::load;
use crate::app::App;
use crate::error::Error;
use crate::ports::Failure;
use crate::requests::{Document, Event, events};

/// Everything the page of a complaint shows.
#[derive(Debug, Clone)]
pub struct ComplaintView {
    /// The complaint.
    pub complaint: Complaint,
    /// The version the page shows.
    pub version: u64,
    /// Its dates, each with its reasons.
    pub dates: Vec<Due>,
    /// The task list.
    pub tasks: Vec<Task>,
    /// The stages of the policy it keeps.
    pub stages: Vec<Stage>,
    /// Its letters.
    pub documents: Vec<BlobMeta>,
    /// What happened, newest first.
    pub timeline: Vec<Event>,
    /// Whether the actor may work on it.
    pub may_work: bool,
    /// Whether the actor may end it.
    pub may_conclude: bool,
    /// Today in London.
    pub today: Date,
}

/// Shows a complaint and logs that it was looked at.
pub fn see(app: &App, actor: &Actor, id: &RecordId) -> Result<ComplaintView, Error> {
    app.store.write(&app.origin(actor), |tx| {
        let (complaint, version) = load(tx, actor, id, Verb::ComplaintSee)?;
        tx.log_read(id.as_str(), "see", "casework")?;
        let relation = complaint.facts.relation(actor);
        let policy = app.complaint_policy(tx, &complaint)?;
        let stages = policy.complaints().stage.clone();
        Ok(ComplaintView {
            dates: complaint.dates(&policy, &app.calendar)?,
            tasks: complaint.tasks(&stages),
            stages,
            documents: tx.blob_list(id.as_str())?,
            timeline: events(tx, id)?,
            may_work: may(actor, Verb::ComplaintWork, relation),
            may_conclude: may(actor, Verb::ComplaintConclude, relation),
            today: app.today(),
            complaint,
            version,
        })
    })
}

/// Opens a letter of a complaint.
pub fn open_document(app: &App, actor: &Actor, id: &RecordId, blob: &BlobId) -> Result<Document, Error> {
    app.store.write(&app.origin(actor), |tx| {
        load(tx, actor, id, Verb::ComplaintWork)?;
        let meta = tx.blob_list(id.as_str())?.into_iter().find(|meta| meta.id == blob.as_str()).ok_or(Error::NotFound)?;
        tx.log_read(id.as_str(), "open-document", "casework")?;
        let (meta, mut reader) = tx.blob_open(&meta.id)?.ok_or(Error::NotFound)?;
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|error| Failure::because("reading a stored file", error))?;
        Ok(Document { name: meta.name.unwrap_or_else(|| "erased".to_owned()), mime: meta.mime, bytes })
    })
}
