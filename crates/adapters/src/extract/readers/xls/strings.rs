//! Texts of workbooks: in one byte a letter or two, in one record or in several.

use encoding_rs::UTF_16LE;
use encoding_rs::mem::decode_latin1;

use crate::extract::readers::{narrow, wide};

/// A number of two bytes.
pub(super) fn number(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk::<2>().map(|two| u16::from_le_bytes(*two))
}

/// A text of Excel 97: a length of two bytes, marks, letters.
pub(super) fn long_text(bytes: &[u8], more: Vec<&[u8]>) -> String {
    let mut pieces = Pieces::new(bytes, more);
    let count = pieces.number();
    pieces.flagged(usize::from(count))
}

/// A text of an older form, in the code page of the workbook.
pub(super) fn byte_text(bytes: &[u8], page: Option<u32>) -> String {
    // 1200 would be UTF-16, which these have none of.
    if page == Some(1_200) && bytes.len().is_multiple_of(2) && bytes.contains(&0) { wide(bytes) } else { narrow(bytes, page) }
}

/// What a record and those that go on with it hold.
pub(super) struct Pieces<'a> {
    now: &'a [u8],
    more: std::vec::IntoIter<&'a [u8]>,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(first: &'a [u8], more: Vec<&'a [u8]>) -> Self {
        Self { now: first, more: more.into_iter() }
    }

    /// Whether nothing is left.
    fn is_empty(&mut self) -> bool {
        while self.now.is_empty() {
            match self.more.next() {
                Some(next) => self.now = next,
                None => return true,
            }
        }
        false
    }

    fn byte(&mut self) -> u8 {
        if self.is_empty() {
            return 0;
        }
        self.now.split_off_first().copied().unwrap_or_default()
    }

    fn number(&mut self) -> u16 {
        if let Some((two, rest)) = self.now.split_first_chunk::<2>() {
            self.now = rest;
            return u16::from_le_bytes(*two);
        }
        u16::from_le_bytes([self.byte(), self.byte()])
    }

    fn long_number(&mut self) -> u32 {
        u32::from(self.number()) | u32::from(self.number()) << 16
    }

    /// Passes over bytes.
    fn skip(&mut self, mut count: usize) {
        while count > 0 && !self.is_empty() {
            let passed = count.min(self.now.len());
            self.now = self.now.get(passed..).unwrap_or_default();
            count -= passed;
        }
    }

    /// Marks, and that many letters.
    pub(super) fn flagged(&mut self, count: usize) -> String {
        let mut out = String::new();
        let marks = self.byte();
        self.letters(&mut out, count, marks & 1 != 0);
        out
    }

    /// Marks, letters, and what is said about their looks.
    fn rich(&mut self, out: &mut String, count: usize) {
        let marks = self.byte();
        let runs = if marks & 8 != 0 { usize::from(self.number()) } else { 0 };
        let more = if marks & 4 != 0 { self.long_number() as usize } else { 0 };
        self.letters(out, count, marks & 1 != 0);
        self.skip((runs * 4).saturating_add(more));
    }

    /// Letters of one byte or two. A record that goes on with them begins with new marks, also where the one before ended in front of
    /// the first letter.
    fn letters(&mut self, out: &mut String, mut count: usize, mut two: bool) {
        loop {
            let size = if two { 2 } else { 1 };
            let here = count.min(self.now.len() / size);
            let Some((letters, rest)) = self.now.split_at_checked(here * size) else { return };
            if two {
                out.push_str(&UTF_16LE.decode_without_bom_handling(letters).0);
            } else {
                out.push_str(&decode_latin1(letters));
            }
            self.now = rest;
            count -= here;
            if count == 0 {
                return;
            }
            // Half a letter at the end of a record belongs to none.
            self.now = self.more.next().unwrap_or_default();
            if self.is_empty() {
                return;
            }
            two = self.byte() & 1 != 0;
        }
    }
}

/// The texts that cells share, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Shared {
    text: String,
    ends: Vec<usize>,
}

impl Shared {
    /// Reads the list of them. It is never longer than three times the records it stands in.
    pub(super) fn read(&mut self, mut pieces: Pieces<'_>) {
        pieces.skip(8);
        while !pieces.is_empty() {
            let count = pieces.number();
            pieces.rich(&mut self.text, usize::from(count));
            self.ends.push(self.text.len());
        }
    }

    /// A text by its place in the list.
    pub(super) fn get(&self, place: usize) -> &str {
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.ends.get(place).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_go_on_in_the_next_record_with_marks_of_their_own() {
        // "Ada" plain; "Zoë L" of one byte, then "Žofie" of two in the next record; one with runs and more.
        let first = [&[0; 8][..], &[3, 0, 0], b"Ada", &[10, 0, 0], b"Zo\xEB L"].concat();
        let wide: Vec<u8> = "Žofie".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let second = [&[1][..], &wide, &[2, 0, 0x0C, 1, 0, 3, 0, 0, 0], b"Bo", &[9; 7], &[1, 0]].concat();
        let third = [&[0][..], b"x"].concat();
        let mut shared = Shared::default();
        shared.read(Pieces::new(&first, vec![&second, &third]));
        let texts: Vec<&str> = (0..5).map(|place| shared.get(place)).collect();
        assert_eq!(texts, ["Ada", "Zoë LŽofie", "Bo", "x", ""]);
    }

    #[test]
    fn a_record_may_end_behind_the_length_of_a_text() {
        let first = [&[0; 8][..], &[3, 0, 0], b"Ada", &[3, 0, 0]].concat();
        let second = [&[1][..], b"Z\0o\0e\0", &[2, 0, 0], b"Bo"].concat();
        let mut shared = Shared::default();
        shared.read(Pieces::new(&first, vec![&second]));
        let texts: Vec<&str> = (0..3).map(|place| shared.get(place)).collect();
        assert_eq!(texts, ["Ada", "Zoe", "Bo"]);
    }

    #[test]
    fn a_list_that_is_cut_off_gives_what_there_is_of_it() {
        let whole = [&[0; 8][..], &[3, 0, 0], b"Ada", &[4, 0, 1], b"Z\0o\0e\0y\0"].concat();
        for end in 0..whole.len() {
            let mut shared = Shared::default();
            shared.read(Pieces::new(&whole[..end], Vec::new()));
            assert!("Ada".starts_with(shared.get(0)) && shared.text.len() <= 3 * end);
        }
    }
}
