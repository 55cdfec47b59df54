//! Large attachments are decoded here, many bytes at a time, and the parser of messages is given
//! the message without them: it looks at each byte by itself, and attachments are most of a
//! mailbox. Only what is regular in every respect is lifted out; the parser sees all the rest.

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use mail_parser::{Encoding, Message, MessagePart, PartType};
use memchr::{memchr, memmem};

/// An attachment shorter than this stays, in bytes of base64.
const SMALLEST: usize = 4 << 10;
/// Lines of base64 that are lifted, in letters.
const LINE: std::ops::RangeInclusive<usize> = 32..=1_000;
/// Letters that are decoded at a time.
const BLOCK: usize = 32 << 10;
/// How far back the headers of a part are looked for.
const HEADERS: usize = 8 << 10;
/// What the parser sees in place of a lifted attachment.
const STAND_IN: &[u8] = b"AAAA";

/// How base64 is read: what is missing at its end does not matter.
pub(super) const CODE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent).with_decode_allow_trailing_bits(true),
);

/// A message without its large attachments, and these.
#[derive(Debug)]
pub(super) struct Lifted<'a> {
    /// What is left for the parser.
    pub(super) light: Cow<'a, [u8]>,
    /// Where each attachment stood in it, in order, and what it decodes to.
    files: Vec<(usize, Vec<u8>)>,
}

impl<'a> Lifted<'a> {
    /// The message as it is.
    pub(super) const fn nothing(bytes: &'a [u8]) -> Self {
        Self { light: Cow::Borrowed(bytes), files: Vec::new() }
    }

    /// Lifts what can be lifted.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let mut lifted = Self::nothing(bytes);
        let first = memchr(b'\n', bytes).unwrap_or_default();
        let carriage = first.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'\r');
        let gap: &[u8] = if carriage { b"\n\r\n" } else { b"\n\n" };
        let (mut at, mut light, mut copied) = (0, Vec::new(), 0);
        while let Some(found) = memmem::find(bytes.get(at..).unwrap_or_default(), gap) {
            let body = at + found + gap.len();
            let from = at.max(body.saturating_sub(HEADERS));
            at = body - 1;
            let head = bytes.get(from..body).unwrap_or_default();
            let rest = bytes.get(body..).unwrap_or_default();
            if rest.len() < SMALLEST || !is_file(head) {
                continue;
            }
            let Some((file, length)) = decoded(rest, carriage) else { continue };
            light.extend_from_slice(bytes.get(copied..body).unwrap_or_default());
            lifted.files.push((light.len(), file));
            light.extend_from_slice(STAND_IN);
            copied = body + length;
            at = copied;
        }
        if copied > 0 {
            light.extend_from_slice(bytes.get(copied..).unwrap_or_default());
            lifted.light = Cow::Owned(light);
        }
        lifted
    }

    /// Whether the parser took each place for the attachment that stood there.
    pub(super) fn fits(&self, message: &Message<'_>) -> bool {
        fn count(lifted: &Lifted<'_>, message: &Message<'_>) -> usize {
            let within = |part: &MessagePart<'_>| match &part.body {
                PartType::Message(inner) => count(lifted, inner),
                _ => usize::from(lifted.file(part, &message.raw_message).is_some()),
            };
            message.parts.iter().map(within).sum()
        }
        self.files.is_empty() || count(self, message) == self.files.len()
    }

    /// The attachment that stood in this part of a message.
    pub(super) fn file(&self, part: &MessagePart<'_>, raw: &[u8]) -> Option<&[u8]> {
        // A message that was itself encoded has places of its own.
        let here = std::ptr::eq(raw.as_ptr(), self.light.as_ptr()) && part.encoding == Encoding::Base64;
        if !here || !matches!(part.body, PartType::Binary(_) | PartType::InlineBinary(_)) {
            return None;
        }
        let place = part.raw_body_offset() as usize;
        let found = self.files.binary_search_by_key(&place, |(at, _)| *at).ok()?;
        self.files.get(found).map(|(_, file)| file.as_slice())
    }
}

/// Whether the headers that end here are those of a file in base64.
fn is_file(head: &[u8]) -> bool {
    let start = memmem::rfind(head, b"\n--").map_or(0, |at| at + 1);
    let head = head.get(start..).unwrap_or_default();
    let field = |name: &[u8]| {
        head.split(|byte| *byte == b'\n').find_map(|line| {
            let (start, value) = line.split_at_checked(name.len())?;
            start.eq_ignore_ascii_case(name).then(|| value.trim_ascii())
        })
    };
    let kind = field(b"content-type:").unwrap_or(b"text");
    let other = |group: &&[u8]| kind.get(..group.len()).is_some_and(|start| start.eq_ignore_ascii_case(group));
    field(b"content-transfer-encoding:").is_some_and(|value| value.eq_ignore_ascii_case(b"base64"))
        && ![&b"text"[..], b"message", b"multipart"].iter().any(other)
}

/// Decodes lines of one length, up to the boundary. With the length of what was read.
fn decoded(bytes: &[u8], carriage: bool) -> Option<(Vec<u8>, usize)> {
    let end: &[u8] = if carriage { b"\r\n" } else { b"\n" };
    let width = memchr(b'\n', bytes.get(..LINE.end() + 2)?)?.checked_sub(end.len() - 1)?;
    if !LINE.contains(&width) || width % 4 != 0 {
        return None;
    }
    let (mut out, mut block) = (Vec::new(), Vec::with_capacity(BLOCK + width));
    let mut at = 0;
    loop {
        let line = bytes.get(at..at + width + end.len()).filter(|line| line.ends_with(end));
        let Some(letters) = line.and_then(|line| line.get(..width)).filter(|line| !line.contains(&b'\n')) else { break };
        block.extend_from_slice(letters);
        at += width + end.len();
        if block.len() >= BLOCK {
            CODE.decode_vec(&block, &mut out).ok()?;
            block.clear();
        }
    }
    let rest = bytes.get(at..)?;
    let last = memchr(b'\n', rest)?;
    let letters = rest.get(..last)?.trim_ascii_end();
    let mut length = at;
    if !letters.starts_with(b"--") {
        if letters.len() > width {
            return None;
        }
        block.extend_from_slice(letters);
        length += letters.len();
    }
    CODE.decode_vec(&block, &mut out).ok()?;
    let behind = bytes.get(length..)?.trim_ascii_start();
    (length >= SMALLEST && behind.starts_with(b"--")).then_some((out, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(end: &str, body: &str) -> String {
        let lines = [
            "From: ada@example.org",
            "To: zoe@example.org",
            "Content-Type: multipart/mixed; boundary=\"b\"",
            "",
            "--b",
            "Content-Type: application/octet-stream; name=\"x.bin\"",
            "Content-Transfer-Encoding: BASE64",
            "",
            body,
            "--b--",
            "",
        ];
        lines.join("\n").replace('\n', end)
    }

    fn lines(bytes: &[u8], width: usize) -> String {
        let text = base64::engine::general_purpose::STANDARD.encode(bytes);
        let lines: Vec<&str> = text.as_bytes().chunks(width).map(|line| std::str::from_utf8(line).unwrap()).collect();
        lines.join("\n")
    }

    #[test]
    fn what_is_regular_is_lifted_as_the_parser_would_decode_it() {
        for end in ["\n", "\r\n"] {
            for length in [3_500, 3_600, 57 * 100, 57 * 2_000, 57 * 2_000 + 1] {
                for width in [60, 76, 64] {
                    let bytes: Vec<u8> = (0..length).map(|at| (at * 31 % 251) as u8).collect();
                    let raw = message(end, &lines(&bytes, width));
                    let lifted = Lifted::of(raw.as_bytes());
                    assert_eq!(lifted.files.len(), 1, "{length} {width}");
                    assert_eq!(lifted.files[0].1, bytes);
                    let parsed = mail_parser::MessageParser::default().parse(lifted.light.as_ref()).unwrap();
                    assert!(lifted.fits(&parsed));
                    assert_eq!(lifted.file(&parsed.parts[1], &parsed.raw_message), Some(&bytes[..]));
                    let whole = mail_parser::MessageParser::default().parse(raw.as_bytes()).unwrap();
                    assert_eq!(whole.parts[1].contents(), bytes);
                }
            }
        }
    }

    #[test]
    fn what_is_not_regular_stays() {
        let good = lines(&[7; 9_000], 76);
        let damaged = good.replacen('B', "*", 1);
        let cut = good.replacen('\n', "", 1);
        let padded = good.replacen('H', "=", 1);
        for body in [damaged.as_str(), &cut, &padded, &format!("{good}\nand a remark")] {
            assert!(Lifted::of(message("\n", body).as_bytes()).files.is_empty());
        }
        let text = message("\n", &good).replace("application/octet-stream", "text/plain");
        assert!(Lifted::of(text.as_bytes()).files.is_empty());
        let unfinished = message("\n", &good).replace("--b--", "");
        assert!(Lifted::of(unfinished.as_bytes()).files.is_empty());
    }

    #[test]
    fn a_source_shown_as_text_is_no_attachment() {
        let shown = message("\n", &lines(&[7; 9_000], 76)).replace("multipart/mixed", "text/plain");
        let lifted = Lifted::of(shown.as_bytes());
        let parsed = mail_parser::MessageParser::default().parse(lifted.light.as_ref()).unwrap();
        assert!(!lifted.fits(&parsed));
    }
}
