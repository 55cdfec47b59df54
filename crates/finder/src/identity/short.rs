//! Short forms that no list holds.

/// Letters a short form of a long given name has at least.
const SHORTEST: usize = 3;

/// True when a folded word is a short form of a long given name by its letters: its beginning (`theo` of `theodora`), that
/// with an ending of endearment (`abby` of `abigail`), or its end (`bella` of `arabella`).
pub(super) fn is_short_form(word: &str, given: &str) -> bool {
    let (len, whole) = (word.chars().count(), given.chars().count());
    if whole < 6 || len < SHORTEST || len >= whole || !given.is_char_boundary(word.len().min(given.len())) {
        return false;
    }
    if given.starts_with(word) || len >= 4 && given.ends_with(word) {
        return true;
    }
    let stem = ["ie", "ey", "y", "i"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or_default();
    let mut letters = stem.chars().rev();
    let doubled = stem.len() > 2 && letters.next() == letters.next();
    let single = if doubled { stem.get(..stem.len() - 1).unwrap_or(stem) } else { stem };
    single.len() >= 3 && (doubled || stem.len() >= 4) && given.starts_with(single)
}

#[cfg(test)]
mod tests {
    use super::is_short_form;

    #[test]
    fn short_forms_come_from_the_long_one() {
        for (word, given) in
            [("theo", "theodora"), ("bella", "arabella"), ("debby", "deborah"), ("fredi", "frederick"), ("nath", "nathaniel")]
        {
            assert!(is_short_form(word, given), "{word} {given}");
        }
        for (word, given) in [
            ("jo", "joanna"),
            ("jon", "john"),
            ("abigail", "abigail"),
            ("amy", "amelia"),
            ("ann", "hannah"),
            ("mary", "marcus"),
            ("any", "anthony"),
        ] {
            assert!(!is_short_form(word, given), "{word} {given}");
        }
    }
}
