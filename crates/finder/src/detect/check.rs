//! Checksums and structure checks of identifiers.

fn digits(text: &str) -> impl DoubleEndedIterator<Item = u32> + '_ {
    text.chars().filter_map(|c| c.to_digit(10))
}

/// How many ASCII digits a text has.
pub(super) fn count(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// NHS number: ten digits, the last the modulus 11 check of the first nine with weights 10 to 2.
pub(crate) fn nhs(text: &str) -> bool {
    let (mut sum, mut n, mut last, mut first, mut same) = (0, 0_u32, 0, None, true);
    for d in digits(text) {
        if n < 9 {
            sum += d * (10 - n);
        }
        same &= *first.get_or_insert(d) == d;
        last = d;
        n += 1;
    }
    n == 10 && !same && (11 - sum % 11) % 11 == last
}

/// Luhn check of payment cards, 12 to 19 digits with an issuer's first digits.
pub(super) fn card(text: &str) -> bool {
    let n = count(text);
    let sum: u32 = digits(text).rev().enumerate().map(|(i, d)| if i % 2 == 0 { d } else { d * 2 - if d > 4 { 9 } else { 0 } }).sum();
    let varied = digits(text).any(|d| Some(d) != digits(text).next());
    (12..=19).contains(&n) && varied && sum.is_multiple_of(10) && digits(text).next().is_some_and(|d| (1..=6).contains(&d))
}

/// IBAN: letters to numbers, first four characters to the end, remainder 1 on division by 97, and a length that fits the country where known.
pub(super) fn iban(text: &str) -> bool {
    let clean: Vec<u32> = text.chars().filter_map(|c| c.to_digit(36)).collect();
    let country: String = text.chars().take(2).collect::<String>().to_ascii_uppercase();
    let length = match country.as_str() {
        "GB" | "IE" | "DE" => Some(22),
        "FR" | "IT" => Some(27),
        "ES" => Some(24),
        "NL" => Some(18),
        "PL" => Some(28),
        "BE" => Some(16),
        "PT" => Some(25),
        _ => None,
    };
    if !(15..=34).contains(&clean.len()) || length.is_some_and(|l| l != clean.len()) {
        return false;
    }
    let turned = clean.iter().skip(4).chain(clean.iter().take(4));
    turned.fold(0, |rest, v| (if *v > 9 { rest * 100 } else { rest * 10 } + v) % 97) == 1
}

/// National Insurance number prefixes that are never given out, and letters that do not occur.
pub(super) fn national_insurance(text: &str) -> bool {
    let clean: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let (Some(a), Some(b)) = (clean.first().copied(), clean.get(1).copied()) else { return false };
    let pair: String = [a, b].iter().collect();
    let signs: Vec<char> = text.chars().filter(|c| !c.is_ascii_alphanumeric()).collect();
    // Full stops divide all of its parts or none: `on 12.05.24 a` is a date.
    if signs.contains(&'.') && (signs.len() < 4 || signs.iter().any(|c| *c != '.')) {
        return false;
    }
    !"DFIQUV".contains(a) && !"DFIQUVO".contains(b) && !matches!(pair.as_str(), "BG" | "GB" | "KN" | "NK" | "NT" | "TN" | "ZZ")
}

/// Great Britain driver number: five letters of the surname (9 for missing ones), decade, month (plus 50 for women), day, year, initials, check.
pub(super) fn driving_licence(text: &str) -> bool {
    let clean: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let number = |i: usize, n: usize| clean.get(i..i + n).and_then(|s| s.iter().collect::<String>().parse::<u32>().ok());
    let Some(name) = clean.get(..5) else { return false };
    let letters = name.iter().take_while(|c| c.is_ascii_alphabetic()).count();
    let padded = letters > 0 && name.iter().skip(letters).all(|c| *c == '9');
    let (Some(month), Some(day)) = (number(6, 2), number(8, 2)) else { return false };
    let month = if month > 50 { month - 50 } else { month };
    let initials = clean.get(11..13).is_some_and(|s| s.iter().all(|c| c.is_ascii_alphabetic() || *c == '9'));
    clean.len() == 16 && padded && (1..=12).contains(&month) && (1..=31).contains(&day) && initials
}

/// The 124 postcode areas and the letters that do not occur.
pub(super) fn postcode(text: &str) -> bool {
    const AREAS: &str = " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE BX GIR ";
    let upper = text.trim().to_ascii_uppercase();
    if upper.starts_with("GIR") {
        return true;
    }
    let area: String = upper.chars().take_while(char::is_ascii_alphabetic).collect();
    let unit: Vec<char> = upper.chars().rev().take(2).collect();
    AREAS.contains(&format!(" {area} ")) && unit.iter().all(|c| !"CIKMOV".contains(*c))
}

/// Vehicle marks: current (two letters, age identifier, three letters), prefix and suffix styles; letters that are not used.
pub(super) fn vehicle(text: &str) -> bool {
    let clean: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let shape: String = clean.chars().map(|c| if c.is_ascii_digit() { '9' } else { 'A' }).collect();
    let letters = |s: &str| s.chars().filter(char::is_ascii_alphabetic).all(|c| c != 'I' && c != 'Q');
    match shape.as_str() {
        "AA99AAA" => {
            let age: u32 = clean.get(2..4).and_then(|s| s.parse().ok()).unwrap_or(0);
            ((2..=29).contains(&age) || (51..=79).contains(&age)) && letters(&clean) && !clean.starts_with(['J', 'T', 'U', 'Z'])
        }
        "A9AAA" | "A99AAA" | "A999AAA" => !clean.starts_with(['I', 'O', 'Q', 'U', 'Z']) && letters(&clean),
        "AAA9A" | "AAA99A" | "AAA999A" => !clean.ends_with(['I', 'O', 'Q', 'U', 'Z']) && letters(&clean),
        _ => false,
    }
}

/// British telephone numbers: national digits beginning 1, 2, 3, 5, 7, 8 or 9 with nine or ten digits after the nought.
pub(super) fn british_phone(text: &str) -> bool {
    let Some(national) = crate::identity::national_digits(text) else { return false };
    let written_national = text.trim_start_matches(['(', ' ']).starts_with('0') && !text.trim_start_matches('(').starts_with("00");
    let british = written_national || text.contains("44");
    let first = national.chars().next().unwrap_or('0');
    british && "1235789".contains(first) && (national.len() == 10 || (national.len() == 9 && "18".contains(first)))
}

/// A vehicle mark without a sign for its year, of Britain before 1963 or of Northern Ireland: `ABC 123`, `12 AB`, `AIG 1234`.
pub(super) fn old_mark(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(char::is_ascii_alphabetic).collect();
    let digits = count(text);
    let northern = letters.len() == 3 && letters.iter().any(|c| matches!(c, 'I' | 'Z'));
    letters.iter().all(char::is_ascii_uppercase)
        && !letters.contains(&'Q')
        && letters.len() + digits >= 4
        && (digits <= 3 || letters.len() < 3 || northern)
}

/// Day and month of a numeric date exist (day first, or month first for a date that only fits so).
pub(super) fn date(text: &str) -> bool {
    let parts: Vec<u32> = text.split(|c: char| !c.is_ascii_digit()).filter_map(|p| p.parse().ok()).take(3).collect();
    match parts.as_slice() {
        [y, m, d] if *y > 31 => *y >= 1000 && (1..=12).contains(m) && (1..=31).contains(d),
        [a, b, y] => {
            ((1..=31).contains(a) && (1..=12).contains(b) || (1..=12).contains(a) && (1..=31).contains(b))
                && (*y < 100 || (1800..2200).contains(y))
        }
        _ => false,
    }
}

/// Four numbers up to 255 that are not a version or a paragraph number.
pub(super) fn ip(text: &str) -> bool {
    if text.contains(':') {
        let groups = text.split(':').filter(|g| !g.is_empty()).count();
        return groups == 8 || (text.contains("::") && groups >= 2 && text.len() >= 6);
    }
    text.split('.').all(|p| p.len() <= 3 && p.parse::<u32>().is_ok_and(|n| n <= 255))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_hold() {
        assert!(nhs("943 476 5919") && nhs("9434765919") && !nhs("943 476 5918") && !nhs("1111111111"));
        assert!(card("4111 1111 1111 1111") && card("378282246310005") && !card("4111 1111 1111 1112") && !card("0000 0000 0000 0000"));
        assert!(iban("GB82 WEST 1234 5698 7654 32") && iban("DE89370400440532013000") && !iban("GB82 WEST 1234 5698 7654 33"));
        assert!(national_insurance("AB123456C") && !national_insurance("BG123456A") && !national_insurance("DA123456A"));
        assert!(driving_licence("MORGA657054SM9IJ") && driving_licence("FO999512018AA1AB") && !driving_licence("MORGA613054SM9IJ"));
        assert!(postcode("SW1A 1AA") && postcode("M1 1AE") && !postcode("QA1 1AA") && !postcode("M1 1AI"));
        assert!(vehicle("AB51 ABC") && vehicle("K1 ABC") && vehicle("ABC 123D") && !vehicle("AB49 ABC") && !vehicle("I123 BCD"));
        assert!(
            british_phone("07700 900123")
                && british_phone("+44 (0)20 7946 0000")
                && british_phone("(0113) 496 0000")
                && !british_phone("12345 67890")
        );
        assert!(date("17/05/2013") && date("2013-05-17") && !date("45/05/2013") && !date("2013-15-17"));
        assert!(ip("192.0.2.1") && ip("2001:db8::1") && !ip("256.1.1.1"));
    }
}
