//! Folding one character.

use unicode_normalization::char::decompose_compatible;

/// Gives the folded form of one character to `out`, nothing for a character that is dropped.
pub fn fold_char(c: char, mut out: impl FnMut(char)) {
    if c.is_ascii() {
        out(ascii(c));
        return;
    }
    if is_dropped(c) {
        return;
    }
    if c.is_whitespace() {
        out(' ');
        return;
    }
    if let Some(text) = special(c) {
        text.chars().for_each(out);
        return;
    }
    decompose_compatible(c, |d| {
        if is_dropped(d) {
            return;
        }
        if d.is_ascii() {
            out(ascii(d));
        } else if let Some(text) = special(d) {
            text.chars().for_each(&mut out);
        } else if d.is_whitespace() {
            out(' ');
        } else {
            for lower in d.to_lowercase().filter(|l| !is_mark(*l)) {
                match special(lower) {
                    Some(text) => text.chars().for_each(&mut out),
                    None => out(lower),
                }
            }
        }
    });
}

fn ascii(c: char) -> char {
    match c {
        '\0' | '\u{b}' => ' ',
        '`' => '\'',
        _ if c.is_ascii_whitespace() => ' ',
        _ => c.to_ascii_lowercase(),
    }
}

/// Accents and points that spelling variants add or leave out. Vowel signs of Indic scripts stay.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Characters that print nothing: soft hyphen, zero-width characters, direction marks, variation selectors.
fn is_dropped(c: char) -> bool {
    is_mark(c)
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}'
            | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{180e}' | '\u{34f}')
}

/// Letters and signs without a decomposition that people type in ASCII.
fn special(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        'ŋ' | 'Ŋ' => "n",
        'ς' => "σ",
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '\u{2b9}' | '\u{2bc}' | '\u{2bb}' | '\u{b4}' => "'",
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => "\"",
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => "-",
        '\u{2044}' | '\u{2215}' | '\u{29f8}' => "/",
        '\u{2026}' => "...",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_twice_changes_nothing() {
        for c in (0..0x2_ffff).filter_map(char::from_u32) {
            let mut once = String::new();
            fold_char(c, |d| once.push(d));
            let mut twice = String::new();
            once.chars().for_each(|d| fold_char(d, |e| twice.push(e)));
            assert_eq!(once, twice, "U+{:04X}", u32::from(c));
        }
    }
}
