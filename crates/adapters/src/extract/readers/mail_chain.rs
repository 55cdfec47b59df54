//! A message whose whole content is a message, carried by a message: the parser of messages (mail-parser 0.11) steps out of such a row one
//! message too few. What follows then hangs on the wrong message, and in longer rows one of them is lost. So the second of a row is hidden
//! from it: it takes the content for any file, which is read as a message of its own.

use std::borrow::Cow;

use memchr::memmem;

const KINDS: [&[u8]; 2] = [b"message/rfc822", b"message/global"];
/// How they end.
const ENDS: [&[u8]; 2] = [b"822", b"bal"];
const FIELD: &[u8] = b"content-type";

/// A header that says that a message follows.
struct Announced {
    /// Where the last letter of the kind stands.
    last: usize,
    /// Where what it announces begins: behind the empty line.
    content: usize,
}

/// The message with the second of each row hidden.
pub(super) fn parted(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Cow::Borrowed(bytes);
    let mut before: Option<usize> = None;
    let mut places: Vec<usize> = ENDS.iter().flat_map(|end| memmem::find_iter(bytes, *end)).collect();
    places.sort_unstable();
    for at in places {
        let Some(Announced { last, content }) = announced(bytes, at) else { continue };
        // Nothing but headers lies between what the one before announces and what this one does.
        let follows = before.is_some_and(|start| start <= at && behind_blank(bytes, start) == Some(content));
        if follows && let Some(letter) = out.to_mut().get_mut(last) {
            *letter = b'x';
        }
        before = if follows { None } else { Some(content) };
    }
    out
}

/// The header around the end of a kind at `at`, when it is one that announces a message.
fn announced(bytes: &[u8], at: usize) -> Option<Announced> {
    let last = at + 2;
    let begin = KINDS.iter().find_map(|kind| {
        let begin = (last + 1).checked_sub(kind.len())?;
        bytes.get(begin..=last)?.eq_ignore_ascii_case(kind).then_some(begin)
    })?;
    // The field may go on in the next line before it says its value.
    let label = bytes.get(..begin)?.trim_ascii_end().strip_suffix(b":")?.trim_ascii_end();
    let start = label.len().checked_sub(FIELD.len())?;
    let whole = label.get(start..)?.eq_ignore_ascii_case(FIELD) && (start == 0 || label.get(start - 1) == Some(&b'\n'));
    if whole { Some(Announced { last, content: behind_blank(bytes, at)? }) } else { None }
}

/// Where what follows the next empty line begins.
fn behind_blank(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    // Headers may be none.
    if let [b'\n', ..] | [b'\r', b'\n', ..] = rest {
        return Some(from + 1 + usize::from(rest.starts_with(b"\r")));
    }
    memchr::memchr_iter(b'\n', rest).find_map(|end| match rest.get(end + 1..)? {
        [b'\n', ..] => Some(from + end + 2),
        [b'\r', b'\n', ..] => Some(from + end + 3),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::extract::inprocess::taken;

    fn carrying(inside: &str) -> String {
        format!(
            "From: a@x.example\nSubject: outer\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\nhello\n--q\nContent-Type: message/rfc822\n\n\
             {inside}--q\nContent-Disposition: attachment; filename=c.txt\n\nlast words\n--q--\n"
        )
    }

    fn row(names: &[&str]) -> String {
        let kind = if names.len() % 2 == 0 { "message/global" } else { "Message/RFC822" };
        let head = format!("From: NAME@x.example\nSubject: NAME\nContent-Type:\n {kind}\n\n");
        let heads: String = names.iter().map(|name| head.replace("NAME", name)).collect();
        format!("{heads}From: last@x.example\nSubject: innermost\n\nits words\n")
    }

    #[test]
    fn each_message_of_a_row_is_there_and_what_follows_hangs_on_the_right_one() {
        for names in [&[][..], &["mid"], &["mid", "next"], &["mid", "next", "third"], &["one", "two", "three", "four"]] {
            for message in [carrying(&row(names)), carrying(&row(names)).replace('\n', "\r\n")] {
                let found = taken("a.eml", message.as_bytes());
                let subjects: Vec<&str> = found.documents.iter().map(|document| document.title.as_str()).collect();
                assert_eq!(subjects, [&["outer"], names, &["innermost", "c.txt"]].concat(), "{:?}", found.unreadable);
                assert!(found.documents.last().is_some_and(|document| document.path == "2:c.txt"));
                let inside = found.documents.iter().rev().nth(1).unwrap();
                assert!(inside.text.contains("its words"), "{inside:?}");
                assert_eq!(inside.path, vec!["1:message.eml"; names.len() + 1].join("!"));
            }
        }
    }

    #[test]
    fn words_about_such_a_message_stay_as_they_are() {
        for text in
            ["Content-Type: message/rfc822 was said\n\nContent-Type: text/plain\n\nmessage/rfc822", "822", "Content-Type: message/rfc822"]
        {
            assert!(matches!(parted(text.as_bytes()), Cow::Borrowed(_)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn only_a_digit_changes(pieces in proptest::collection::vec(
            prop_oneof![Just("Content-Type: message/rfc822\n"), Just("\n"), Just("\r\n"), Just("822"), Just("content-type:\r\n message/RFC822"), Just("--q")], 0..12)) {
            let bytes = pieces.concat();
            let out = parted(bytes.as_bytes());
            prop_assert_eq!(out.len(), bytes.len());
            prop_assert!(bytes.bytes().zip(out.iter()).all(|(a, b)| a == *b || *b == b'x' && matches!(a, b'2' | b'l')));
        }
    }
}
