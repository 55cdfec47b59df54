//! Adopting a version: a second person, a board, a day. One transaction: the version, what
//! it supersedes, the register and, when it holds at once, the duties it asks for.

use domain::casework::policy_version::AdoptionForm;
use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, require};

use super::live::read;
use super::save::{load_version, load_version_at, read_register, save_versions};
use super::sync::sync_in;
use crate::app::App;
use crate::error::Error;

/// Adopts a proposed version. Returns the record's new version.
///
/// # Errors
/// `POL-001` for the person who proposed it, `POL-002`, `POL-003` for its effective date,
/// `FORM-001` for the form; `AUTH-002` when somebody else changed it meanwhile.
pub fn adopt(app: &App, actor: &Actor, id: &RecordId, at: u64, form: &AdoptionForm) -> Result<u64, Error> {
    require(actor, Verb::PolicyAdopt, Relation::None)?;
    let today = app.today();
    let saved = app.store.write(&app.origin(actor), |tx| {
        let (register, _) = read_register(tx)?;
        let adopted = load_version_at(tx, id, at)?.adopt(form, actor.user.clone(), &register, today)?;
        let effective = adopted.stage.proposal().map_or(today, |proposal| proposal.effective);
        if let Some(last) = register.last_adopted() {
            let (before, before_at) = load_version(tx, &last.id)?;
            save_versions(tx, &[(&before.supersede(effective)?, before_at)], "policy-supersede")?;
        }
        let saved = save_versions(tx, &[(&adopted, at)], "policy-adopt")?;
        if effective <= today {
            sync_in(app, tx, &read(adopted)?)?;
        }
        Ok::<_, Error>(saved)
    })?;
    crate::requests::reclock(app)?;
    Ok(saved)
}
