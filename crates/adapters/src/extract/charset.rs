//! Bytes of unknown origin to text, never refusing.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Decodes text whose charset nobody declared: a byte order mark, then UTF-8, then UTF-16 by
/// its pattern of NUL bytes, and at last windows-1252, which has a character for every byte.
pub(crate) fn lenient(bytes: &[u8]) -> Cow<'_, str> {
    unicode(bytes).unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(bytes).0)
}

/// Decodes text that is in some form of Unicode.
pub(crate) fn unicode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some(encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0);
    }
    if let Some(encoding) = utf16_by_pattern(bytes) {
        return Some(encoding.decode_without_bom_handling(bytes).0);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Cow::Borrowed(text)),
        Err(_) => after_damage(bytes),
    }
}

/// UTF-8 with a broken character (a cut, a stray byte) stays UTF-8 when most of what is
/// outside ASCII is well formed; otherwise the bytes were never UTF-8.
fn after_damage(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    (good > bad).then(|| String::from_utf8_lossy(bytes))
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
        () if odd > 0 && even == 0 && reads(head, u16::from_le_bytes) => Some(UTF_16LE),
        () if even > 0 && odd == 0 && reads(head, u16::from_be_bytes) => Some(UTF_16BE),
        () => None,
    }
}

/// Whether every two bytes are a letter, digit or sign of a script in use: so much does not happen by chance.
fn reads(head: &[u8], unit: fn([u8; 2]) -> u16) -> bool {
    let pairs = head.as_chunks::<2>().0;
    let in_use = |pair: &[u8; 2]| {
        matches!(
            unit(*pair),
            0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0..=0x24F | 0x370..=0x1FFF | 0x2010..=0x2026 | 0x20AC | 0x3000..=0x30FF
                | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3 | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC | 0xFF01..=0xFFEE
        )
    };
    // Two letters of ASCII make an ideograph too.
    let ascii = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t');
    let told = pairs.iter().filter(|pair| !pair.iter().all(|byte| *byte == 0 || ascii(byte))).count();
    pairs.len() >= 16 && told * 4 >= pairs.len() && pairs.iter().all(in_use)
}

/// The text of UTF-7 (RFC 2152): a run of base64 between `+` and the first other character, of
/// which only `-` belongs to the run. What is no such run is kept as it stands.
pub(crate) fn utf7(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((before, after)) = memchr::memchr(b'+', rest).and_then(|plus| rest.split_at_checked(plus)) {
        out.push_str(&lenient(before));
        let after = after.get(1..).unwrap_or_default();
        let length = after.iter().take_while(|byte| base64_value(**byte).is_some()).count();
        let (run, behind) = after.split_at_checked(length).unwrap_or((after, &[]));
        let ended = behind.strip_prefix(b"-");
        match (utf7_run(run), ended) {
            (Some(text), _) => {
                out.push_str(&text);
                rest = ended.unwrap_or(behind);
            }
            (None, Some(behind)) if run.is_empty() => {
                out.push('+');
                rest = behind;
            }
            _ => {
                out.push('+');
                out.extend(run.iter().map(|byte| char::from(*byte)));
                rest = behind;
            }
        }
    }
    out.push_str(&lenient(rest));
    out
}

/// The characters of one run, if it is UTF-16 and nothing besides.
fn utf7_run(run: &[u8]) -> Option<String> {
    let mut units = Vec::with_capacity(run.len() * 6 / 16);
    let (mut bits, mut held) = (0_u32, 0);
    for byte in run {
        bits = bits << 6 | base64_value(*byte)?;
        held += 6;
        if held >= 16 {
            held -= 16;
            units.push((bits >> held) as u16);
            bits &= (1 << held) - 1;
        }
    }
    (!units.is_empty() && held < 6 && bits == 0).then(|| String::from_utf16(&units).ok())?
}

fn base64_value(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;

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
    fn scripts_of_the_east_in_utf16_are_told_from_binary() {
        let text = "姓名 王小明, 生日 1985-04-12\n";
        assert_eq!(lenient(&utf16(text, false)), text);
        assert_eq!(lenient(&utf16(text, true)), text);
        let numbers: Vec<u8> = (0..100_u32).flat_map(|n| (n * 7).to_le_bytes()).collect();
        assert!(utf16_by_pattern(&numbers).is_none());
    }

    #[test]
    fn a_cut_character_does_not_turn_the_rest_into_nonsense() {
        let text = "Zoë and José and Renée €";
        let bytes = &text.as_bytes()[..text.len() - 1];
        assert!(lenient(bytes).starts_with("Zoë and José and Renée "));
    }

    #[test]
    fn a_run_of_utf7_absorbs_its_hyphen_and_nothing_else() {
        for (code, expected) in [
            ("Zo+AOs +AMk-xample", "Zoë Éxample"),
            ("Zo+AOs, +AMk--x\nAda+AOs", "Zoë, É-x\nAdaë"),
            ("1 +- 1, a+-b", "1 + 1, a+b"),
            ("Hi Mom +2D3cZw-!", "Hi Mom 👧!"),
            ("1+1=2, +44 1632, +AOs+, +2D0-, + and +", "1+1=2, +44 1632, +AOs+, +2D0-, + and +"),
            ("+ZeVnLIqe-", "日本語"),
            ("", ""),
        ] {
            assert_eq!(utf7(code.as_bytes()), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn utf7_keeps_every_text(text in "[\\PC\n]{0,40}", bytes: Vec<u8>) {
            let mut code = String::new();
            for letter in text.chars() {
                if letter.is_ascii() && letter != '+' {
                    code.push(letter);
                } else {
                    let wide: Vec<u8> = letter.to_string().encode_utf16().flat_map(u16::to_be_bytes).collect();
                    code = format!("{code}+{}-", base64::engine::general_purpose::STANDARD_NO_PAD.encode(wide));
                }
            }
            proptest::prop_assert_eq!(utf7(code.as_bytes()), text);
            utf7(&bytes);
        }
    }
}
