//! The person takes the request back.

use domain::ids::RecordId;
use domain::people::{Actor, Verb};

use crate::app::App;
use crate::error::Error;

/// Records the withdrawal.
pub fn withdraw(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestConclude, "withdraw", domain::casework::request::Request::withdraw)
}
