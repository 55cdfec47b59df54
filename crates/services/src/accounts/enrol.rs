//! Setting up an account: the first one by a one-time link from the console, others by
//! invitation. There is no default password, and the first visitor owns nothing.

use domain::people::{Actor, Relation, Role, Verb, check_password, require};
use domain::{Refusal, RefusalCode};
use store::{Origin, User};

use super::crypto::{code_step, fresh_token, hash_password, random, secret_base32, secret_bytes, token_hash, uri};
use super::users::{clean_email, roles_of, user_body};
use crate::app::App;
use crate::error::Error;

/// Purpose of the first link.
const SETUP: &str = "setup";
/// Purpose prefix of an invitation.
const INVITE: &str = "invite:";
/// How long the first link lasts.
const SETUP_US: i64 = 60 * 60 * 1_000_000;
/// How long an invitation lasts.
const INVITE_US: i64 = 7 * 24 * 60 * 60 * 1_000_000;

/// What a link is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invitation {
    /// The first account of the installation.
    First,
    /// An account somebody was invited to.
    Invited {
        /// The account.
        user: String,
        /// Name given by the inviter.
        name: String,
        /// Address given by the inviter.
        email: String,
    },
}

/// What the new user fills in.
#[derive(Debug, Clone)]
pub struct EnrolForm {
    /// Display name.
    pub name: String,
    /// Address to sign in with.
    pub email: String,
    /// Password.
    pub password: String,
    /// The secret shown on the page, base32.
    pub secret: String,
    /// A code from the authenticator, which proves that it works.
    pub code: String,
}

/// A one-time link for the first account, if there is none yet.
pub fn begin_setup(app: &App) -> Result<Option<String>, Error> {
    let origin = Origin { actor: "console".to_owned(), at_us: app.now_us() };
    let accounts = app.store.read(|tx| Ok::<_, Error>(tx.user_count()?))?;
    if accounts > 0 {
        return Ok(None);
    }
    let (token, hash) = fresh_token()?;
    app.store.write(&origin, |tx| tx.one_time_token_create(&hash, SETUP, app.now_us() + SETUP_US))?;
    Ok(Some(token))
}

/// Invites somebody. Returns the token for their link, to be handed over in person or by
/// a channel the organisation trusts.
pub fn invite(app: &App, actor: &Actor, name: &str, email: &str, roles: &[Role]) -> Result<String, Error> {
    require(actor, Verb::UserManage, Relation::None)?;
    let id = super::users::create_invited(app, &app.origin(actor), name, email, roles)?;
    let (token, hash) = fresh_token()?;
    app.store.write(&app.origin(actor), |tx| tx.one_time_token_create(&hash, &format!("{INVITE}{id}"), app.now_us() + INVITE_US))?;
    Ok(token)
}

/// What a token is for, if it is good.
pub fn check_token(app: &App, token: &str) -> Result<Invitation, Error> {
    let hash = token_hash(token);
    let now = app.now_us();
    app.store.read(|tx| {
        if tx.one_time_token_check(&hash, SETUP, now)? {
            return if tx.user_count()? == 0 { Ok(Invitation::First) } else { Err(expired()) };
        }
        let mut after = String::new();
        loop {
            let users = tx.user_list(&after, 100)?;
            let Some(last) = users.last() else { return Err(expired()) };
            after.clone_from(&last.id);
            for user in users.iter().filter(|user| user.state == "invited") {
                if tx.one_time_token_check(&hash, &format!("{INVITE}{}", user.id), now)? {
                    let name = user.body.get("name").and_then(|name| name.as_str()).unwrap_or_default().to_owned();
                    return Ok(Invitation::Invited { user: user.id.clone(), name, email: user.email.clone() });
                }
            }
        }
    })
}

fn expired() -> Error {
    Refusal::new(RefusalCode::SetupTokenInvalid, "").into()
}

/// A fresh secret for an authenticator, base32.
pub fn fresh_secret() -> Result<String, Error> {
    Ok(secret_base32(&random::<20>()?))
}

/// The address an authenticator reads from a picture.
pub fn otpauth_uri(app: &App, secret: &str, email: &str) -> Option<String> {
    let issuer = app.policy().ok()?.organisation().name.clone();
    uri(&secret_bytes(secret)?, if issuer.is_empty() { "Probity" } else { &issuer }, email)
}

/// Completes an account: uses the link up, stores password and authenticator. The first
/// account leads data protection and manages the installation.
pub fn enrol(app: &App, token: &str, form: &EnrolForm) -> Result<(), Error> {
    let invitation = check_token(app, token)?;
    let email = clean_email(&form.email)?;
    let name = form.name.trim();
    if name.is_empty() {
        return Err(Refusal::new(RefusalCode::ValueInvalid, "Enter your name.").into());
    }
    let organisation = app.policy()?.organisation().name.clone();
    check_password(&form.password, &[&organisation, name, email.split('@').next().unwrap_or_default()])?;
    let secret =
        secret_bytes(&form.secret).ok_or_else(|| Refusal::new(RefusalCode::ValueInvalid, "The authenticator secret is not usable."))?;
    let step = code_step(&secret, &form.code, app.now_us()).ok_or_else(|| {
        Refusal::new(RefusalCode::ValueInvalid, "The code does not fit. Check the clock of the phone and enter the code it shows now.")
    })?;
    let password_hash = hash_password(&form.password)?;
    let (id, purpose, roles) = match &invitation {
        Invitation::First => (app.ids.fresh(), SETUP.to_owned(), vec![Role::Lead.key().to_owned(), Role::Administrator.key().to_owned()]),
        Invitation::Invited { user, .. } => (user.clone(), format!("{INVITE}{user}"), Vec::new()),
    };
    let origin = Origin { actor: id.clone(), at_us: app.now_us() };
    app.store.write(&origin, |tx| {
        if !tx.one_time_token_use(&token_hash(token), &purpose)? {
            return Err(expired());
        }
        let (roles, mut body) = match &invitation {
            Invitation::First => (roles.clone(), user_body(name)),
            Invitation::Invited { user, .. } => tx.user_get(user)?.map(|user| (user.roles, user.body)).unwrap_or_default(),
        };
        // What was said about the account before its owner came, e.g. its roles of the policy, stays.
        match body.as_object_mut() {
            Some(fields) => drop(fields.insert("name".to_owned(), name.into())),
            None => body = user_body(name),
        }
        let user = User {
            id: id.clone(),
            email: email.clone(),
            body,
            password_hash: password_hash.clone(),
            totp_secret: Some(secret.clone()),
            roles: roles_of(&roles).iter().map(|role| role.key().to_owned()).collect(),
            state: "active".to_owned(),
            totp_step: step,
        };
        tx.user_save(&user, "enrol", "account")?;
        Ok(())
    })
}
