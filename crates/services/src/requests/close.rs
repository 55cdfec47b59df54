//! Closing a finished request: the extracted text goes, the evidence stays.

use domain::ids::RecordId;
use domain::people::{Actor, Verb};

use super::save::NewFile;
use crate::app::App;
use crate::error::Error;
use crate::review::{DISCLOSURE_LOG, DisclosureLog, disclosure_rows, disclosures_csv};

/// Closes the request and clears its review items: they were copies for the review only.
pub fn close(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    let loaded = app.request_load(actor, id, Verb::RequestConclude)?;
    let closed = loaded.request.close(app.today())?;
    app.store.write(&app.origin(actor), |tx| {
        // What was disclosed and withheld stays with the case; then the copies go, then comes the version whose
        // log entry covers both.
        let log = DisclosureLog { reference: closed.facts.reference.clone(), rows: disclosure_rows(tx, id)?, closed: true };
        if !log.rows.is_empty() && closed.person.get().is_some() {
            let file = NewFile { name: DISCLOSURE_LOG, mime: "text/csv", bytes: disclosures_csv(&log).into_bytes() };
            app.file_put(tx, &closed, &file)?;
        }
        tx.review_items_clear(id.as_str())?;
        app.request_save(tx, &closed, version, "close")
    })
}
