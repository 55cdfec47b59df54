//! What is read aloud and written down as heard: digits in words, letters by the words that stand for them.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::codes::Decoded;

/// Digits and letters of a stretch that is read aloud, at least.
const LEAST: usize = 4;
/// Words of it that only speech has, at least.
const SPOKEN: usize = 2;
/// Signs between two words of it, at most.
const GAP: usize = 4;
/// Words of it, at most: more are no number and no name, and would be read again from each of them.
const MOST: usize = 64;
/// The longest word of it in bytes.
const LONGEST: usize = 10;

/// What each digit is called.
const DIGITS: [(&str, &str); 14] = [
    ("oh", "0"),
    ("zero", "0"),
    ("nought", "0"),
    ("naught", "0"),
    ("nil", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
];
/// Numbers of two digits that are one word.
const TEENS: [(&str, &str); 10] = [
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("thirteen", "13"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("sixteen", "16"),
    ("seventeen", "17"),
    ("eighteen", "18"),
    ("nineteen", "19"),
];
/// Tens: a digit may follow.
const TENS: [(&str, &str); 8] =
    [("twenty", "2"), ("thirty", "3"), ("forty", "4"), ("fifty", "5"), ("sixty", "6"), ("seventy", "7"), ("eighty", "8"), ("ninety", "9")];
/// Signs between groups.
const SIGNS: [(&str, &str); 5] = [("stroke", "/"), ("slash", "/"), ("dash", "-"), ("hyphen", "-"), ("niner", "9")];
/// The spelling alphabet of radio and telephone (ITU and NATO), with the spellings that people use.
const ALPHABET: [(&str, &str); 30] = [
    ("alpha", "A"),
    ("alfa", "A"),
    ("bravo", "B"),
    ("charlie", "C"),
    ("delta", "D"),
    ("echo", "E"),
    ("foxtrot", "F"),
    ("golf", "G"),
    ("hotel", "H"),
    ("india", "I"),
    ("juliet", "J"),
    ("juliett", "J"),
    ("kilo", "K"),
    ("lima", "L"),
    ("mike", "M"),
    ("november", "N"),
    ("oscar", "O"),
    ("papa", "P"),
    ("quebec", "Q"),
    ("romeo", "R"),
    ("sierra", "S"),
    ("tango", "T"),
    ("uniform", "U"),
    ("victor", "V"),
    ("whiskey", "W"),
    ("whisky", "W"),
    ("xray", "X"),
    ("x-ray", "X"),
    ("yankee", "Y"),
    ("zulu", "Z"),
];

/// One word of a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Heard {
    reads: String,
    /// Bytes of the text.
    length: usize,
    /// False for a letter or number that stands as it is.
    spoken: bool,
}

/// The place of a word with which a stretch may begin or go on.
pub(super) fn search(bytes: &[u8]) -> Option<usize> {
    static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        // `one` and `two` are in every text, and nothing that is looked for is made of them alone.
        let digits = DIGITS.iter().filter(|(word, _)| !matches!(*word, "one" | "two" | "nil"));
        let words = digits.chain(&TEENS).chain(&TENS).chain(&SIGNS).chain(&ALPHABET).map(|(word, _)| *word).chain([
            "double",
            "for",
            "two thousand",
        ]);
        let mut builder = AhoCorasick::builder();
        builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::DFA));
        builder.build(words).ok()
    });
    let text = |at: usize| bytes.get(at..).map(|rest| rest.get(..rest.len().min(200)).unwrap_or_default());
    let mut found = WORDS.as_ref()?.find_iter(bytes).filter(|m| {
        let before = m.start().checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphanumeric);
        !before && !bytes.get(m.end()).is_some_and(u8::is_ascii_alphanumeric)
    });
    found.find(|m| text(m.start()).is_some_and(|rest| stretch(&String::from_utf8_lossy(rest)).is_some())).map(|m| m.start())
}

/// Reads a stretch at the head of a text: `oh seven seven double oh`, `Tango Alpha Yankee`, `T for Tango, A for apple`, `P U P dash 117`.
pub(super) fn stretch(rest: &str) -> Option<Decoded> {
    let (mut out, mut consumed, mut spoken, mut at) = (String::new(), 0, 0, 0);
    let mut signs = 0;
    for _ in 0..MOST {
        let Some(heard) = rest.get(at..).and_then(heard) else { break };
        signs += heard.reads.chars().filter(char::is_ascii_alphanumeric).count();
        spoken += usize::from(heard.spoken);
        out.push_str(&heard.reads);
        consumed = at + heard.length;
        let gap = rest.get(consumed..)?.bytes().take_while(|b| matches!(b, b' ' | b',' | b'-' | b'.' | b'\r' | b'\n')).count();
        if gap == 0 || gap > GAP || rest.get(consumed..consumed + gap).is_some_and(|g| g.matches('\n').count() > 1) {
            break;
        }
        at = consumed + gap;
    }
    (signs >= LEAST && (spoken >= SPOKEN || out.starts_with("20") && spoken > 0 && signs == 4)).then_some(Decoded {
        text: out,
        consumed,
        counts: true,
    })
}

/// The word at the head of a text, as it was meant.
fn heard(rest: &str) -> Option<Heard> {
    let word = head(rest)?;
    let says = |reads: &str, length: usize| Some(Heard { reads: reads.to_owned(), length, spoken: true });
    let mut chars = word.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Some(spelt(rest, c).unwrap_or(Heard { reads: c.to_string(), length: 1, spoken: false }));
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Heard { reads: word.to_owned(), length: word.len(), spoken: false });
    }
    if let Some(digit) = meaning(&DIGITS, word) {
        if let Some(year) = millennium(rest, word) {
            return Some(year);
        }
        let hundred = next_word(rest, word.len()).filter(|(_, next)| next.eq_ignore_ascii_case("hundred"));
        return hundred.map_or_else(|| says(digit, word.len()), |(at, next)| says(&format!("{digit}00"), at + next.len()));
    }
    if let Some(tens) = meaning(&TENS, word) {
        let unit =
            next_word(rest, word.len()).and_then(|(at, next)| Some((at + next.len(), meaning(&DIGITS, next).filter(|d| *d != "0")?)));
        return unit.map_or_else(|| says(&format!("{tens}0"), word.len()), |(length, unit)| says(&format!("{tens}{unit}"), length));
    }
    let times = match word.to_ascii_lowercase().as_str() {
        "double" => 2,
        "treble" | "triple" => 3,
        _ => {
            return [TEENS.as_slice(), &SIGNS, &ALPHABET]
                .iter()
                .find_map(|list| meaning(list, word))
                .and_then(|reads| says(reads, word.len()));
        }
    };
    let (at, next) = next_word(rest, word.len())?;
    let one = meaning(&DIGITS, next).or_else(|| meaning(&ALPHABET, next)).or_else(|| (next.len() == 1).then_some(next))?;
    says(&one.repeat(times), at + next.len())
}

/// `two thousand and four`, `two thousand twelve`: a year.
fn millennium(rest: &str, word: &str) -> Option<Heard> {
    let (at, thousand) =
        next_word(rest, word.len()).filter(|(_, next)| word.eq_ignore_ascii_case("two") && next.eq_ignore_ascii_case("thousand"))?;
    let mut length = at + thousand.len();
    let joined = next_word(rest, length).filter(|(_, next)| next.eq_ignore_ascii_case("and")).map_or(length, |(at, and)| at + and.len());
    let mut reads = "2000".to_owned();
    if let Some((at, next)) = next_word(rest, joined)
        && let Some(number) = [DIGITS.as_slice(), &TEENS, &TENS].iter().find_map(|list| meaning(list, next))
    {
        let ten = meaning(&TENS, next).and_then(|_| next_word(rest, at + next.len()));
        let unit = ten.and_then(|(at, unit)| Some((at + unit.len(), meaning(&DIGITS, unit)?)));
        (reads, length) = match unit {
            Some((end, unit)) => (format!("20{number}{unit}"), end),
            None if meaning(&TENS, next).is_some() => (format!("20{number}0"), at + next.len()),
            None => (format!("20{number:0>2}"), at + next.len()),
        };
    }
    Some(Heard { reads, length, spoken: true })
}

/// `T for Tango`, `T as in Tango`: a letter by a word that begins with it.
fn spelt(rest: &str, letter: char) -> Option<Heard> {
    let (mut at, mut next) = next_word(rest, 1)?;
    if next == "as" {
        (at, next) = next_word(rest, at + next.len()).filter(|(_, word)| *word == "in")?;
    } else if !matches!(next, "for" | "like") {
        return None;
    }
    let (start, example) = next_word(rest, at + next.len())?;
    let begins = example.len() > 1 && example.starts_with(|c: char| c.eq_ignore_ascii_case(&letter));
    begins.then(|| Heard { reads: letter.to_string(), length: start + example.len(), spoken: true })
}

/// The word after so many bytes, with its place.
fn next_word(rest: &str, from: usize) -> Option<(usize, &str)> {
    let tail = rest.get(from..)?;
    let gap = tail.bytes().take_while(|b| matches!(b, b' ' | b'-' | b'\r' | b'\n')).count();
    (1..=2).contains(&gap).then_some(())?;
    Some((from + gap, head(tail.get(gap..)?)?))
}

/// The letters or digits at the head; `x-ray` is one word.
fn head(text: &str) -> Option<&str> {
    if let Some(x) = text.get(..5).filter(|t| t.eq_ignore_ascii_case("x-ray")) {
        return Some(x);
    }
    let length = text.bytes().take(LONGEST * 2).take_while(u8::is_ascii_alphanumeric).count();
    // A letter beyond ASCII goes on with the word: it is none of these.
    let ends = text.get(length..)?.chars().next().is_none_or(|c| !c.is_alphanumeric());
    text.get(..length).filter(|word| !word.is_empty() && ends)
}

fn meaning(list: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    list.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, reads)| *reads)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_aloud_is_written_down() {
        for (heard, expected) in [
            ("oh seven seven double oh nine double oh one two three thanks", "07700900123"),
            ("zero seven seven zero zero, nine zero zero, one two three. Wants", "07700900123"),
            ("oh double seven double oh nine hundred one two three", "07700900123"),
            ("Tango Alpha Yankee Lima Oscar Romeo, first name", "TAYLOR"),
            ("T for Tango, A for Alpha, Y for yellow, L as in Lima, O for Oscar, R for Romeo", "TAYLOR"),
            ("papa uniform papa, two oh two four stroke one one seven.", "PUP2024/117"),
            ("P U P dash 2024 slash 117 she said", "PUP-2024/117"),
            ("Quebec Quebec twelve thirty-four fifty six Charlie", "QQ123456C"),
            ("seven double L papa", "7LLP"),
            ("nineteen eighty-seven", "1987"),
            ("two thousand and four", "2004"),
            ("two thousand twenty-one.", "2021"),
        ] {
            assert_eq!(stretch(heard).map(|d| d.text).as_deref(), Some(expected), "{heard}");
            assert!(search(format!("So {heard}").as_bytes()).is_some(), "{heard}");
        }
        for text in [
            "one, two, three",
            "four of us and five of them",
            "seven years",
            "a b c d",
            "2024 12 13",
            "Victor Lima",
            "oh dear",
            "double room",
        ] {
            assert!(stretch(text).is_none() && search(text.as_bytes()).is_none(), "{text} {:?}", stretch(text));
        }
    }
}
