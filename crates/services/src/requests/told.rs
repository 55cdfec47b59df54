//! What the person sends through the portal, and the person here who takes it up.

use domain::casework::request::{IdentityForm, Request, ToldAbout};
use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use store::WriteTx;

use super::save::current;
use crate::app::App;
use crate::error::Error;

/// Takes up the first thing that waits, as of the day it was sent, or sets it aside.
///
/// # Errors
/// `REQ-004` when nothing waits, `IDN-004` when identity would be taken up without a check, and what
/// the rule says that it is taken up under.
pub fn settle_told(app: &App, actor: &Actor, id: &RecordId, version: u64, taken: bool, check: Option<&IdentityForm>) -> Result<u64, Error> {
    let rules = app.policy()?.identity().clone();
    let name = if taken { "told-taken" } else { "told-aside" };
    app.request_change(actor, (id, version), Verb::RequestWork, name, |request, today| {
        request.settle_told(taken, check.map(|form| (form, &rules)), actor.user.clone(), today)
    })
}

/// Keeps what the person said, in a running transaction. The session that brought it here is
/// bound to this request.
pub(crate) fn tell_in(app: &App, tx: &mut WriteTx<'_>, id: &RecordId, about: ToldAbout, text: &str) -> Result<(), Error> {
    change_in(app, tx, id, "told", |request| request.tell(about, text, app.today()))
}

/// The person takes the request back, in a running transaction.
pub(crate) fn withdraw_in(app: &App, tx: &mut WriteTx<'_>, id: &RecordId) -> Result<(), Error> {
    change_in(app, tx, id, "withdraw", |request| request.withdraw(app.today()))
}

fn change_in(
    app: &App,
    tx: &mut WriteTx<'_>,
    id: &RecordId,
    name: &'static str,
    rule: impl Fn(Request) -> Result<Request, domain::Refusal>,
) -> Result<(), Error> {
    let (request, version) = current(tx, id)?.ok_or(Error::NotFound)?;
    app.request_save(tx, &rule(request)?, version, name)?;
    Ok(())
}
