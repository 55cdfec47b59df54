//! `WordPerfect` documents: 5, and 6 and later. Text is nearly plain bytes; functions stand between it, each with its length.

use finder::document::{DocumentKind, PartKind};

use super::office::end_line;
use super::scraps;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::Writing;

/// The kind of file that is a document.
const DOCUMENT: u8 = 10;
/// Bytes of an entry of the list of what belongs to a document, and of the list's head.
const ENTRY: usize = 14;
/// The kind of entry that is text: footnotes, headers, comments.
const TEXT: u8 = 8;
/// The letters that 6 and later write as 1 to 32.
const EUROPEAN: &str = "åÅæÆäÄáàâãÃçÇëéÉèêíñÑøØõÕöÖüÜúùß";
/// The letters of the set 1, from 26 on.
const LETTERS: &str = "ÁáÂâÄäÀàÅåÆæÇçÉéÊêËëÈèÍíÎîÏïÌìÑñÓóÔôÖöÒòÚúÛûÜüÙùŸÿÃãĐđØøÕõÝýÐðÞþĂăĀāĄąĆćČčĈĉĊċĎďĚěĖėĒēĘęǴǵĞğǦǧĢģĜĝĠġĤĥĦħİıĪīĮįĨĩĲĳĴĵĶķĹĺĽľĻļĿŀŁłŃńŉ'ŇňŅņŐőŌōŒœŔŕŘřŖŗŚśŠšŞşŜŝŤťŢţŦŧŬŭŰűŪūŲųŮůŨũŴŵŶŷŹźŽžŻżŊŋ";
/// The signs of the set 4.
const SIGNS: &str = "●○■•*¶§¡¿«»£¥₧ƒªº½¼¢²ⁿ®©¤¾³‛’‘‟”“–—‹›○□†‡™";

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    const DAMAGED: &str = "is damaged or cut off";
    let bytes = item.bytes;
    let (start, encrypted) = (word(bytes, 4).ok_or(DAMAGED)?, half(bytes, 12).ok_or(DAMAGED)?);
    if encrypted != 0 {
        return Err("is encrypted in a way that is not read".into());
    }
    let old = bytes.get(10) == Some(&0);
    let (text, notes) = match bytes.get(start..) {
        Some(text) if bytes.get(9) == Some(&DOCUMENT) => {
            let mut body = Text::default();
            if old {
                body.five(text);
            } else {
                body.six(text);
            }
            let mut notes = Text { out: body.notes, notes: String::new() };
            if !old {
                texts(bytes, start).for_each(|text| {
                    notes.six(text);
                    end_line(&mut notes.out);
                });
            }
            (body.out, notes.out)
        }
        _ => (String::new(), String::new()),
    };
    if text.trim().is_empty() && notes.trim().is_empty() {
        return scraps::take(taking, item, "a WordPerfect file in which no text could be read");
    }
    let mut writing = Writing::sized(text.len() + notes.len());
    writing.part(PartKind::Body, |out| {
        out.push_str(&text);
        end_line(out);
        out.push_str(&notes);
    });
    taking.document(About { kind: DocumentKind::Word, title: String::new(), date: None }, item, writing);
    Ok(())
}

fn half(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?)))
}

fn word(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?) as usize)
}

/// The texts beside the main one, in front of it.
fn texts(bytes: &[u8], start: usize) -> impl Iterator<Item = &[u8]> {
    let list = half(bytes, 14).and_then(|at| bytes.get(at..start)).unwrap_or_default();
    let count = half(list, 2).unwrap_or_default();
    let entries = list.chunks_exact(ENTRY).skip(1).take(count);
    entries.filter(|entry| entry.get(1) == Some(&TEXT)).filter_map(move |entry| {
        let (length, at) = (word(entry, 6)?, word(entry, 10)?);
        let content = bytes.get(at..start)?;
        let content = content.get(..length).unwrap_or(content);
        // A number of blocks, where the first is, and the length of each; then the text.
        content.get(half(content, 0)?.checked_mul(4)?.checked_add(6)?..)
    })
}

#[derive(Default)]
struct Text {
    out: String,
    /// What stands in functions: headers, footnotes.
    notes: String,
}

impl Text {
    fn line(&mut self) {
        self.out.push('\n');
    }

    fn letter(&mut self, set: u8, number: u8) {
        let number = usize::from(number);
        let letter = match set {
            0 => char::from_u32(number as u32).filter(|c| !c.is_control()),
            1 if number == 23 => Some('ß'),
            1 => number.checked_sub(26).and_then(|number| LETTERS.chars().nth(number)),
            4 => SIGNS.chars().nth(number),
            _ => None,
        };
        self.out.push(letter.unwrap_or('\u{FFFD}'));
    }

    /// Version 6 and later.
    fn six(&mut self, mut rest: &[u8]) {
        while let Some((code, after)) = rest.split_first() {
            let mut length = 1;
            match code {
                1..=32 => self.out.extend(EUROPEAN.chars().nth(usize::from(*code) - 1)),
                0x21..=0x7E => self.out.push(char::from(*code)),
                0x80 | 0x81 | 0xCD..=0xCF => self.out.push(' '),
                0x84 => self.out.push('-'),
                0x87 | 0xB7..=0xC5 | 0xC7..=0xCC => self.line(),
                0xC6 => self.out.push_str(" | "),
                0xD0..=0xEF => {
                    let told = half(after, 1).filter(|told| *told >= 4 && rest.get(told - 1) == Some(code));
                    length = told.unwrap_or(1);
                    match (code, after.first()) {
                        _ if told.is_none() => {}
                        (0xD0, Some(1..=3)) => self.out.push(' '),
                        (0xD0, Some(10)) => self.out.push_str(" | "),
                        (0xD0, _) => self.line(),
                        (0xE0, _) => self.out.push('\t'),
                        _ => {}
                    }
                }
                0xF0..=0xFE => {
                    let told = [4, 5, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 8, 8].get(usize::from(code - 0xF0)).copied().unwrap_or(1);
                    if rest.get(told - 1) == Some(code) {
                        length = told;
                        if let ([number, set, ..], 0xF0) = (after, code) {
                            self.letter(*set, *number);
                        }
                    }
                }
                _ => {}
            }
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    /// Version 5.
    fn five(&mut self, mut rest: &[u8]) {
        while let Some((code, after)) = rest.split_first() {
            let mut length = 1;
            match code {
                10 | 12 | 0x8C | 0x99 => self.line(),
                11 | 13 | 0xA0 => self.out.push(' '),
                0x20..=0x7E => self.out.push(char::from(*code)),
                0xA9..=0xAB => self.out.push('-'),
                0xC0..=0xCF => {
                    let told = [4, 9, 11, 3, 3, 5, 6, 7, 4, 5, 6, 6, 8, 10, 10, 12].get(usize::from(code - 0xC0)).copied().unwrap_or(1);
                    if rest.get(told - 1) == Some(code) {
                        length = told;
                        match (after, code) {
                            ([number, set, ..], 0xC0) => self.letter(*set, *number),
                            (_, 0xC1) => self.out.push('\t'),
                            _ => {}
                        }
                    }
                }
                0xD0..=0xFF => {
                    if let Some(told) = half(after, 1).map(|told| told + 4).filter(|told| rest.get(told - 1) == Some(code)) {
                        length = told;
                        // Headers and footers, footnotes and endnotes, boxes.
                        if matches!(code, 0xD5 | 0xD6 | 0xDA) {
                            self.notes.push_str(&scraps::of(rest.get(4..told - 4).unwrap_or_default()));
                        }
                    }
                }
                _ => {}
            }
            rest = rest.get(length..).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::inprocess::taken;

    fn file(major: u8, kind: u8, front: &[u8], text: &[u8]) -> Vec<u8> {
        let start = (16 + front.len() as u32).to_le_bytes();
        [b"\xFFWPC", &start[..], &[1, kind, major, 0, 0, 0, 16, 0], front, text].concat()
    }

    #[test]
    fn letters_of_the_later_versions_are_read_with_their_notes() {
        let note = b"\x01\0\x0A\0\0\0\x0B\0\0\0a\x80footnote\xCC";
        let entry = [&[0, 8, 1, 0, 0, 0][..], &(note.len() as u32).to_le_bytes(), &(16_u32 + 28).to_le_bytes()].concat();
        let front = [&[0, 0, 1, 0][..], &[0; 10], &entry, note].concat();
        let text = b"Dear\x80Zo\x0E,\xCF\xD4\x1A\x08\0\x09\x09\x09\xD4I\x80met\x80Ma\xF0\x10\x01\xF0\xF2\x0C\xF2dek\xF3\x0C\xF3.\xE0\x11\x05\0\xE0x\xCC\xD0\x04\x05\0\xD0one\xC6two\xFF";
        let found = taken("old.wpd", &file(2, 10, &front, text));
        assert!(found.unreadable.is_empty(), "{found:?}");
        assert_eq!(found.documents[0].text, "Dear Zoë, I met Ma\u{FFFD}dek.\tx\n\none | two\na footnote\n");
    }

    #[test]
    fn letters_of_version_5_are_read() {
        let text =
            b"Dear Zo\xC0\x2D\x01\xC0,\x0DI met\x0A\xC3\x0C\xC3Grace\xC4\x0C\xC4\xA9Anne\xD6\0\x12\0\0\0a footnote\0\0\x12\0\0\xD6\x0A";
        let found = taken("", &file(0, 10, &[], text));
        assert!(found.unreadable.is_empty(), "{found:?}");
        assert_eq!(found.documents[0].text, "Dear Zoë, I met\nGrace-Anne\na footnote\n");
    }

    #[test]
    fn what_is_locked_or_no_document_says_so() {
        let mut locked = file(2, 10, &[], b"\x99\x12\x55");
        locked[12] = 7;
        assert_eq!(taken("", &locked).unreadable[0].reason, "is encrypted in a way that is not read");
        assert!(taken("", &file(2, 1, &[], b"a macro of Ada")).unreadable[0].reason.starts_with("a WordPerfect file in which no text"));
        assert_eq!(taken("", b"\xFFWPC\x10\0").unreadable[0].reason, "is damaged or cut off");
    }
}
