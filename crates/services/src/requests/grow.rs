//! What is found tells more about the person: what a reviewer confirmed joins the identity.

use domain::casework::request::Identifier;
use domain::ids::RecordId;
use domain::people::{Actor, Verb};

use crate::app::App;
use crate::error::Error;

/// Adds what a reviewer confirmed to be the person's. The next search finds what it carries and keeps what was decided about the
/// rest.
///
/// # Errors
/// `FORM-001` for what is nothing of this kind, `REQ-004` while the search runs and after the review.
pub fn known_by(app: &App, actor: &Actor, id: &RecordId, version: u64, (kind, value): (Identifier, &str)) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestWork, "known-by", |request, _| request.known_by(kind, value))
}
