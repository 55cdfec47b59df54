//! The nearest known name to a mistyped one.

/// The candidate that differs least from `name`, if it is near enough to be meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace(['-', ' '], "_");
    let wanted: Vec<char> = plain(name).chars().take(LONGEST).collect();
    let limit = (wanted.len() / 2 + 1).min(4);
    candidates
        .into_iter()
        // A name much longer or shorter cannot be near.
        .filter(|candidate| candidate.len().abs_diff(wanted.len()) <= limit)
        .map(|candidate| (distance(&wanted, &plain(candidate).chars().take(LONGEST).collect::<Vec<_>>()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// No known name is longer; a longer one is cut, so that hostile input stays cheap.
const LONGEST: usize = 64;

/// The number of letters to insert, drop, change or swap with the neighbour.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut previous = None;
    for (row, letter) in one.iter().enumerate() {
        let mut current = vec![row + 1];
        let mut left = None;
        for (column, against) in other.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX - 1);
            let mut best =
                (at(&last, column) + usize::from(letter != against)).min(at(&last, column + 1) + 1).min(at(&current, column) + 1);
            let swapped = previous == Some(against) && left == Some(letter);
            if let Some(far) = column.checked_sub(1).filter(|_| swapped) {
                best = best.min(at(&before, far) + 1);
            }
            current.push(best);
            left = Some(against);
        }
        previous = Some(letter);
        before = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_name_that_was_meant() {
        let known = ["reply", "reply_clause", "fee_pence", "form_required"];
        for (typed, meant) in [("relpy", "reply"), ("replay", "reply"), ("fee-pense", "fee_pence"), ("Form Required", "form_required")] {
            assert_eq!(nearest(typed, known), Some(meant), "{typed}");
        }
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn distances_are_counted_in_letters() {
        let count = |one: &str, other: &str| distance(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>());
        assert_eq!((count("", "abc"), count("abc", ""), count("abc", "abc")), (3, 3, 0));
        assert_eq!((count("abc", "acb"), count("kitten", "sitting"), count("ça", "ca")), (1, 3, 1));
    }
}
