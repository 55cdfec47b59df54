//! Putting a version forward, and taking a proposal back into work.

use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, require};
use jiff::civil::Date;

use super::save::{load_version_at, save_versions};
use crate::app::App;
use crate::error::Error;

/// Proposes a draft, to hold from a day. Returns the record's new version.
///
/// # Errors
/// `PACK-001`, `PACK-002` while its files have problems; `POL-004` unless it is a draft.
pub fn propose(app: &App, actor: &Actor, id: &RecordId, at: u64, effective: Date) -> Result<u64, Error> {
    require(actor, Verb::PolicyPropose, Relation::None)?;
    domain::calendar::in_range(effective)?;
    app.store.write(&app.origin(actor), |tx| {
        let version = load_version_at(tx, id, at)?.propose(actor.user.clone(), effective, app.today())?;
        save_versions(tx, &[(&version, at)], "policy-propose")
    })
}

/// Takes a proposal back into work.
///
/// # Errors
/// `POL-004` unless it is proposed.
pub fn reopen(app: &App, actor: &Actor, id: &RecordId, at: u64) -> Result<u64, Error> {
    require(actor, Verb::PolicyPropose, Relation::None)?;
    app.store.write(&app.origin(actor), |tx| {
        let version = load_version_at(tx, id, at)?.reopen()?;
        save_versions(tx, &[(&version, at)], "policy-reopen")
    })
}
