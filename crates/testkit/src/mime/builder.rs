//! One message, put together piece by piece.

use super::charset::windows_1252;
use super::encode::{base64, quoted_printable};
use super::header::{field, file_name, mailbox, words};
use crate::when::When;

/// A name, which may be empty, and an e-mail address.
pub type Address = (String, String);

/// How a body travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// As it is, marked 7bit or 8bit.
    #[default]
    Plain,
    /// Quoted-printable.
    QuotedPrintable,
    /// Base64.
    Base64,
}

/// In which characters a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charset {
    /// UTF-8.
    #[default]
    Utf8,
    /// The code page of older office programs.
    Windows1252,
}

/// A file sent with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// File name.
    pub name: String,
    /// Media type.
    pub media: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Builds a message. Everything not set is left out of it.
#[derive(Debug, Clone, Default)]
pub struct MailBuilder {
    from: Address,
    to: Vec<Address>,
    cc: Vec<Address>,
    subject: String,
    date: Option<When>,
    id: String,
    reply_to_id: String,
    text: Option<String>,
    html: Option<String>,
    encoding: Encoding,
    charset: Charset,
    attachments: Vec<Attachment>,
    forwarded: Vec<Vec<u8>>,
}

impl MailBuilder {
    /// A message from this sender.
    pub fn from(name: &str, address: &str) -> Self {
        Self { from: (name.to_owned(), address.to_owned()), ..Self::default() }
    }

    /// One more recipient.
    pub fn to(mut self, name: &str, address: &str) -> Self {
        self.to.push((name.to_owned(), address.to_owned()));
        self
    }

    /// One more recipient of a copy.
    pub fn cc(mut self, name: &str, address: &str) -> Self {
        self.cc.push((name.to_owned(), address.to_owned()));
        self
    }

    /// The subject.
    pub fn subject(mut self, subject: &str) -> Self {
        subject.clone_into(&mut self.subject);
        self
    }

    /// When it was sent.
    pub fn date(mut self, date: When) -> Self {
        self.date = Some(date);
        self
    }

    /// The `Message-ID`, without brackets. Boundaries derive from it.
    pub fn id(mut self, id: &str) -> Self {
        id.clone_into(&mut self.id);
        self
    }

    /// The `Message-ID` this answers, without brackets.
    pub fn in_reply_to(mut self, id: &str) -> Self {
        id.clone_into(&mut self.reply_to_id);
        self
    }

    /// The plain text body.
    pub fn body(mut self, text: &str) -> Self {
        self.text = Some(text.to_owned());
        self
    }

    /// The HTML body, instead of or beside the plain one.
    pub fn html(mut self, html: &str) -> Self {
        self.html = Some(html.to_owned());
        self
    }

    /// How the bodies travel.
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = encoding;
        self
    }

    /// In which characters the bodies are written.
    pub fn charset(mut self, charset: Charset) -> Self {
        self.charset = charset;
        self
    }

    /// A file sent along.
    pub fn attach(mut self, name: &str, media: &str, bytes: Vec<u8>) -> Self {
        self.attachments.push(Attachment { name: name.to_owned(), media: media.to_owned(), bytes });
        self
    }

    /// A whole message inside this one, as `message/rfc822`.
    pub fn forward(mut self, message: Vec<u8>) -> Self {
        self.forwarded.push(message);
        self
    }

    /// The message with bare line feeds, as mailboxes on disk keep it.
    pub fn build(&self) -> Vec<u8> {
        let mut out = self.head().into_bytes();
        let bodies = self.bodies();
        if self.attachments.is_empty() && self.forwarded.is_empty() {
            out.extend(bodies);
            return out;
        }
        let boundary = self.boundary("mixed");
        out.extend_from_slice(
            format!("Content-Type: multipart/mixed; boundary=\"{boundary}\"\n\nThis is a message in several parts.\n").as_bytes(),
        );
        let mut part = |bytes: Vec<u8>| {
            out.extend_from_slice(format!("--{boundary}\n").as_bytes());
            out.extend(bytes);
            if !out.ends_with(b"\n") {
                out.push(b'\n');
            }
        };
        part(bodies);
        for message in &self.forwarded {
            let mut bytes = b"Content-Type: message/rfc822\nContent-Disposition: inline\n\n".to_vec();
            bytes.extend_from_slice(message);
            part(bytes);
        }
        for attachment in &self.attachments {
            part(attached(attachment));
        }
        out.extend_from_slice(format!("--{boundary}--\n").as_bytes());
        out
    }

    /// The message with line ends as they travel and as `.eml` files have them.
    pub fn build_crlf(&self) -> Vec<u8> {
        crlf(&self.build())
    }

    fn head(&self) -> String {
        let list = |addresses: &[Address]| {
            let all: Vec<String> = addresses.iter().map(|(name, address)| mailbox(name, address)).collect();
            all.join(", ")
        };
        let mut out = field("From", &mailbox(&self.from.0, &self.from.1));
        for (name, addresses) in [("To", &self.to), ("Cc", &self.cc)] {
            if !addresses.is_empty() {
                out.push_str(&field(name, &list(addresses)));
            }
        }
        out.push_str(&field("Subject", &words(&self.subject)));
        if let Some(date) = &self.date {
            out.push_str(&field("Date", &date.rfc5322()));
        }
        if !self.id.is_empty() {
            out.push_str(&field("Message-ID", &format!("<{}>", self.id)));
        }
        if !self.reply_to_id.is_empty() {
            out.push_str(&field("In-Reply-To", &format!("<{}>", self.reply_to_id)));
            out.push_str(&field("References", &format!("<{}>", self.reply_to_id)));
        }
        out.push_str("MIME-Version: 1.0\n");
        out
    }

    /// The bodies with their own content headers: one of them, or both as alternatives.
    fn bodies(&self) -> Vec<u8> {
        match (&self.text, &self.html) {
            (Some(text), Some(html)) => {
                let boundary = self.boundary("alt");
                let mut out = format!("Content-Type: multipart/alternative; boundary=\"{boundary}\"\n\n").into_bytes();
                for (kind, body) in [("plain", text), ("html", html)] {
                    out.extend_from_slice(format!("--{boundary}\n").as_bytes());
                    out.extend(self.one(kind, body));
                    out.push(b'\n');
                }
                out.extend_from_slice(format!("--{boundary}--\n").as_bytes());
                out
            }
            (None, Some(html)) => self.one("html", html),
            (text, None) => self.one("plain", text.as_deref().unwrap_or_default()),
        }
    }

    fn one(&self, kind: &str, body: &str) -> Vec<u8> {
        let (charset, bytes) = match self.charset {
            Charset::Utf8 => ("utf-8", body.as_bytes().to_vec()),
            Charset::Windows1252 => ("windows-1252", windows_1252(body)),
        };
        let (encoding, bytes) = match self.encoding {
            Encoding::Plain if bytes.is_ascii() => ("7bit", bytes),
            Encoding::Plain => ("8bit", bytes),
            Encoding::QuotedPrintable => ("quoted-printable", quoted_printable(&bytes).into_bytes()),
            Encoding::Base64 => ("base64", base64(&bytes).into_bytes()),
        };
        let mut out = format!("Content-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n").into_bytes();
        out.extend(bytes);
        out
    }

    /// Unlike any line of the content, because nothing else starts with `=_`.
    fn boundary(&self, kind: &str) -> String {
        let hash = self
            .id
            .bytes()
            .chain(self.subject.bytes())
            .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        format!("=_{kind}_{hash:016x}")
    }
}

fn attached(attachment: &Attachment) -> Vec<u8> {
    format!(
        "Content-Type: {}\nContent-Disposition: attachment; {}\nContent-Transfer-Encoding: base64\n\n{}",
        attachment.media,
        file_name(&attachment.name),
        base64(&attachment.bytes)
    )
    .into_bytes()
}

/// Line feeds become carriage return and line feed.
fn crlf(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + message.len() / 40);
    for &byte in message {
        if byte == b'\n' && out.last() != Some(&b'\r') {
            out.push(b'\r');
        }
        out.push(byte);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail() -> MailBuilder {
        MailBuilder::from("Ada Obi", "ada@a.example").to("", "b@b.example").subject("Hello").id("1@a.example").body("Hi é\n")
    }

    #[test]
    fn a_plain_message_has_its_headers_and_body() {
        let text = String::from_utf8(mail().date(When::parse("2026-11-20 16:12").unwrap()).build()).unwrap();
        assert!(
            text.starts_with("From: Ada Obi <ada@a.example>\nTo: b@b.example\nSubject: Hello\nDate: Fri, 20 Nov 2026 16:12:00 +0000\n")
        );
        assert!(text.ends_with("Content-Transfer-Encoding: 8bit\n\nHi é\n"));
    }

    #[test]
    fn parts_are_separated_and_closed() {
        let inner = mail().build();
        let text = String::from_utf8(mail().html("<p>Hi</p>").attach("a.txt", "text/plain", b"x".to_vec()).forward(inner).build()).unwrap();
        let boundary = text.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(text.matches(&format!("\n--{boundary}\n")).count(), 3);
        assert!(text.ends_with(&format!("\n--{boundary}--\n")));
        assert!(text.contains("Content-Type: message/rfc822"));
    }

    #[test]
    fn travelling_lines_end_in_both_characters() {
        let bytes = mail().build_crlf();
        assert_eq!(bytes.split(|&b| b == b'\n').count() - 1, bytes.windows(2).filter(|w| w == b"\r\n").count());
    }
}
