//! Where a mail server is and how it is spoken to.

use std::net::IpAddr;

use zeroize::Zeroizing;

/// How a connection is kept secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    /// Not at all: only to this machine itself.
    Plain,
    /// In the clear until `STARTTLS`, which must succeed.
    StartTls,
    /// From the first byte.
    Tls,
}

/// A mail server with the account to use.
#[derive(Clone)]
pub struct Server {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept secret.
    pub secrecy: Secrecy,
    /// The account and its password.
    pub account: Option<(String, Zeroizing<String>)>,
}

/// Never prints the account.
impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("host", &self.host).field("port", &self.port).field("secrecy", &self.secrecy).finish_non_exhaustive()
    }
}

/// Why an address of a server cannot be used, in words for the person who set it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ServerError(pub String);

impl Server {
    /// Reads `smtp://host:port`, `smtps://host`, `imap://host:port` or `imaps://host`. Without
    /// an `s` the connection begins in the clear and must change to TLS; only a server on this
    /// machine itself, named by its loopback address or `localhost`, is spoken to in the clear.
    ///
    /// # Errors
    /// When the address is of another kind or no server's, or a password would go in the clear.
    pub fn parse(scheme: &str, url: &str, account: Option<(String, Zeroizing<String>)>) -> Result<Self, ServerError> {
        let wrong = || ServerError(format!("write the server as {scheme}s://host or {scheme}://host:port"));
        let (found, rest) = url.trim().split_once("://").ok_or_else(wrong)?;
        let tls = found == format!("{scheme}s");
        if !tls && found != scheme {
            return Err(wrong());
        }
        let rest = rest.trim_end_matches('/');
        let standard = match (scheme, tls) {
            ("smtp", true) => 465,
            ("smtp", false) => 587,
            (_, true) => 993,
            (_, false) => 143,
        };
        let (host, port) = match rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
            Some((host, after)) => (host, after.strip_prefix(':').map_or(Ok(standard), str::parse)),
            None => rest.rsplit_once(':').map_or((rest, Ok(standard)), |(host, port)| (host, port.parse())),
        };
        let port = port.map_err(|_| wrong())?;
        if host.is_empty() || port == 0 || !host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':')) {
            return Err(wrong());
        }
        let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        let secrecy = match (tls, here) {
            (true, _) => Secrecy::Tls,
            (false, true) => Secrecy::Plain,
            (false, false) => Secrecy::StartTls,
        };
        Ok(Self { host: host.to_owned(), port, secrecy, account })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(scheme: &str, url: &str) -> Result<(String, u16, Secrecy), ServerError> {
        Server::parse(scheme, url, None).map(|server| (server.host, server.port, server.secrecy))
    }

    #[test]
    fn only_this_machine_is_spoken_to_in_the_clear() {
        for (url, host, port, secrecy) in [
            ("smtps://mail.greenbank.example", "mail.greenbank.example", 465, Secrecy::Tls),
            ("smtp://mail.greenbank.example", "mail.greenbank.example", 587, Secrecy::StartTls),
            ("smtp://mail.greenbank.example:25/", "mail.greenbank.example", 25, Secrecy::StartTls),
            ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, Secrecy::Plain),
            ("smtp://localhost:2525", "localhost", 2525, Secrecy::Plain),
            ("smtp://[::1]:2525", "::1", 2525, Secrecy::Plain),
            ("smtps://127.0.0.1", "127.0.0.1", 465, Secrecy::Tls),
            ("smtp://127.0.0.1.evil.example:2525", "127.0.0.1.evil.example", 2525, Secrecy::StartTls),
        ] {
            assert_eq!(read("smtp", url), Ok((host.to_owned(), port, secrecy)), "{url}");
        }
        assert_eq!(read("imap", "imaps://mail.greenbank.example"), Ok(("mail.greenbank.example".to_owned(), 993, Secrecy::Tls)));
    }

    #[test]
    fn what_is_no_server_is_refused() {
        for url in [
            "",
            "mail.example",
            "http://mail.example",
            "imaps://mail.example",
            "smtp://",
            "smtp://a b",
            "smtp://x:0",
            "smtp://x:99999",
            "smtp://u:p@x",
        ] {
            assert!(read("smtp", url).is_err(), "{url}");
        }
    }

    #[test]
    fn an_account_is_never_printed() {
        let account = Some(("data@greenbank.example".to_owned(), Zeroizing::new("plover".to_owned())));
        let server = Server::parse("smtp", "smtps://mail.example", account).unwrap();
        assert!(!format!("{server:?}").contains("plover") && !format!("{server:?}").contains("greenbank"));
    }
}
