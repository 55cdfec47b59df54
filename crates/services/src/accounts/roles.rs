//! Which roles of the policy an account holds, who may sign a reply off, and the training somebody has had.
//!
//! The account roles say what the program lets somebody do. The policy's own roles say who signs what: an account
//! holds them because an administrator said so, or because the policy's directory lists the person by name.

use domain::ids::UserId;
use domain::people::{Actor, Relation, Role, Verb, require};
use domain::policy::Policy;
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;
use serde_json::{Value, json};
use store::{ReadTx, User, WriteTx};

use super::users::{display_name_of, roles_of};
use crate::app::App;
use crate::error::Error;

/// One role of the policy, offered for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedRole {
    /// Its id in the policy.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is there for.
    pub duties: String,
    /// Whether it signs replies off.
    pub signs_off: bool,
}

/// An account as its roles are changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRoles {
    /// Display name.
    pub name: String,
    /// What the program lets them do.
    pub roles: Vec<Role>,
    /// The roles of the policy they hold, by id.
    pub policy_roles: Vec<String>,
    /// What can be chosen.
    pub offered: Vec<OfferedRole>,
}

/// The roles of the policy that an account holds explicitly; none for an account that does not exist.
pub(crate) fn policy_roles(tx: &mut ReadTx<'_>, user: &str) -> Result<Vec<String>, store::Error> {
    Ok(tx.user_get(user)?.map(|user| held_by(&user)).unwrap_or_default())
}

/// The roles of the policy that a stored account holds, by id.
pub(crate) fn held_by(user: &User) -> Vec<String> {
    let list = user.body.get("policy_roles").and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|role| role.as_str().map(str::to_owned)).collect()
}

/// The roles of an account, with what can be chosen.
///
/// # Errors
/// Not found when there is no such account; `AUTH-001` for anybody but an administrator.
pub fn account_roles(app: &App, actor: &Actor, user: &UserId) -> Result<AccountRoles, Error> {
    require(actor, Verb::UserManage, Relation::None)?;
    let policy = app.policy()?;
    let offered = policy.roles().iter().map(|role| OfferedRole {
        id: role.id.clone(),
        title: role.title.clone(),
        duties: role.duties.clone(),
        signs_off: policy.may_approve(&role.id),
    });
    let account = app.store.read(|tx| tx.user_get(user.as_str()))?.filter(|user| user.state != "erased").ok_or(Error::NotFound)?;
    Ok(AccountRoles {
        name: display_name_of(&account),
        roles: roles_of(&account.roles),
        policy_roles: held_by(&account),
        offered: offered.collect(),
    })
}

/// Gives an account its roles. Nobody changes their own. Who signs replies off by the policy approves in the program too.
///
/// # Errors
/// `FORM-001` without any role or with one that the policy does not have; `AUTH-001` for one's own account.
pub fn set_roles(app: &App, actor: &Actor, user: &UserId, roles: &[Role], held: &[String]) -> Result<(), Error> {
    require(actor, Verb::UserManage, Relation::None)?;
    let policy = app.policy()?;
    app.store.write(&app.origin(actor), |tx| {
        let mut account = tx.user_get(user.as_str())?.filter(|user| user.state != "erased").ok_or(Error::NotFound)?;
        if *user == actor.user {
            return Err(Refusal::new(RefusalCode::ValueInvalid, "Nobody changes their own roles: ask another administrator.").into());
        }
        if held.iter().any(|role| policy.role(role).is_none()) {
            return Err(Refusal::new(RefusalCode::ValueInvalid, "The policy has no role of this name.").into());
        }
        let mut wanted = roles.to_vec();
        if held.iter().any(|role| policy.may_approve(role)) && !wanted.contains(&Role::Approver) {
            wanted.push(Role::Approver);
        }
        if wanted.is_empty() {
            return Err(Refusal::new(RefusalCode::ValueInvalid, "Choose at least one role.").into());
        }
        account.roles = wanted.iter().map(|role| role.key().to_owned()).collect();
        set(&mut account.body, "policy_roles", json!(held));
        tx.user_save(&account, "roles", "account")?;
        Ok(())
    })
}

fn set(body: &mut Value, key: &str, value: Value) {
    if let Some(fields) = body.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}

/// The roles that sign replies off with the clause that says so, in words: `Chief Executive Officer (CEN-59)`.
/// Empty when the policy names nobody.
pub(crate) fn sign_off_words(policy: &Policy) -> String {
    let titles: Vec<String> =
        policy.rights().approve.iter().map(|id| policy.role(id).map_or_else(|| id.clone(), |role| role.title.clone())).collect();
    if titles.is_empty() {
        return String::new();
    }
    let clauses: Vec<&str> = policy
        .clauses()
        .iter()
        .filter(|clause| clause.controls.iter().any(|control| control == "sign-off"))
        .map(|clause| clause.id.as_str())
        .collect();
    let by = if clauses.is_empty() { String::new() } else { format!(" ({})", clauses.join(", ")) };
    format!("{}{by}", titles.join(" or "))
}

/// Whether a user may sign an answer off by the policy; `refusal`: the answer refuses the request. As long as no account holds one of the roles that sign off,
/// everybody does whom the program lets approve: an organisation that has not said who is who can still answer in time.
///
/// # Errors
/// `SIGN-001` with the roles and the clause.
pub(crate) fn require_sign_off(tx: &mut ReadTx<'_>, policy: &Policy, user: &UserId, name: &str, refusal: bool) -> Result<(), Error> {
    // A refusal is signed by who decides refusals too; a second person is asked for elsewhere.
    let refuses = |role: &String| refusal && policy.rights().refuse.contains(role);
    let signs = |held: &[String]| held.iter().any(|role| policy.may_approve(role) || refuses(role));
    if policy.rights().approve.is_empty() || signs(&policy_roles(tx, user.as_str())?) {
        return Ok(());
    }
    let by_name = |listed: &str| !name.trim().is_empty() && listed.trim().to_lowercase() == name.trim().to_lowercase();
    if policy.directory().iter().any(|person| by_name(&person.name) && signs(&person.roles)) || !somebody_holds(tx, &signs)? {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::SignOffRole, format!("It takes the {}.", sign_off_words(policy))).into())
}

/// Whether any active account holds a role that signs off.
fn somebody_holds(tx: &mut ReadTx<'_>, signs: &impl Fn(&[String]) -> bool) -> Result<bool, Error> {
    let mut after = String::new();
    loop {
        let users = tx.user_list(&after, 100)?;
        let Some(last) = users.last() else { return Ok(false) };
        after.clone_from(&last.id);
        if users.iter().any(|user| user.state == "active" && signs(&held_by(user))) {
            return Ok(true);
        }
    }
}

/// The day somebody had a training, by the duty that asks for it.
pub(crate) fn trained_on(user: &User, duty: &str) -> Option<Date> {
    user.body.get("training")?.get(duty)?.as_str()?.parse().ok()
}

/// Keeps the day somebody had a training.
pub(crate) fn keep_training(tx: &mut WriteTx<'_>, user: &mut User, duty: &str, on: Date) -> Result<(), store::Error> {
    let mut training = user.body.get("training").cloned().filter(Value::is_object).unwrap_or_else(|| json!({}));
    set(&mut training, duty, json!(on.to_string()));
    set(&mut user.body, "training", training);
    tx.user_save(user, "training", "account")
}
