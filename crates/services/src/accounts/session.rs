//! Sessions: who is signed in. Looked up on every request, so that a change of role or
//! the end of an account counts at once.

use domain::people::{Actor, Standing};
use store::Origin;

use super::crypto::token_hash;
use super::users::actor_of;
use crate::app::App;
use crate::error::Error;

/// A session nobody used for this long has ended.
const IDLE_US: i64 = 30 * 60 * 1_000_000;
/// How often use is noted at most.
const NOTE_EVERY_US: i64 = 60 * 1_000_000;

/// Who a session belongs to, if it is still good.
pub fn session(app: &App, token: &str) -> Result<Option<Actor>, Error> {
    let now = app.now_us();
    let hash = token_hash(token);
    let found = app.store.read(|tx| {
        let session = tx.session_get(&hash, now)?.filter(|session| session.stage == "full" && now - session.seen_us <= IDLE_US);
        let Some(session) = session else { return Ok(None) };
        Ok::<_, Error>(tx.user_get(&session.user_id)?.map(|user| (actor_of(&user), session)))
    })?;
    let Some((actor, session)) = found.filter(|(actor, _)| actor.standing == Standing::Active) else { return Ok(None) };
    if now - session.seen_us >= NOTE_EVERY_US {
        let origin = Origin { actor: actor.user.to_string(), at_us: now };
        app.store.write_technical(&origin, |tx| tx.session_seen(&hash, session.expires_us))?;
    }
    Ok(Some(actor))
}

/// Ends a session.
pub fn sign_out(app: &App, actor: &Actor, token: &str) -> Result<(), Error> {
    app.store.write(&app.origin(actor), |tx| tx.session_end(&token_hash(token)))?;
    Ok(())
}
