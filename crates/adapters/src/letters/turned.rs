//! Pictures that lie on their side or stand on their head. On a page Tesseract finds lines that run up or down by itself, and reads them
//! as if the page lay on its left side. Of one on its right side, or on its head, it finds the words and reads them upside down, which is
//! noise: such a picture is read once more, turned by half, and the better reading stays. One that reads well is read once.

use super::table::Seen;

/// Less certainty than this, in percent over all letters, is that of noise; a scan that is read well has more.
const DOUBTFUL: f32 = 75.0;
/// Words of this certainty, in percent, speak for a reading.
const SURE: f32 = 60.0;

/// Whether what was read may be noise, or is nothing.
pub(super) fn is_doubtful(words: &[Seen]) -> bool {
    let sum: f32 = words.iter().map(|word| count(word) as f32 * word.certainty).sum();
    words.is_empty() || sum < DOUBTFUL * letters(words) as f32
}

/// How many letters were read.
pub(super) fn letters(words: &[Seen]) -> usize {
    words.iter().map(count).sum()
}

fn count(word: &Seen) -> usize {
    word.text.chars().count()
}

/// The reading with more letters in words that are sure; the first where both have the same.
pub(super) fn better(one: Vec<Seen>, other: Vec<Seen>) -> Vec<Seen> {
    let sure = |words: &[Seen]| words.iter().filter(|word| word.certainty >= SURE).map(count).sum::<usize>();
    if sure(&other) > sure(&one) { other } else { one }
}

/// A grey picture file turned by half.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Turned<'p> {
    head: &'p [u8],
    pixels: Vec<u8>,
    width: u32,
    height: u32,
}

impl<'p> Turned<'p> {
    /// Turns a file of ours, given in pieces, of which the first holds all of the head. `None` when it has no such head.
    pub(super) fn of(pieces: &[&'p [u8]]) -> Option<Self> {
        let (first, rest) = pieces.split_first()?;
        let mut words = first.split(u8::is_ascii_whitespace).take(4);
        let mut length = 4;
        let mut word = || words.next().inspect(|word| length += word.len());
        let (mark, width, height, _) = (word()?, word()?, word()?, word()?);
        let number = |digits: &[u8]| std::str::from_utf8(digits).ok()?.parse::<u32>().ok();
        let (width, height) = (number(width).filter(|_| mark == b"P5")?, number(height)?);
        let (head, beside) = first.split_at_checked(length)?;
        let mut pixels = Vec::with_capacity(beside.len() + rest.iter().map(|piece| piece.len()).sum::<usize>());
        for piece in rest.iter().rev().copied().chain([beside]) {
            pixels.extend(piece.iter().rev());
        }
        Some(Self { head, pixels, width, height })
    }

    /// The file, in pieces.
    pub(super) fn pieces(&self) -> [&[u8]; 2] {
        [self.head, &self.pixels]
    }

    /// Brings words that were read in it to their places in the picture as it came.
    pub(super) fn back(&self, mut words: Vec<Seen>) -> Vec<Seen> {
        for word in &mut words {
            let [left, top, width, height] = word.place;
            let from = |side: u32, start: u32, length: u32| side.saturating_sub(start.saturating_add(length));
            word.place = [from(self.width, left, width), from(self.height, top, height), width, height];
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seen(text: &str, certainty: f32) -> Seen {
        Seen { line: (1, 1, 1), place: [0, 0, 10, 10], certainty, text: text.to_owned() }
    }

    #[test]
    fn noise_is_doubtful_and_one_bad_word_on_a_page_is_not() {
        assert!(is_doubtful(&[]));
        assert!(is_doubtful(&[seen("SSO", 44.0), seen("u", 91.0), seen("uwouesuO", 38.0)]));
        assert!(!is_doubtful(&[seen("Appointment", 96.0), seen("on", 93.0), seen("|", 12.0), seen("Tuesday", 95.0)]));
    }

    #[test]
    fn the_reading_with_more_sure_letters_stays() {
        let (noise, words) = (vec![seen("uwouesuOjeepSeay", 40.0), seen("pue", 70.0)], vec![seen("Lovelace", 94.0)]);
        assert_eq!(better(noise.clone(), words.clone()), words);
        assert_eq!(better(words.clone(), noise), words);
        assert_eq!(better(words.clone(), Vec::new()), words);
        let other = vec![seen("Lovelacc", 94.0)];
        assert_eq!(better(words.clone(), other), words, "as it came, when both are as good");
    }

    #[test]
    fn what_has_another_head_is_not_turned() {
        for file in [&b""[..], b"P5 2 1", b"P6 2 1 255\n", b"P5 x 1 255\n\0\0", b"P5 -2 1 255\n\0\0"] {
            assert_eq!(Turned::of(&[file]), None, "{file:?}");
        }
        assert_eq!(Turned::of(&[]), None);
    }

    proptest! {
        #[test]
        fn a_word_has_the_same_pixels_in_its_place(
            (width, height, left, top) in (2_u32..30, 2_u32..30).prop_flat_map(|(w, h)| (Just(w), Just(h), 0..w, 0..h)),
            (part, whole) in (0_usize..900, any::<bool>()),
        ) {
            let grey: Vec<u8> = (0..width * height).map(|at| (at * 7 % 251) as u8).collect();
            let head = if whole { format!("P5 {width} {height} 255\n") } else { format!("P5\n{width} {height}\n255\n") };
            let (first, second) = grey.split_at(part.min(grey.len()));
            let first = if whole { [head.as_bytes(), first].concat() } else { head.into_bytes() };
            let pieces: Vec<&[u8]> = if whole { vec![&first, second] } else { vec![&first, &grey] };
            let turned = Turned::of(&pieces).unwrap();
            let pixels = |grey: &[u8], [left, top, wide, high]: [u32; 4]| -> Vec<u8> {
                (top..top + high).flat_map(|y| (left..left + wide).map(move |x| (y * width + x) as usize)).map(|at| grey[at]).collect()
            };
            let word = Seen { place: [left, top, width - left, height - top], ..seen("x", 90.0) };
            let mut there = pixels(turned.pieces()[1], word.place);
            there.reverse();
            let back = turned.back(vec![word.clone()]);
            prop_assert_eq!(there, pixels(&grey, back[0].place));
            prop_assert_eq!(turned.back(back), vec![word]);
        }
    }
}
