//! What people set for their own account: the weekly digest, and the secret address of their
//! calendar, of which only a hash is kept.

use domain::ids::UserId;
use domain::people::{Actor, Relation, Standing, Verb, require};
use serde_json::{Value, json};
use store::{User, WriteTx};

use super::crypto::{fresh_token, token_hash};
use super::users::actor_of;
use crate::app::App;
use crate::error::Error;

/// Between the account and the secret in the address of a calendar.
const SEPARATOR: char = '.';

/// What somebody has set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnSettings {
    /// Gets the weekly digest.
    pub digest: bool,
    /// Has an address for a calendar.
    pub feed: bool,
}

/// What the actor has set for themselves.
pub fn own_settings(app: &App, actor: &Actor) -> Result<OwnSettings, Error> {
    require(actor, Verb::OwnAccount, Relation::None)?;
    let user = app.store.read(|tx| tx.user_get(actor.user.as_str()))?.ok_or(Error::NotFound)?;
    Ok(OwnSettings { digest: wants_digest(&user), feed: feed_hash(&user).is_some() })
}

/// Turns the weekly digest on or off.
pub fn set_digest(app: &App, actor: &Actor, on: bool) -> Result<(), Error> {
    change(app, actor, "digest", |user| set(user, "digest", json!(on)))
}

/// Makes the secret address of the actor's calendar; the one before ends at once. Returns the
/// token, which is nowhere kept.
pub fn feed_make(app: &App, actor: &Actor) -> Result<String, Error> {
    let (secret, hash) = fresh_token()?;
    change(app, actor, "calendar-made", |user| set(user, "feed", json!(store::hex(&hash))))?;
    Ok(format!("{}{SEPARATOR}{secret}", actor.user))
}

/// Ends the address of the actor's calendar.
pub fn feed_revoke(app: &App, actor: &Actor) -> Result<(), Error> {
    change(app, actor, "calendar-revoked", |user| set(user, "feed", Value::Null))
}

/// Whose calendar a token opens: an active account's, and only while the token is its latest.
pub(crate) fn feed_actor(app: &App, token: &str) -> Result<Actor, Error> {
    let (user, secret) = token.split_once(SEPARATOR).ok_or(Error::NotFound)?;
    let user = app.store.read(|tx| tx.user_get(UserId::new(user).as_str()))?.ok_or(Error::NotFound)?;
    // Hashes are compared, so that the time it takes says nothing about the secret.
    if feed_hash(&user) != Some(store::hex(&token_hash(secret)).as_str()) {
        return Err(Error::NotFound);
    }
    Some(actor_of(&user)).filter(|actor| actor.standing == Standing::Active).ok_or(Error::NotFound)
}

/// Whether somebody gets the weekly digest; they do until they turn it off.
pub(crate) fn wants_digest(user: &User) -> bool {
    user.body.get("digest").and_then(Value::as_bool).unwrap_or(true)
}

fn feed_hash(user: &User) -> Option<&str> {
    user.body.get("feed").and_then(Value::as_str)
}

fn change(app: &App, actor: &Actor, verb: &'static str, change: impl Fn(&mut User)) -> Result<(), Error> {
    require(actor, Verb::OwnAccount, Relation::None)?;
    app.store.write(&app.origin(actor), |tx: &mut WriteTx<'_>| {
        let mut user = tx.user_get(actor.user.as_str())?.ok_or(Error::NotFound)?;
        change(&mut user);
        tx.user_save(&user, verb, "account")?;
        Ok(())
    })
}

fn set(user: &mut User, name: &str, value: Value) {
    if let Some(body) = user.body.as_object_mut() {
        body.insert(name.to_owned(), value);
    }
}
