//! Text as windows-1252 bytes.

/// The characters of 0x80 to 0x9f; a space where the code page has none.
const HIGH: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// The text in windows-1252; a character it does not have becomes its bare letter where there is an obvious one, else `?`.
pub fn windows_1252(text: &str) -> Vec<u8> {
    text.chars().map(byte).collect()
}

fn byte(c: char) -> u8 {
    match c {
        '\0'..='\u{7f}' | '\u{a0}'..='\u{ff}' => c as u32 as u8,
        'ą' => b'a',
        'ę' => b'e',
        'ł' => b'l',
        'Ł' => b'L',
        'ń' => b'n',
        'ś' => b's',
        'ż' | 'ź' => b'z',
        _ => HIGH.chars().position(|high| high == c && c != ' ').map_or(b'?', |at| 0x80 + at as u8),
    }
}

/// Whether the text survives windows-1252 unchanged.
pub fn fits_windows_1252(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\0'..='\u{7f}' | '\u{a0}'..='\u{ff}') || HIGH.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quotation_marks_and_the_euro_have_their_places() {
        assert_eq!(windows_1252("€‘’“”–—é£"), [0x80, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0xe9, 0xa3]);
        assert_eq!(windows_1252("Ÿž"), [0x9f, 0x9e]);
        assert!(fits_windows_1252("café – “ok”") && !fits_windows_1252("Łucja"));
    }
}
