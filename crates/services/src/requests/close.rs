//! Closing a finished request: the extracted text goes, the evidence stays.

use domain::ids::RecordId;
use domain::people::{Actor, Verb};

use crate::app::App;
use crate::error::Error;

/// Closes the request and clears its review items: they were copies for the review only.
pub fn close(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    let loaded = app.request_load(actor, id, Verb::RequestConclude)?;
    let closed = loaded.request.close(app.today())?;
    app.store.write(&app.origin(actor), |tx| {
        // First the copies, then the version whose log entry covers both.
        tx.review_items_clear(id.as_str())?;
        app.request_save(tx, &closed, version, "close")
    })
}
