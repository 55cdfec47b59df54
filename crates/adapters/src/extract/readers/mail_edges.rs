//! Boundaries that stand within a line of text. The parser of messages takes them for the end of
//! a part and what follows for headers, so they are hidden from it and shown again in the text.

use std::borrow::Cow;
use std::cell::LazyCell;

use memchr::memmem;

use crate::extract::sniff::field_name;

/// Boundaries of one message that are looked at.
const MOST: usize = 32;
/// How far a line behind a boundary is looked at, in bytes.
const NEAR: usize = 1_000;
/// What stands between the first two hyphens of a hidden boundary. No text shows NUL characters.
const HIDDEN: &str = "-\0\0\0\0-";

/// The message with the boundaries hidden that are words of a text.
pub(super) fn hidden(bytes: &[u8]) -> Cow<'_, [u8]> {
    let names = names(bytes);
    let delimiters: Vec<Vec<u8>> = names.iter().map(|name| [b"--", *name].concat()).collect();
    // One boundary that contains another cannot be told from text.
    if delimiters.iter().any(|one| names.iter().any(|name| memmem::find(name, one).is_some())) {
        return Cow::Borrowed(bytes);
    }
    let mut places: Vec<usize> = delimiters.iter().flat_map(|delimiter| words(bytes, delimiter)).collect();
    if places.is_empty() {
        return Cow::Borrowed(bytes);
    }
    places.sort_unstable();
    places.dedup();
    let mut out = Vec::with_capacity(bytes.len() + places.len() * HIDDEN.len());
    let mut copied = 0;
    for place in places {
        // Behind the first hyphen.
        let end = place + 1;
        out.extend_from_slice(bytes.get(copied..end).unwrap_or_default());
        out.extend_from_slice(HIDDEN.as_bytes().get(1..HIDDEN.len() - 1).unwrap_or_default());
        copied = end;
    }
    out.extend_from_slice(bytes.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// The text with its hidden boundaries.
pub(super) fn shown(text: Cow<'_, str>) -> Cow<'_, str> {
    if memmem::find(text.as_bytes(), HIDDEN.as_bytes()).is_some() { text.replace(HIDDEN, "--").into() } else { text }
}

/// The bytes of a text with its hidden boundaries.
pub(super) fn shown_bytes(bytes: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if memmem::find(&bytes, HIDDEN.as_bytes()).is_none() {
        return bytes;
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut copied = 0;
    for at in memmem::find_iter(&bytes, HIDDEN.as_bytes()) {
        out.extend_from_slice(bytes.get(copied..at).unwrap_or_default());
        out.extend_from_slice(b"--");
        copied = at + HIDDEN.len();
    }
    out.extend_from_slice(bytes.get(copied..).unwrap_or_default());
    out.into()
}

/// The boundaries that the message declares, each once.
fn names(bytes: &[u8]) -> Vec<&[u8]> {
    let mut names: Vec<&[u8]> = Vec::new();
    for at in memchr::memchr_iter(b'=', bytes) {
        let (before, after) = bytes.split_at_checked(at).unwrap_or((bytes, &[]));
        let before = before.trim_ascii_end();
        let word = before.get(before.len().saturating_sub(8)..).unwrap_or_default();
        if !word.eq_ignore_ascii_case(b"boundary") {
            continue;
        }
        let value = after.get(1..).unwrap_or_default();
        let value = value.get(..value.len().min(256)).unwrap_or_default().trim_ascii_start();
        let name = match value.strip_prefix(b"\"") {
            Some(quoted) => quoted.split(|byte| matches!(byte, b'"' | b'\n' | b'\\')).next(),
            None => value.split(|byte| byte.is_ascii_whitespace() || *byte == b';').next(),
        };
        let name = name.unwrap_or_default();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
        if names.len() == MOST {
            break;
        }
    }
    names
}

/// Where the delimiter is a word within a line, and what follows are not the headers of a part.
fn words(bytes: &[u8], delimiter: &[u8]) -> Vec<usize> {
    let last = LazyCell::new(|| memmem::rfind(bytes, &[b"\n", delimiter].concat()).unwrap_or_default());
    let within = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        if before.is_none_or(|byte| matches!(byte, b'\n' | b'\r')) {
            return false;
        }
        let behind = bytes.get(at + delimiter.len()..).unwrap_or_default();
        let mut lines = behind.get(..behind.len().min(NEAR)).unwrap_or_default().splitn(3, |byte| *byte == b'\n');
        let rest = lines.next().unwrap_or_default();
        let closing = rest.strip_prefix(b"--");
        if !closing.unwrap_or(rest).trim_ascii().is_empty() {
            return true;
        }
        if closing.is_some() {
            return *last > *at;
        }
        let next = lines.next().unwrap_or_default().trim_ascii_end();
        let of_part = field_name(next).and_then(|name| name.get(..8)).is_some_and(|start| start.eq_ignore_ascii_case(b"content-"));
        !next.is_empty() && !of_part
    };
    memmem::find_iter(bytes, delimiter).filter(within).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_divides_parts_is_left_alone() {
        let head = "Content-Type: multipart/mixed; boundary=mark\n\n";
        for body in [
            "--mark\n\nx\n--mark--\n",
            "--mark\r\n\r\nx\r\n--mark--\r\n",
            "--mark\n\nx--mark\nContent-Type: text/plain\n\ny--mark--\n",
            "--mark\n\nx--mark\n\ny\n--mark--",
        ] {
            assert!(matches!(hidden(format!("{head}{body}").as_bytes()), Cow::Borrowed(_)), "{body}");
        }
        let one_in_another = "boundary=a\nboundary=\"x--a\"\n\n--a\n\n--x--a\n\nz --a z\n--x--a--\n--a--\n";
        assert!(matches!(hidden(one_in_another.as_bytes()), Cow::Borrowed(_)));
    }

    proptest::proptest! {
        #[test]
        fn what_is_hidden_is_shown_again(body in "((--)?mark|-|\n|\r\n| |content-x:|[a-z:]){0,40}") {
            let message = format!("boundary=\"mark\"\n\n{body}\n--mark--\n");
            let inside = hidden(message.as_bytes()).into_owned();
            let bytes = shown_bytes(inside.as_slice().into()).into_owned();
            proptest::prop_assert_eq!(bytes, message.as_bytes());
            proptest::prop_assert_eq!(shown(String::from_utf8(inside).unwrap().into()), message);
        }

        #[test]
        fn hostile_bytes_pass(bytes: Vec<u8>) {
            hidden(&[b"boundary=-\n", bytes.as_slice()].concat());
        }
    }
}
