//! The shown header lines of a message, and who wrote and received it.

use std::ops::Range;

use finder::document::{Correspondent, Header, PartKind};
use mail_parser::{Address, DateTime, HeaderName, HeaderValue, MessagePart};

use super::mail_words;
use crate::extract::charset::lenient;
use crate::extract::sniff::field_name;
use crate::extract::writing::{Writing, one_line};

/// What the headers say.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) subject: String,
    /// RFC 3339, when the date is one that exists.
    pub(super) date: Option<String>,
    pub(super) message_id: Option<String>,
    pub(super) correspondents: Vec<Correspondent>,
}

/// Writes the shown lines and the empty line behind them, and gathers the rest.
pub(super) fn write(writing: &mut Writing, root: &MessagePart<'_>, raw: &[u8]) -> Head {
    let mut head = Head::default();
    let headers = mail_words::headers(root, raw);
    writing.part(PartKind::Headers, |out| {
        for (label, shown) in [("From", HeaderName::From), ("To", HeaderName::To), ("Cc", HeaderName::Cc)] {
            for header in headers.iter().filter(|h| h.name == shown) {
                addresses(out, label, &header.value);
            }
        }
        for header in headers.iter() {
            if header.name == HeaderName::Date {
                let date = one_line(&text_of(&header.value));
                head.date = DateTime::parse_rfc822(&format!("{date}\n")).filter(DateTime::is_valid).map(|d| d.to_rfc3339());
                line(out, "Date", &date);
            }
        }
        for header in headers.iter().filter(|h| h.name == HeaderName::Subject) {
            let subject = one_line(&text_of(&header.value));
            line(out, "Subject", &subject);
            head.subject = subject;
        }
        for (label, shown) in [("Keywords", HeaderName::Keywords), ("Comments", HeaderName::Comments)] {
            for header in headers.iter().filter(|h| h.name == shown) {
                line(out, label, &one_line(&text_of(&header.value)));
            }
        }
        for header in headers.iter() {
            gather(&mut head, &header.name, &header.value);
        }
    });
    if !writing.text.is_empty() {
        writing.text.push('\n');
    }
    head
}

/// The line of spaces, its end included, that some programs write where the empty line behind
/// the headers belongs. A folded header can hold such a line too, so what follows must be
/// neither a header nor the rest of one.
pub(super) fn blank_end(bytes: &[u8]) -> Option<Range<usize>> {
    let (mut at, mut fields) = (0, 0);
    loop {
        let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let line = rest.get(..end)?.trim_ascii_end();
        let bare = matches!(rest, [b'\n', ..] | [b'\r', b'\n', ..]);
        if bare {
            return None;
        }
        if line.is_empty() && fields > 0 {
            let next = rest.get(end..)?;
            let next = next.split(|b| *b == b'\n').next().unwrap_or_default();
            let folded = next.first().is_some_and(u8::is_ascii_whitespace);
            if !folded && !next.is_empty() && field_name(next).is_none() {
                return Some(at..at + end);
            }
        }
        fields += usize::from(field_name(line).is_some());
        at += end;
    }
}

/// Lines among the headers that are no header: a body whose empty line is missing, or the
/// rest of a header that was broken without being folded.
pub(super) fn stray(root: &MessagePart<'_>, raw: &[u8]) -> String {
    let block = raw.get(root.raw_header_offset() as usize..root.raw_body_offset() as usize).unwrap_or_default();
    let mut out = String::new();
    for line in block.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        let known = line.first().is_some_and(u8::is_ascii_whitespace) || line.starts_with(b"From ") || line.starts_with(b">From ");
        if !known && field_name(line).is_none() {
            out.push_str(&lenient(line));
            out.push('\n');
        }
    }
    out
}

fn line(out: &mut String, label: &str, value: &str) {
    if !value.is_empty() {
        out.push_str(label);
        out.push_str(": ");
        out.push_str(value);
        out.push('\n');
    }
}

fn text_of(value: &HeaderValue<'_>) -> String {
    match value {
        HeaderValue::Text(text) => text.to_string(),
        HeaderValue::TextList(list) => list.join(" "),
        _ => String::new(),
    }
}

/// `To: Ada Example <ada@example.org>, bob@example.org`, groups by their name.
fn addresses(out: &mut String, label: &str, value: &HeaderValue<'_>) {
    let start = out.len();
    match value {
        HeaderValue::Address(Address::List(list)) => list.iter().for_each(|a| one(out, a.name(), a.address())),
        HeaderValue::Address(Address::Group(groups)) => {
            for group in groups {
                if let Some(name) = group.name.as_deref() {
                    one(out, Some(name), None);
                }
                group.addresses.iter().for_each(|a| one(out, a.name(), a.address()));
            }
        }
        other => out.push_str(&one_line(&text_of(other))),
    }
    if out.len() > start {
        out.insert_str(start, ": ");
        out.insert_str(start, label);
        out.push('\n');
    }

    fn one(out: &mut String, name: Option<&str>, address: Option<&str>) {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push_str(", ");
        }
        match (name.map(one_line).filter(|n| !n.is_empty()), address.map(one_line).filter(|a| !a.is_empty())) {
            (Some(name), Some(address)) => {
                out.push_str(&name);
                out.push_str(" <");
                out.push_str(&address);
                out.push('>');
            }
            (Some(only), None) | (None, Some(only)) => out.push_str(&only),
            (None, None) => {}
        }
    }
}

fn gather(head: &mut Head, name: &HeaderName<'_>, value: &HeaderValue<'_>) {
    let header = match name {
        HeaderName::From | HeaderName::ResentFrom => Header::From,
        HeaderName::Sender | HeaderName::ReplyTo => Header::ReplyTo,
        HeaderName::To | HeaderName::ResentTo => Header::To,
        HeaderName::Cc | HeaderName::Bcc | HeaderName::ResentCc => Header::Cc,
        HeaderName::MessageId => {
            head.message_id = value.as_text().map(str::to_owned);
            return;
        }
        _ => return,
    };
    let Some(address) = value.as_address() else { return };
    for one in address.iter() {
        let correspondent = Correspondent {
            header,
            name: one_line(one.name().unwrap_or_default()),
            address: one.address().map(|a| one_line(a).to_lowercase()).unwrap_or_default(),
        };
        let empty = correspondent.name.is_empty() && correspondent.address.is_empty();
        if !empty && !head.correspondents.contains(&correspondent) {
            head.correspondents.push(correspondent);
        }
    }
}
