//! Encoded words of headers (RFC 2047) of which the parser of messages loses letters: in UTF-7, and without the name of a character set.
//! They are written in UTF-8 and parsed again. And names of files in several pieces (RFC 2231), between which a letter may be divided.

use std::borrow::Cow;

use base64::Engine as _;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::{Header, HeaderName, MessagePart};

use super::mail::PARSER;
use super::mail_lift::CODE;
use crate::extract::charset::{lenient, utf7};

/// The headers of a message, those with such words parsed again.
pub(super) fn headers<'h, 'x>(root: &'h MessagePart<'x>, raw: &[u8]) -> Cow<'h, [Header<'x>]> {
    let mut headers = Cow::Borrowed(root.headers.as_slice());
    for (number, header) in root.headers.iter().enumerate() {
        let field = raw.get(header.offset_field as usize..header.offset_end as usize).unwrap_or_default();
        let Some(mut line) = rewritten(field) else { continue };
        line.extend_from_slice(b"\n\n");
        let parsed = PARSER.parse(&line).and_then(|message| message.parts.into_iter().next());
        let again = parsed.and_then(|part| part.headers.into_iter().find(|one| one.name == header.name));
        if let (Some(again), Some(slot)) = (again, headers.to_mut().get_mut(number)) {
            slot.value = again.value.into_owned();
        }
    }
    headers
}

/// A header with such words written in UTF-8. Nothing when it has none.
fn rewritten(field: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut rest = field;
    let mut found = false;
    while let Some(at) = memchr::memmem::find(rest, b"=?") {
        let (before, word) = rest.split_at_checked(at)?;
        out.extend_from_slice(before);
        if let Some((text, length)) = odd_word(word) {
            found = true;
            out.extend_from_slice(b"=?utf-8?B?");
            out.extend_from_slice(base64::engine::general_purpose::STANDARD.encode(text).as_bytes());
            out.extend_from_slice(b"?=");
            rest = word.get(length..)?;
        } else {
            out.extend_from_slice(b"=?");
            rest = word.get(2..)?;
        }
    }
    out.extend_from_slice(rest);
    found.then_some(out)
}

/// The text of the encoded word that begins here, when the parser would not read it, and its length.
fn odd_word(word: &[u8]) -> Option<(String, usize)> {
    let mut pieces = word.strip_prefix(b"=?")?.splitn(3, |byte| *byte == b'?');
    let (set, code, after) = (pieces.next()?, pieces.next()?, pieces.next()?);
    // A language may stand behind the name.
    let name: Vec<u8> = set.split(|byte| *byte == b'*').next()?.iter().filter(|byte| !matches!(byte, b'-' | b'_')).copied().collect();
    let in_utf7 = name.len() <= 24 && name.to_ascii_lowercase().ends_with(b"utf7");
    let content = after.get(..memchr::memmem::find(after, b"?=")?).filter(|_| in_utf7 || set.is_empty())?;
    let bytes = match code {
        b"b" | b"B" => CODE.decode(content).ok()?,
        b"q" | b"Q" => quoted(content),
        _ => return None,
    };
    let text = if in_utf7 { utf7(&bytes) } else { lenient(&bytes).into_owned() };
    Some((text, 2 + set.len() + 1 + code.len() + 1 + content.len() + 2))
}

/// Quoted-printable as encoded words have it, in which an underscore is a blank.
fn quoted(content: &[u8]) -> Vec<u8> {
    let blank = |byte: &u8| if *byte == b'_' { b' ' } else { *byte };
    escaped(&content.iter().map(blank).collect::<Vec<u8>>(), b'=')
}

/// Bytes in hexadecimal, each behind a sign, among others that stand for themselves.
fn escaped(content: &[u8], sign: u8) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some((first, after)) = rest.split_first() {
        let hex = |at: usize| after.get(at).and_then(|byte| char::from(*byte).to_digit(16)).map(|digit| digit as u8);
        rest = after;
        match hex(0).zip(hex(1)).filter(|_| *first == sign) {
            Some((high, low)) => {
                out.push(high << 4 | low);
                rest = after.get(2..).unwrap_or_default();
            }
            None => out.push(*first),
        }
    }
    out
}

/// The name of the file that a part holds, when it is given in several pieces in a code.
pub(super) fn name_in_pieces(part: &MessagePart<'_>, raw: &[u8]) -> Option<String> {
    let named = part.headers.iter().filter(|header| matches!(header.name, HeaderName::ContentDisposition | HeaderName::ContentType));
    let mut fields = named.filter_map(|header| raw.get(header.offset_start as usize..header.offset_end as usize));
    fields.find_map(joined)
}

/// The pieces of `filename*0*=`, `filename*1*=` and so on, or of `name`, put together and then decoded.
fn joined(field: &[u8]) -> Option<String> {
    memchr::memmem::find(field, b"*0*=")?;
    let mut pieces: Vec<(usize, &[u8], bool)> = Vec::new();
    for parameter in field.split(|byte| *byte == b';').map(<[u8]>::trim_ascii) {
        let Some((key, value)) = memchr::memchr(b'=', parameter).and_then(|at| parameter.split_at_checked(at)) else { continue };
        let mut key = key.split(|byte| *byte == b'*');
        let called = key.next().is_some_and(|name| name.eq_ignore_ascii_case(b"filename") || name.eq_ignore_ascii_case(b"name"));
        let number = key.next().and_then(|number| std::str::from_utf8(number).ok()?.parse().ok());
        if let (true, Some(number)) = (called, number) {
            let value = value.get(1..).unwrap_or_default();
            let bare = value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\"")).unwrap_or(value);
            pieces.push((number, bare, key.next().is_some()));
        }
    }
    pieces.sort_by_key(|(number, ..)| *number);
    let (_, first, _) = pieces.first_mut()?;
    let mut head = first.splitn(3, |byte| *byte == b'\'');
    let (set, _, rest) = (head.next()?, head.next()?, head.next()?);
    *first = rest;
    let mut bytes = Vec::new();
    for (_, piece, coded) in &pieces {
        bytes.extend(if *coded { escaped(piece, b'%') } else { piece.to_vec() });
    }
    let decoder = charset_decoder(set);
    Some(crate::extract::writing::one_line(&decoder.map_or_else(|| lenient(&bytes).into_owned(), |decode| decode(&bytes))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_the_parser_does_not_read_are_written_anew() {
        let anew = |field: &str| rewritten(field.as_bytes()).map(|line| String::from_utf8(line).unwrap());
        assert_eq!(
            anew("Subject: =?utf-7?Q?Zo=2BAOs_?= =?utf-8?q?x?=\n"),
            Some("Subject: =?utf-8?B?Wm/DqyA=?= =?utf-8?q?x?=\n".to_owned())
        );
        assert_eq!(
            anew("To: =?UTF-7*en?b?K0FNay14YW1wbGUg?= <a@b.example>"),
            Some("To: =?utf-8?B?w4l4YW1wbGUg?= <a@b.example>".to_owned())
        );
        assert_eq!(anew("Subject: =??Q?Bras=EDlia?="), Some("Subject: =?utf-8?B?QnJhc8OtbGlh?=".to_owned()));
        for other in ["Subject: =?utf-8?q?x?=", "=?", "=?utf-7?", "=?utf-7?q?x", "=?utf-7?x?y?=", "a =? b ?= c"] {
            assert_eq!(anew(other), None, "{other}");
        }
    }

    #[test]
    fn a_letter_may_be_divided_between_pieces_of_a_name() {
        let name = |field: &str| joined(field.as_bytes());
        for field in [
            "attachment; filename*0*=utf-8''%C3;\n filename*1*=%9Cbersicht%20.bin",
            "attachment; FILENAME*1*=%9Cbersicht%20; filename*0*=utf-8'en'%C3; size=3; filename*2=\".bin\"\n",
            "application/x; name*0*=iso-8859-1''%DC; name*1*=bersicht%20.bin",
        ] {
            assert_eq!(name(field).as_deref(), Some("Übersicht .bin"), "{field}");
        }
        for other in ["attachment; filename=x", "x; filename*0*=y", "x; filename*0*=", "x*0*=utf-8''a"] {
            assert_eq!(name(other), None, "{other}");
        }
    }

    proptest::proptest! {
        #[test]
        fn hostile_bytes_pass(field: Vec<u8>, end in "(=\\?utf-7\\?[bqBQ]\\?|[+=_?-]|[0-9A-F]|\n|é){0,30}") {
            rewritten(&[field.as_slice(), end.as_bytes()].concat());
            joined(&[field.as_slice(), b";name*0*=", end.as_bytes()].concat());
        }
    }
}
