//! A message whose whole content is a message, carried by a message: the parser of messages (mail-parser 0.11) steps out of such a row one
//! message too few. What follows then hangs on the wrong message, and in longer rows one of them is lost. So the second of a row is hidden
//! from it: it takes the content for any file, which is read as a message of its own.

use std::borrow::Cow;

use memchr::memmem;

/// The kinds of content that are a message (RFC 2046, 5.2.1; RFC 6532, 3.7).
const KINDS: [&[u8]; 2] = [b"message/rfc822", b"message/global"];
/// How the kinds end: few other words of a message do, so that they are quickly looked for.
const ENDS: [&[u8]; 2] = [b"822", b"bal"];
/// The name of the header that says the kind.
const FIELD: &[u8] = b"content-type";

/// An empty line, the end of headers.
#[derive(Clone, Copy)]
struct Blank {
    /// Where the line break before it stands.
    line_end: usize,
    /// Where what follows it begins.
    content: usize,
}

/// The message with the second of each row hidden. Each place is read a bounded number of times, however many headers there are.
pub(super) fn parted(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Cow::Borrowed(bytes);
    let mut before: Option<usize> = None;
    let mut next: Option<Blank> = None;
    let mut places: Vec<usize> = ENDS.iter().flat_map(|end| memmem::find_iter(bytes, *end)).collect();
    places.sort_unstable();
    for at in places {
        let Some(last) = announcing(bytes, at) else { continue };
        next = next.filter(|blank| at <= blank.line_end).or_else(|| blank_behind(bytes, at));
        // Without an empty line nothing is announced, here or further on.
        let Some(Blank { content, .. }) = next else { break };
        // Nothing but headers lies between what the one before announces and what this one does.
        let follows = before.is_some_and(|start| start <= at && blank_behind(bytes, start).is_some_and(|blank| blank.content == content));
        if follows && let Some(letter) = out.to_mut().get_mut(last) {
            *letter = b'x';
        }
        before = if follows { None } else { Some(content) };
    }
    out
}

/// Where the last letter of a kind stands, whose end begins at `at`, when a header says there that a message follows.
fn announcing(bytes: &[u8], at: usize) -> Option<usize> {
    let last = at + 2;
    let begin = KINDS.iter().find_map(|kind| {
        let begin = (last + 1).checked_sub(kind.len())?;
        bytes.get(begin..=last)?.eq_ignore_ascii_case(kind).then_some(begin)
    })?;
    // The field may go on in the next line before it says its value.
    let label = bytes.get(..begin)?.trim_ascii_end().strip_suffix(b":")?.trim_ascii_end();
    let start = label.len().checked_sub(FIELD.len())?;
    let whole = label.get(start..)?.eq_ignore_ascii_case(FIELD) && (start == 0 || label.get(start - 1) == Some(&b'\n'));
    whole.then_some(last)
}

/// The next empty line.
fn blank_behind(bytes: &[u8], from: usize) -> Option<Blank> {
    let rest = bytes.get(from..)?;
    // Headers may be none.
    if let [b'\n', ..] | [b'\r', b'\n', ..] = rest {
        return Some(Blank { line_end: from, content: from + 1 + usize::from(rest.starts_with(b"\r")) });
    }
    memchr::memchr_iter(b'\n', rest).map(|end| from + end).find_map(|line_end| match bytes.get(line_end + 1..)? {
        [b'\n', ..] => Some(Blank { line_end, content: line_end + 2 }),
        [b'\r', b'\n', ..] => Some(Blank { line_end, content: line_end + 3 }),
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

    fn row(kind: &str, names: &[&str]) -> String {
        let head = format!("From: NAME@x.example\nSubject: NAME\nContent-Type:\n {kind}\n\n");
        let heads: String = names.iter().map(|name| head.replace("NAME", name)).collect();
        format!("{heads}From: last@x.example\nSubject: innermost\n\nits words\n")
    }

    #[test]
    fn each_message_of_a_row_is_there_and_what_follows_hangs_on_the_right_one() {
        for names in [&[][..], &["mid"], &["mid", "next"], &["mid", "next", "third"], &["one", "two", "three", "four"]] {
            let messages = ["message/global", "Message/RFC822"].map(|kind| carrying(&row(kind, names)));
            for message in messages.iter().flat_map(|message| [message.clone(), message.replace('\n', "\r\n")]) {
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

    /// Looked for again and again to the end of the message, the empty line would take minutes.
    #[test]
    fn any_number_of_such_headers_is_read_in_one_go() {
        let headers = "Content-Type: message/rfc822\n".repeat(200_000);
        for end in ["", "\n"] {
            assert!(matches!(parted(format!("{headers}{end}").as_bytes()), Cow::Borrowed(_)));
        }
        let row = parted("Content-Type: message/rfc822\n\n".repeat(50_000).as_bytes()).into_owned();
        assert_eq!(memchr::memchr_iter(b'x', &row).count(), 25_000);
    }

    proptest! {
        #[test]
        fn only_the_last_letter_of_a_kind_changes(pieces in proptest::collection::vec(
            prop_oneof![
                Just("Content-Type: message/rfc822\n"), Just("Content-type: message/global\n"), Just("\n"), Just("\r\n"), Just("822"),
                Just("content-type:\r\n message/RFC822"), Just("--q"), Just("global")], 0..12)) {
            let bytes = pieces.concat();
            let out = parted(bytes.as_bytes());
            prop_assert_eq!(out.len(), bytes.len());
            prop_assert!(bytes.bytes().zip(out.iter()).all(|(a, b)| a == *b || *b == b'x' && matches!(a, b'2' | b'l')));
        }
    }
}
