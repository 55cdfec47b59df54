//! JSON: text whose letters are partly written as numbers (`M\u00fcller`), which hides a name. What stands in
//! quotes is written out; the rest stays as it is, whether it is well formed or not.

use std::borrow::Cow;

use crate::extract::extension;

/// Endings of files that are JSON.
const ENDINGS: [&str; 6] = ["json", "jsonl", "ndjson", "ipynb", "geojson", "har"];

/// Whether a text is JSON by its name or its beginning.
pub(super) fn is_json(name: &str, text: &str) -> bool {
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    let head = start.as_bytes().get(..start.len().min(4_096)).unwrap_or_default();
    matches!(head.first(), Some(b'{' | b'['))
        && (ENDINGS.contains(&extension(name).as_str()) || memchr::memmem::find(head, b"\":").is_some())
}

/// The text with what stands in quotes written out.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\\', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut quoted) = (text, false);
    while let Some(at) = memchr::memchr2(b'"', b'\\', rest.as_bytes()) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        if let Some(after) = after.strip_prefix('"') {
            out.push('"');
            (rest, quoted) = (after, !quoted);
        } else {
            let (letter, length) = if quoted { escaped(after) } else { ('\\', 1) };
            out.push(letter);
            rest = after.get(length..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What a backslash and what follows it stand for, and how long they are.
fn escaped(text: &str) -> (char, usize) {
    match text.as_bytes().get(1) {
        Some(b'"' | b'/' | b'\\') => (text.as_bytes().get(1).map_or('\\', |byte| char::from(*byte)), 2),
        Some(b'n' | b'r') => ('\n', 2),
        Some(b't') => ('\t', 2),
        Some(b'u') => {
            let Some(first) = unit(text, 0) else { return ('\\', 1) };
            let second = unit(text, 6).unwrap_or_default();
            match char::decode_utf16([first, second]).next() {
                Some(Ok(letter)) => (letter, if letter.len_utf16() == 2 { 12 } else { 6 }),
                _ => ('\u{FFFD}', 6),
            }
        }
        _ => ('\\', 1),
    }
}

/// The number behind `\u` at this place.
fn unit(text: &str, at: usize) -> Option<u16> {
    let code = text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
    code.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(code, 16).ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_stands_in_quotes_is_written_out() {
        for (json, expected) in [
            (r#"{"a":"M\u00fcller \ud83d\ude00 \/ \"x\"\n"}"#, "{\"a\":\"Müller 😀 / \"x\"\n\"}"),
            (r#"{"a":"\ud83d x \u12 \q"} \u0041"#, "{\"a\":\"\u{FFFD} x \\u12 \\q\"} \\u0041"),
            ("[1]", "[1]"),
        ] {
            assert_eq!(plain(json), expected);
        }
        assert!(is_json("a.json", " {}") && is_json("", "\u{FEFF}[{\"a\": 1}]") && !is_json("a.txt", "[12:03] Ada"));
    }

    proptest! {
        #[test]
        fn any_text_comes_back_from_json(text: String, raw: String) {
            let json = serde_json::to_string(&serde_json::json!({ "a": text })).unwrap();
            let shown = plain(&json);
            let expected = text.replace('\r', "\n");
            prop_assert!(text.contains(|c: char| c < ' ' && !"\n\r\t".contains(c)) || shown.contains(&expected));
            prop_assert!(plain(&raw).len() <= raw.len() * 3);
        }
    }
}
