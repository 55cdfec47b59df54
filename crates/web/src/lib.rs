//! The pages: axum, server-rendered, working without JavaScript.
//!
//! Every route is a row of [`routes::ROUTES`]; the router is built from that list, so
//! that no route can exist without its permission. A request passes, outermost first:
//! security headers, problem pages, time and size limits, the cross-site check, the
//! gate (session and permission), the handler.

mod acts;
mod assets;
mod error;
mod extract;
mod forms;
mod gate;
mod once;
mod pages;
mod portal;
pub mod routes;
mod run;
pub mod samples;
mod security;
mod sessions;
mod shell;
mod submit;
mod templates;
mod words;

pub use run::{Settings, WebState};

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

/// Largest body of an ordinary form, in bytes. Uploads have their own limit.
const FORM_LIMIT: usize = 256 * 1024;
/// Longest time one request may take. Progress streams begin their answer at once and
/// are not cut by it; uploads of a whole mailbox over a slow line need minutes.
const REQUEST_TIME: Duration = Duration::from_mins(10);

/// All pages over `state`, ready to be served.
pub fn router(state: WebState) -> Router {
    let pages = routes::build(&state)
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::not_found)
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(CsrfLayer::new().with_rejection_response(|_| error::Problem::CrossSite.into()))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIME))
        .layer(middleware::from_fn_with_state(state.clone(), error::as_page))
        .layer(middleware::from_fn_with_state(state.clone(), security::headers))
        .with_state(state);
    // Outermost of all: the router itself would name the methods that an address has.
    Router::new().fallback_service(pages).layer(middleware::map_response(security::without_methods))
}
