//! Digits that were written or read as the letters they look like: `O7700 9OO123`, `TR-2O23-1l8`.

/// Such letters in a row, at most.
const LONGEST: usize = 6;

/// The digit that a folded letter is taken for beside digits.
fn meant(letter: u8) -> Option<u8> {
    match letter {
        b'o' => Some(b'0'),
        b'l' | b'i' => Some(b'1'),
        _ => None,
    }
}

/// True when a sign of a folded text is the one that is wanted, or a letter that looks like it.
pub(super) fn is(written: Option<&u8>, wanted: u8) -> bool {
    written.is_some_and(|sign| *sign == wanted || meant(*sign) == Some(wanted))
}

/// The digit at a place of a folded text: one, or a letter that looks like one within a number, at its beginning or at its end.
pub(super) fn digit(bytes: &[u8], at: usize) -> Option<u8> {
    let sign = *bytes.get(at)?;
    if sign.is_ascii_digit() {
        return Some(sign);
    }
    let digit = meant(sign)?;
    let beyond = |sign: Option<&u8>| sign.copied().filter(u8::is_ascii_alphanumeric);
    let letters = |sign: &&u8| meant(**sign).is_some();
    let before = beyond(bytes.get(..at)?.iter().rev().take(LONGEST).find(|sign| !letters(sign)));
    let behind = beyond(bytes.get(at..)?.iter().take(LONGEST).find(|sign| !letters(sign)));
    let number = |side: Option<u8>| side.is_some_and(|sign| sign.is_ascii_digit());
    let open = |side: Option<u8>| side.is_none_or(|sign| sign.is_ascii_digit());
    ((number(before) || number(behind)) && open(before) && open(behind)).then_some(digit)
}

/// A form of a reference as it is read when its noughts are taken for letters.
pub(super) fn with_letters(form: &str) -> String {
    let digits = form.bytes().filter(|b| matches!(b, b'1'..=b'9')).count();
    if digits > 1 { form.replace('0', "o") } else { form.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_among_digits_are_digits() {
        for (text, digits) in [("o77oo9oo587", "07700900587"), ("2o23", "2023"), ("1i8", "118"), ("9oo", "900"), ("12 o2", "1202")] {
            let found: String = (0..text.len()).filter_map(|at| digit(text.as_bytes(), at)).map(char::from).collect();
            assert_eq!(found, digits, "{text}");
        }
        for text in ["o", "oil", "so 2", "2nd", "10th of"] {
            let letters = (0..text.len()).filter(|at| !text.as_bytes()[*at].is_ascii_digit());
            assert_eq!(letters.filter_map(|at| digit(text.as_bytes(), at)).count(), 0, "{text}");
        }
    }
}
