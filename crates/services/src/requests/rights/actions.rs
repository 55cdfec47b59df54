//! What has to be done because of a request: opened, done with proof.

use domain::calendar::When;
use domain::casework::request::NewAction;
use domain::ids::RecordId;
use domain::people::{Actor, Verb};

use crate::app::App;
use crate::error::Error;

/// That an action was done.
#[derive(Debug, Clone)]
pub struct ActionForm {
    /// Its number within the request.
    pub number: u32,
    /// When it was done.
    pub on: When,
    /// Where it can be seen, or why it was not needed.
    pub proof: String,
}

/// Opens an action.
pub fn action_open(app: &App, actor: &Actor, at: (&RecordId, u64), action: &NewAction) -> Result<u64, Error> {
    app.rights_change(actor, at, Verb::RequestWork, "action-open", |request, around| {
        Ok((request.open_action(action, around.today)?, Vec::new()))
    })
}

/// Records that an action was done, with its proof.
///
/// # Errors
/// `RIGHT-006` for erasing while the same person waits for the answer to an access request.
pub fn action_done(app: &App, actor: &Actor, at: (&RecordId, u64), form: &ActionForm) -> Result<u64, Error> {
    let now = When::Instant(app.clock.now());
    app.rights_change(actor, at, Verb::RequestWork, "action-done", |request, around| {
        Ok((request.action_done(form.number, (form.on, &form.proof), &actor.user, now, around.access_open)?, Vec::new()))
    })
}
