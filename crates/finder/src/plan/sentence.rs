//! Sentences, paragraphs and words of a text, for the rules that read what stands around a name.

/// Further than this nobody writes in one sentence, in bytes.
const LONGEST: usize = 400;
/// No paragraph is looked for further around a place than this, in bytes.
const FURTHEST: usize = 2_000;

/// The sentence around a range, without the space around it. A line break ends it unless the line is wrapped.
pub(super) fn sentence(text: &str, start: usize, end: usize) -> (usize, usize) {
    let window = text.ceil_char_boundary(start.saturating_sub(LONGEST));
    let before = text.get(window..start).unwrap_or_default();
    let from = before.char_indices().filter(|(i, c)| ends(text, window + i, *c)).map(|(i, c)| window + i + c.len_utf8()).next_back();
    let after = text.get(end..).unwrap_or_default();
    let to = after
        .char_indices()
        .take_while(|(i, _)| *i < LONGEST)
        .find(|(i, c)| ends(text, end + i, *c))
        .map_or_else(|| text.floor_char_boundary(end.saturating_add(LONGEST)), |(i, c)| end + i + if c == '\n' { 0 } else { c.len_utf8() });
    trimmed(text, from.unwrap_or(window), to.max(end))
}

/// The lines around a place up to an empty one.
pub(super) fn paragraph(text: &str, at: usize) -> (usize, usize) {
    let (before, after) = beside(text, at);
    let mut from = at;
    let mut begun = !before.ends_with('\n');
    for line in before.split_inclusive('\n').rev() {
        if !std::mem::take(&mut begun) && line.trim_matches([' ', '\t', '>', '\r', '\n']).is_empty() {
            break;
        }
        from -= line.len();
    }
    let mut to = at;
    for line in after.split_inclusive('\n') {
        if to > at && line.trim_matches([' ', '\t', '>', '\r', '\n']).is_empty() {
            break;
        }
        to += line.len();
    }
    trimmed(text, from, to)
}

/// The line around a place.
pub(super) fn line(text: &str, at: usize) -> (usize, usize) {
    let (before, after) = beside(text, at);
    let from = at - before.len() + before.rfind('\n').map_or(0, |i| i + 1);
    trimmed(text, from, at + after.find('\n').unwrap_or(after.len()))
}

fn beside(text: &str, at: usize) -> (&str, &str) {
    let (first, last) = (text.ceil_char_boundary(at.saturating_sub(FURTHEST)), text.floor_char_boundary(at.saturating_add(FURTHEST)));
    (text.get(first..at).unwrap_or_default(), text.get(at..last).unwrap_or_default())
}

/// The words of a range with their places.
pub(super) fn words(text: &str, start: usize, end: usize) -> Vec<(usize, &str)> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '-');
    let mut out = Vec::new();
    let mut at = start;
    while let Some(rest) = text.get(at..end).filter(|rest| !rest.is_empty()) {
        let length = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        if let Some(word) = rest.get(..length).filter(|word| word.chars().any(char::is_alphanumeric)) {
            out.push((at, word));
        }
        at += length;
        at += text.get(at..end).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    }
    out
}

fn trimmed(text: &str, from: usize, to: usize) -> (usize, usize) {
    const EDGE: [char; 6] = [' ', '\t', '\n', '\r', '>', '\u{a0}'];
    let stretch = text.get(from..to).unwrap_or_default();
    let begun = stretch.trim_start_matches(EDGE);
    (to - begun.len(), to - begun.len() + begun.trim_end_matches(EDGE).len())
}

/// True when the character at a place ends a sentence.
fn ends(text: &str, at: usize, c: char) -> bool {
    let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
    match c {
        '!' | '?' => rest.starts_with(char::is_whitespace),
        '.' => rest.starts_with(char::is_whitespace) && !abbreviated(text.get(..at).unwrap_or_default()),
        '\n' => {
            let next = rest.trim_start_matches([' ', '\t', '>']).chars().next();
            let line = text.get(..at).and_then(|t| t.rsplit('\n').next()).unwrap_or_default();
            next.is_none_or(|c| c == '\n' || c == '\r') || !next.is_some_and(char::is_lowercase) && line.chars().count() < 56
        }
        _ => false,
    }
}

fn abbreviated(before: &str) -> bool {
    const SHORT: [&str; 14] = ["mr", "mrs", "ms", "dr", "st", "rev", "prof", "no", "e.g", "i.e", "sgt", "insp", "vs", "approx"];
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none_or(|c| c == '.') && word.len() < 6;
    initial || SHORT.iter().any(|short| word.eq_ignore_ascii_case(short))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sentences_end_where_they_are_read_to_end() {
        let text = "Hi all. Mr. Ben J. Carter has asthma\nand an inhaler! Next.\nMilk\nBread (12. May)\n\nEnd";
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            let (from, to) = sentence(text, start, start + words.len());
            &text[from..to]
        };
        assert_eq!(at("Carter"), "Mr. Ben J. Carter has asthma\nand an inhaler!");
        assert_eq!(at("Next"), "Next.");
        assert_eq!(at("Milk"), "Milk");
        assert_eq!(at("End"), "End");
    }

    proptest! {
        #[test]
        fn a_sentence_holds_what_it_is_about(before in "\\PC{0,30}[ .\n>]{0,4}", words in "[a-zé]{1,9}", after in "[ .\n>]{0,4}\\PC{0,30}") {
            let text = format!("{before}{words}{after}");
            let (start, end) = (before.len(), before.len() + words.len());
            for (from, to) in [sentence(&text, start, end), paragraph(&text, start), line(&text, start)] {
                prop_assert!(from <= start && end <= to && text.get(from..to).is_some(), "{from} {to}");
            }
        }
    }
}
