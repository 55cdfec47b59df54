//! The cookie of a visitor who opened a link: one opaque token, for this site alone.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

/// Over HTTPS the `__Host-` prefix makes browsers refuse the cookie from anywhere else.
const fn name(https: bool) -> &'static str {
    if https { "__Host-probity-portal" } else { "probity-portal" }
}

/// The token of a request, if it sent one that can be one.
pub(super) fn token(headers: &HeaderMap, https: bool) -> Option<String> {
    let plausible = |value: &str| value.len() == 43 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(key, value)| *key == name(https) && plausible(value))
        .map(|(_, value)| value.to_owned())
}

/// Gives the browser its token; it ends with the browser, and earlier on the server.
pub(super) fn set(mut response: Response, token: &str, https: bool) -> Response {
    let secure = if https { "; Secure" } else { "" };
    if let Ok(value) = HeaderValue::from_str(&format!("{}={token}; Path=/; HttpOnly; SameSite=Strict{secure}", name(https))) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;

    #[test]
    fn the_cookie_reads_back_and_nothing_else_does() {
        let value = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456";
        let response = set(().into_response(), value, true);
        let sent = response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
        for flag in ["__Host-probity-portal=", "Path=/", "HttpOnly", "SameSite=Strict", "Secure"] {
            assert!(sent.contains(flag), "{flag}");
        }
        let read = |text: String, https| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, text.parse().unwrap());
            token(&headers, https)
        };
        assert_eq!(read(format!("a=1; probity-portal={value}"), false).as_deref(), Some(value));
        assert_eq!(read(format!("probity-portal={value}"), true), None);
        assert_eq!(read("probity-portal=short".to_owned(), false), None);
        assert_eq!(read(format!("probity={value}"), false), None, "a session of the staff is none of ours");
    }
}
