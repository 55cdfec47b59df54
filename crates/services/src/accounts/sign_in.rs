//! Signing in: e-mail, password and code. The answer is the same whatever was wrong, and
//! guessing gets slower with every failure.

use domain::{Refusal, RefusalCode};
use store::Origin;

use super::crypto::{code_step, fresh_token, password_fits};
use crate::app::App;
use crate::error::Error;

/// How long a session lasts at most.
const SESSION_US: i64 = 12 * 60 * 60 * 1_000_000;
/// Failures before waiting begins.
const FREE_TRIES: u64 = 5;
/// Failures after which the wait is five minutes.
const MAX_TRIES: u64 = 10;

/// A real hash of nothing in particular: an unknown address costs the same time.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRvZm5vYm9keQ$yqoqFnUg7jRWnNSJIIFnT1IKgZhrOdGpDkfPYhrRZS0";

/// What is typed at the sign-in page.
#[derive(Clone)]
pub struct Credentials {
    /// Address.
    pub email: String,
    /// Password.
    pub password: String,
    /// Code of the authenticator.
    pub code: String,
    /// Where the attempt comes from.
    pub from: String,
}

/// Signs in. Returns the session's token for the cookie.
///
/// # Errors
/// `AUTH-003` whatever was wrong; `AUTH-006` after too many tries.
pub fn sign_in(app: &App, credentials: &Credentials) -> Result<String, Error> {
    let now = app.now_us();
    let email = credentials.email.trim().to_lowercase();
    let places = [format!("account:{email}"), format!("from:{}|{email}", credentials.from)];
    let user = app.store.read(|tx| {
        for place in &places {
            if tx.throttle_get(place)?.until_us > now {
                return Err(Error::from(Refusal::new(RefusalCode::TooManyTries, "")));
            }
        }
        Ok(tx.user_by_email(&email)?)
    })?;
    let hash = user.as_ref().map(|user| user.password_hash.as_str()).filter(|hash| !hash.is_empty()).unwrap_or(NOBODY);
    let fits = password_fits(&credentials.password, hash);
    let user = user.filter(|user| fits && user.state == "active");
    let step = user.as_ref().and_then(|user| code_step(user.totp_secret.as_deref()?, &credentials.code, now));
    let (Some(user), Some(step)) = (user, step) else { return failed(app, &places, now) };
    let (token, hash) = fresh_token()?;
    let origin = Origin { actor: user.id.clone(), at_us: now };
    let fresh = app.store.write(&origin, |tx| {
        // A code works once: replaying the one just used is refused.
        if !tx.user_totp_step(&user.id, step)? {
            return Ok::<_, Error>(false);
        }
        tx.session_create(&hash, &user.id, "full", now + SESSION_US)?;
        for place in &places {
            tx.throttle_clear(place)?;
        }
        Ok(true)
    })?;
    if fresh { Ok(token) } else { failed(app, &places, now) }
}

fn failed(app: &App, places: &[String], now: i64) -> Result<String, Error> {
    let origin = Origin { actor: "sign-in".to_owned(), at_us: now };
    app.store.write_technical(&origin, |tx| {
        for place in places {
            let failures = tx.throttle_get(place)?.failures + 1;
            let wait_seconds = match failures {
                0..=FREE_TRIES => 0,
                6..=MAX_TRIES => 1_i64 << (failures - FREE_TRIES),
                _ => 300,
            };
            tx.throttle_fail(place, now + wait_seconds * 1_000_000)?;
        }
        Ok::<_, Error>(())
    })?;
    Err(Refusal::new(RefusalCode::SignInFailed, "").into())
}
