//! Words near a number that say what it is.

/// True when one of the words stands in the `reach` bytes before `at`, in any case. Words are lower case ASCII.
pub(super) fn before(text: &str, at: usize, reach: usize, words: &[&str]) -> bool {
    let bytes = text.as_bytes();
    bytes.get(at.saturating_sub(reach)..at).is_some_and(|near| words.iter().any(|w| holds(near, w.as_bytes())))
}

/// True when one of the words stands in the `reach` bytes before `at` as a whole word or words, in any case, with fewer than three digits
/// between: `DOB 3/4/87, start 5/6/20` has one birthday. Words are lower case ASCII.
pub(super) fn said_before(text: &str, at: usize, reach: usize, words: &[&str]) -> bool {
    let from = at.saturating_sub(reach);
    let Some(near) = text.as_bytes().get(from..at) else { return false };
    let letter = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || !b.is_ascii());
    let whole = |word: &[u8], i: usize| {
        let end = i + word.len();
        let before = if i == 0 { from.checked_sub(1).and_then(|b| text.as_bytes().get(b)) } else { near.get(i - 1) };
        let digits = near.get(end..).unwrap_or_default().iter().filter(|b| b.is_ascii_digit()).count();
        let within = letter(before) || letter(word.last()) && letter(near.get(end));
        !within && digits < 3
    };
    words.iter().map(|w| w.as_bytes()).any(|word| {
        let Some(first) = word.first().copied() else { return false };
        memchr::memchr2_iter(first, first.to_ascii_uppercase(), near)
            .any(|i| near.get(i..i + word.len()).is_some_and(|w| w.eq_ignore_ascii_case(word)) && whole(word, i))
    })
}

/// True when one of the words stands within `reach` bytes on either side of `start..end`.
pub(super) fn around(text: &str, start: usize, end: usize, reach: usize, words: &[&str]) -> bool {
    let bytes = text.as_bytes();
    before(text, start, reach, words)
        || bytes.get(end..(end + reach).min(bytes.len())).is_some_and(|near| words.iter().any(|w| holds(near, w.as_bytes())))
}

fn holds(near: &[u8], word: &[u8]) -> bool {
    let Some(first) = word.first().copied() else { return true };
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), near)
        .any(|i| near.get(i..i + word.len()).is_some_and(|w| w.eq_ignore_ascii_case(word)))
}

/// True when a letter or digit stands directly before `start` or after `end`.
pub(super) fn glued(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    let after = text.get(end..).and_then(|t| t.chars().next());
    before.is_some_and(char::is_alphanumeric) || after.is_some_and(char::is_alphanumeric)
}
