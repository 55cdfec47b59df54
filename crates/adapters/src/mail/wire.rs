//! A connection that speaks in lines, in the clear or over TLS. Bounded in time and size:
//! a server that never ends a line or an answer loses the connection.

use std::io::{self, Cursor, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::server::{Secrecy, Server};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(15);
/// How long the other side may be silent.
const SILENCE: Duration = Duration::from_secs(45);
/// The longest line taken.
const LONGEST_LINE: usize = 1 << 20;

enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
    /// What another side has said already; what is sent goes nowhere.
    Said(Cursor<Vec<u8>>),
}

/// A connection.
pub(super) struct Wire {
    stream: Stream,
    /// Bytes that came beyond what was asked for.
    ahead: Vec<u8>,
    host: String,
}

fn wrong(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

impl Wire {
    /// Connects. What is to be in the clear goes to this machine only, whatever its name resolves to.
    pub(super) fn connect(server: &Server) -> io::Result<Self> {
        let mut last = wrong("the server's name leads nowhere");
        for address in (server.host.as_str(), server.port).to_socket_addrs()? {
            if server.secrecy == Secrecy::Plain && !is_here(&address) {
                last = wrong("an open connection would leave this machine");
                continue;
            }
            match TcpStream::connect_timeout(&address, CONNECT) {
                Ok(stream) => return Self::over(stream, server),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn over(stream: TcpStream, server: &Server) -> io::Result<Self> {
        stream.set_read_timeout(Some(SILENCE))?;
        stream.set_write_timeout(Some(SILENCE))?;
        stream.set_nodelay(true)?;
        let wire = Self { stream: Stream::Plain(stream), ahead: Vec::new(), host: server.host.clone() };
        if server.secrecy == Secrecy::Tls { wire.encrypted() } else { Ok(wire) }
    }

    /// A connection to nobody, on which these bytes come: for trying out what servers say.
    pub(super) fn saying(bytes: &[u8]) -> Self {
        Self { stream: Stream::Said(Cursor::new(bytes.to_vec())), ahead: Vec::new(), host: String::new() }
    }

    /// Goes on over TLS. What the other side said too early is not carried over.
    pub(super) fn encrypted(self) -> io::Result<Self> {
        if !self.ahead.is_empty() {
            return Err(wrong("the server spoke before the connection was secure"));
        }
        let Stream::Plain(stream) = self.stream else { return Err(wrong("the connection is secure already")) };
        let name = match self.host.parse::<IpAddr>() {
            Ok(ip) => ServerName::IpAddress(ip.into()),
            Err(_) => ServerName::try_from(self.host.clone()).map_err(|_| wrong("the server's name fits no certificate"))?,
        };
        let connection = ClientConnection::new(config()?, name).map_err(io::Error::other)?;
        let mut stream = StreamOwned::new(connection, stream);
        // The handshake, now: a wrong certificate is found before a word is said.
        stream.flush()?;
        while stream.conn.is_handshaking() {
            stream.conn.complete_io(&mut stream.sock)?;
        }
        Ok(Self { stream: Stream::Tls(Box::new(stream)), ahead: Vec::new(), host: self.host })
    }

    /// Lets the other side be silent for so long from here on.
    pub(super) fn patience(&self, silence: Duration) -> io::Result<()> {
        match &self.stream {
            Stream::Plain(stream) => stream.set_read_timeout(Some(silence)),
            Stream::Tls(stream) => stream.sock.set_read_timeout(Some(silence)),
            Stream::Said(_) => Ok(()),
        }
    }

    /// Sends bytes.
    pub(super) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.stream {
            Stream::Plain(stream) => stream.write_all(bytes).and_then(|()| stream.flush()),
            Stream::Tls(stream) => stream.write_all(bytes).and_then(|()| stream.flush()),
            Stream::Said(_) => Ok(()),
        }
    }

    fn more(&mut self) -> io::Result<()> {
        let mut piece = [0; 16 * 1024];
        let n = match &mut self.stream {
            Stream::Plain(stream) => stream.read(&mut piece)?,
            Stream::Tls(stream) => stream.read(&mut piece)?,
            Stream::Said(stream) => stream.read(&mut piece)?,
        };
        if n == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.ahead.extend_from_slice(piece.get(..n).unwrap_or_default());
        Ok(())
    }

    /// The next line without its end.
    pub(super) fn line(&mut self) -> io::Result<String> {
        let mut looked = 0;
        loop {
            if let Some(at) = memchr::memchr(b'\n', self.ahead.get(looked..).unwrap_or_default()) {
                let line: Vec<u8> = self.ahead.drain(..=looked + at).collect();
                return Ok(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned());
            }
            looked = self.ahead.len();
            if looked > LONGEST_LINE {
                return Err(wrong("the server's line does not end"));
            }
            self.more()?;
        }
    }

    /// The next bytes, however they look.
    pub(super) fn bytes(&mut self, n: usize) -> io::Result<Vec<u8>> {
        while self.ahead.len() < n {
            self.more()?;
        }
        Ok(self.ahead.drain(..n).collect())
    }
}

fn is_here(address: &SocketAddr) -> bool {
    address.ip().is_loopback()
}

/// TLS 1.2 or 1.3 with the certificate authorities of the web.
fn config() -> io::Result<Arc<ClientConfig>> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(io::Error::other)?;
    Ok(Arc::new(builder.with_root_certificates(roots).with_no_client_auth()))
}
