//! The ways in which one place of a file is changed.

use crate::rng::Rng;

/// Numbers at which sizes and counts go wrong.
const NUMBERS: &[u64] = &[
    0,
    1,
    2,
    7,
    15,
    16,
    31,
    63,
    64,
    127,
    128,
    255,
    256,
    511,
    512,
    4_095,
    4_096,
    32_767,
    32_768,
    65_535,
    65_536,
    1 << 24,
    i32::MAX as u64,
    1 << 31,
    u32::MAX as u64,
    1 << 32,
    i64::MAX as u64,
    1 << 63,
    u64::MAX - 1,
    u64::MAX,
];

/// The same where they are written out.
const WRITTEN: &[&str] = &[
    "0",
    "-1",
    "1",
    "255",
    "256",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "18446744073709551615",
    "99999999999999999999999",
    "-2147483648",
    "0.0000001",
    "1e309",
    "1e-309",
    "NaN",
    "0x7fffffff",
    "007",
    "+5",
];

/// Text that is not what it looks like, is two lengths at once, or is none.
const TEXTS: &[&str] = &[
    "\u{202e}",
    "\u{feff}",
    "\u{0}",
    "ß",
    "İ",
    "ﬁ",
    "e\u{301}",
    "\u{1F468}\u{200D}\u{1F469}",
    "\u{FFFD}",
    "Ａｄａ",
    "ŉ",
    "\u{2028}",
    "ǅ",
    "\u{10FFFF}",
    "\r",
    "\n",
    "\r\n\r\n",
    "\t",
    "\"",
    "'",
    "<",
    ">",
    "&",
    "&#x110000;",
    "&amp;",
    "=",
    "=?utf-8?Q?=",
    "?=",
    "%00",
    "\\",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "<<",
    ">>",
    "/",
    "..",
    "../",
    ";",
    ":",
    ",",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "]]",
    "@",
];

const SIGNS: &[u8] = b"\0\x01\x7F\x80\xBF\xC0\xC3\xE0\xF0\xFE\xFF\n\r\t \"'<>(){}[]\\/=:;,.%&#@-+09AZaz";

/// Changes one place.
pub(super) fn one(bytes: &mut Vec<u8>, words: &[Vec<u8>], other: &[u8], random: &mut Rng) {
    let at = random.below(bytes.len());
    match random.below(24) {
        0..=2 => set(bytes, at, |byte| byte ^ (1 << random.below(8))),
        3..=4 => set(bytes, at, |_| random.draw() as u8),
        5..=6 => set(bytes, at, |_| SIGNS.get(random.below(SIGNS.len())).copied().unwrap_or_default()),
        7..=9 => number(bytes, at, random),
        10 => written(bytes, at, random),
        11..=12 => insert(bytes, at, words.get(random.below(words.len())).map(Vec::as_slice).unwrap_or_default()),
        13 => overwrite(bytes, at, words.get(random.below(words.len())).map(Vec::as_slice).unwrap_or_default()),
        14..=15 => insert(bytes, at, random.pick::<str>(TEXTS).as_bytes()),
        16..=17 => drop(bytes.drain(at..end(bytes, at, random))),
        18 => copied(bytes, at, random),
        19 => repeated(bytes, at, random),
        20 => moved(bytes, at, random),
        21 => {
            // The rest of another file, from about the same place or any.
            let from = if random.chance(50) { at } else { random.below(other.len()) };
            bytes.truncate(at);
            bytes.extend(other.get(from..).unwrap_or_default());
        }
        22 => insert(bytes, at, other),
        _ => bytes.truncate(at),
    }
}

/// The end of a piece that begins here: mostly a short one.
fn end(bytes: &[u8], at: usize, random: &mut Rng) -> usize {
    let most = if random.chance(80) { 16 } else { bytes.len() };
    (at + 1 + random.below(most)).min(bytes.len())
}

fn set(bytes: &mut [u8], at: usize, new: impl FnOnce(u8) -> u8) {
    if let Some(byte) = bytes.get_mut(at) {
        *byte = new(*byte);
    }
}

fn overwrite(bytes: &mut [u8], at: usize, new: &[u8]) {
    bytes.iter_mut().skip(at).zip(new).for_each(|(byte, new)| *byte = *new);
}

fn insert(bytes: &mut Vec<u8>, at: usize, new: &[u8]) {
    let rest = bytes.split_off(at.min(bytes.len()));
    bytes.extend(new);
    bytes.extend(rest);
}

/// A number of two, four or eight bytes, either end first: one that goes wrong, or one near what stood there.
fn number(bytes: &mut [u8], at: usize, random: &mut Rng) {
    let width = [2, 4, 4, 8].get(random.below(4)).copied().unwrap_or(4);
    let low_first = random.chance(60);
    let stood = bytes.get(at..).unwrap_or_default().iter().take(width);
    let stood = if low_first {
        stood.rev().fold(0, |sum: u64, byte| sum << 8 | u64::from(*byte))
    } else {
        stood.fold(0, |sum: u64, byte| sum << 8 | u64::from(*byte))
    };
    let new = match random.below(4) {
        0 => stood.wrapping_add(random.below(33) as u64).wrapping_sub(16),
        1 => bytes.len() as u64,
        _ => NUMBERS.get(random.below(NUMBERS.len())).copied().unwrap_or_default(),
    };
    let all = new.to_le_bytes();
    let low = all.get(..width).unwrap_or_default();
    if low_first { overwrite(bytes, at, low) } else { overwrite(bytes, at, &low.iter().rev().copied().collect::<Vec<_>>()) }
}

/// The next number that is written out in digits, another one.
fn written(bytes: &mut Vec<u8>, at: usize, random: &mut Rng) {
    let Some(start) = bytes.iter().skip(at).position(u8::is_ascii_digit).map(|found| at + found) else { return };
    let length = bytes.iter().skip(start).take_while(|byte| byte.is_ascii_digit()).count();
    let new: &str = random.pick::<str>(WRITTEN);
    bytes.splice(start..start + length, new.bytes());
}

/// A piece again, somewhere else.
fn copied(bytes: &mut Vec<u8>, at: usize, random: &mut Rng) {
    let piece = bytes.get(at..end(bytes, at, random)).unwrap_or_default().to_vec();
    let to = random.below(bytes.len());
    insert(bytes, to, &piece);
}

/// A piece many times over: what is nested or listed without an end.
fn repeated(bytes: &mut Vec<u8>, at: usize, random: &mut Rng) {
    let piece = bytes.get(at..end(bytes, at, random)).unwrap_or_default().to_vec();
    let times = [2, 3, 8, 40, 300].get(random.below(5)).copied().unwrap_or(2);
    let most = (super::LARGEST / 2).checked_div(piece.len()).unwrap_or(0);
    insert(bytes, at, &piece.repeat(times.min(most)));
}

/// A piece cut out and put in elsewhere.
fn moved(bytes: &mut Vec<u8>, at: usize, random: &mut Rng) {
    let piece: Vec<u8> = bytes.drain(at..end(bytes, at, random)).collect();
    let to = random.below(bytes.len());
    insert(bytes, to, &piece);
}
