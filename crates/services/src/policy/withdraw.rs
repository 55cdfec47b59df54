//! Giving a draft or a proposal up.

use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, require};

use super::save::{load_version_at, save_versions};
use crate::app::App;
use crate::error::Error;

/// Withdraws a version that was not adopted, with a reason. Returns the record's new version.
///
/// # Errors
/// `POL-004` once adopted, `REQ-002` without a reason.
pub fn withdraw(app: &App, actor: &Actor, id: &RecordId, at: u64, reason: &str) -> Result<u64, Error> {
    require(actor, Verb::PolicyPropose, Relation::None)?;
    app.store.write(&app.origin(actor), |tx| {
        let version = load_version_at(tx, id, at)?.withdraw(reason, app.today())?;
        save_versions(tx, &[(&version, at)], "policy-withdraw")
    })
}
