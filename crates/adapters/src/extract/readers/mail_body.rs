//! Which parts of a message are its body, and which are carried with it.

use std::borrow::Cow;
use std::collections::HashSet;

use base64::Engine as _;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, GetHeader, HeaderName, Message, MessagePart, MimeHeaders, PartType};
use memchr::memmem;

use super::mail::Bytes;
use super::{html, mail_edges, mail_head, mail_lift, uuencode};
use crate::extract::charset::{lenient, utf7};
use crate::extract::pages;
use crate::extract::sniff::field_name;
use crate::extract::writing::Facts;

/// The body of a message and what it carries.
#[derive(Debug, Default)]
pub(super) struct Body<'m> {
    /// The pieces of text, in order.
    pub(super) pieces: Vec<Cow<'m, str>>,
    /// Numbers of the parts that are documents of their own.
    pub(super) attachments: Vec<usize>,
    /// What the HTML form says beside its text.
    pub(super) facts: Facts,
}

impl Body<'_> {
    /// Takes the files out of the text that are written into it as letters.
    pub(super) fn lift_files(&mut self) -> Vec<uuencode::File> {
        let mut all = Vec::new();
        for piece in &mut self.pieces {
            if let Some((left, files)) = uuencode::split(piece) {
                *piece = left.into();
                all.extend(files);
            }
        }
        all
    }
}

/// Walks the parts of a message.
pub(super) fn collect<'m>(message: &'m Message<'_>) -> Body<'m> {
    let mut walk = Walk { message, body: Body::default(), seen: vec![false; message.parts.len()] };
    walk.part(0, 0);
    // A broken structure can leave parts that no multipart names; they are read all the same.
    for id in 0..message.parts.len() {
        walk.part(id, 0);
    }
    walk.outside();
    walk.body
}

struct Walk<'m, 'x> {
    message: &'m Message<'x>,
    body: Body<'m>,
    seen: Vec<bool>,
}

impl<'m> Walk<'m, '_> {
    fn part(&mut self, id: usize, depth: usize) {
        let (Some(part), Some(seen)) = (self.message.parts.get(id), self.seen.get_mut(id)) else { return };
        if std::mem::replace(seen, true) {
            return;
        }
        self.strays(id, part);
        match &part.body {
            PartType::Multipart(children) if depth < 100 => {
                if part.content_type().and_then(|c| c.subtype()).is_some_and(|s| s.eq_ignore_ascii_case("alternative")) {
                    self.alternative(children, depth);
                } else {
                    for child in children {
                        self.part(*child as usize, depth + 1);
                    }
                }
            }
            PartType::Text(_) | PartType::Html(_) if is_body(part) => {
                self.body.pieces.extend(swallowed(part, &self.message.raw_message));
                if let Some(text) = self.text(part) {
                    self.body.pieces.push(text);
                }
            }
            PartType::Multipart(_) => {}
            _ => self.body.attachments.push(id),
        }
    }

    /// Lines among the headers of a part that are no header; those of the message are shown with its own.
    fn strays(&mut self, id: usize, part: &MessagePart<'_>) {
        let strays = if id > 0 { mail_head::stray(part, &self.message.raw_message) } else { String::new() };
        if !strays.is_empty() {
            self.body.pieces.push(strays.into());
        }
    }

    /// The text of a body part.
    fn text(&mut self, part: &'m MessagePart<'_>) -> Option<Cow<'m, str>> {
        match &part.body {
            PartType::Text(text) => Some(mended(part, text, &self.message.raw_message)),
            PartType::Html(source) => {
                let source = mended(part, source, &self.message.raw_message);
                Some(html::to_text(&source, &mut self.body.facts).into())
            }
            _ => None,
        }
    }

    /// The forms of one text: the one that says more, and what only the other says.
    fn alternative(&mut self, children: &[u32], depth: usize) {
        let mut forms: Vec<Cow<'m, str>> = Vec::with_capacity(2);
        for child in children {
            let id = *child as usize;
            let Some(part) = self.message.parts.get(id) else { continue };
            if matches!(part.body, PartType::Text(_) | PartType::Html(_)) && is_body(part) {
                if let Some(seen) = self.seen.get_mut(id) {
                    *seen = true;
                }
                self.strays(id, part);
                forms.extend(self.text(part));
            } else {
                // A multipart/related holds the HTML form together with its pictures.
                let before = self.body.pieces.len();
                self.part(id, depth + 1);
                forms.extend(self.body.pieces.drain(before..));
            }
        }
        let mut forms = forms.into_iter().filter(|form| !form.trim().is_empty());
        let Some(mut base) = forms.next() else { return };
        for other in forms {
            let missing = only_in(&other, &base);
            if missing.is_empty() {
                continue;
            }
            if only_in(&base, &other).is_empty() {
                base = other;
            } else {
                let both = base.to_mut();
                both.push_str("\n[Only in another form of this message:]\n");
                for line in missing {
                    both.push_str(line);
                    both.push('\n');
                }
            }
        }
        self.body.pieces.push(base);
    }

    /// Text before the first and behind the last boundary of the outermost multipart, where mailing lists put their footers and broken
    /// programs their text, and text before the first boundary of those within.
    fn outside(&mut self) {
        let (mut before, mut behind) = (Vec::new(), Vec::new());
        for (id, part) in self.message.parts.iter().enumerate() {
            let Some((first, last)) = self.around(part) else { continue };
            let shown = [Some((first, id == 0)), (id == 0).then_some((last, false))];
            for (bytes, leads) in shown.into_iter().flatten() {
                let text = lenient(bytes);
                // What names MIME is for programs that do not know it.
                if text.trim().len() > 2 && memmem::find(text.as_bytes(), b"MIME").is_none() {
                    let side = if leads { &mut before } else { &mut behind };
                    side.push(Cow::Owned(text.into_owned()));
                }
            }
        }
        self.body.pieces.splice(..0, before);
        self.body.pieces.extend(behind);
    }

    /// What stands in a multipart before its first boundary and behind its last.
    fn around(&self, part: &MessagePart<'_>) -> Option<(&'m [u8], &'m [u8])> {
        let PartType::Multipart(children) = &part.body else { return None };
        let raw: &'m [u8] = &self.message.raw_message;
        let delimiter = format!("--{}", part.content_type()?.attribute("boundary")?);
        let start = part.raw_body_offset() as usize;
        let first = self.message.parts.get(*children.first()? as usize)?;
        let before = raw.get(start..first.raw_header_offset() as usize).unwrap_or_default();
        let before = memmem::find(before, delimiter.as_bytes()).and_then(|at| before.get(..at)).unwrap_or_default();
        let closing = format!("{delimiter}--");
        let tail = raw.get(start..raw.len().min(part.raw_end_offset() as usize)).unwrap_or_default();
        let behind = memmem::rfind(tail, closing.as_bytes()).and_then(|at| tail.get(at + closing.len()..)).unwrap_or_default();
        Some((before, behind))
    }
}

/// Text behind the empty line that ends the headers, which the parser took for headers all
/// the same (a field in front of it was out of shape).
fn swallowed<'m>(part: &MessagePart<'_>, raw: &[u8]) -> Option<Cow<'m, str>> {
    let headers = raw.get(part.raw_header_offset() as usize..part.raw_body_offset() as usize)?;
    let headers = headers.trim_ascii_end();
    let end = memmem::find(headers, b"\n\n").into_iter().chain(memmem::find(headers, b"\n\r\n")).min()?;
    let text = headers.get(end..)?.trim_ascii_start();
    (!text.is_empty() && !headers.get(..end)?.trim_ascii().is_empty()).then(|| lenient(text).into_owned().into())
}

/// Whether a text part is shown with the message, rather than as a file of its own.
fn is_body(part: &MessagePart<'_>) -> bool {
    let plain = part
        .content_type()
        .is_none_or(|c| c.ctype().eq_ignore_ascii_case("multipart") || matches!(c.subtype(), None | Some("plain" | "html" | "enriched")));
    let coded = uuencode::is_declared(transfer_encoding(part));
    plain && !coded && !part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment) && part.attachment_name().is_none()
}

/// The transfer encoding that a part declares.
fn transfer_encoding<'p>(part: &'p MessagePart<'_>) -> &'p str {
    part.headers.header_value(&HeaderName::ContentTransferEncoding).and_then(|value| value.as_text()).unwrap_or_default()
}

/// The file in a part that declares uuencode. `None` where it declares another code, or holds no such file.
pub(super) fn in_uuencode(part: &MessagePart<'_>, raw: &[u8]) -> Option<uuencode::File> {
    let bytes = raw.get(part.raw_body_offset() as usize..part.raw_end_offset() as usize)?;
    let declared = uuencode::is_declared(transfer_encoding(part)).then_some(bytes)?;
    uuencode::split(&lenient(declared))?.1.into_iter().next()
}

/// The content of a part with its transfer encoding undone.
pub(super) fn decoded<'a>(part: &MessagePart<'_>, raw: &'a [u8]) -> Bytes<'a> {
    let bytes = raw.get(part.raw_body_offset() as usize..part.raw_end_offset() as usize).unwrap_or_default();
    let encoding = match transfer_encoding(part).trim() {
        d if d.eq_ignore_ascii_case("base64") => Encoding::Base64,
        d if d.eq_ignore_ascii_case("quoted-printable") => Encoding::QuotedPrintable,
        _ => part.encoding,
    };
    match encoding {
        Encoding::Base64 => forgiving_base64(bytes).into(),
        Encoding::QuotedPrintable => {
            mail_edges::shown_bytes(quoted_printable_decode(bytes).unwrap_or_else(|| forgiving_quoted(bytes)).into())
        }
        Encoding::None => mail_edges::shown_bytes(bytes.into()),
    }
}

/// Quoted-printable with equals signs in it that stand for themselves.
fn forgiving_quoted(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'=', rest) {
        let (before, after) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        out.extend_from_slice(before);
        let after = after.get(1..).unwrap_or_default();
        let hex = |b: &u8| char::from(*b).to_digit(16).map(|digit| digit as u8);
        let blanks = after.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
        if let Some((high, low)) = after.first().and_then(hex).zip(after.get(1).and_then(hex)) {
            out.push(high << 4 | low);
            rest = after.get(2..).unwrap_or_default();
        } else if after.get(blanks).is_none_or(|b| *b == b'\n') {
            rest = after.get(blanks + 1..).unwrap_or_default();
        } else {
            out.push(b'=');
            rest = after;
        }
    }
    out.extend_from_slice(rest);
    out
}

/// Base64 with foreign characters in it or cut off in the middle. What stands behind its end
/// on the same line is no code.
fn forgiving_base64(bytes: &[u8]) -> Vec<u8> {
    let mut letters = Vec::with_capacity(bytes.len());
    for line in bytes.split(|byte| *byte == b'\n') {
        letters.extend_from_slice(line.trim_ascii());
    }
    if let Ok(decoded) = mail_lift::CODE.decode(letters) {
        return decoded;
    }
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    let (mut padded, mut remark) = (false, false);
    for byte in bytes {
        remark = (remark || padded && matches!(byte, b' ' | b'\t')) && *byte != b'\n';
        if remark {
            continue;
        }
        padded = *byte == b'=';
        if padded {
            held = 0;
        }
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    out
}

/// Text that was decoded with the wrong charset, or with none, decoded again: programs
/// declare ASCII or Latin-1 and send UTF-8, or declare nothing and send windows-1252.
pub(super) fn mended<'m>(part: &MessagePart<'_>, text: &'m str, raw: &[u8]) -> Cow<'m, str> {
    let charset = part.content_type().and_then(|c| c.attribute("charset")).unwrap_or_default().to_ascii_lowercase();
    // The parser loses the character behind a run of base64.
    if charset.replace(['-', '_'], "").ends_with("utf7") {
        return utf7(&decoded(part, raw)).into();
    }
    if part.is_encoding_problem && part.headers.header_value(&HeaderName::ContentTransferEncoding).is_some() {
        return lenient(&decoded(part, raw)).into_owned().into();
    }
    if text.is_ascii() {
        return mail_edges::shown(Cow::Borrowed(text));
    }
    let wide = ["", "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252", "cp1252", "iso-8859-15", "unknown-8bit", "x-unknown"];
    let undeclared = mail_parser::decoders::charsets::map::charset_decoder(charset.as_bytes()).is_none();
    if undeclared || wide.contains(&charset.as_str()) || (charset.starts_with("utf") && text.contains('\u{FFFD}')) {
        let bytes = decoded(part, raw);
        if undeclared || charset.starts_with("utf") || std::str::from_utf8(&bytes).is_ok() {
            return pages::undeclared(&bytes).into_owned().into();
        }
    }
    mail_edges::shown(Cow::Borrowed(text))
}

/// What stands in the raw message when the parser found no body: the text behind the
/// headers, or, when headers and text cannot be told apart, all of it.
pub(super) fn left_over<'a>(root: &MessagePart<'_>, raw: &'a [u8]) -> Cow<'a, str> {
    let start = root.raw_header_offset() as usize;
    let end = if root.raw_end_offset() > root.raw_header_offset() { root.raw_end_offset() as usize } else { raw.len() };
    let whole = raw.get(start..end).unwrap_or_default();
    let gap = memmem::find(whole, b"\n\n").map(|at| at + 2).or_else(|| memmem::find(whole, b"\n\r\n").map(|at| at + 3));
    if let Some(gap) = gap {
        return lenient(whole.get(gap..).unwrap_or_default());
    }
    let stray = |line: &[u8]| {
        let folded = line.first().is_some_and(|b| *b == b' ' || *b == b'\t');
        !folded && !line.trim_ascii().is_empty() && field_name(line).is_none()
    };
    if whole.split(|b| *b == b'\n').any(stray) { lenient(whole) } else { Cow::Borrowed("") }
}

/// The lines of `text` that say something `other` does not: a word it lacks, or two names or
/// numbers side by side that do not stand side by side there. A word is what stands between
/// spaces, so that an address or a telephone number counts as a whole.
fn only_in<'t>(text: &'t str, other: &str) -> Vec<&'t str> {
    let mut words = HashSet::new();
    let mut pairs = HashSet::new();
    let mut last: Option<&str> = None;
    for word in split(other) {
        words.insert(word);
        if let Some(last) = last.filter(|last| is_telling(last) && is_telling(word)) {
            pairs.insert((last, word));
        }
        last = Some(word);
    }
    let mut last: Option<&str> = None;
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut new = false;
        for word in split(line) {
            let pair = last.filter(|last| is_telling(last) && is_telling(word)).is_some_and(|last| !pairs.contains(&(last, word)));
            new |= pair || !words.contains(word);
            last = Some(word);
        }
        if new {
            lines.push(line);
        }
    }
    lines
}

/// Whether a word can be part of a name or a number.
fn is_telling(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).filter(|word| !word.is_empty())
}
