//! `OneNote` sections (MS-ONESTORE): the texts, which stand behind their lengths, and the files that were put in. What an earlier
//! state of a page held is there as well, once.

use std::collections::HashSet;

use finder::document::{DocumentKind, PartKind};
use memchr::memmem;

use super::{narrow, scraps, wide};
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::Writing;

/// What stands in front of a file that was put in, and how far behind its beginning the file is.
const FILE: &[u8] = b"\xE7\x16\xE3\xBD\x65\x26\x11\x45\xA4\xC4\x8D\x4D\x0B\x7A\x9E\xAC";
const HEAD: usize = 36;
/// The longest text, in bytes, and the shortest of single bytes.
const LONGEST: usize = 1 << 20;
const SHORTEST: usize = 4;

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let bytes = item.bytes;
    let (mut files, mut at) = (Vec::new(), 0);
    while let Some(found) = bytes.get(at..).and_then(|rest| memmem::find(rest, FILE)) {
        let start = at + found + HEAD;
        let length = bytes.get(start - 20..).and_then(|rest| rest.first_chunk()).map(|length| u64::from_le_bytes(*length));
        let length = length.and_then(|length| usize::try_from(length).ok()).filter(|length| *length > 0);
        let file = length.and_then(|length| bytes.get(start..start.checked_add(length)?));
        at = file.map_or(start - HEAD + FILE.len(), |file| start + file.len());
        files.extend(file.map(|file| (start, file)));
    }
    let mut texts = String::new();
    let mut before = 0;
    let mut seen = HashSet::new();
    for (start, file) in files.iter().copied().chain([(bytes.len(), &[][..])]) {
        take(bytes.get(before..start).unwrap_or_default(), &mut seen, &mut texts);
        before = start + file.len();
    }
    if texts.is_empty() && files.is_empty() {
        return scraps::take(taking, item, "a OneNote section in which no text could be read");
    }
    let mut writing = Writing::sized(texts.len());
    writing.part(PartKind::Body, |out| out.push_str(&texts));
    taking.document(About { kind: DocumentKind::Text, title: String::new(), date: None }, item, writing);
    for (number, (_, file)) in files.into_iter().enumerate() {
        taking.child(number + 1, Item { name: "", bytes: file });
    }
    Ok(())
}

/// Takes the texts that stand behind their lengths, each once.
fn take(bytes: &[u8], seen: &mut HashSet<String>, out: &mut String) {
    let (mut pairs, mut singles) = ([Run::default(), Run::default()], Run::default());
    let mut at = 0;
    while let Some(length) = bytes.get(at..).and_then(|rest| rest.first_chunk()).map(|length| u32::from_le_bytes(*length) as usize) {
        let start = at + 4;
        at += 1;
        let Some(content) = bytes.get(start..start.saturating_add(length)).filter(|_| (2..=LONGEST).contains(&length)) else { continue };
        let single = length >= SHORTEST && singles.reaches(bytes, start, start + length, 1);
        let text = if single && is_latin(content) {
            narrow(content, Some(1252))
        } else if length % 2 == 0 && pairs.get_mut(start % 2).is_some_and(|run| run.reaches(bytes, start, start + length, 2)) {
            wide(content)
        } else if single {
            narrow(content, Some(1252))
        } else {
            continue;
        };
        at = start + length;
        let text = text.replace(['\u{B}', '\r', '\0'], "\n");
        let text = text.trim();
        if text.chars().any(char::is_alphanumeric) && seen.insert(text.to_owned()) {
            out.push_str(text);
            out.push('\n');
        }
    }
}

/// Whether single bytes are mostly letters and spaces: two of them could be a sign of East Asia as well.
fn is_latin(content: &[u8]) -> bool {
    content.iter().filter(|byte| byte.is_ascii_alphabetic() || **byte == b' ').count() * 10 >= content.len() * 8
}

/// Up to where the units are those of a text, found once for each.
#[derive(Default)]
struct Run {
    from: usize,
    until: usize,
}

impl Run {
    /// Whether all units between are those of a text; asked for places that only grow.
    fn reaches(&mut self, bytes: &[u8], start: usize, end: usize, unit: usize) -> bool {
        if start >= self.until || start < self.from {
            let rest = bytes.get(start..).unwrap_or_default();
            let length = if unit == 2 {
                2 * rest.as_chunks::<2>().0.iter().take_while(|pair| is_letter(u16::from_le_bytes(**pair))).count()
            } else {
                rest.iter().take_while(|byte| matches!(byte, 9..=13 | 0x20..=0x7E | 0xA0..)).count()
            };
            (self.from, self.until) = (start, start + length);
        }
        end <= self.until
    }
}

fn is_letter(unit: u16) -> bool {
    matches!(unit, 9..=13 | 0x20..=0x7E | 0xA0..=0x52F | 0x590..=0x6FF | 0x900..=0xDFF | 0x1E00..=0x20CF | 0x2100..=0x27BF | 0x3000..=0x9FFF | 0xAC00..=0xD7A3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::inprocess::taken;

    const SECTION: &[u8] = b"\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D\xAE\xB1\x53\x78\xD0\x29\x96\xD3";

    fn long(text: &str) -> Vec<u8> {
        let text: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&(text.len() as u32).to_le_bytes()[..], &text].concat()
    }

    #[test]
    fn texts_are_read_once_and_files_that_were_put_in_too() {
        let file = b"Dear Zo\xC3\xAB, from a file";
        let carried = [FILE, &(file.len() as u64).to_le_bytes(), &[0; 12], file, &[0x22; 16]].concat();
        let narrow = b"\x0C\0\0\0called Grace";
        let bytes = [
            SECTION,
            &[0; 50],
            &long("Ada, 3 May\rsecond line"),
            &[7; 3],
            narrow,
            &carried,
            &long("Ada, 3 May\rsecond line"),
            &long("山田"),
            &[0; 9],
        ]
        .concat();
        let found = taken("Notes.one", &bytes);
        assert!(found.unreadable.is_empty(), "{found:?}");
        let texts: Vec<&str> = found.documents.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(texts, ["Ada, 3 May\nsecond line\ncalled Grace\n山田\n", "Dear Zoë, from a file"]);
    }

    #[test]
    fn an_empty_or_locked_section_says_so() {
        assert!(taken("a.one", &[SECTION, &[0; 900]].concat()).unreadable[0].reason.starts_with("a OneNote section in which no text"));
    }

    #[test]
    fn many_texts_that_could_begin_anywhere_take_no_longer_than_one() {
        let bytes = [SECTION, &[10, 0].repeat(2 << 20)].concat();
        let mut out = String::new();
        take(&bytes, &mut HashSet::new(), &mut out);
        assert_eq!(out, "");
    }
}
