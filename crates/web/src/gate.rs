//! The gate before every handler: the session and the permission of its route.
//!
//! Sessions are looked up on every request, so that what was revoked is refused by the
//! very next one. Whether the actor is involved in the record is asked again by the use
//! case, which knows the record; the gate turns away roles that may never do this.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::people::{Actor, Relation, Verb, may};

use crate::WebState;
use crate::error::Problem;
use crate::sessions;

/// Who may come to a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, signed in or not.
    Public,
    /// Whoever may do this to some record or other.
    May(Verb),
}

/// Somebody who is signed in, and the token of the session.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    pub(crate) actor: Actor,
    pub(crate) token: String,
}

/// Lets a request through to its handler, or answers in its place.
pub(crate) async fn gate(access: Access, State(state): State<WebState>, mut request: Request, next: Next) -> Response {
    let token = sessions::token(request.headers(), state.settings.https);
    let signed = match signed(&state, token).await {
        Ok(signed) => signed,
        Err(problem) => return problem.into_response(),
    };
    if let Err(problem) = check(access, signed.as_ref()) {
        return with_frame(problem.into_response(), signed);
    }
    if let Some(signed) = signed.clone() {
        request.extensions_mut().insert(signed);
    }
    with_frame(next.run(request).await, signed)
}

fn check(access: Access, signed: Option<&Signed>) -> Result<(), Problem> {
    match (access, signed) {
        (Access::Public, _) => Ok(()),
        (Access::May(_), None) => Err(Problem::SignIn),
        (Access::May(verb), Some(signed)) if may(&signed.actor, verb, Relation::Involved) => Ok(()),
        (Access::May(_), Some(_)) => Err(Problem::NotFound),
    }
}

/// Takes the token rather than the request: a request's body may not be shared across an await.
/// Who a session token belongs to.
pub(crate) async fn signed(state: &WebState, token: Option<String>) -> Result<Option<Signed>, Problem> {
    let Some(token) = token else { return Ok(None) };
    let looked_up = token.clone();
    let actor = state.run(move |app| services::accounts::session(app, &looked_up)).await?;
    Ok(actor.map(|actor| Signed { actor, token }))
}

/// Lets a problem page show the navigation of whoever is signed in.
fn with_frame(mut response: Response, signed: Option<Signed>) -> Response {
    if let Some(signed) = signed {
        response.extensions_mut().insert(signed);
    }
    response
}
