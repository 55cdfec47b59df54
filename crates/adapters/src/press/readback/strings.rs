//! Strings in clear in a file's bytes, as the `strings` tool shows them, in the bytes as
//! they are and in every stream once it is decompressed.

use super::remains::streams;

/// Characters in a row that make a string.
const SHORTEST: usize = 4;

/// Every run of at least four printable characters, as ASCII, UTF-8 and UTF-16 in both
/// byte orders, in `bytes` themselves and in their decompressed streams. Works on any
/// file, also on one that is no PDF.
pub fn cleartext_strings(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    printable(bytes, &mut found);
    for stream in streams(bytes) {
        if let Some(plain) = stream.plain {
            printable(&plain, &mut found);
        }
    }
    found
}

/// The printable runs of some bytes.
pub(super) fn printable(bytes: &[u8], found: &mut Vec<String>) {
    for chunk in bytes.utf8_chunks() {
        for run in chunk.valid().split(char::is_control) {
            if run.chars().nth(SHORTEST - 1).is_some() {
                found.push(run.to_owned());
            }
        }
    }
    wide(bytes, u16::from_be_bytes, found);
    wide(bytes, u16::from_le_bytes, found);
}

/// Runs of Latin letters in UTF-16, at even and odd places.
fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16, found: &mut Vec<String>) {
    for start in 0..2 {
        let mut run = String::new();
        let pairs = bytes.get(start..).unwrap_or_default().chunks_exact(2);
        let units = pairs.filter_map(|pair| <[u8; 2]>::try_from(pair).ok()).map(unit);
        for unit in units.chain([0]) {
            match char::from_u32(u32::from(unit)).filter(|c| *c < '\u{250}' && !c.is_control()) {
                Some(c) => run.push(c),
                None if run.chars().nth(SHORTEST - 1).is_some() => found.push(std::mem::take(&mut run)),
                None => run.clear(),
            }
        }
    }
}
