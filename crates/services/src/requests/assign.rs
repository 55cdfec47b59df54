//! Putting somebody in charge of a request, or letting them help. Where the policy asks for a training first, the day
//! of the course is on record or is recorded with the assignment.

use domain::ids::{RecordId, UserId};
use domain::people::{Actor, Relation, Role, Verb, may};
use domain::policy::Policy;
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;
use store::{ReadTx, User};

use super::save::load;
use crate::accounts::{display_name_of, keep_training, roles_of, trained_on};
use crate::app::App;
use crate::error::Error;

/// Somebody who can be put in charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandlerRow {
    /// The account.
    pub user: UserId,
    /// Display name.
    pub name: String,
    /// The day they had the training that the policy asks for.
    pub trained_on: Option<Date>,
}

/// To whom, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignForm {
    /// The account.
    pub to: UserId,
    /// In charge, or helping.
    pub in_charge: bool,
    /// The day of their course, where it is not on record.
    pub trained_on: Option<Date>,
}

/// The training that the policy asks of whoever answers requests: its duty, its title and its clauses.
pub(super) fn training(policy: &Policy) -> Option<(String, String)> {
    let id = Some(&policy.rights().handler_training).filter(|id| !id.is_empty())?;
    let duty = policy.duties().iter().find(|duty| duty.id == *id);
    let words = duty.map_or_else(|| id.clone(), |duty| format!("{} ({})", duty.title, duty.clauses.join(", ")));
    Some((id.clone(), words))
}

/// Who can be put in charge: active accounts that work on requests.
pub(super) fn handlers(tx: &mut ReadTx<'_>, policy: &Policy) -> Result<Vec<HandlerRow>, Error> {
    let training = training(policy);
    let (mut rows, mut after) = (Vec::new(), String::new());
    loop {
        let users = tx.user_list(&after, 100)?;
        let Some(last) = users.last() else { return Ok(rows) };
        after.clone_from(&last.id);
        rows.extend(users.iter().filter(|user| works(user)).map(|user| HandlerRow {
            trained_on: training.as_ref().and_then(|(id, _)| trained_on(user, id)),
            user: UserId::new(user.id.clone()),
            name: display_name_of(user),
        }));
    }
}

fn works(user: &User) -> bool {
    user.state == "active" && roles_of(&user.roles).iter().any(|role| matches!(role, Role::Lead | Role::Handler))
}

/// Assigns a request.
///
/// # Errors
/// `SIGN-002` when the policy asks for a training that they have not had; `FORM-001` when they do not work on requests
/// or the day lies ahead; `REQ-004` when it is theirs already or has ended; `AUTH-002` when it was changed meanwhile.
pub fn assign(app: &App, actor: &Actor, id: &RecordId, version: u64, form: &AssignForm) -> Result<u64, Error> {
    let today = app.today();
    app.store.write(&app.origin(actor), |tx| {
        let policy = std::sync::Arc::clone(&app.policies.on(tx, today)?.policy);
        let loaded = load(tx, actor, id, Verb::RequestAssign)?;
        if loaded.version != version {
            return Err(Refusal::new(RefusalCode::Conflict, "").into());
        }
        let refused = |detail: &str| Error::from(Refusal::new(RefusalCode::ValueInvalid, detail));
        let mut user = tx.user_get(form.to.as_str())?.filter(works).ok_or_else(|| refused("Choose somebody who works on requests."))?;
        if form.trained_on.is_some_and(|on| on > today) {
            return Err(refused("The day of the course lies ahead."));
        }
        if let Some((duty, words)) = training(&policy) {
            match (trained_on(&user, &duty), form.trained_on) {
                (None, None) => return Err(Refusal::new(RefusalCode::TrainingMissing, format!("It is: {words}.")).into()),
                (known, Some(on)) if known != Some(on) => keep_training(tx, &mut user, &duty, on)?,
                _ => {}
            }
        }
        let next = loaded.request.assign(form.to.clone(), form.in_charge)?;
        app.request_save(tx, &next, version, "assign")
    })
}

/// Whether the actor may assign, and to whom; nobody where they may not.
pub(super) fn offered(tx: &mut ReadTx<'_>, actor: &Actor, relation: Relation, policy: &Policy) -> Result<Vec<HandlerRow>, Error> {
    if may(actor, Verb::RequestAssign, relation) { handlers(tx, policy) } else { Ok(Vec::new()) }
}
