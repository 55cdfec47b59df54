//! Folded text with its map.

use std::ops::Range;

use super::fold_char;

/// Text folded for matching. Offsets are bytes.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    steps: Vec<Step>,
    original_len: usize,
}

/// From `folded` on, positions run along with the original from `original` on; or,
/// when `atom` is not nought, everything up to the next step came from those `atom` bytes.
#[derive(Debug, Clone, Copy)]
struct Step {
    folded: u32,
    original: u32,
    atom: u32,
}

impl Folded {
    /// Folds a text. Linear in its length; one allocation for the text, one for the map.
    ///
    /// Texts above 4 GiB are cut there: extraction's own limit is far below.
    pub fn new(text: &str) -> Self {
        let text = clip(text);
        let mut folder = Folder { text, out: Vec::with_capacity(text.len() + 8), steps: Vec::new(), linear: false };
        folder.run();
        let Folder { out, steps, .. } = folder;
        // Only whole characters were pushed, so the conversion keeps every byte.
        Self { text: String::from_utf8(out).unwrap_or_default(), steps, original_len: text.len() }
    }

    /// The bytes of the original that `start..end` of the folded text came from, on character boundaries of the original.
    pub fn original_range(&self, start: usize, end: usize) -> Range<usize> {
        let from = self.original_start(start);
        let to = if end <= start { from } else { self.original_end(end) };
        from..to.max(from)
    }

    /// The original byte a folded position came from.
    pub fn original_start(&self, position: usize) -> usize {
        match self.step(position) {
            Some(s) if s.atom > 0 => s.original as usize,
            Some(s) => (s.original as usize + position.saturating_sub(s.folded as usize)).min(self.original_len),
            None => position.min(self.original_len),
        }
    }

    fn original_end(&self, position: usize) -> usize {
        match self.step(position.saturating_sub(1)) {
            Some(s) if s.atom > 0 => (s.original + s.atom) as usize,
            Some(s) => (s.original as usize + position.saturating_sub(s.folded as usize)).min(self.original_len),
            None => position.min(self.original_len),
        }
    }

    fn step(&self, position: usize) -> Option<Step> {
        let after = self.steps.partition_point(|s| s.folded as usize <= position);
        self.steps.get(after.checked_sub(1)?).copied()
    }
}

fn clip(text: &str) -> &str {
    text.get(..text.floor_char_boundary(u32::MAX as usize / 4)).unwrap_or_default()
}

struct Folder<'a> {
    text: &'a str,
    out: Vec<u8>,
    steps: Vec<Step>,
    linear: bool,
}

impl Folder<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        let mut spaced = false;
        while at < bytes.len() {
            let rest = bytes.get(at..).unwrap_or_default();
            let plain = self.copy_plain(rest, at, &mut spaced);
            at += plain;
            let Some(tail) = self.text.get(at..) else { break };
            let Some(c) = tail.chars().next() else { break };
            at += if blank(c) { self.white_space(tail, at, &mut spaced) } else { self.odd(c, at, &mut spaced) };
        }
    }

    /// Copies ASCII up to the next character that needs thought: a run of white space, or one that is not ASCII.
    fn copy_plain(&mut self, rest: &[u8], at: usize, spaced: &mut bool) -> usize {
        let mut count = 0;
        let mut last_space = *spaced;
        let begin = self.out.len();
        for block in rest.as_chunks::<BLOCK>().0 {
            let Some(folded) = plain_block(block, last_space) else { break };
            self.out.extend_from_slice(&folded);
            last_space = folded.last() == Some(&b' ');
            count += BLOCK;
        }
        for &b in rest.get(count..).unwrap_or_default() {
            let folded = PLAIN.get(b as usize).copied().unwrap_or(0);
            if folded == 0 || (folded == b' ' && last_space) {
                break;
            }
            last_space = folded == b' ';
            self.out.push(folded);
            count += 1;
        }
        if count > 0 {
            *spaced = last_space;
            if !self.linear {
                self.steps.push(Step { folded: begin as u32, original: at as u32, atom: 0 });
                self.linear = true;
            }
        }
        count
    }

    /// A run of white space that begins with a character of its own or continues a space already written.
    fn white_space(&mut self, tail: &str, at: usize, spaced: &mut bool) -> usize {
        let len = tail.find(|c| !blank(c)).unwrap_or(tail.len());
        if *spaced {
            self.linear = false;
        } else {
            self.atom(at, len);
            self.out.push(b' ');
            *spaced = true;
        }
        len
    }

    fn odd(&mut self, c: char, at: usize, spaced: &mut bool) -> usize {
        let before = self.out.len();
        let out = &mut self.out;
        fold_char(c, |d| {
            if d == ' ' && *spaced {
                return;
            }
            *spaced = d == ' ';
            out.extend_from_slice(d.encode_utf8(&mut [0; 4]).as_bytes());
        });
        if self.out.len() > before {
            self.steps.push(Step { folded: before as u32, original: at as u32, atom: c.len_utf8() as u32 });
        }
        self.linear = false;
        c.len_utf8()
    }

    fn atom(&mut self, at: usize, len: usize) {
        self.steps.push(Step { folded: self.out.len() as u32, original: at as u32, atom: len as u32 });
        self.linear = false;
    }
}

/// Bytes that are folded together.
const BLOCK: usize = 32;

/// Many bytes at once, in which nothing needs thought: all ASCII, no white space beside other.
fn plain_block(block: &[u8; BLOCK], spaced: bool) -> Option<[u8; BLOCK]> {
    let mut folded = [0; BLOCK];
    let mut all = 0;
    for (to, &byte) in folded.iter_mut().zip(block) {
        all |= byte;
        let small = if byte.wrapping_sub(b'A') < 26 { byte | 0x20 } else { byte };
        // Numbers, so that nothing branches.
        let blank = u8::from(byte == b' ') | u8::from(byte.wrapping_sub(b'\t') < 5) | u8::from(byte == 0);
        let small = if small == b'`' { b'\'' } else { small };
        *to = if blank > 0 { b' ' } else { small };
    }
    let mut beside = u8::from(spaced && folded.first() == Some(&b' '));
    for (one, next) in folded.iter().zip(folded.iter().skip(1)) {
        beside |= u8::from(*one == b' ') & u8::from(*next == b' ');
    }
    (all < 0x80 && beside == 0).then_some(folded)
}

fn blank(c: char) -> bool {
    c.is_whitespace()
}

/// What an ASCII byte folds to; nought for bytes that are not ASCII.
const PLAIN: [u8; 256] = plain();

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which checks the bounds")]
const fn plain() -> [u8; 256] {
    let mut table = [0; 256];
    let mut b = 1;
    while b < 128 {
        let byte = b as u8;
        table[b] = if byte.is_ascii_whitespace() || byte == 0x0b { b' ' } else { byte.to_ascii_lowercase() };
        b += 1;
    }
    table[0] = b' ';
    table[b'`' as usize] = b'\'';
    table
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fold;
    use super::*;

    #[test]
    fn ranges_lead_back_to_the_original() {
        let text = "Dear  Mr\u{ad}s Oﬃce,\r\n\r\nSiân  Höß—x";
        let folded = Folded::new(text);
        assert_eq!(folded.text, "dear mrs office, sian hoss-x");
        for (needle, original) in [
            ("mrs", "Mr\u{ad}s"),
            ("office", "Oﬃce"),
            ("sian", "Siân"),
            ("hoss", "Höß"),
            ("fi", "ﬃ"),
            ("x", "x"),
            ("sian hoss", "Siân  Höß"),
        ] {
            let at = folded.text.find(needle).unwrap();
            assert_eq!(&text[folded.original_range(at, at + needle.len())], original, "{needle}");
        }
    }

    proptest! {
        #[test]
        fn every_range_is_sliceable_and_folds_back(text in "\\PC{0,40}|[ a-zA-Z\\n\u{ad}éﬁß\u{a0}’]{0,60}", a in 0usize..80, b in 0usize..80) {
            let folded = Folded::new(&text);
            let starts: Vec<usize> = folded.text.char_indices().map(|(i, _)| i).chain([folded.text.len()]).collect();
            let (a, b) = (starts[a % starts.len()], starts[b % starts.len()]);
            let (a, b) = (a.min(b), a.max(b));
            let range = folded.original_range(a, b);
            let piece = text.get(range).expect("on character boundaries");
            let refolded = fold(piece);
            prop_assert!(refolded.contains(&folded.text[a..b]), "{refolded:?} holds {:?}", &folded.text[a..b]);
        }

        #[test]
        fn what_is_folded_together_is_what_is_folded_apart(text in "[ -~\\x00-\\x1f]{0,90}|[a-zA-Z`, ]{30,200}|[a-z é\\n]{30,120}") {
            let mut apart = Folder { text: &text, out: Vec::new(), steps: Vec::new(), linear: false };
            let mut spaced = false;
            for (at, c) in text.char_indices() {
                let one = text.get(at..at + c.len_utf8()).unwrap_or_default();
                if apart.copy_plain(one.as_bytes(), at, &mut spaced) == 0 {
                    if blank(c) { apart.white_space(one, at, &mut spaced) } else { apart.odd(c, at, &mut spaced) };
                }
            }
            prop_assert_eq!(Folded::new(&text).text.into_bytes(), apart.out);
        }

        #[test]
        fn folding_is_stable(text in "\\PC{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn ascii_and_general_paths_agree(text in "[ -~\\n\\t]{0,80}") {
            let with_other = format!("é{text}");
            prop_assert_eq!(format!("e{}", fold(&text)), fold(&with_other));
        }
    }
}
