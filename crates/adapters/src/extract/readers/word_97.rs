//! Word 6 to 2003 (MS-DOC): the whole text in its order, with notes, headers, comments and text
//! boxes, which stand behind each other in it; what tracked changes took away; who changed,
//! commented and saved it.

use std::borrow::Cow;

use encoding_rs::{UTF_16LE, WINDOWS_1252};

use super::narrow;
use super::office::end_line;
use super::ole::{Ole, half, word};
use super::word_97_runs::Runs;
use crate::extract::locked::{OldLock, other};
use crate::extract::passwords::Passwords;
use crate::extract::taking::Reason;
use crate::extract::writing::Facts;

const DAMAGED: &str = "is damaged or cut off";
/// The first edition of the format that keeps its tables in a stream of their own.
const WORD_97: u16 = 0x00C0;
/// Marks of a document that is encrypted, and of one that is scrambled in the oldest way.
const ENCRYPTED: u16 = 0x0100;
const SCRAMBLED: u16 = 0x8000;
/// Said of the letters of a document that was written on a Macintosh, and their code page.
const MACINTOSH: u16 = 0x0100;
const MAC_ROMAN: u32 = 10_000;
/// Bytes that are encrypted with one key, and those at the beginning that never are.
const BLOCK: usize = 512;
const IN_CLEAR: usize = 68;
/// Where the pairs of place and length of all tables begin.
const PAIRS: usize = 0x9A;
/// Numbers of pairs.
const PIECES: usize = 33;
const COMMENTERS: usize = 36;
const REVISERS: usize = 51;
const SAVERS: usize = 71;

/// Whether it is under a password.
pub(super) fn is_locked(ole: &Ole<'_>) -> bool {
    ole.stream("WordDocument").and_then(|main| half(&main, 10)).is_some_and(|flags| flags & ENCRYPTED != 0)
}

/// Reads the text, `limit` bytes at most.
pub(super) fn read(ole: &Ole<'_>, passwords: &Passwords, facts: &mut Facts, limit: usize) -> Result<String, Reason> {
    let mut main = ole.stream("WordDocument").ok_or(DAMAGED)?;
    let flags = half(&main, 10).ok_or(DAMAGED)?;
    if !matches!(half(&main, 0), Some(0xA5EC | 0xA5DC)) {
        return Err(DAMAGED.into());
    }
    let (edition, encrypted) = (half(&main, 2).ok_or(DAMAGED)?, flags & ENCRYPTED != 0);
    if encrypted && (flags & SCRAMBLED != 0 || edition < WORD_97) {
        return Err(other());
    }
    if edition < WORD_97 {
        return before_97(&main, flags, facts, limit);
    }
    let tables = ole.stream(if flags & 0x0200 == 0 { "0Table" } else { "1Table" });
    let mut tables = tables.ok_or(if encrypted { "is encrypted" } else { DAMAGED })?;
    if encrypted {
        // What is needed to try a password stands in front of the tables.
        let key = OldLock::read(&tables).ok_or_else(other)?.open(passwords)?;
        let plain = [main.get(..IN_CLEAR).unwrap_or_default(), key.stream(&main, BLOCK).get(IN_CLEAR..).unwrap_or_default()].concat();
        (main, tables) = (Cow::Owned(plain), Cow::Owned(key.stream(&tables, BLOCK)));
    }
    let table = |number: usize| table(&main, &tables, PAIRS + 8 * number).unwrap_or_default();
    let runs = Runs::read(&main, &tables);
    let mut story = Story::new(&runs, facts, main.len() / 4);
    for piece in pieces(table(PIECES)).ok_or(DAMAGED)? {
        if story.out.len() > limit {
            break;
        }
        let bytes = piece.of(&main);
        let encoding = if piece.narrow { WINDOWS_1252 } else { UTF_16LE };
        story.write(&encoding.decode_without_bom_handling(bytes).0, piece.place, if piece.narrow { 1 } else { 2 });
    }
    let text = story.finish();
    strings(table(COMMENTERS), false, |name| facts.add("Comment by", name));
    strings(table(REVISERS), true, |name| facts.add("Changed by", if name == "Unknown" { "" } else { name }));
    strings(table(SAVERS), true, |name| facts.add("Saved by", name));
    Ok(text)
}

/// A table whose place and length stand at `at`.
pub(super) fn table<'t>(main: &[u8], tables: &'t [u8], at: usize) -> Option<&'t [u8]> {
    tables.get(word(main, at)? as usize..)?.get(..word(main, at + 4)? as usize)
}

/// Text of one byte a letter, in the code page that the first font with one of its own tells, or that of the machine it was written on.
fn before_97(main: &[u8], flags: u16, facts: &mut Facts, limit: usize) -> Result<String, Reason> {
    let page = table(main, main, 0xD0).and_then(page_of_fonts);
    let page = page.or_else(|| (half(main, 0x14) == Some(MACINTOSH)).then_some(MAC_ROMAN));
    let runs = Runs::default();
    let mut story = Story::new(&runs, facts, main.len() / 2);
    // Saved in a hurry, it stands in pieces.
    let in_pieces = if flags & 0x0004 == 0 { None } else { table(main, main, 0x160).and_then(pieces) };
    let (start, end) = word(main, 0x18).zip(word(main, 0x1C)).ok_or(DAMAGED)?;
    let whole = Piece { place: start as usize, letters: end.saturating_sub(start) as usize, narrow: true };
    for piece in in_pieces.unwrap_or_else(|| vec![whole]) {
        if story.out.len() > limit {
            break;
        }
        let bytes = Piece { narrow: true, ..piece }.of(main);
        story.write(&narrow(bytes, page.or(Some(1_252))), piece.place, 1);
    }
    Ok(story.finish())
}

fn page_of_fonts(fonts: &[u8]) -> Option<u32> {
    let mut rest = fonts.get(2..)?;
    while let Some(length) = rest.first() {
        let (font, after) = rest.split_at_checked(usize::from(*length) + 1)?;
        let page = match font.get(4)? {
            77 => Some(MAC_ROMAN),
            128 => Some(932),
            129 => Some(949),
            134 => Some(936),
            136 => Some(950),
            161 => Some(1_253),
            162 => Some(1_254),
            163 => Some(1_258),
            177 => Some(1_255),
            178 => Some(1_256),
            186 => Some(1_257),
            204 => Some(1_251),
            222 => Some(874),
            238 => Some(1_250),
            _ => None,
        };
        if page.is_some() {
            return page;
        }
        rest = after;
    }
    None
}

/// Text that stands in one piece in the file.
struct Piece {
    place: usize,
    letters: usize,
    narrow: bool,
}

impl Piece {
    /// Its bytes, as far as they are there.
    fn of<'m>(&self, main: &'m [u8]) -> &'m [u8] {
        let rest = main.get(self.place..).unwrap_or_default();
        let length = if self.narrow { self.letters } else { self.letters.saturating_mul(2) };
        rest.get(..length).unwrap_or(rest)
    }
}

/// The table of pieces: behind changes of form, the ends of all, then eight bytes for each.
fn pieces(mut table: &[u8]) -> Option<Vec<Piece>> {
    while let [1, low, high, rest @ ..] = table {
        table = rest.get(usize::from(u16::from_le_bytes([*low, *high]))..)?;
    }
    let [2, rest @ ..] = table else { return None };
    let list = rest.get(4..)?.get(..word(rest, 0)? as usize)?;
    let count = list.len().checked_sub(4)? / 12;
    let piece = |number: usize| {
        let (from, to) = (word(list, 4 * number)?, word(list, 4 * number + 4)?);
        let place = word(list, 4 * (count + 1) + 8 * number + 2)?;
        let narrow = place & 0x4000_0000 != 0;
        let bytes = (place & 0x3FFF_FFFF) as usize;
        Some(Piece { place: if narrow { bytes / 2 } else { bytes }, letters: to.saturating_sub(from) as usize, narrow })
    };
    Some((0..count).filter_map(piece).collect())
}

/// Texts behind their lengths; a list of them has a head.
fn strings(list: &[u8], head: bool, mut each: impl FnMut(&str)) {
    let (mut at, extra) = if head {
        if half(list, 0) != Some(0xFFFF) {
            return;
        }
        (6, half(list, 4).map_or(0, usize::from))
    } else {
        (0, 0)
    };
    while let Some(letters) = half(list, at) {
        let end = at + 2 + 2 * usize::from(letters);
        let Some(text) = list.get(at + 2..end) else { return };
        each(&super::wide(text));
        at = end + extra;
    }
}

/// The text on its way.
struct Story<'s> {
    runs: &'s Runs,
    facts: &'s mut Facts,
    out: String,
    deleted: String,
    /// For each open field, whether its code is being read rather than what it shows.
    fields: Vec<bool>,
    code: String,
    after_cell: bool,
}

impl<'s> Story<'s> {
    fn new(runs: &'s Runs, facts: &'s mut Facts, room: usize) -> Self {
        let out = String::with_capacity(room);
        Self { runs, facts, out, deleted: String::new(), fields: Vec::new(), code: String::new(), after_cell: false }
    }

    /// Writes a piece that stands at `place` in the file, `width` bytes a unit.
    fn write(&mut self, text: &str, mut place: usize, width: usize) {
        let mut rest = text;
        while !rest.is_empty() {
            let plain = rest.bytes().position(|byte| byte < 0x20).unwrap_or(rest.len());
            let (words, after) = rest.split_at(plain);
            if self.runs.is_empty() {
                self.to(place).push_str(words);
            } else {
                for letter in words.chars() {
                    self.to(place).push(letter);
                    place += letter.len_utf16() * width;
                }
            }
            let Some(control) = after.chars().next() else { return };
            self.after_cell &= words.is_empty();
            self.control(control, place);
            self.after_cell = control == '\u{7}';
            place += width;
            rest = after.get(1..).unwrap_or_default();
        }
    }

    /// Where a letter goes.
    fn to(&mut self, place: usize) -> &mut String {
        match () {
            () if self.fields.contains(&true) => &mut self.code,
            () if self.runs.is_deleted(place) => &mut self.deleted,
            () => &mut self.out,
        }
    }

    fn control(&mut self, control: char, place: usize) {
        match control {
            '\r' => {
                self.note_deleted();
                let end = if self.runs.is_in_table(place) { ' ' } else { '\n' };
                self.to(place).push(end);
            }
            '\u{7}' => self.cell(place),
            '\u{B}' | '\u{C}' | '\u{E}' | '\n' => self.to(place).push('\n'),
            '\t' => self.to(place).push('\t'),
            '\u{1E}' => self.to(place).push('-'),
            '\u{13}' => self.fields.push(true),
            '\u{14}' => {
                if let Some(code) = self.fields.last_mut() {
                    *code = false;
                }
                self.note_code();
            }
            '\u{15}' => {
                self.fields.pop();
                self.note_code();
            }
            _ => {}
        }
    }

    /// The end of a cell or of a row.
    fn cell(&mut self, place: usize) {
        let row = if self.runs.tell_rows() { self.runs.is_row_end(place) } else { self.after_cell };
        self.out.truncate(self.out.trim_end_matches(' ').len());
        if row {
            self.out.truncate(self.out.trim_end_matches([' ', '|']).len());
            end_line(&mut self.out);
        } else {
            self.out.push_str(" | ");
        }
    }

    fn note_code(&mut self) {
        if !self.fields.contains(&true) {
            self.facts.add("Field", &std::mem::take(&mut self.code));
        }
    }

    fn note_deleted(&mut self) {
        if !self.deleted.is_empty() {
            self.facts.add("Deleted", &std::mem::take(&mut self.deleted));
        }
    }

    fn finish(mut self) -> String {
        self.note_deleted();
        // A field that never ends holds the rest of the text.
        self.out.push_str(&self.code);
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_written_on_a_macintosh_are_those_of_a_macintosh() {
        let text = b"ce que l\xD5auteur cr\x8Ee";
        let mut main = vec![0; 0x180];
        main[0x18..0x1A].copy_from_slice(&0x180_u16.to_le_bytes());
        main[0x1C..0x1E].copy_from_slice(&(0x180 + text.len() as u16).to_le_bytes());
        main.extend(text);
        let read = |main: &[u8]| before_97(main, 0, &mut Facts::default(), 1_000).unwrap();
        assert_eq!(read(&main).trim(), "ce que l\u{d5}auteur cr\u{17d}e");
        main[0x15] = 1;
        assert_eq!(read(&main).trim(), "ce que l\u{2019}auteur cr\u{e9}e");
    }
}
