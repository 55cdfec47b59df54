//! Ages that stand right behind a name: `Albert Tunstall, 87, fell`, `Lily (7)`.

use super::{Finding, Kind};

/// Adds them to findings that are sorted and do not overlap.
pub(super) fn add(text: &str, findings: &mut Vec<Finding>) {
    let mut ages = Vec::new();
    for (i, finding) in findings.iter().enumerate().filter(|(_, f)| f.kind == Kind::Person) {
        let Some((start, end)) = behind(text, finding.end) else { continue };
        if findings.get(i + 1).is_none_or(|next| next.start >= end) {
            ages.push(Finding::new(Kind::Age, start, end, 0.5, "a number for an age right behind a name"));
        }
    }
    if !ages.is_empty() {
        findings.append(&mut ages);
        findings.sort_by_key(|f| f.start);
    }
}

/// Where the number for an age stands behind a name that ends here.
fn behind(text: &str, name: usize) -> Option<(usize, usize)> {
    let rest = text.get(name..)?;
    let number = rest.strip_prefix(" (").or_else(|| rest.strip_prefix(", "))?;
    let start = name + 2;
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let age: u8 = number.get(..digits)?.parse().ok()?;
    let after = number.get(digits..)?;
    let closed = after.starts_with([',', ')']) && !after.get(1..)?.starts_with(|c: char| c.is_ascii_digit());
    let list = after.strip_prefix(", ").is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
    (closed && !list && (1..=110).contains(&age) && !number.starts_with('0')).then_some((start, start + digits))
}

#[cfg(test)]
mod tests {
    use crate::detect::{Detector, Kind};

    #[test]
    fn a_number_behind_a_name_may_be_an_age() {
        for (text, expected) in [
            ("Mr Albert Tunstall, 87, fell in the bathroom.", vec!["87"]),
            ("for Lily Marsh (7) and Noah Marsh (10)", vec!["7", "10"]),
            ("Sarah Hughes, 12 Mill Lane, came", vec![]),
            ("Sarah Hughes, 12, 13 and 14 May", vec![]),
            ("Sarah Hughes, 2024, and Sarah Hughes (07700 900123)", vec![]),
            ("Room 4, 87, is full", vec![]),
        ] {
            let found = Detector::new().detect(text);
            let ages: Vec<&str> = found.iter().filter(|f| f.kind == Kind::Age).map(|f| &text[f.start..f.end]).collect();
            assert_eq!(ages, expected, "{text}: {found:?}");
        }
    }
}
