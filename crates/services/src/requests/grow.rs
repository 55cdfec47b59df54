//! What is found tells more about the person: an address that a reviewer confirmed joins the identity.

use domain::ids::RecordId;
use domain::people::{Actor, Verb};

use crate::app::App;
use crate::error::Error;

/// Adds an e-mail address that a reviewer confirmed to be the person's. The next search finds what it carries and keeps what was
/// decided about the rest.
///
/// # Errors
/// `FORM-001` for what is no address, `REQ-004` while the search runs and after the review.
pub fn confirm_address(app: &App, actor: &Actor, id: &RecordId, version: u64, address: &str) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestWork, "known-by", |request, _| request.known_by(address))
}
