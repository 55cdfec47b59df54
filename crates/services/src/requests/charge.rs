//! Asking for a fee: refused unless the law allows it.

use domain::casework::request::FeeGround;
use domain::ids::RecordId;
use domain::people::{Actor, Verb};

use crate::app::App;
use crate::error::Error;

/// Asks for a fee on a ground, with itemised reasons.
pub fn charge(app: &App, actor: &Actor, id: &RecordId, version: u64, ground: Option<FeeGround>, reasons: &str) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestConclude, "charge", |request, today| request.charge(ground, reasons, today))
}
