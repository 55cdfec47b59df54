//! Walking over the words beside a place in folded text.

/// A word and where it stands. An apostrophe inside belongs to the word; a hyphen does not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
    /// True when a comma stood between it and the place the walk began.
    pub(super) comma: bool,
}

/// The next word after `at`, over at most one comma, blanks, a dot and a hyphen.
pub(super) fn after(text: &str, at: usize) -> Option<Word<'_>> {
    let rest = text.get(at..)?;
    let gap = rest.find(|c| !joint(c)).unwrap_or(rest.len());
    let between = rest.get(..gap)?;
    if between.is_empty() || between.len() > 3 {
        return None;
    }
    let word = rest.get(gap..)?;
    let mut len = word.find(|c: char| !(c.is_alphanumeric() || c == '\'')).unwrap_or(word.len());
    if word.get(..len)?.ends_with("'s") {
        len -= 2;
    }
    (len > 0).then_some(Word { text: word.get(..len)?, start: at + gap, end: at + gap + len, comma: between.contains(',') })
}

/// The word before `at`, over the same separators.
pub(super) fn before(text: &str, at: usize) -> Option<Word<'_>> {
    let rest = text.get(..at)?;
    let head = rest.trim_end_matches(joint);
    let between = rest.get(head.len()..)?;
    if between.is_empty() || between.len() > 3 {
        return None;
    }
    let start = head
        .rfind(|c: char| !(c.is_alphanumeric() || c == '\''))
        .map_or(0, |i| i + head.get(i..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8));
    let word = head.get(start..)?;
    (!word.is_empty()).then_some(Word { text: word, start, end: head.len(), comma: between.contains(',') })
}

fn joint(c: char) -> bool {
    matches!(c, ' ' | '.' | '-' | ',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_found_on_both_sides() {
        let text = "mrs. a. hart-davies, amelia's";
        let w = after(text, 7).unwrap();
        assert_eq!((w.text, w.comma), ("hart", false));
        assert_eq!(after(text, w.end).unwrap().text, "davies");
        let last = after(text, 19).unwrap();
        assert_eq!((last.text, last.comma), ("amelia", true));
        assert_eq!(before(text, 8).unwrap().text, "a");
        assert_eq!(before(text, 5).unwrap().text, "mrs");
        assert!(before(text, 0).is_none());
        assert!(after("a (b)", 1).is_none());
    }
}
