//! Drawings of Windows (EMF, WMF): the words that are set in them, and a PDF that a program put beside the drawing. Documents keep a
//! drawing of everything that another program made in them.

use super::narrow;
use super::ole::{half, word};
use crate::extract::writing::push_plain;

/// What a drawing says.
#[derive(Debug, Default)]
pub(super) struct Said<'a> {
    pub(super) text: String,
    pub(super) pdf: Option<&'a [u8]>,
}

/// Whether it is a drawing of either kind.
pub(crate) fn is_one(bytes: &[u8]) -> bool {
    is_enhanced(bytes) || bytes.starts_with(b"\xD7\xCD\xC6\x9A") || matches!(bytes, [1 | 2, 0, 9, 0, 0, 1 | 3, ..])
}

fn is_enhanced(bytes: &[u8]) -> bool {
    bytes.starts_with(&[1, 0, 0, 0]) && bytes.get(40..44) == Some(b" EMF")
}

/// Reads a drawing.
pub(super) fn read(bytes: &[u8]) -> Said<'_> {
    let mut page = Page::default();
    let mut said = Said::default();
    if is_enhanced(bytes) {
        enhanced(bytes, &mut page, &mut said);
    } else {
        old(bytes, &mut page);
    }
    said.text = page.out;
    said
}

/// Pieces of text as they are set, joined to words and lines.
#[derive(Default)]
struct Page {
    out: String,
    /// Where the last piece ended, and its line.
    end: Option<(i64, i64)>,
}

impl Page {
    /// Sets a piece at a place; `width` is how far its letters reach, and `room` what one takes on average.
    fn put(&mut self, (x, y): (i64, i64), text: &str, width: i64, room: i64) {
        if text.is_empty() {
            return;
        }
        match self.end {
            Some((_, line)) if line != y => self.out.push('\n'),
            // Of a drawing that says nothing about widths each piece is a word.
            Some((end, _)) if (width == 0 || (x - end).abs() * 4 > room) && !self.out.ends_with(' ') => self.out.push(' '),
            _ => {}
        }
        push_plain(&mut self.out, text);
        self.end = Some((x.saturating_add(width), y));
    }
}

/// Records of eight bytes of head, which tell kind and length.
fn enhanced<'a>(bytes: &'a [u8], page: &mut Page, said: &mut Said<'a>) {
    let mut rest = bytes;
    while let (Some(kind), Some(length)) = (word(rest, 0), word(rest, 4)) {
        let Some((record, after)) = rest.split_at_checked(length as usize).filter(|_| length >= 8) else { return };
        rest = after;
        match kind {
            83 | 84 => {
                piece(record, kind == 84, page);
            }
            108 => {
                small(record, page);
            }
            70 if said.pdf.is_none() => said.pdf = memchr::memmem::find(record, b"%PDF-").and_then(|at| record.get(at..)),
            14 => return,
            _ => {}
        }
    }
}

fn place(record: &[u8], at: usize) -> Option<(i64, i64)> {
    Some((i64::from(word(record, at)?.cast_signed()), i64::from(word(record, at + 4)?.cast_signed())))
}

fn piece(record: &[u8], wide: bool, page: &mut Page) -> Option<()> {
    let place = place(record, 36)?;
    let (count, from, options) = (word(record, 44)? as usize, word(record, 48)? as usize, word(record, 52)?);
    if options & 0x10 != 0 {
        // Numbers of glyphs instead of letters.
        return None;
    }
    let text = letters(record.get(from..)?, count, wide)?;
    let widths = word(record, 72).and_then(|at| record.get(at as usize..)).unwrap_or_default();
    let width: i64 = widths.as_chunks::<4>().0.iter().take(count).map(|one| i64::from(u32::from_le_bytes(*one))).sum();
    page.put(place, &text, width, width / (count as i64).max(1));
    Some(())
}

fn small(record: &[u8], page: &mut Page) -> Option<()> {
    let (count, options) = (word(record, 16)? as usize, word(record, 20)?);
    let from = if options & 0x100 == 0 { 52 } else { 36 };
    let text = letters(record.get(from..)?, count, options & 0x200 == 0)?;
    page.put(place(record, 8)?, &text, 0, 0);
    Some(())
}

fn letters(bytes: &[u8], count: usize, wide: bool) -> Option<String> {
    Some(if wide { super::wide(bytes.get(..count.checked_mul(2)?)?) } else { narrow(bytes.get(..count)?, Some(1_252)) })
}

/// Records of the older kind: a length in pairs of bytes, a kind, then the last value first.
fn old(bytes: &[u8], page: &mut Page) {
    let from = if bytes.starts_with(b"\xD7\xCD\xC6\x9A") { 22 + 18 } else { 18 };
    let mut rest = bytes.get(from..).unwrap_or_default();
    while let (Some(length), Some(kind)) = (word(rest, 0), half(rest, 4)) {
        let length = (length as usize).saturating_mul(2);
        let Some((record, after)) = rest.split_at_checked(length).filter(|_| length >= 6) else { return };
        rest = after;
        match kind {
            0x0521 => {
                old_piece(record, page);
            }
            0x0A32 => {
                old_set_piece(record, page);
            }
            0 => return,
            _ => {}
        }
    }
}

fn at(record: &[u8], place: usize) -> Option<i64> {
    Some(i64::from(half(record, place)?.cast_signed()))
}

fn old_piece(record: &[u8], page: &mut Page) -> Option<()> {
    let count = usize::from(half(record, 6)?);
    let text = letters(record.get(8..)?, count, false)?;
    let behind = 8 + count.next_multiple_of(2);
    page.put((at(record, behind + 2)?, at(record, behind)?), &text, 0, 0);
    Some(())
}

fn old_set_piece(record: &[u8], page: &mut Page) -> Option<()> {
    let place = (at(record, 8)?, at(record, 6)?);
    let (count, options) = (usize::from(half(record, 10)?), half(record, 12)?);
    // A rectangle comes first when it is filled or cuts.
    let from = if options & 6 == 0 { 14 } else { 22 };
    let text = letters(record.get(from..)?, count, false)?;
    let widths = record.get(from + count.next_multiple_of(2)..).unwrap_or_default();
    let width: i64 = widths.as_chunks::<2>().0.iter().take(count).map(|one| i64::from(u16::from_le_bytes(*one))).sum();
    page.put(place, &text, width, width / (count as i64).max(1));
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u32, body: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(8 + body.len() as u32).to_le_bytes(), body].concat()
    }

    fn set(x: u32, y: u32, text: &str) -> Vec<u8> {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let count = text.encode_utf16().count() as u32;
        let widths: Vec<u8> = (0..count).flat_map(|_| 10_u32.to_le_bytes()).collect();
        let numbers = [x, y, count, 76, 0, 0, 0, 0, 0, 76 + units.len() as u32];
        let numbers: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        record(84, &[&[0; 28][..], &numbers, &units, &widths].concat())
    }

    fn drawing(records: &[Vec<u8>]) -> Vec<u8> {
        let mut head = record(1, &[0; 80]);
        head[40..44].copy_from_slice(b" EMF");
        [head, records.concat(), record(14, &[0; 12])].concat()
    }

    #[test]
    fn pieces_join_to_words_and_lines() {
        let bytes = drawing(&[set(0, 10, "Ada"), set(30, 10, "'s"), set(60, 10, "file"), set(0, 40, "Zo\u{eb}")]);
        assert!(is_one(&bytes));
        assert_eq!(read(&bytes).text, "Ada's file\nZo\u{eb}");
    }

    #[test]
    fn a_pdf_beside_the_drawing_is_handed_over() {
        let bytes = drawing(&[record(70, b"\x0c\0\0\0EMFC%PDF-1.4 and so on")]);
        assert_eq!(read(&bytes).pdf, Some(&b"%PDF-1.4 and so on"[..]));
    }

    #[test]
    fn the_older_kind_is_read_too() {
        let text = [&8_u32.to_le_bytes()[..], &0x0521_u16.to_le_bytes(), &3_u16.to_le_bytes(), b"Ada\0", &[7, 0, 5, 0]].concat();
        let set = [&11_u32.to_le_bytes()[..], &0x0A32_u16.to_le_bytes(), &[7, 0, 40, 0, 4, 0, 0, 0], b"file", &[5, 0, 5, 0]].concat();
        let bytes = [&b"\xD7\xCD\xC6\x9A"[..], &[0; 18], &[1, 0, 9, 0, 0, 3], &[0; 12], &text, &set].concat();
        assert!(is_one(&bytes));
        assert_eq!(read(&bytes).text, "Ada file");
    }

    proptest::proptest! {
        #[test]
        fn hostile_drawings_end(body: Vec<u8>, older: bool) {
            let head = if older { b"\xD7\xCD\xC6\x9A".to_vec() } else { drawing(&[]).get(..88).unwrap_or_default().to_vec() };
            read(&[head, body].concat());
        }
    }
}
