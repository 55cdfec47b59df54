//! What programs of Apple write: messages as Mail keeps them (EMLX), and the packed parts of Pages, Numbers and Keynote
//! (IWA), whose words are read without their order.

use finder::document::DocumentKind;

use super::scraps;
use crate::extract::readers::reader_for;
use crate::extract::sniff::Format;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::Writing;

const DAMAGED: &str = "is damaged or cut off";

/// A message behind a line with its length, in front of what Mail notes about it.
pub(super) fn message(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let (length, rest) = first_line(item.bytes).ok_or(DAMAGED)?;
    let message = rest.get(..length).unwrap_or(rest);
    taking.read_with(reader_for(Format::Mail), Item { name: item.name, bytes: message });
    if message.len() < length {
        taking.unreadable(crate::extract::READ_IN_PART);
    }
    Ok(())
}

/// The number in the first line, and what comes behind it.
pub(crate) fn first_line(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = memchr::memchr(b'\n', bytes.get(..bytes.len().min(20))?)?;
    let (line, rest) = bytes.split_at_checked(end + 1)?;
    let digits = std::str::from_utf8(line).ok()?.trim();
    Some((digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??, rest))
}

/// The words in a packed part of a document.
pub(super) fn part(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let (plain, whole) = unpacked(item.bytes, taking.left().min(item.bytes.len() as u64 * taking.limits.ratio) as usize);
    taking.count(plain.len())?;
    let words = scraps::of(&plain);
    if !words.is_empty() {
        let mut writing = Writing::default();
        writing.body(&words);
        taking.document(About { kind: DocumentKind::Text, title: String::new(), date: None }, item, writing);
    }
    match (whole, words.is_empty()) {
        (false, _) => Err(DAMAGED.into()),
        (true, true) => Err("a part of an Apple document in which no words were found".into()),
        (true, false) => Err("a part of an Apple document; its words were read without their order".into()),
    }
}

/// Pieces of Snappy behind each other, as much as there is of them. Whether that is all.
fn unpacked(mut bytes: &[u8], limit: usize) -> (Vec<u8>, bool) {
    let mut out = Vec::new();
    while let [0, a, b, c, rest @ ..] = bytes {
        let length = u32::from_le_bytes([*a, *b, *c, 0]) as usize;
        let piece = rest.get(..length).unwrap_or(rest);
        if snappy(piece, &mut out, limit).is_none() || piece.len() < length {
            return (out, false);
        }
        bytes = rest.get(length..).unwrap_or_default();
    }
    let whole = bytes.is_empty();
    (out, whole)
}

/// One piece: its length, then letters as they are and copies of what came before.
fn snappy(piece: &[u8], out: &mut Vec<u8>, limit: usize) -> Option<()> {
    let head = piece.iter().position(|byte| byte & 0x80 == 0)? + 1;
    let mut rest = piece.get(head..)?;
    let start = out.len();
    while let Some((tag, after)) = rest.split_first() {
        let number = |count: usize| Some(after.get(..count)?.iter().rev().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte)));
        let upper = usize::from(tag >> 2);
        if tag.trailing_zeros() >= 2 {
            let extra = upper.saturating_sub(59);
            let length = if extra == 0 { upper } else { number(extra)? } + 1;
            let after = after.get(extra..)?;
            out.extend_from_slice(after.get(..length)?);
            rest = after.get(length..)?;
        } else {
            let (length, back, size) = match tag & 3 {
                1 => ((upper & 7) + 4, usize::from(tag >> 5) << 8 | number(1)?, 1),
                2 => (upper + 1, number(2)?, 2),
                _ => (upper + 1, number(4)?, 4),
            };
            let from = out.len().checked_sub(back).filter(|from| back > 0 && *from >= start)?;
            for at in from..from + length {
                out.push(*out.get(at)?);
            }
            rest = after.get(size..)?;
        }
        if out.len() > limit {
            return None;
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use crate::extract::inprocess::taken;

    #[test]
    fn a_message_of_mail_is_read_without_what_stands_around_it() {
        let message = "From: a@example.org\nTo: b@example.org\nDate: Mon, 2 Nov 2026 10:00:00 +0000\nSubject: x\n\nAda\n";
        let kept = format!("{}\n{message}<?xml version=\"1.0\"?><plist><key>flags</key></plist>\n", message.len());
        for name in ["7.emlx", "7"] {
            let found = taken(name, kept.as_bytes());
            assert!(found.documents[0].text.ends_with("Ada\n") && found.unreadable.is_empty(), "{found:?}");
            assert!(found.documents[0].message_id.is_some() || !found.documents[0].correspondents.is_empty());
        }
        let cut = format!("{}\n{message}", message.len() + 900);
        assert_eq!(taken("7.emlx", cut.as_bytes()).unreadable[0].reason, crate::extract::READ_IN_PART);
    }

    #[test]
    fn words_of_a_packed_part_are_found() {
        // "Ada Example " as it is, then a copy of eight from twelve back, then "and so on".
        let piece = [&[29_u8, 11 << 2][..], b"Ada Example ", &[(4 << 2) | 1, 12], &[8 << 2], b"and so on"].concat();
        let part = [&[0, piece.len() as u8, 0, 0][..], &piece].concat();
        let found = taken("Document.iwa", &part);
        assert_eq!(found.documents[0].text, "Ada Example Ada Examand so on\n");
        assert_eq!(found.unreadable.len(), 1);
        for cut in 1..part.len() {
            assert_eq!(taken("Document.iwa", &part[..cut]).unreadable.len(), 1);
        }
    }
}
