//! Sound recordings: what stands in an MP3 besides the sound (ID3, editions 1 and 2): who speaks or plays, what it is about, comments, words,
//! links, and the picture that comes with it. The sound itself can only be heard.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE};
use finder::document::DocumentKind;

use crate::extract::charset::lenient;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

const HEARD: &str = "a sound recording; it must be listened to by a person";
/// Most frames of a tag.
const MOST: usize = 1_000;
/// Bytes of the head of a tag.
const HEAD: usize = 10;

/// Frames of text, in the second edition's names of three letters and of four.
const TEXTS: &[(&str, &str, &str)] = &[
    ("TT2", "TIT2", "Title"),
    ("TT1", "TIT1", "Title"),
    ("TT3", "TIT3", "Title"),
    ("TP1", "TPE1", "By"),
    ("TP2", "TPE2", "By"),
    ("TCM", "TCOM", "By"),
    ("TXT", "TEXT", "By"),
    ("TAL", "TALB", "Album"),
    ("TYE", "TYER", "Date"),
    ("TDA", "TDAT", "Date"),
    ("TRD", "TDRC", "Date"),
    ("TCR", "TCOP", "Copyright"),
    ("TOW", "TOWN", "Owner"),
    ("TEN", "TENC", "Recorded by"),
];
/// Texts that say how the sound is kept, and nothing about anybody.
const TECHNICAL: &[&str] =
    &["TLE", "TLEN", "TBP", "TBPM", "TSI", "TSIZ", "TFT", "TFLT", "TSS", "TSSE", "TCO", "TCON", "TRK", "TRCK", "TPA", "TPOS"];

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut facts = Facts::default();
    let mut pictures = Vec::new();
    if let Some(tag) = Tag::at(item.bytes) {
        tag.read(&mut facts, &mut pictures);
    }
    first_edition(item.bytes, &mut facts);
    let mut writing = Writing::default();
    writing.metadata(&facts);
    if !writing.text.is_empty() {
        let title = facts.first("Title").to_owned();
        taking.document(About { kind: DocumentKind::Text, title, date: None }, item, writing);
    }
    for (number, picture) in (1..).zip(pictures) {
        taking.count(picture.len())?;
        taking.child(number, Item { name: "", bytes: &picture });
    }
    Err(HEARD.into())
}

/// The tag at the end of the file, of fields of a fixed length.
fn first_edition(bytes: &[u8], facts: &mut Facts) {
    let Some(tag) = bytes.last_chunk::<128>().filter(|tag| tag.starts_with(b"TAG")) else { return };
    for (label, start, length) in [("Title", 3, 30), ("By", 33, 30), ("Album", 63, 30), ("Date", 93, 4), ("Comment", 97, 30)] {
        let field = tag.get(start..start + length).unwrap_or_default();
        let end = field.iter().position(|byte| *byte == 0).unwrap_or(length);
        facts.add(label, &lenient(field.get(..end).unwrap_or_default()));
    }
}

/// The tag at the beginning of the file, of frames.
struct Tag<'b> {
    edition: u8,
    frames: Cow<'b, [u8]>,
}

impl<'b> Tag<'b> {
    fn at(bytes: &'b [u8]) -> Option<Self> {
        let [b'I', b'D', b'3', edition @ 2..=4, _, flags, a, b, c, d, rest @ ..] = bytes else { return None };
        let length = in_sevens([*a, *b, *c, *d]);
        let frames = rest.get(..length.min(rest.len()))?;
        // In the last edition each frame says so for itself.
        let frames = if flags & 0x80 != 0 && *edition < 4 { joined(frames) } else { Cow::Borrowed(frames) };
        let mut tag = Self { edition: *edition, frames };
        if flags & 0x40 != 0 {
            // Further remarks on the tag, which in the second edition would mean that it is packed.
            let head = tag.frames.first_chunk::<4>()?;
            let length = match edition {
                2 => return None,
                3 => (u32::from_be_bytes(*head) as usize).saturating_add(4),
                _ => in_sevens(*head),
            };
            tag.frames = Cow::Owned(tag.frames.get(length..)?.to_vec());
        }
        Some(tag)
    }

    fn read(&self, facts: &mut Facts, pictures: &mut Vec<Vec<u8>>) {
        let mut rest = self.frames.as_ref();
        for _ in 0..MOST {
            let Some(next) = self.frame(rest) else { return };
            if let Some(body) = next.body {
                frame(next.name, &body, facts, pictures);
            }
            rest = next.after;
        }
    }

    /// The first frame.
    fn frame<'f>(&self, bytes: &'f [u8]) -> Option<Frame<'f>> {
        let (name, length, flags, head) = if self.edition == 2 {
            let [_, _, _, a, b, c, ..] = bytes else { return None };
            (bytes.get(..3)?, u32::from_be_bytes([0, *a, *b, *c]) as usize, [0, 0], 6)
        } else {
            let (head, _) = bytes.split_first_chunk::<HEAD>()?;
            let [_, _, _, _, a, b, c, d, flags @ ..] = head;
            let length = [*a, *b, *c, *d];
            let length = if self.edition == 3 { u32::from_be_bytes(length) as usize } else { in_sevens(length) };
            (bytes.get(..4)?, length, *flags, HEAD)
        };
        let name = std::str::from_utf8(name).ok().filter(|name| name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()))?;
        let (body, after) = bytes.get(head..)?.split_at_checked(length)?;
        Some(Frame { name, body: self.plain(body, flags[1]), after })
    }

    /// What a frame holds, by its flags.
    fn plain<'f>(&self, body: &'f [u8], flags: u8) -> Option<Cow<'f, [u8]>> {
        let (packed, grouped, in_pieces, measured) = match self.edition {
            3 => (flags & 0xC0 != 0, flags & 0x20 != 0, false, false),
            _ => (flags & 0x0C != 0, flags & 0x40 != 0, flags & 0x02 != 0, flags & 0x01 != 0),
        };
        let body = body.get(usize::from(grouped) + if measured { 4 } else { 0 }..).filter(|_| !packed)?;
        Some(if in_pieces { joined(body) } else { Cow::Borrowed(body) })
    }
}

struct Frame<'f> {
    name: &'f str,
    /// What it holds, unless that is packed or encrypted.
    body: Option<Cow<'f, [u8]>>,
    /// What is behind it.
    after: &'f [u8],
}

/// Notes what a frame says.
fn frame(name: &str, body: &[u8], facts: &mut Facts, pictures: &mut Vec<Vec<u8>>) {
    let (code, rest) = body.split_first().map_or((0, body), |(code, rest)| (*code, rest));
    match name {
        "COM" | "COMM" => said(code, rest.get(3..), "Comment", facts),
        "ULT" | "USLT" => said(code, rest.get(3..), "Words", facts),
        "TXX" | "TXXX" => said(code, Some(rest), "Property", facts),
        "WXX" | "WXXX" => {
            let (label, link) = cut(code, rest);
            facts.add("Link", &format!("{} {}", decoded(code, label), lenient(link)));
        }
        "PIC" => pictures.extend(rest.get(4..).map(|rest| cut(code, rest).1.to_vec())),
        "APIC" => {
            // Its kind, as text and as a number, stand in front of what it is called.
            let (_, rest) = cut(0, rest);
            pictures.extend(rest.get(1..).map(|rest| cut(code, rest).1.to_vec()));
        }
        "POP" | "POPM" => facts.add("Rated by", &lenient(cut(0, body).0)),
        _ if name.starts_with('W') => facts.add("Link", &lenient(cut(0, body).0)),
        _ if (name.starts_with('T') || name == "IPL" || name == "IPLS") && !TECHNICAL.contains(&name) => {
            let known = TEXTS.iter().find(|(short, long, _)| *short == name || *long == name);
            said(code, Some(rest), known.map_or("Property", |(.., label)| *label), facts);
        }
        _ => {}
    }
}

/// Notes texts, one behind the other.
fn said(code: u8, texts: Option<&[u8]>, label: &'static str, facts: &mut Facts) {
    for text in decoded(code, texts.unwrap_or_default()).split('\0') {
        facts.add(label, text.trim_start_matches('\u{FEFF}'));
    }
}

fn decoded(code: u8, bytes: &[u8]) -> Cow<'_, str> {
    match code {
        1 => UTF_16LE.decode(bytes).0,
        2 => UTF_16BE.decode_without_bom_handling(bytes).0,
        // What says that it is Latin-1 is often in the character set of the machine.
        _ => lenient(bytes),
    }
}

/// A text that ends with a nought, of one byte or two, and what is behind it.
fn cut(code: u8, bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = if matches!(code, 1 | 2) {
        bytes.as_chunks::<2>().0.iter().position(|pair| *pair == [0; 2]).map(|at| (2 * at, 2 * at + 2))
    } else {
        memchr::memchr(0, bytes).map(|at| (at, at + 1))
    };
    let (end, next) = end.unwrap_or((bytes.len(), bytes.len()));
    (bytes.get(..end).unwrap_or_default(), bytes.get(next..).unwrap_or_default())
}

/// A number of which each byte holds seven bits.
fn in_sevens(bytes: [u8; 4]) -> usize {
    bytes.iter().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7F))
}

/// Without the noughts that were put behind bytes which a player could take for sound.
fn joined(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut before = 0;
    for byte in bytes {
        if before != 0xFF || *byte != 0 {
            out.push(*byte);
        }
        before = *byte;
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use crate::extract::inprocess::taken;

    fn tag(edition: u8, flags: u8, frames: &[(&str, &[u8])]) -> Vec<u8> {
        let mut body = Vec::new();
        for (name, content) in frames {
            let length = (content.len() as u32).to_be_bytes();
            body.extend(name.as_bytes());
            match edition {
                2 => body.extend(&length[1..]),
                _ => body.extend([&length[..], &[0, 0]].concat()),
            }
            body.extend(*content);
        }
        let length = body.len() as u32;
        let sevens = [length >> 21, length >> 14, length >> 7, length].map(|part| (part & 0x7F) as u8);
        [&b"ID3"[..], &[edition, 0, flags], &sevens, &body, b"\xFF\xFB\x90\x64\0\0\0\0"].concat()
    }

    #[test]
    fn what_a_recording_says_of_itself_is_text_and_it_is_still_listed() {
        let wide = [b"\x01eng\xFF\xFE\0\0\xFF\xFE".to_vec(), "for Zoë".encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
        let found = taken(
            "interview.mp3",
            &tag(
                3,
                0,
                &[
                    ("TIT2", b"\x00Interview with Ada"),
                    ("TPE1", b"\x03Grace Sample\0Zo\xC3\xAB"),
                    ("TLEN", b"\x0061000"),
                    ("COMM", &wide),
                    ("TXXX", b"\x00case\x00P-00123"),
                    ("WOAR", b"https://mail.example/~ada"),
                    ("PRIV", b"player\0\0\0"),
                ],
            ),
        );
        let text = "Title: Interview with Ada\nBy: Grace Sample\nBy: Zo\u{eb}\nComment: for Zo\u{eb}\nProperty: case\nProperty: P-00123\nLink: https://mail.example/~ada\n";
        assert_eq!((found.documents[0].text.as_str(), found.documents[0].title.as_str()), (text, "Interview with Ada"));
        assert_eq!(found.unreadable[0].reason, "a sound recording; it must be listened to by a person");
    }

    #[test]
    fn all_editions_are_read() {
        for (edition, name) in [(2, "TT2"), (3, "TIT2"), (4, "TIT2")] {
            let found = taken("", &tag(edition, 0, &[(name, b"\x00About Ada")]));
            assert_eq!(found.documents[0].text, "Title: About Ada\n", "{edition}");
        }
        let mut first = vec![0xFF, 0xFB, 0x90, 0x64];
        first.extend(
            [&b"TAG"[..], b"About Ada", &[0; 21], b"Grace Sample", &[0; 18], &[0; 30], b"2024", b"at the harbour", &[0; 17]].concat(),
        );
        assert_eq!(taken("a.mp3", &first).documents[0].text, "Title: About Ada\nBy: Grace Sample\nDate: 2024\nComment: at the harbour\n");
    }

    #[test]
    fn noughts_put_in_for_players_are_taken_out() {
        let mut stuffed = tag(3, 0x80, &[("TIT2", b"\x01\xFF\xFEA\0d\0a\0")]);
        let at = stuffed.iter().position(|byte| *byte == 0xFF).unwrap();
        stuffed.insert(at + 1, 0);
        stuffed[9] += 1;
        assert_eq!(taken("", &stuffed).documents[0].text, "Title: Ada\n");
    }

    #[test]
    fn the_picture_that_comes_with_it_is_listed() {
        let picture = [&b"\x00image/png\0\x03cover\0\x89PNG\r\n\x1a\n"[..], &[0; 40]].concat();
        let found = taken("a.mp3", &tag(4, 0, &[("APIC", &picture)]));
        assert_eq!(found.unreadable.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["", "1:"], "{found:?}");
    }

    #[test]
    fn what_is_cut_off_or_says_wrong_lengths_is_listed() {
        let whole = tag(3, 0x40, &[("TIT2", b"\x00About Ada")]);
        for end in 10..whole.len() {
            let found = taken("a.mp3", &whole[..end]);
            assert!(!found.unreadable.is_empty(), "{end}");
        }
    }
}
