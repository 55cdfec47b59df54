//! One typing error.

/// True when one word becomes the other by exactly one typing error: a letter added, left out,
/// changed, or two neighbours swapped. Compares characters.
pub(super) fn one_error(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 4 || a == b {
        return false;
    }
    let (mut left, mut right) = (short.chars(), long.chars());
    loop {
        let (from_left, from_right) = (left.as_str(), right.as_str());
        match (left.next(), right.next()) {
            (Some(l), Some(r)) if l == r => {}
            (Some(l), Some(r)) => {
                let added = from_left == right.as_str() || left.as_str() == from_right;
                let changed = left.as_str() == right.as_str();
                let swapped = left.next() == Some(r) && right.next() == Some(l) && left.as_str() == right.as_str();
                return added || changed || swapped;
            }
            (None, Some(_)) => return right.as_str().is_empty(),
            (_, None) => return left.as_str().is_empty() && from_left.chars().count() == 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::one_error;

    #[test]
    fn one_error_is_one() {
        for (a, b, expected) in [
            ("llewellyn", "llewelyn", true),
            ("llewelyn", "llewellyn", true),
            ("fairbairn", "fairbarin", true),
            ("fairbairn", "fairbaim", false),
            ("hartley", "hartlez", true),
            ("hartley", "hartleys", true),
            ("hartley", "xhartley", true),
            ("hartley", "hartley", false),
            ("hartley", "harlyet", false),
            ("", "a", true),
            ("", "ab", false),
            ("łukasz", "lukasz", true),
        ] {
            assert_eq!(one_error(a, b), expected, "{a} {b}");
            assert_eq!(one_error(b, a), expected, "{b} {a}");
        }
    }
}
