//! Telephone numbers in any British format.

use super::misread;

/// The national digits of a telephone number: `+44 (0)7700 900123`, `0044 7700 900123` and
/// `07700-900123` all give `7700900123`. Nothing for fewer than six digits.
pub fn national_digits(number: &str) -> Option<String> {
    let number = number.split(['x', 'X', 'e', '#']).next().unwrap_or_default();
    let digits: String = number.chars().filter_map(|c| c.to_digit(10)).filter_map(|d| char::from_digit(d, 10)).collect();
    let plus = number.trim_start().starts_with(['+', '(']) && number.contains('+');
    let rest = digits.strip_prefix("00").unwrap_or(&digits);
    let international = plus || rest.len() < digits.len();
    let national = match rest.strip_prefix("44") {
        Some(n) if international || rest.len() >= 12 => n.strip_prefix('0').unwrap_or(n),
        _ if international => rest,
        _ => digits.strip_prefix('0').unwrap_or(&digits),
    };
    (national.len() >= 6).then(|| national.to_owned())
}

/// Country codes of two digits (ITU-T E.164); `1` and `7` are codes themselves, all others have three.
const TWO: &str =
    " 20 27 30 31 32 33 34 36 39 40 41 43 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";

/// Codes of countries whose numbers are met often: at home, seven digits are enough to tell one.
const NEAR: [&str; 14] = ["353", "351", "380", "234", "880", "233", "33", "34", "39", "48", "40", "49", "91", "92"];

/// A number from abroad without the code of its country, as it is written there: but for a leading nought, and with the 8 that some put
/// before it.
pub(super) fn at_home(national: &str) -> Vec<String> {
    // A British number has ten digits at most.
    if national.len() < 11 {
        return Vec::new();
    }
    let code = match national.get(..2) {
        _ if national.starts_with(['1', '7']) => 1,
        Some(two) if TWO.split_ascii_whitespace().any(|code| code == two) => 2,
        _ => 3,
    };
    let Some((code, rest)) = national.split_at_checked(code) else { return Vec::new() };
    if rest.len() < if NEAR.contains(&code) { 7 } else { 9 } {
        return Vec::new();
    }
    let eight = matches!(code, "7" | "370" | "375").then(|| format!("8{rest}"));
    std::iter::once(rest.to_owned()).chain(eight).collect()
}

/// Digits gathered over the separators people write inside numbers.
#[derive(Debug, Default)]
pub(super) struct Run {
    digits: Vec<u8>,
    /// Byte position of each digit.
    places: Vec<usize>,
}

/// Gives every run of at least six digits with at most three separators between neighbours.
pub(super) fn runs(text: &str, mut with: impl FnMut(&Run)) {
    let bytes = text.as_bytes();
    let mut run = Run::default();
    let mut at = 0;
    while let Some(offset) = bytes.get(at..).and_then(|b| b.iter().position(u8::is_ascii_digit)) {
        // A letter before the first digit may be one.
        let first = (at..at + offset).rev().take_while(|place| misread::digit(bytes, *place).is_some()).last();
        at = first.unwrap_or(at + offset);
        run.digits.clear();
        run.places.clear();
        let mut gap = 0;
        while let Some(&b) = bytes.get(at) {
            if let Some(digit) = misread::digit(bytes, at) {
                run.digits.push(digit);
                run.places.push(at);
                gap = 0;
            } else if gap < 3 && matches!(b, b' ' | b'-' | b'.' | b',' | b'(' | b')' | b'[' | b']' | b'/' | b'_') {
                gap += 1;
            } else {
                break;
            }
            at += 1;
        }
        if run.digits.len() >= 6 {
            with(&run);
        }
    }
}

impl Run {
    /// Where the number with these national digits stands in the run, written with any of its prefixes.
    pub(super) fn find(&self, text: &str, national: &str) -> Option<(usize, usize)> {
        let wanted = national.as_bytes();
        (0..(self.digits.len() + 1).saturating_sub(wanted.len())).find_map(|i| {
            let last = i + wanted.len() - 1;
            let same = self.digits.get(i..=last)? == wanted && self.ends(last);
            let prefix = ["00440", "0044", "440", "44", "00", "0", ""]
                .into_iter()
                .find(|p| i >= p.len() && self.digits.get(i - p.len()..i) == Some(p.as_bytes()) && self.begins(i - p.len()))?;
            if !same {
                return None;
            }
            let mut start = *self.places.get(i - prefix.len())?;
            while text.get(..start).is_some_and(|t| t.ends_with(['+', '(', '['])) {
                start -= 1;
            }
            Some((start, self.places.get(last)? + 1))
        })
    }

    fn begins(&self, i: usize) -> bool {
        i == 0 || self.place(i) != self.place(i - 1) + 1
    }

    fn ends(&self, i: usize) -> bool {
        i + 1 == self.digits.len() || self.place(i + 1) != self.place(i) + 1
    }

    fn place(&self, i: usize) -> usize {
        self.places.get(i).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_british_way_of_writing_gives_the_same_digits() {
        for written in [
            "07700 900123",
            "+44 7700 900123",
            "+44 (0)7700 900 123",
            "0044 7700 900123",
            "(07700) 900123",
            "07700-900-123",
            "07700.900.123",
            "447700900123",
            "+44(0) 7700 900123 ext 4",
        ] {
            assert_eq!(national_digits(written).as_deref(), Some("7700900123"), "{written}");
        }
        assert_eq!(national_digits("020 7946 0000").as_deref(), Some("2079460000"));
        assert_eq!(national_digits("+33 1 23 45 67 89").as_deref(), Some("33123456789"));
        assert_eq!(national_digits("12345"), None);
    }

    #[test]
    fn a_number_from_abroad_is_also_written_as_at_home() {
        assert_eq!(at_home("35312345678"), ["12345678"]);
        assert_eq!(at_home("48601234567"), ["601234567"]);
        assert_eq!(at_home("12025550143"), ["2025550143"]);
        assert_eq!(at_home("5511987654321"), ["11987654321"]);
        assert_eq!(at_home("79161234567"), ["9161234567", "89161234567"]);
        assert!(at_home("7700900123").is_empty() && at_home("96512345678").is_empty());
    }

    #[test]
    fn numbers_are_found_in_runs_but_not_inside_other_numbers() {
        for (text, hit) in [
            ("ring 07700 900123.", true),
            ("+44 (0) 7700 900123", true),
            ("07700 900123 020 7946 0000", true),
            ("020 7946 0000 / 07700900123", true),
            ("020 7946 0000, 07700 900123, 0117 496 0881", true),
            ("sms o77oo9oo123 ok", true),
            ("o77oo 9oo l23", true),
            ("07700,900123", true),
            ("from [07700] 900123 re", true),
            ("07700, 900, 124", false),
            ("ref 107700900123", false),
            ("077009001234", false),
            ("07700 900124", false),
        ] {
            let mut found = false;
            runs(text, |r| found |= r.find(text, "7700900123").is_some());
            assert_eq!(found, hit, "{text}");
        }
    }
}
