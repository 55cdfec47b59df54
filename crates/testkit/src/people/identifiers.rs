//! Identifiers with valid check digits that belong to nobody.

use crate::rng::Rng;

/// A National Insurance number: two allowed letters, six digits, a suffix A to D.
pub fn national_insurance(rng: &mut Rng) -> String {
    // First letters exclude D F I Q U V, second letters also O; without B, G, K, N, T and Z in first place no unallocated pair can arise.
    let prefix = format!("{}{}", rng.letters(b"ACEHJLMPRSWXY", 1), rng.letters(b"ABCEHJLMPRSWXY", 1));
    let (a, b, c) = (rng.digits(2), rng.digits(2), rng.digits(2));
    let suffix = rng.letters(b"ABCD", 1);
    if rng.chance(50) { format!("{prefix} {a} {b} {c} {suffix}") } else { format!("{prefix}{a}{b}{c}{suffix}") }
}

/// An NHS number out of the range 999 that is kept for tests, with its check digit modulo 11.
pub fn nhs_number(rng: &mut Rng) -> String {
    loop {
        let body = format!("999{}", rng.digits(6));
        let sum: usize = body.bytes().zip((2..=10).rev()).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
        let check = match 11 - sum % 11 {
            11 => 0,
            10 => continue,
            check => check,
        };
        let (left, right) = body.split_at(6);
        let (first, second) = left.split_at(3);
        return format!("{first} {second} {right}{check}");
    }
}

/// A sort code with hyphens and an account number of eight digits.
pub fn sort_code_and_account(rng: &mut Rng) -> (String, String) {
    (format!("{}-{}-{}", rng.between(10, 89), rng.digits(2), rng.digits(2)), format!("{}{}", rng.between(1, 9), rng.digits(7)))
}

/// A British IBAN at an invented bank, its check digits modulo 97.
pub fn iban(rng: &mut Rng) -> String {
    let bank = rng.letters(b"BCDFGHJKLMNPQRSTVWXZ", 4);
    let number = rng.digits(14);
    let numeric: String = format!("{bank}{number}GB00").chars().filter_map(|c| c.to_digit(36)).map(|value| value.to_string()).collect();
    let check = 98 - numeric.bytes().fold(0, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    let whole = format!("GB{check:02}{bank}{number}");
    let groups: Vec<&str> = whole.as_bytes().chunks(4).filter_map(|chunk| std::str::from_utf8(chunk).ok()).collect();
    groups.join(" ")
}

/// A payment card number of sixteen digits with its Luhn digit.
pub fn card(rng: &mut Rng) -> String {
    let body = format!("4929{}", rng.digits(11));
    let sum: u32 = body
        .bytes()
        .enumerate()
        .map(|(index, digit)| {
            let digit = u32::from(digit - b'0');
            if index % 2 == 1 { digit } else { digit * 2 - if digit > 4 { 9 } else { 0 } }
        })
        .sum();
    let whole = format!("{body}{}", (10 - sum % 10) % 10);
    let groups: Vec<&str> = whole.as_bytes().chunks(4).filter_map(|chunk| std::str::from_utf8(chunk).ok()).collect();
    groups.join(" ")
}

/// A vehicle registration of the form used since 2001.
pub fn vehicle(rng: &mut Rng) -> String {
    let age = if rng.chance(50) { rng.between(10, 25) } else { rng.between(60, 74) };
    let area = rng.letters(b"ABCDEFGHKLMNPRSVWY", 1) + &rng.letters(b"ABCDEFGHJKLMNOPRSTUVWXY", 1);
    format!("{area}{age} {}", rng.letters(b"ABCDEFGHJKLMNOPRSTUVWXYZ", 3))
}

/// A British passport number: nine digits.
pub fn passport(rng: &mut Rng) -> String {
    format!("{}{}", rng.between(3, 8), rng.digits(8))
}

/// A driving licence number: five letters of the surname, the coded date of birth, initials, check characters.
pub fn driving_licence(rng: &mut Rng, given: &str, surname: &str, born: (i16, i8, i8), woman: bool) -> String {
    let letters: String = surname.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_uppercase();
    let letters = letters.strip_prefix("MAC").map_or_else(|| letters.clone(), |rest| format!("MC{rest}"));
    let name: String = letters.chars().chain("99999".chars()).take(5).collect();
    let (year, month, day) = born;
    let month = if woman { month + 50 } else { month };
    let initial: String = given.chars().filter(char::is_ascii_alphabetic).take(1).collect::<String>().to_ascii_uppercase();
    let check = format!("{}{}", rng.between(2, 9), rng.letters(b"ABCDEFGHJKLMNPRSTUVWXYZ", 2));
    format!("{name}{}{month:02}{day:02}{}{initial}9{check}", year / 10 % 10, year % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<u32> {
        text.chars().filter_map(|c| c.to_digit(10)).collect()
    }

    #[test]
    fn nhs_numbers_pass_modulo_eleven() {
        let mut rng = Rng::new(1);
        for _ in 0..200 {
            let number = nhs_number(&mut rng);
            let d = digits(&number);
            assert_eq!((d.len(), number.len()), (10, 12));
            let sum: u32 = (0..9).map(|i| d[i] * (10 - i as u32)).sum();
            assert_eq!((11 - sum % 11) % 11, d[9], "{number}");
        }
        // The published example of the algorithm, through the same sum.
        let d = digits("943 476 5919");
        assert_eq!((11 - (0..9).map(|i| d[i] * (10 - i as u32)).sum::<u32>() % 11) % 11, d[9]);
    }

    #[test]
    fn ibans_and_cards_pass_their_sums() {
        let mut rng = Rng::new(2);
        for _ in 0..200 {
            let iban = iban(&mut rng).replace(' ', "");
            let turned = format!("{}{}", &iban[4..], &iban[..4]);
            let rest = turned.chars().map(|c| c.to_digit(36).unwrap()).fold(0, |rest, v| (rest * if v > 9 { 100 } else { 10 } + v) % 97);
            assert_eq!((rest, iban.len()), (1, 22), "{iban}");

            let d = digits(&card(&mut rng));
            let sum: u32 = d.iter().rev().enumerate().map(|(i, &v)| if i % 2 == 1 { v * 2 / 10 + v * 2 % 10 } else { v }).sum();
            assert_eq!((sum % 10, d.len()), (0, 16));
        }
    }

    #[test]
    fn national_insurance_prefixes_are_allocated_ones() {
        let mut rng = Rng::new(3);
        for _ in 0..500 {
            let number = national_insurance(&mut rng).replace(' ', "");
            assert_eq!(number.len(), 9);
            assert!(!["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(&&number[..2]), "{number}");
            assert!(!number[..2].contains(['D', 'F', 'I', 'Q', 'U', 'V', 'O']), "{number}");
        }
    }

    #[test]
    fn driving_licences_have_sixteen_characters_in_their_places() {
        let mut rng = Rng::new(4);
        let licence = driving_licence(&mut rng, "Mei", "O'Bo", (1998, 3, 9), true);
        assert_eq!(licence.len(), 16, "{licence}");
        assert!(licence.starts_with("OBO99953098M9"), "{licence}");
        assert!(driving_licence(&mut rng, "Ian", "MacInnes", (2001, 11, 30), false).starts_with("MCINN011301I9"));
    }

    #[test]
    fn vehicles_and_passports_have_their_shape() {
        let mut rng = Rng::new(5);
        assert_eq!(vehicle(&mut rng).len(), 8);
        assert_eq!(passport(&mut rng).len(), 9);
        let (sort, account) = sort_code_and_account(&mut rng);
        assert_eq!((sort.len(), account.len()), (8, 8));
    }
}
