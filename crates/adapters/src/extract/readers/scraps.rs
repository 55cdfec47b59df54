//! The last resort for binary files that nothing here reads, or that are too damaged to be
//! read: the words that stand in them in clear. It finds a name in a publisher's file, an old
//! word processor's or a cut-off one; the file is listed all the same.

use std::borrow::Cow;

use finder::document::DocumentKind;

use crate::extract::charset::lenient;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::Writing;

/// The shortest run that counts, in characters.
const SHORTEST: usize = 5;

pub(super) fn unknown(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    take(taking, item, "not a kind of file that can be read")
}

/// Takes the words of the item, and lists the item with `reason` and what was done.
pub(super) fn take(taking: &mut Taking<'_>, item: Item<'_>, reason: &'static str) -> Result<(), Reason> {
    let words = of(item.bytes);
    if words.is_empty() {
        return Err(reason.into());
    }
    let mut writing = Writing::default();
    writing.body(&words);
    taking.document(About { kind: DocumentKind::Text, title: String::new(), date: None }, item, writing);
    Err(format!("{reason}; only the words that stand in it in clear were").into())
}

/// Runs of words in bytes of any kind, one a line, in order: ASCII, Latin-1, UTF-8, or UTF-16
/// with its low byte first.
pub(super) fn of(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut at = 0;
    loop {
        at += begins(bytes.get(at..).unwrap_or_default());
        let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) else { return out };
        let (wide, narrow) = (wide_run(rest), rest.iter().take_while(|byte| is_narrow(**byte)).count());
        // The last byte may be the first of words that are two bytes wide.
        let before = narrow.saturating_sub(1);
        let narrow = if wide_run(rest.get(before..).unwrap_or_default()) >= 2 * SHORTEST { before } else { narrow };
        let (length, text) = if wide >= 2 * SHORTEST {
            (wide, Cow::Owned(crate::extract::readers::wide(rest.get(..wide).unwrap_or_default())))
        } else if narrow >= SHORTEST && may_say(rest.get(..narrow).unwrap_or_default()) {
            (narrow, lenient(rest.get(..narrow).unwrap_or_default()))
        } else {
            (narrow.max(1), Cow::default())
        };
        let text = text.trim();
        if says_something(text) {
            out.push_str(text);
            out.push('\n');
        }
        at += length;
    }
}

/// How many bytes there are before the first that could begin a run.
fn begins(bytes: &[u8]) -> usize {
    let pairs = bytes.windows(2).position(|pair| matches!(pair, [low, high] if is_narrow(*low) || is_letter([*low, *high])));
    pairs.unwrap_or_else(|| bytes.len().saturating_sub(1))
}

/// Whether a run has few enough signs that stand in no sentence.
fn may_say(run: &[u8]) -> bool {
    let signs =
        run.iter().filter(|byte| matches!(byte, b'!' | b'#'..=b'%' | b'*' | b'<'..=b'?' | b'['..=b'^' | b'`' | b'{'..=b'~')).count();
    signs * 10 <= run.len()
}

const fn is_narrow(byte: u8) -> bool {
    matches!(byte, b'\t' | 0x20..=0x7E | 0x80..)
}

/// The length in bytes of a run of UTF-16 in the scripts of Europe, the Near East and Japan's
/// syllables. (Any two bytes make an ideograph, so these prove nothing.)
fn wide_run(bytes: &[u8]) -> usize {
    bytes.as_chunks::<2>().0.iter().take_while(|pair| is_letter(**pair)).count() * 2
}

const fn is_letter(pair: [u8; 2]) -> bool {
    let unit = u16::from_le_bytes(pair);
    matches!(unit, 0x09 | 0x20..=0x7E | 0xA0..=0x24F | 0x370..=0x52F | 0x590..=0x6FF | 0x2010..=0x2026 | 0x3040..=0x30FF)
}

const fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '-' | '\'' | '@' | '/' | '(' | ')' | '+' | '_' | '&' | '"')
}

const fn is_vowel(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Whether a run is words or numbers rather than bytes that happen to be printable.
fn says_something(text: &str) -> bool {
    let odd = text.chars().filter(|c| *c == '\u{FFFD}' || ('\u{80}'..'\u{C0}').contains(c)).count();
    if odd * 10 > text.len() {
        return false;
    }
    let (mut all, mut told, mut clean, mut vowels, mut digits) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    let (mut different, mut known) = ([None; 4], 0);
    for c in text.chars() {
        all += 1;
        let alphanumeric = if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() };
        told += usize::from(alphanumeric);
        digits += usize::from(c.is_ascii_digit());
        clean += usize::from(alphanumeric || c.is_whitespace() || is_mark(c));
        vowels += usize::from(!c.is_ascii() || is_vowel(c));
        if all <= 64 && !different.contains(&Some(c)) {
            if let Some(slot) = different.get_mut(known) {
                *slot = Some(c);
            }
            known += 1;
        }
    }
    all >= SHORTEST
        && known >= 4
        && odd * 10 <= all
        && clean * 10 >= all * 9
        && told * 10 >= all * 6
        && (vowels * 8 >= told || digits * 10 >= told * 8)
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::extract::inprocess::taken;

    #[test]
    fn words_of_every_width_are_found_between_what_is_none() {
        let mut bytes = vec![0, 1, 2, 0xFF, 7];
        bytes.extend("Ada Example, 07700 900123".encode_utf16().flat_map(u16::to_le_bytes));
        bytes.extend([0, 0, 3, 9, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        bytes.extend("Grace".encode_utf16().flat_map(u16::to_le_bytes));
        bytes.extend([0, 0, 1]);
        bytes.extend("Zo\u{eb} Sample\0\x01\x02q}{~|x\x03\0kzt\0".as_bytes());
        assert_eq!(of(&bytes), "Ada Example, 07700 900123\nGrace\nZo\u{eb} Sample\n");
    }

    #[test]
    fn an_unknown_file_is_listed_and_its_words_are_read() {
        let found = taken("plan.pub", &[&[0_u8, 1, 2, 3, 4, 5, 6][..], b"about Ada Example", &[0_u8; 40]].concat());
        assert_eq!(found.documents[0].text, "about Ada Example\n");
        assert_eq!(found.unreadable[0].reason, "not a kind of file that can be read; only the words that stand in it in clear were");
        let silent = taken("noise.bin", &[0_u8, 1, 2, 3, 4, 5, 6, 7].repeat(20));
        assert_eq!((silent.documents.len(), silent.unreadable.len()), (0, 1));
    }
}
