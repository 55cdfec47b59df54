//! The session cookie: one opaque token, sent by the browser to this site alone.

use axum::http::{HeaderMap, HeaderValue, header};

/// Over HTTPS the `__Host-` prefix makes browsers refuse the cookie from anywhere else.
const fn name(https: bool) -> &'static str {
    if https { "__Host-probity" } else { "probity" }
}

/// The session token of a request, if it sent one.
pub(crate) fn token(headers: &HeaderMap, https: bool) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(key, value)| *key == name(https) && plausible(value))
        .map(|(_, value)| value.to_owned())
}

/// Tokens are long and made of letters, digits, `-` and `_`; nothing else is looked up.
fn plausible(token: &str) -> bool {
    (16..=256).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// The header that gives the browser its session. It ends with the browser; the server
/// ends it earlier (idle time, longest time, sign-out, revocation).
pub(crate) fn set(token: &str, https: bool) -> Option<HeaderValue> {
    let secure = if https { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{}={token}; Path=/; HttpOnly; SameSite=Strict{secure}", name(https))).ok()
}

/// The header that takes it away.
pub(crate) fn clear(https: bool) -> HeaderValue {
    if https {
        HeaderValue::from_static("__Host-probity=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure")
    } else {
        HeaderValue::from_static("probity=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookies(text: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, text.parse().unwrap());
        headers
    }

    #[test]
    fn only_our_own_plausible_cookie_is_read() {
        let value = "abcdefghijklmnopqrstuvwxyz012345";
        assert_eq!(token(&cookies(&format!("a=1; probity={value}; b=2")), false).as_deref(), Some(value));
        assert_eq!(token(&cookies(&format!("probity={value}")), true), None);
        assert_eq!(token(&cookies(&format!("__Host-probity={value}")), true).as_deref(), Some(value));
        for bad in ["probity=", "probity=short", "probity=abcdefghijklmnopqrstuvwxyz' or 1=1", "other=abcdefghijklmnopqrstuvwxyz"] {
            assert_eq!(token(&cookies(bad), false), None, "{bad}");
        }
    }

    #[test]
    fn the_cookie_is_http_only_strict_and_secure_over_https() {
        let https = set("t0", true).unwrap();
        for flag in ["__Host-probity=t0", "Path=/", "HttpOnly", "SameSite=Strict", "Secure"] {
            assert!(https.to_str().unwrap().contains(flag), "{flag}");
        }
        assert!(!set("t0", false).unwrap().to_str().unwrap().contains("Secure"));
    }
}
