//! Lifting a mark: a restriction after notice, a consent only by who withdrew it or by the child.

use domain::casework::mark::Why;
use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, require};
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;

use super::save::{load, save_lifted};
use crate::app::App;
use crate::error::Error;

/// Lifts a mark. What is refused is logged as well.
///
/// # Errors
/// `MARK-001` to `MARK-003` by the rules of [`domain::casework::mark::Mark::lift`]; `AUTH-002` when
/// somebody else changed it meanwhile.
pub fn lift(app: &App, actor: &Actor, id: &RecordId, version: u64, why: Why, told_on: Option<Date>) -> Result<u64, Error> {
    require(actor, Verb::MarkLift, Relation::None)?;
    let today = app.today();
    let lifted = app.store.write(&app.origin(actor), |tx| {
        let (mark, found) = load(tx, id)?.ok_or(Error::NotFound)?;
        if found != version {
            return Err(Error::from(Refusal::new(RefusalCode::Conflict, "")));
        }
        match mark.lift(why, told_on, &actor.user, today) {
            Ok(lifted) => save_lifted(tx, &lifted, version).map(Ok),
            Err(refusal) => {
                tx.log_read(id.as_str(), "lift-refused", refusal.code.id())?;
                Ok(Err(refusal))
            }
        }
    })?;
    Ok(lifted?)
}
