//! Drafting a version: from the policy in force, or from any other.

use domain::casework::policy_version::{PackFile, PolicyVersion};
use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, require};
use domain::record::RecordFacts;
use store::WriteTx;

use super::save::{load_version_at, save_versions};
use crate::app::App;
use crate::error::Error;

/// Begins a draft with these files; with those of the policy in force when there are none.
///
/// # Errors
/// `PACK-002` when the files are larger than any pack.
pub fn draft(app: &App, actor: &Actor, files: Vec<PackFile>, note: &str) -> Result<RecordId, Error> {
    require(actor, Verb::PolicyPropose, Relation::None)?;
    app.store.write(&app.origin(actor), |tx| {
        let files = if files.is_empty() { app.policies.on(tx, app.today())?.files.to_vec() } else { files.clone() };
        begin(app, tx, actor, files, note)
    })
}

/// Begins a draft in a running transaction.
pub(super) fn begin(app: &App, tx: &mut WriteTx<'_>, actor: &Actor, files: Vec<PackFile>, note: &str) -> Result<RecordId, Error> {
    let facts = RecordFacts {
        id: RecordId::new(app.ids.fresh()),
        reference: format!("POL-{:04}", tx.sequence_next("POL")?),
        owner: Some(actor.user.clone()),
        assigned: Vec::new(),
        logged_by: actor.user.clone(),
        hold: false,
    };
    let version = PolicyVersion::draft(facts, files, note)?;
    save_versions(tx, &[(&version, 0)], "policy-draft")?;
    Ok(version.facts.id)
}

/// Changes the files of a draft. Returns the record's new version.
///
/// # Errors
/// `POL-004` once it is proposed; `AUTH-002` when somebody else changed it meanwhile.
pub fn draft_edit(app: &App, actor: &Actor, id: &RecordId, at: u64, files: Vec<PackFile>, note: &str) -> Result<u64, Error> {
    require(actor, Verb::PolicyPropose, Relation::None)?;
    app.store.write(&app.origin(actor), |tx| {
        let version = load_version_at(tx, id, at)?.edit(files.clone(), note)?;
        save_versions(tx, &[(&version, at)], "policy-draft")
    })
}
