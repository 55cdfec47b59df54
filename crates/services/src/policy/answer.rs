//! Set-up questions, and answering one by a new draft.

use domain::casework::policy_version::set_value;
use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, require};
use domain::policy::Question;

use super::draft::begin;
use crate::app::App;
use crate::error::Error;

/// What the policy in force leaves open, first what blocks something.
pub fn questions(app: &App, actor: &Actor) -> Result<Vec<Question>, Error> {
    require(actor, Verb::PolicySee, Relation::None)?;
    Ok(app.policy()?.questions())
}

/// Answers a question: a new draft of the policy in force with the value set, as TOML writes
/// it (`"Greenbank"`, `{ days = 20 }`). It holds once it is proposed and adopted.
///
/// # Errors
/// `FORM-001` for a value that is not TOML or a key that is an entry of a list.
pub fn answer(app: &App, actor: &Actor, key: &str, value: &str) -> Result<RecordId, Error> {
    require(actor, Verb::PolicyPropose, Relation::None)?;
    app.store.write(&app.origin(actor), |tx| {
        let files = set_value(&app.policies.on(tx, app.today())?.files, key, value)?;
        begin(app, tx, actor, files, &format!("Answers the question about {key}"))
    })
}
