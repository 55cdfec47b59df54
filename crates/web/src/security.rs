//! Security headers on every response: pages, files, downloads, streams and problems.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::WebState;

/// Only our own style sheet, scripts and pictures; forms only to ourselves; no frames.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const CROSS_ORIGIN_OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const CROSS_ORIGIN_RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// What every response carries unless the handler said something stricter itself.
fn fixed() -> [(HeaderName, HeaderValue); 8] {
    [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (CROSS_ORIGIN_OPENER, HeaderValue::from_static("same-origin")),
        (CROSS_ORIGIN_RESOURCE, HeaderValue::from_static("same-origin")),
        (PERMISSIONS, HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]
}

/// Adds the headers on the way out.
pub(crate) async fn headers(State(state): State<WebState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in fixed() {
        headers.entry(name).or_insert(value);
    }
    if state.settings.https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
    response
}

/// Takes away the list of methods: an address that is forbidden must look like none at all.
pub(crate) async fn without_methods(mut response: Response) -> Response {
    response.headers_mut().remove(header::ALLOW);
    response
}
