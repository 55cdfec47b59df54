//! References: the forms of short ones, and what tells two of a kind apart. Long ones are found however they are grouped.

use std::collections::BTreeSet;

use super::grouped;
use crate::fold::fold;

/// What people write between the groups of a number.
const JOINTS: [&str; 8] = ["", " ", "-", "/", ".", "_", " / ", " - "];

/// Every folded form of a reference that is searched for; of one that is found however it is grouped, what is written.
pub(super) fn forms(reference: &str) -> BTreeSet<String> {
    let folded = fold(reference.trim());
    let mut out = BTreeSet::new();
    if folded.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return out;
    }
    if grouped::is_grouped(reference) {
        out.insert(folded);
        return out;
    }
    let whole: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '.' | '_')).filter(|p| !p.is_empty()).collect();
    let squashed: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut groupings: Vec<Vec<String>> = vec![whole.iter().map(|p| (*p).to_owned()).collect()];
    if folded.is_ascii() && squashed.bytes().any(|b| b.is_ascii_digit()) && squashed.len() >= 5 {
        let runs = runs(&squashed);
        let digits = |size: usize| runs.iter().flat_map(|run| groups(run, size)).collect::<Vec<_>>();
        groupings.push(runs.clone());
        groupings.extend([digits(2), digits(3), digits(4)]);
    }
    for grouping in groupings.iter().filter(|g| !g.is_empty()) {
        out.extend(JOINTS.iter().map(|joint| grouping.join(joint)).filter(|form| form.len() >= 5));
    }
    // One of its signs left out or changed: `PUP2024/117` for `PUP-2024/117`.
    for (at, sign) in folded.match_indices(['-', '/', ' ', '.']) {
        let (before, after) = (folded.get(..at).unwrap_or_default(), folded.get(at + sign.len()..).unwrap_or_default());
        out.extend(["", " ", "-", "/"].iter().map(|joint| format!("{before}{joint}{after}")).filter(|form| form.len() >= 5));
    }
    out.insert(folded);
    out
}

/// A number with one blank at each of its places.
pub(super) fn with_a_blank(number: &str) -> Vec<String> {
    let places = number.char_indices().map(|(i, _)| i).skip(1);
    places.filter_map(|at| number.split_at_checked(at)).map(|(a, b)| format!("{a} {b}")).collect()
}

/// True for a short number without a letter, which counts only beside a word such as `case` or `ref`.
pub(super) fn needs_a_word(reference: &str) -> bool {
    let signs: Vec<char> = reference.chars().filter(|c| c.is_alphanumeric()).collect();
    signs.len() < 6 && signs.iter().all(char::is_ascii_digit) || signs.len() < 3
}

/// True when the folded text just before `at` announces a reference.
pub(super) fn announced(text: &str, at: usize) -> bool {
    let from = text.floor_char_boundary(at.saturating_sub(24));
    let near = text.get(from..at).unwrap_or_default();
    let words = [
        "ref",
        "case",
        "no",
        "number",
        "id",
        "payroll",
        "pupil",
        "client",
        "member",
        "membership",
        "file",
        "employee",
        "staff",
        "account",
        "patient",
        "customer",
    ];
    near.ends_with('#') || near.split(|c: char| !c.is_alphanumeric()).any(|w| words.contains(&w) || w.starts_with("referen"))
}

/// Letters, digits, marks: a reference by kinds of sign, to tell another of the same kind.
pub(super) fn shape(reference: &str) -> String {
    reference
        .chars()
        .map(|c| match c {
            _ if c.is_ascii_digit() => '9',
            _ if c.is_alphabetic() => 'a',
            _ => c,
        })
        .collect()
}

/// Stretches of letters and stretches of digits.
fn runs(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut digits = None;
    for c in text.chars() {
        match out.last_mut().filter(|_| digits == Some(c.is_ascii_digit())) {
            Some(run) => run.push(c),
            None => out.push(c.to_string()),
        }
        digits = Some(c.is_ascii_digit());
    }
    out
}

fn groups(run: &str, size: usize) -> Vec<String> {
    if !run.starts_with(|c: char| c.is_ascii_digit()) {
        return vec![run.to_owned()];
    }
    run.as_bytes().chunks(size).map(|c| String::from_utf8_lossy(c).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_in_the_usual_ways() {
        let has = |reference: &str, form: &str| assert!(forms(reference).contains(form), "{form}: {:?}", forms(reference));
        has("PUP-2417", "pup 2417");
        has("PUP-2417", "pup2417");
        has("AB1234C", "ab 12 34 c");
        has("GB29NWBK60161331926819", "gb29nwbk60161331926819");
        has("ahart02", "ahart02");
        assert!(forms("?").is_empty());
        assert!(needs_a_word("4711") && !needs_a_word("PUP-2024/117") && !needs_a_word("123456"));
        assert!(announced("case no. ", 9) && announced("payroll #", 9) && !announced("paid ", 5));
        assert_eq!(shape("PUP-2024/117"), "aaa-9999/999");
    }
}
