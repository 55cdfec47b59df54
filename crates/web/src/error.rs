//! The one place that turns what went wrong into a status and a page: what happened,
//! what to do next, a code, and for a fault of ours an operation id to quote.

use std::error::Error as _;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::{Refusal, RefusalCode};
use serde_json::json;
use services::ports::Failure;

use crate::WebState;
use crate::gate::{self, Signed};
use crate::pages::problem::ProblemPage;
use crate::portal::problem as public;
use crate::sessions;
use crate::shell::{Link, Shell};
use crate::templates::render;

/// What can go wrong on the way to a page.
#[derive(Debug, Clone)]
pub(crate) enum Problem {
    /// Not there, or not for this reader: both look the same.
    NotFound,
    /// Nobody is signed in, or the session has ended.
    SignIn,
    /// The form was sent from another site.
    CrossSite,
    /// More was sent than this page takes.
    TooLarge,
    /// What was sent cannot be read.
    Unreadable,
    /// This form was sent already, with something else in it.
    SentAlready {
        /// Where the first sending led.
        led: String,
        /// What was typed this time.
        typed: Vec<(String, String)>,
    },
    /// A rule refused it.
    Refused(Refusal),
    /// A fault of ours; only the operation id leaves the machine.
    Failed(String),
}

impl From<services::Error> for Problem {
    fn from(error: services::Error) -> Self {
        match error {
            services::Error::NotFound => Self::NotFound,
            services::Error::Refused(refusal) if refusal.code == RefusalCode::NotAllowed => Self::NotFound,
            services::Error::Refused(refusal) => Self::Refused(refusal),
            services::Error::Failed(failure) => Self::failed(&failure),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        services::Error::Refused(refusal).into()
    }
}

impl Problem {
    /// Logs a fault once, with its whole chain, under a fresh operation id.
    pub(crate) fn failed(failure: &Failure) -> Self {
        let operation = operation_id();
        let mut chain = String::new();
        let mut source = failure.source();
        while let Some(cause) = source {
            chain.push_str(": ");
            chain.push_str(&cause.to_string());
            source = cause.source();
        }
        tracing::error!(operation, doing = failure.doing, cause = chain, "a request failed");
        Self::Failed(operation)
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::SentAlready { .. } => StatusCode::CONFLICT,
            Self::Refused(refusal) => refused_status(refusal.code),
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn page(&self) -> ProblemPage {
        match self {
            Self::NotFound => ProblemPage::not_found(),
            Self::SignIn => ProblemPage::plain(
                "You are not signed in",
                "Your session has ended, so this was not done.",
                "Sign in again and repeat what you were doing.",
                Link::new("/sign-in", "Sign in"),
            ),
            Self::CrossSite => ProblemPage::plain(
                "This form came from somewhere else",
                "What was sent did not come from a page of this service, so it was not accepted.",
                "Open the page here and send the form again.",
                Link::new("/", "Go to Today"),
            ),
            Self::TooLarge => ProblemPage::plain(
                "This is too large",
                "More was sent than this page can take.",
                "Put the file on the machine that runs Probity and name its path as a place to search.",
                Link::new("/", "Go to Today"),
            ),
            Self::Unreadable => ProblemPage::plain(
                "This could not be read",
                "What your browser sent could not be read as this form.",
                "Open the page again and send the form once more.",
                Link::new("/", "Go to Today"),
            ),
            Self::SentAlready { led, typed } => ProblemPage::sent_already(led, typed),
            Self::Refused(refusal) => ProblemPage::refused(refusal),
            Self::Failed(operation) => ProblemPage::failed(operation),
        }
    }
}

fn refused_status(code: RefusalCode) -> StatusCode {
    match code {
        RefusalCode::Conflict | RefusalCode::ItemHeld => StatusCode::CONFLICT,
        RefusalCode::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
        RefusalCode::NotAllowed | RefusalCode::SetupTokenInvalid => StatusCode::NOT_FOUND,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// Twelve random hex digits; `unknown` only when the machine has no randomness.
fn operation_id() -> String {
    let mut bytes = [0_u8; 6];
    if getrandom::fill(&mut bytes).is_err() {
        return "op-unknown".to_owned();
    }
    format!("op-{:012x}", bytes.iter().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte)))
}

/// Carries the problem outwards; [`as_page`] gives it its page.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Problem> for Response {
    fn from(problem: Problem) -> Self {
        problem.into_response()
    }
}

/// Nothing lives at this address.
pub(crate) async fn not_found() -> Problem {
    Problem::NotFound
}

/// Problem pages mark no entry of the navigation: what is missing and what is forbidden
/// must be the same to the last byte.
const NOWHERE: &str = "";

/// Gives every problem its page, and every empty error of a layer below a problem.
pub(crate) async fn as_page(State(state): State<WebState>, request: Request, next: Next) -> Response {
    let wants_json = request.headers().get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"));
    let reads = request.method().is_safe();
    let ours = public::is_ours(request.uri().path());
    let token = sessions::token(request.headers(), state.settings.https);
    let response = next.run(request).await;
    let Some(problem) = problem_of(&response) else { return response };
    if matches!(problem, Problem::SignIn) && reads && !wants_json {
        return Redirect::to("/sign-in").into_response();
    }
    if ours && !wants_json {
        return public::answer(&state, &problem, problem.status()).await;
    }
    let page = problem.page();
    if wants_json {
        let body = json!({ "code": page.code, "title": page.heading, "detail": page.what, "next": page.next, "operation": page.operation });
        return (problem.status(), Json(body)).into_response();
    }
    // An address that no route has passed no gate: the frame is found out here.
    let signed = match response.extensions().get::<Signed>() {
        Some(signed) => Some(signed.clone()),
        None if matches!(problem, Problem::NotFound) => gate::signed(&state, token).await.unwrap_or_default(),
        None => None,
    };
    let shell = Shell::new(&state.settings.organisation, signed.as_ref().map(|signed| &signed.actor), NOWHERE);
    match render(&shell, &page) {
        Ok(html) => (problem.status(), Html(html)).into_response(),
        Err(error) => {
            tracing::error!(error, "the problem page could not be rendered");
            (problem.status(), page.heading).into_response()
        }
    }
}

fn problem_of(response: &Response) -> Option<Problem> {
    if let Some(problem) = response.extensions().get::<Problem>() {
        return Some(problem.clone());
    }
    match response.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Some(Problem::TooLarge),
        StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Problem::Unreadable),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED if response.headers().get(header::CONTENT_TYPE).is_none() => {
            Some(Problem::NotFound)
        }
        status if status.is_server_error() => Some(Problem::failed(&Failure::new("answering a request"))),
        _ => None,
    }
}
