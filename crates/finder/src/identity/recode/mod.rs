//! Lines of a text that are still in a code: tags and character references, quoted-printable, encoded words, escaped addresses of pages,
//! UTF-7, UTF-8 in the wrong character set, letters set apart or in boxes, what is read aloud. They are decoded for a second look, with a
//! way back to the original bytes.

mod codes;
mod spoken;

use codes::Decoded;

/// The decoded lines of a text.
#[derive(Debug, Default)]
pub(super) struct Recoded {
    /// The lines that changed, each as it reads decoded.
    pub(super) text: String,
    /// From this byte of the text on it came from there: a run that goes along, or all of it from so many bytes.
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy)]
struct Step {
    here: usize,
    original: usize,
    /// Nought for a run that goes along with the original.
    from_bytes: usize,
}

impl Recoded {
    /// The lines of a text that a code hides, decoded. Nothing for a text without any.
    pub(super) fn of(original: &str) -> Option<Self> {
        let mut out = Self::default();
        let mut hints = Hints::new(original);
        let mut at = 0;
        while let Some(hint) = hints.next(at) {
            let start = original.get(..hint)?.rfind('\n').map_or(0, |i| i + 1).max(at);
            at = out.line(original, start, hints.read_aloud());
        }
        (!out.text.is_empty()).then_some(out)
    }

    /// The bytes of the original that a range of the text came from.
    pub(super) fn original(&self, start: usize, end: usize) -> (usize, usize) {
        let step = |at: usize| self.steps.partition_point(|s| s.here <= at).checked_sub(1).and_then(|i| self.steps.get(i));
        let from = step(start).map_or(start, |s| if s.from_bytes > 0 { s.original } else { s.original + start - s.here });
        let last = end.saturating_sub(1);
        let to = step(last).map_or(end, |s| if s.from_bytes > 0 { s.original + s.from_bytes } else { s.original + end - s.here });
        (from, to.max(from))
    }

    /// Decodes one line and keeps it when it changed; gives where the next begins. `aloud` is the next place at which something is read aloud.
    fn line(&mut self, original: &str, start: usize, aloud: Option<usize>) -> usize {
        let (text_before, steps_before) = (self.text.len(), self.steps.len());
        let bytes = original.as_bytes();
        let (mut at, mut copied, mut changed) = (start, start, false);
        let mut inside_word = false;
        while let Some(&byte) = bytes.get(at) {
            if byte == b'\n' {
                break;
            }
            // Most bytes begin no code, and a letter only one of letters set apart.
            let begins = match SIGNS.get(usize::from(byte)) {
                Some(Sign::Code) => true,
                Some(Sign::Letter) => matches!(bytes.get(at + 1), Some(b' ' | 0xc2 | b'|' | b'-' | b'.' | b',')),
                _ => false,
            };
            let heard = || {
                let near = aloud.is_some_and(|place| at + SPELT >= place) && byte.is_ascii_alphanumeric();
                let word = near && !at.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphanumeric);
                word.then(|| spoken::stretch(original.get(at..).unwrap_or_default())).flatten()
            };
            let decoded = if let Some(heard) = heard() {
                Some(heard)
            } else if begins {
                let line = original.get(start..at).unwrap_or_default();
                codes::decode(byte, line, original.get(at..).unwrap_or_default(), &mut inside_word)
            } else {
                None
            };
            if let Some(decoded) = decoded {
                self.copy(original, copied, at);
                self.atom(at, &decoded);
                at += decoded.consumed.max(1);
                copied = at;
                changed |= decoded.counts;
            } else {
                at += 1;
            }
        }
        self.copy(original, copied, at);
        if changed {
            self.text.push('\n');
        } else {
            self.text.truncate(text_before);
            self.steps.truncate(steps_before);
        }
        (at + 1).min(original.len().max(at))
    }

    fn copy(&mut self, original: &str, from: usize, to: usize) {
        if let Some(piece) = original.get(from..to).filter(|p| !p.is_empty()) {
            self.steps.push(Step { here: self.text.len(), original: from, from_bytes: 0 });
            self.text.push_str(piece);
        }
    }

    fn atom(&mut self, original: usize, decoded: &Decoded) {
        if !decoded.text.is_empty() {
            self.steps.push(Step { here: self.text.len(), original, from_bytes: decoded.consumed });
            self.text.push_str(&decoded.text);
        }
    }
}

/// Bytes before the first word that only speech has, at most: `P U P dash`.
const SPELT: usize = 12;

/// Finds the first byte of some kinds.
type Search = fn(&[u8]) -> Option<usize>;

/// One for each group of signs that codes begin with.
const SEARCHES: [Search; 8] = [
    |b| memchr::memchr3(b'<', b'&', b'=', b),
    |b| memchr::memchr2(b'%', b'+', b),
    |b| memchr::memchr3(0xc2, 0xc3, 0xc5, b),
    |b| memchr::memchr2(0xc4, b'\\', b),
    spaced_letters,
    linked_letters,
    |b| memchr::memchr2(b'|', b'[', b),
    spoken::search,
];

/// Where codes begin, in order of place.
struct Hints<'a> {
    text: &'a str,
    /// The next place each search knows of.
    places: [Option<usize>; SEARCHES.len()],
}

impl<'a> Hints<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, places: SEARCHES.map(|search| search(text.as_bytes())) }
    }

    /// The next place at which something is read aloud.
    fn read_aloud(&self) -> Option<usize> {
        self.places.last().copied().flatten()
    }

    /// The next place from `from` on at which a code can be read.
    fn next(&mut self, from: usize) -> Option<usize> {
        for (place, search) in self.places.iter_mut().zip(SEARCHES) {
            while let Some(at) = place.filter(|at| *at < from || !readable(self.text, *at)) {
                let next = from.max(at + 1);
                *place = self.text.as_bytes().get(next..).and_then(search).map(|i| next + i);
            }
        }
        self.places.iter().flatten().min().copied()
    }
}

/// True when a code can be read at a place.
fn readable(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let (Some(&byte), Some(rest)) = (bytes.get(at), text.get(at..)) else { return false };
    let next = bytes.get(at + 1).copied().unwrap_or(0);
    let likely = match byte {
        b'<' => next.is_ascii_alphabetic() || next == b'/',
        b'=' => next.is_ascii_hexdigit() || matches!(next, b'?' | b'\n' | b'\r'),
        b'%' => next.is_ascii_hexdigit(),
        b'\\' => next == b'u',
        b'|' => matches!(bytes.get(at + 2), Some(b'|' | b']')) || next == b' ',
        b'[' => next == b' ' || bytes.get(at + 1..).unwrap_or_default().iter().take(DOUBTFUL).any(|b| *b == b']'),
        b'&' | b'+' | 0x80.. => true,
        _ => return true,
    };
    // What stands before matters to few codes, and they look no further than a word.
    let line = || {
        let start = text.ceil_char_boundary(at.saturating_sub(200));
        text.get(start..at).unwrap_or_default().rsplit('\n').next().unwrap_or_default()
    };
    likely && codes::decode(byte, line(), rest, &mut false).is_some()
}

/// Signs between two letters that are set apart, at most.
const GAP: usize = 4;
/// Bytes of what a transcriber put in brackets, at most.
const DOUBTFUL: usize = 16;
/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// Two letters set apart by blanks or lines, each by itself, and another blank beside them.
fn spaced_letters(bytes: &[u8]) -> Option<usize> {
    let letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
    let by_itself = |before: Option<usize>| !before.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    let gap = |b: &&u8| matches!(b, b' ' | b'|');
    // A blank, anything but a blank, a blank: many places are looked at together, and few are such.
    let mut from = 0;
    while let Some(block) = bytes.get(from..) {
        let block = block.get(..block.len().min(BLOCK + 2)).unwrap_or_default();
        let (Some(second), Some(third)) = (block.get(1..), block.get(2..)) else { return None };
        let triples =
            || block.iter().zip(second).zip(third).map(|((a, b), c)| u8::from(*a == b' ') & u8::from(*b != b' ') & u8::from(*c == b' '));
        if triples().fold(0, |any, one| any | one) > 0 {
            let here = |at: &usize| {
                let at = from + at;
                let next = at + 2 + bytes.get(at + 2..).unwrap_or_default().iter().take(GAP).take_while(gap).count();
                let last = at.checked_sub(bytes.get(..at).unwrap_or_default().iter().rev().take(GAP).take_while(gap).count() + 1);
                let follows = letter(Some(next)) && by_itself(Some(next + 1));
                let precedes = letter(last) && by_itself(last.and_then(|last| last.checked_sub(1)));
                letter(Some(at + 1)) && (follows || precedes)
            };
            let mut places = triples().enumerate().filter_map(|(at, one)| (one > 0).then_some(at));
            if let Some(at) = places.find(here) {
                return Some(from + at);
            }
        }
        from += BLOCK;
    }
    None
}

/// Three letters with the same sign between each two, each by itself: where the first stands.
fn linked_letters(bytes: &[u8]) -> Option<usize> {
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    memchr::memchr2_iter(b'-', b'.', bytes).find_map(|at| {
        let first = at.checked_sub(1).filter(|first| letter(*first))?;
        let gap = if bytes.get(at + 1) == Some(&b' ') { 2 } else { 1 };
        let next = |step: usize| bytes.get(at + step) == bytes.get(at);
        let linked = letter(at + gap) && next(gap + 1) && letter(at + 2 * gap + 1);
        let by_itself = !first.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphanumeric);
        (linked && by_itself).then_some(first)
    })
}

/// What a byte can begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Nothing,
    /// A code, whatever follows.
    Code,
    /// Letters set apart.
    Letter,
}

/// What each byte can begin.
const SIGNS: [Sign; 256] = signs();

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which checks the bounds")]
const fn signs() -> [Sign; 256] {
    let mut table = [Sign::Nothing; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'<' | b'&' | b'=' | b'?' | b'_' | b'%' | b'+' | b'\\' | b'|' | b'[' | 0xc2..=0xc5 => Sign::Code,
            b'A'..=b'Z' | b'a'..=b'z' => Sign::Letter,
            _ => Sign::Nothing,
        };
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn codes_are_read() {
        for (text, expected) in [
            ("<b>Amelia</b> Hart", "Amelia Hart"),
            ("<td>Amelia</td><td>Hart</td>", " Amelia  Hart "),
            ("Am<b>el</b>ia", "Amelia"),
            ("Amelia&nbsp;Hart", "Amelia Hart"),
            ("Si&acirc;n O&#8217;Neil &#x41;", "Sian O\u{2019}Neil A"),
            ("Ame=\nlia Hart", "Amelia Hart"),
            ("Si=C3=A2n", "Siân"),
            ("Si=E2n", "Siân"),
            ("=?utf-8?Q?Si=C3=A2n_Hart?= <a@b.example>", "Siân Hart <a@b.example>"),
            ("=?UTF-8?B?U2nDom4gSGFydA==?=", "Siân Hart"),
            ("q=Amelia%20Hart", "q=Amelia Hart"),
            ("?q=Amelia+Hart", "?q=Amelia Hart"),
            ("Siobh+AOE-n", "Siobhán"),
            ("Ma\\u0142gorzata", "Małgorzata"),
            ("SiÃ¢n Å»Ã³Å‚w", "Siân Żółw"),
            ("so A M E L I A  H A R T came", "so AMELIA HART came"),
            ("Surname: |T|A|Y|L|O|R| | | |", "Surname:  TAYLOR| | | |"),
            ("|A|N|N|A| |J|O|Y|", " ANNA JOY|"),
            ("[T][A][Y][L][O][R] [ ]", " TAYLOR] [ ]"),
            ("Name T|A|Y|L|O|R, born |0|3|0|4|1|9|8|7|", "Name TAYLOR, born  03041987|"),
            ("ring oh seven seven double oh, or P U P dash 117 stroke 4", "ring 07700, or PUP-117/4"),
            ("Surname   S | A | N | D | H | U", "Surname   SANDHU"),
            ("Forename  A  N  N  A    J", "Forename  ANNA J"),
            ("Ł | U | K | A | S | Z", "ŁUKASZ"),
            ("É  A  D  U", "ÉADU"),
            ("ring Amelia, surname H-A-R-T today", "ring Amelia, surname HART today"),
            ("that is H. A. R. T. I think", "that is HART. I think"),
            ("U.S.S.R. and e.g. this", "USSR. and e.g. this"),
            ("[?]melia Ha[rt?] of word[s]", "melia Hart of words"),
            ("W Ó J C I K", "WÓJCIK"),
            ("O  '  L  O  U  G  H", "O'LOUGH"),
        ] {
            let found = Recoded::of(text).unwrap_or_default();
            assert_eq!(found.text.trim_end_matches('\n'), expected, "{text}");
        }
        for text in ["a < b & c = d + e 5%", "to <a@b.example>", "a=b", "I am a b c", "100% sure", "<http://a.example/>", "Ärger Ölung Ça"]
        {
            assert!(Recoded::of(text).is_none(), "{text} {:?}", Recoded::of(text));
        }
    }

    proptest! {
        #[test]
        fn every_range_leads_back(text in "(<b>|</td>|\\|A\\|N|\\[[A-Z]\\]|seven double oh |dash |for |&nbsp;|&#233;|=C3=A9|=\n|=\\?utf-8\\?Q\\?|%20|\\+|\\+AOE-|Ã©|A B C D |[a-z]{1,4}| |\n|é){0,40}", a in 0_usize..90, b in 0_usize..90) {
            if let Some(decoded) = Recoded::of(&text) {
                let starts: Vec<usize> = decoded.text.char_indices().map(|(i, _)| i).chain([decoded.text.len()]).collect();
                let (a, b) = (starts[a % starts.len()], starts[b % starts.len()]);
                let (from, to) = decoded.original(a.min(b), a.max(b));
                prop_assert!(from <= to && to <= text.len() + 1 && text.is_char_boundary(from.min(text.len())));
                prop_assert!(text.get(from.min(text.len())..to.min(text.len())).is_some(), "{text:?} {from} {to}");
            }
        }
    }
}
