//! Large attachments are decoded here, many bytes at a time, and the parser of messages is given
//! the message without them: it looks at each byte by itself, and attachments are most of a
//! mailbox. Only what is regular in every respect is lifted out; the parser sees all the rest.

use std::borrow::Cow;
use std::cell::OnceCell;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use mail_parser::{Encoding, Message, MessagePart, PartType};
use memchr::{memchr, memmem};

use crate::extract::again::{self, Print};

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
    /// The attachments, in order.
    files: Vec<File<'a>>,
}

/// A large attachment.
#[derive(Debug)]
pub(super) struct File<'a> {
    /// Where it stood in what is left.
    at: usize,
    /// Lines of base64, up to the boundary.
    code: &'a [u8],
    /// What the code is known by.
    pub(super) print: Print,
    bytes: OnceCell<Vec<u8>>,
}

impl File<'_> {
    /// What it decodes to.
    pub(super) fn bytes(&self) -> &[u8] {
        // What is here was decoded before, here or in another message.
        self.bytes.get_or_init(|| decoded(self.code).map(|(bytes, _)| bytes).unwrap_or_default())
    }
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
            if rest.len() < SMALLEST || !is_code(rest) || !is_file(head) {
                continue;
            }
            let Some((mut file, length)) = File::begin(rest) else { continue };
            light.extend_from_slice(bytes.get(copied..body).unwrap_or_default());
            file.at = light.len();
            lifted.files.push(file);
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
    pub(super) fn file(&self, part: &MessagePart<'_>, raw: &[u8]) -> Option<&File<'a>> {
        // A message that was itself encoded has places of its own.
        let here = std::ptr::eq(raw.as_ptr(), self.light.as_ptr()) && part.encoding == Encoding::Base64;
        if !here || !matches!(part.body, PartType::Binary(_) | PartType::InlineBinary(_)) {
            return None;
        }
        let place = part.raw_body_offset() as usize;
        let found = self.files.binary_search_by_key(&place, |file| file.at).ok()?;
        self.files.get(found)
    }
}

/// Whether what begins here may be base64: text has a blank or a sign among its first letters.
fn is_code(rest: &[u8]) -> bool {
    let head = rest.get(..*LINE.start()).unwrap_or_default();
    head.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
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

impl<'a> File<'a> {
    /// The attachment whose base64 begins here, and the length of that. Nothing when it is not regular in every respect.
    fn begin(bytes: &'a [u8]) -> Option<(Self, usize)> {
        // No letter of base64 is a hyphen, so the first one begins the boundary.
        let end = memchr(b'-', bytes)?;
        let code = bytes.get(..end).filter(|code| code.len() >= SMALLEST && code.ends_with(b"\n"))?;
        if !bytes.get(end..)?.starts_with(b"--") {
            return None;
        }
        let (print, known) = again::code(code);
        let file = Self { at: 0, code, print, bytes: OnceCell::new() };
        if let Some(length) = known {
            return Some((file, length));
        }
        let (decoded, length) = decoded(code)?;
        again::undone(print, length);
        Some((Self { bytes: decoded.into(), ..file }, length))
    }
}

/// Decodes lines of one length, of which the last may be shorter and nothing stands behind it. With the length of what was read, the last line
/// end not included.
fn decoded(code: &[u8]) -> Option<(Vec<u8>, usize)> {
    let first = memchr(b'\n', code.get(..LINE.end() + 2)?)?;
    let end: &[u8] = if code.get(..first)?.ends_with(b"\r") { b"\r\n" } else { b"\n" };
    let width = first.checked_sub(end.len() - 1)?;
    if !LINE.contains(&width) || width % 4 != 0 {
        return None;
    }
    let (mut out, mut block) = (Vec::with_capacity(code.len() / 4 * 3), Vec::with_capacity(BLOCK + width));
    let mut at = 0;
    loop {
        let line = code.get(at..at + width + end.len()).filter(|line| line.ends_with(end));
        let Some(letters) = line.and_then(|line| line.get(..width)).filter(|line| !line.contains(&b'\n')) else { break };
        block.extend_from_slice(letters);
        at += width + end.len();
        if block.len() >= BLOCK {
            CODE.decode_vec(&block, &mut out).ok()?;
            block.clear();
        }
    }
    let letters = code.get(at..)?.trim_ascii_end();
    if letters.len() > width || letters.contains(&b'\n') {
        return None;
    }
    block.extend_from_slice(letters);
    CODE.decode_vec(&block, &mut out).ok()?;
    // The boundary stands on a line of its own.
    let length = if letters.is_empty() { at - end.len() } else { at + letters.len() };
    (length >= SMALLEST).then_some((out, length))
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
                    assert_eq!(lifted.files[0].bytes(), bytes);
                    let parsed = mail_parser::MessageParser::default().parse(lifted.light.as_ref()).unwrap();
                    assert!(lifted.fits(&parsed));
                    assert_eq!(lifted.file(&parsed.parts[1], &parsed.raw_message).map(File::bytes), Some(&bytes[..]));
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
