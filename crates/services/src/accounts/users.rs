//! The accounts themselves.

use domain::ids::UserId;
use domain::people::{Actor, Relation, Role, Standing, Verb, require};
use domain::{Refusal, RefusalCode};
use serde_json::{Value, json};
use store::{Origin, ReadTx, User};

use super::crypto::{hash_password, secret_bytes};
use crate::app::App;
use crate::error::Error;
use crate::mail::clean_address;

/// One account in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// The account.
    pub id: UserId,
    /// Display name.
    pub name: String,
    /// Address to sign in with.
    pub email: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// Roles of the policy held, by title.
    pub policy_roles: Vec<String>,
    /// State key.
    pub state: String,
}

/// Every account.
pub fn accounts(app: &App, actor: &Actor) -> Result<Vec<AccountRow>, Error> {
    require(actor, Verb::UserManage, Relation::None)?;
    let policy = app.policy()?;
    let title = |id: String| policy.role(&id).map_or(id, |role| role.title.clone());
    app.store.read(|tx| {
        let (mut rows, mut after) = (Vec::new(), String::new());
        loop {
            let users = tx.user_list(&after, 100)?;
            let Some(last) = users.last() else { return Ok(rows) };
            after.clone_from(&last.id);
            rows.extend(users.into_iter().map(|user| AccountRow {
                name: display_name_of(&user),
                policy_roles: super::roles::held_by(&user).into_iter().map(title).collect(),
                roles: roles_of(&user.roles),
                id: UserId::new(user.id),
                email: user.email,
                state: user.state,
            }));
        }
    })
}

/// Suspends an account, ends it for a leaver, or opens it again. Its sessions end at once.
pub fn set_standing(app: &App, actor: &Actor, user: &UserId, standing: Standing) -> Result<(), Error> {
    require(actor, Verb::UserManage, Relation::None)?;
    if *user == actor.user {
        return Err(Refusal::new(RefusalCode::NotAllowed, "Nobody changes their own account's standing.").into());
    }
    app.store.write(&app.origin(actor), |tx| {
        let mut account = tx.user_get(user.as_str())?.ok_or(Error::NotFound)?;
        standing_key(standing).clone_into(&mut account.state);
        tx.user_save(&account, "standing", "account")?;
        tx.sessions_end(user.as_str())?;
        Ok(())
    })
}

/// Makes a complete account from the command line on the machine itself.
pub fn create(app: &App, name: &str, email: &str, roles: &[Role], password: &str, secret: &str) -> Result<UserId, Error> {
    let email = clean_email(email)?;
    domain::people::check_password(password, &[&app.policy()?.organisation().name, name])?;
    let secret = secret_bytes(secret).ok_or_else(|| Refusal::new(RefusalCode::ValueInvalid, "The authenticator secret is not usable."))?;
    let user = User {
        id: app.ids.fresh(),
        email,
        body: user_body(name.trim()),
        password_hash: hash_password(password)?,
        totp_secret: Some(secret),
        roles: roles.iter().map(|role| role.key().to_owned()).collect(),
        state: "active".to_owned(),
        totp_step: 0,
    };
    let origin = Origin { actor: "console".to_owned(), at_us: app.now_us() };
    app.store.write(&origin, |tx| tx.user_save(&user, "create", "account"))?;
    Ok(UserId::new(user.id))
}

/// The actor behind an address, for the program's own use on the machine itself.
pub fn actor_by_email(app: &App, email: &str) -> Result<Actor, Error> {
    app.store.read(|tx| tx.user_by_email(email))?.map(|user| actor_of(&user)).ok_or(Error::NotFound)
}

pub(super) fn create_invited(app: &App, origin: &Origin, name: &str, email: &str, roles: &[Role]) -> Result<String, Error> {
    let user = User {
        id: app.ids.fresh(),
        email: clean_email(email)?,
        body: user_body(name.trim()),
        password_hash: String::new(),
        totp_secret: None,
        roles: roles.iter().map(|role| role.key().to_owned()).collect(),
        state: "invited".to_owned(),
        totp_step: 0,
    };
    app.store.write(origin, |tx| tx.user_save(&user, "invite", "account"))?;
    Ok(user.id)
}

/// The display name of an account, for pages; empty when there is none.
pub fn account_name(app: &App, user: &UserId) -> Result<String, Error> {
    app.store.read(|tx| Ok(display_name(tx, user.as_str())?.unwrap_or_default()))
}

/// The display name of an account, for timelines.
pub(crate) fn display_name(tx: &mut ReadTx<'_>, id: &str) -> Result<Option<String>, store::Error> {
    Ok(tx.user_get(id)?.map(|user| display_name_of(&user)))
}

/// The display name of an account.
pub(crate) fn display_name_of(user: &User) -> String {
    user.body.get("name").and_then(Value::as_str).unwrap_or("[erased]").to_owned()
}

pub(crate) fn actor_of(user: &User) -> Actor {
    Actor {
        user: UserId::new(user.id.clone()),
        name: display_name_of(user),
        roles: roles_of(&user.roles),
        standing: standing_of(&user.state),
    }
}

pub(crate) fn roles_of(keys: &[String]) -> Vec<Role> {
    keys.iter().filter_map(|key| Role::from_key(key)).collect()
}

pub(super) fn user_body(name: &str) -> Value {
    json!({ "name": name })
}

fn standing_of(state: &str) -> Standing {
    match state {
        "active" => Standing::Active,
        "invited" => Standing::Invited,
        "suspended" => Standing::Suspended,
        _ => Standing::Left,
    }
}

fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::Active => "active",
        Standing::Invited => "invited",
        Standing::Suspended => "suspended",
        Standing::Left => "left",
    }
}

/// An address worth keeping: one that mail can be sent to, by the one rule of the outbox.
pub(super) fn clean_email(email: &str) -> Result<String, Refusal> {
    let clean = clean_address(&email.to_lowercase()).filter(|email| email.rsplit_once('@').is_some_and(|(_, domain)| domain.contains('.')));
    clean.ok_or_else(|| Refusal::new(RefusalCode::ValueInvalid, "Enter an e-mail address like name@example.org."))
}

/// Whether mail can be sent to the address of an account. One that was kept under an older rule may not pass.
pub fn mailable(email: &str) -> bool {
    clean_address(email).is_some()
}
