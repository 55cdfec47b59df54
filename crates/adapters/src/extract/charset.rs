//! Bytes of unknown origin to text, never refusing.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Decodes text whose charset nobody declared: a byte order mark, then UTF-8, then UTF-16 by
/// its pattern of NUL bytes, and at last windows-1252, which has a character for every byte.
pub(crate) fn lenient(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    if let Some(encoding) = utf16_by_pattern(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => after_damage(bytes),
    }
}

/// UTF-8 with a broken character (a cut, a stray byte) stays UTF-8 when most of what is
/// outside ASCII is well formed; otherwise the bytes were never UTF-8.
fn after_damage(bytes: &[u8]) -> Cow<'_, str> {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > bad { String::from_utf8_lossy(bytes) } else { WINDOWS_1252.decode_without_bom_handling(bytes).0 }
}

/// Which UTF-16 the bytes are, judged by where the NUL bytes of Latin text fall.
pub(crate) fn utf16_by_pattern(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if head.len() < 8 || memchr::memchr(0, head).is_none() {
        return None;
    }
    let (mut even, mut odd) = (0, 0);
    for pair in head.as_chunks::<2>().0 {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let pairs = head.len() / 2;
    match () {
        () if odd * 10 > pairs * 7 && even * 10 < pairs => Some(UTF_16LE),
        () if even * 10 > pairs * 7 && odd * 10 < pairs => Some(UTF_16BE),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn decodes_what_is_met_in_the_wild() {
        let text = "Zoë Example wrote";
        let (latin, _, _) = WINDOWS_1252.encode(text);
        let mut marked = vec![0xEF, 0xBB, 0xBF];
        marked.extend(text.as_bytes());
        let mut wide = vec![0xFF, 0xFE];
        wide.extend(utf16(text, false));
        for bytes in [text.as_bytes().to_vec(), latin.into_owned(), marked, wide, utf16(text, false), utf16(text, true)] {
            assert_eq!(lenient(&bytes), text);
        }
    }

    #[test]
    fn a_cut_character_does_not_turn_the_rest_into_nonsense() {
        let text = "Zoë and José and Renée €";
        let bytes = &text.as_bytes()[..text.len() - 1];
        assert!(lenient(bytes).starts_with("Zoë and José and Renée "));
    }
}
