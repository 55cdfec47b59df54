//! Who visits, and what stands around every public page.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;
use services::portal::exit;
use services::ports::Failure;

use super::{PortalPage, Voice};
use crate::WebState;
use crate::error::Problem;
use crate::extract::Asked;
use crate::forms::Form;
use crate::shell::{Link, Shell};
use crate::templates::{Page, render};

/// The frame of one public page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Frame {
    pub(super) voice: &'static str,
    pub(super) home: String,
    pub(super) exit: String,
    pub(super) versions: Vec<Link>,
}

impl Frame {
    /// The frame in a voice; `path` leads to the same page in the others, empty when there is none.
    pub(super) fn new(voice: Voice, exit: &str, path: &str) -> Self {
        let versions = Voice::ALL.iter().filter(|_| !path.is_empty());
        let versions = versions.map(|(other, text)| Link { current: *other == voice, ..Link::new(other.at(path), *text) });
        Self { voice: voice.key(), home: voice.at("/portal"), exit: exit.to_owned(), versions: versions.collect() }
    }
}

/// A visit to a public page.
pub(crate) struct Visitor {
    pub(crate) state: WebState,
    pub(crate) voice: Voice,
    /// The block of addresses the visit comes from, for limits alone.
    pub(crate) from: String,
    /// The `Host` of the request, to tell this machine itself from elsewhere.
    pub(crate) host: String,
}

impl FromRequestParts<WebState> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Problem> {
        let Asked(asked) = Asked::from_request_parts(parts, state).await?;
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        // The line that was added last: every line before it may come from the visitor.
        let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back().map(|value| value.to_str().unwrap_or_default());
        let host = parts.headers.get("host").and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self { state: state.clone(), voice: Voice::of(&asked), from: block(peer, forwarded), host: host.to_owned() })
    }
}

impl Visitor {
    /// The address of this site, for links, when it is visited on this machine itself.
    pub(crate) fn site(&self) -> String {
        own_site(&self.host, self.state.settings.https)
    }

    /// Shows a page; `path` is where it lives, for its other versions.
    pub(crate) async fn page(&self, page: PortalPage, path: &str) -> Result<Response, Problem> {
        let exit = self.state.run(exit).await?;
        let refused = page.form.as_ref().is_some_and(Form::is_refused);
        let page = PortalPage { frame: Frame::new(self.voice, &exit, path), ..page };
        let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        shown(&self.state, &page, status)
    }
}

/// The address of this site when it is visited on this machine itself; empty elsewhere, where
/// only the setting is believed: anybody can write a `Host`.
pub(crate) fn own_site(host: &str, https: bool) -> String {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => (name, Some(port)),
        _ => (host, None),
    };
    let scheme = if https { "https" } else { "http" };
    match (name, port) {
        ("127.0.0.1" | "localhost" | "[::1]", Some(port)) => format!("{scheme}://{name}:{port}"),
        ("127.0.0.1" | "localhost" | "[::1]", None) => format!("{scheme}://{name}"),
        _ => String::new(),
    }
}

/// Renders a public page: always for nobody, whoever is signed in.
pub(super) fn shown(state: &WebState, page: &PortalPage, status: StatusCode) -> Result<Response, Problem> {
    let shell = Shell::new(&state.settings.organisation, None, "");
    let html = render(&shell, page).map_err(|error| Problem::failed(&Failure::because("rendering a public page", error)))?;
    Ok((status, Html(html)).into_response())
}

/// The block an address belongs to: a /24 or a /48. Only a proxy on this machine is believed
/// about who stands behind it, and only its own entry: the last of the last line.
fn block(peer: Option<IpAddr>, forwarded: Option<&str>) -> String {
    let behind = forwarded.and_then(|list| list.rsplit(',').next()).and_then(|last| hop(last.trim()));
    let address = match (peer, behind) {
        (Some(peer), Some(behind)) if peer.is_loopback() => behind,
        (Some(peer), _) => peer,
        (None, _) => return "unknown".to_owned(),
    };
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

/// An address as proxies write it, with or without a port.
fn hop(text: &str) -> Option<IpAddr> {
    let plain = text.trim_start_matches('[').trim_end_matches(']');
    plain.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

impl Page for PortalPage {
    const TEMPLATE: &'static str = "portal/page.html";

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn form(&self) -> Option<&Form> {
        self.form.as_ref()
    }

    fn samples() -> Vec<Self> {
        super::page::samples()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_itself_is_a_site_without_the_setting() {
        assert_eq!(own_site("127.0.0.1:8421", false), "http://127.0.0.1:8421");
        assert_eq!(own_site("localhost", true), "https://localhost");
        assert_eq!(own_site("[::1]:8421", false), "http://[::1]:8421");
        for forged in ["probity.example", "localhost:x@evil.example", "localhost:", "127.0.0.1:80@evil.example", "evil.example:80", ""] {
            assert_eq!(own_site(forged, false), "", "{forged}");
        }
    }

    #[test]
    fn an_address_counts_by_its_block_and_only_a_proxy_here_is_believed() {
        let at = |text: &str| Some(text.parse::<IpAddr>().unwrap());
        assert_eq!(block(at("203.0.113.7"), None), "203.0.113.0/24");
        assert_eq!(block(at("::ffff:203.0.113.9"), None), "203.0.113.0/24");
        assert_eq!(block(at("2001:db8:1:2::5"), None), "2001:db8:1::/48");
        assert_eq!(block(at("127.0.0.1"), Some("198.51.100.4, 203.0.113.7")), "203.0.113.0/24", "the proxy's own entry is the last");
        assert_eq!(block(at("198.51.100.4"), Some("203.0.113.7")), "198.51.100.0/24", "anybody can write a header");
        assert_eq!(block(at("127.0.0.1"), Some("203.0.113.7, nonsense")), "127.0.0.0/24", "no other entry takes its place");
        assert_eq!(block(at("127.0.0.1"), Some("203.0.113.7:4711")), "203.0.113.0/24");
        assert_eq!(block(at("::1"), Some("[2001:db8:1:2::5]:4711")), "2001:db8:1::/48");
        assert_eq!(block(None, Some("203.0.113.7")), "unknown");
    }
}
