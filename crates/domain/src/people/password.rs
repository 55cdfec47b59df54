//! What makes a password acceptable: length and not being guessable. No composition
//! rules and no expiry (OWASP ASVS 5.0 6.2.5, 6.2.10; clauses TURN-146, CPO-97 are
//! stored as superseded).

use crate::{Refusal, RefusalCode};

/// Shortest password, in Unicode characters.
pub(super) const MIN_CHARS: usize = 12;
/// Longest password, in Unicode characters. Longer ones are refused, never cut.
pub(super) const MAX_CHARS: usize = 128;

/// Words that start most guessed passwords; a password that is one of them plus digits
/// and marks, or repeats one of them, is refused.
const COMMON: &[&str] = &[
    "password",
    "passw0rd",
    "qwerty",
    "qwertyuiop",
    "letmein",
    "welcome",
    "iloveyou",
    "sunshine",
    "princess",
    "football",
    "liverpool",
    "charlie",
    "monkey",
    "dragon",
    "superman",
    "batman",
    "trustno",
    "abcdefgh",
    "abcdefghijkl",
    "asdfghjkl",
    "zxcvbnm",
    "administrator",
    "admin",
    "changeme",
    "default",
    "secret",
    "summer",
    "winter",
    "spring",
    "autumn",
    "january",
    "february",
    "november",
    "december",
    "computer",
    "internet",
    "michael",
    "jessica",
    "ashley",
    "arsenal",
    "chelsea",
    "manchester",
    "england",
    "scotland",
    "wales",
    "ireland",
];

/// Refuses a password that is too short, too long or easy to guess. `own_words` are the
/// organisation's name, the person's name and the local part of their e-mail.
pub fn check_password(password: &str, own_words: &[&str]) -> Result<(), Refusal> {
    let length = password.chars().count();
    if length < MIN_CHARS {
        return weak(format!("It has {length} characters; at least {MIN_CHARS} are needed."));
    }
    if length > MAX_CHARS {
        return weak(format!("It has {length} characters; at most {MAX_CHARS} can be kept."));
    }
    let letters: String = password.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    if few_different(password) {
        return weak("It repeats a few characters.".to_owned());
    }
    let mut rest = letters.clone();
    let mut words: Vec<String> = COMMON.iter().map(|word| (*word).to_owned()).collect();
    words.extend(
        own_words
            .iter()
            .flat_map(|text| text.split(|c: char| !c.is_alphabetic()))
            .map(str::to_lowercase)
            .filter(|w| w.chars().count() >= 4),
    );
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in &words {
        rest = rest.replace(word.as_str(), "");
    }
    if rest.chars().count() < 6 && rest.len() < letters.len() {
        return weak("Most of it is a common word or a word of your organisation.".to_owned());
    }
    if letters.chars().count() < 3 && length < 20 {
        return weak("It is a number that programs try first.".to_owned());
    }
    Ok(())
}

fn few_different(password: &str) -> bool {
    let mut seen: Vec<char> = password.chars().collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len() < 5
}

fn weak(detail: String) -> Result<(), Refusal> {
    Err(Refusal::new(RefusalCode::PasswordWeak, detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_common_and_own_words_are_refused() {
        for bad in [
            "Turning1",
            "password1234",
            "Password!2026",
            "Greenbank1234",
            "aaaaaaaaaaaaaa",
            "123456789012",
            "qwertyuiop12",
            "greenbanklearning",
        ] {
            assert!(check_password(bad, &["Greenbank Learning CIC", "priya.nair"]).is_err(), "{bad}");
        }
    }

    #[test]
    fn three_words_long_phrases_and_any_alphabet_are_accepted() {
        for good in ["otter plinth harbour 42", "correct horse battery staple", "żółw pływa powoli", &"x1y2z3 ".repeat(18)] {
            assert!(check_password(good, &["Greenbank Learning CIC"]).is_ok(), "{good}");
        }
    }

    #[test]
    fn the_longest_password_is_kept_whole_and_a_longer_one_refused() {
        let longest: String = "abcdefghij klmnop".chars().cycle().take(MAX_CHARS).collect();
        assert!(check_password(&longest, &[]).is_ok());
        assert!(check_password(&format!("{longest}x"), &[]).is_err());
    }
}
