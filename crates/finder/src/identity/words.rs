//! Walking over the words beside a place in folded text.

use crate::fold::is_word;

/// A word and where it stands. An apostrophe inside belongs to the word; a hyphen does not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
    /// True when a comma, a bracket or another dividing sign stood between it and the place the walk began.
    pub(super) comma: bool,
}

/// The longest stretch of signs between two words of one name: a quoted line's `" > > "`, a table's `" | "`.
const LONGEST_GAP: usize = 6;
/// The same for a form's row of dots.
const LONGEST_LEADER: usize = 90;

/// The next word after `at`, over blanks and a few signs.
pub(super) fn after(text: &str, at: usize) -> Option<Word<'_>> {
    let rest = text.get(at..)?;
    // `'Amelia', 'Hart'`
    let at = at + usize::from(rest.strip_prefix('\'').is_some_and(|r| r.starts_with(joint)));
    let rest = text.get(at..)?;
    let gap = rest.find(|c| !joint(c)).unwrap_or(rest.len());
    let between = rest.get(..gap)?;
    if !near(between) {
        return None;
    }
    let word = rest.get(gap..)?;
    let skipped = word.len() - word.trim_start_matches('\'').len();
    let word = word.get(skipped..)?;
    let mut len = word.find(|c: char| !(is_word(c) || c == '\'')).unwrap_or(word.len());
    len = word.get(..len)?.trim_end_matches('\'').len();
    if word.get(..len)?.ends_with("'s") {
        len -= 2;
    }
    let start = at + gap + skipped;
    (len > 0).then_some(Word { text: word.get(..len)?, start, end: start + len, comma: parts(between) })
}

/// The word before `at`, over the same signs.
pub(super) fn before(text: &str, at: usize) -> Option<Word<'_>> {
    let rest = text.get(..at)?;
    let rest = rest.strip_suffix('\'').filter(|r| r.ends_with(joint)).unwrap_or(rest);
    let head = rest.trim_end_matches(joint);
    let between = rest.get(head.len()..)?;
    if !near(between) {
        return None;
    }
    let head = head.trim_end_matches('\'');
    let start = head
        .rfind(|c: char| !(is_word(c) || c == '\''))
        .map_or(0, |i| i + head.get(i..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8));
    let start = start + head.get(start..).map_or(0, |w| w.len() - w.trim_start_matches('\'').len());
    let word = head.get(start..)?;
    (!word.is_empty()).then_some(Word { text: word, start, end: head.len(), comma: parts(between) })
}

/// True for signs that keep two words of one name together.
fn near(between: &str) -> bool {
    !between.is_empty() && (between.len() <= LONGEST_GAP || is_leader(between) && between.len() <= LONGEST_LEADER)
}

/// True for signs that part two words.
fn parts(between: &str) -> bool {
    between.contains(divides) || is_leader(between)
}

/// The row of dots of a printed form: `Surname ........ Hart`.
fn is_leader(between: &str) -> bool {
    between.matches(['.', '_', '\u{2026}']).count() > 3 && between.chars().all(|c| matches!(c, '.' | '_' | ' ' | ':' | ')' | '\u{2026}'))
}

/// Signs that may stand between two words of one name.
fn joint(c: char) -> bool {
    matches!(c, ' ' | '.' | '-' | '_' | '>' | '|' | '*' | '~' | '\u{2026}') || divides(c)
}

/// Signs that divide: `Hart, Amelia`, `Surname: Hart`, `Amelia (Millie) Hart`.
fn divides(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '/' | '(' | ')' | '[' | ']' | '"' | '=' | '\\' | '^' | '+')
}

/// Words that forms put before a part of a name.
pub(super) fn is_label(word: &str) -> bool {
    matches!(
        word,
        "surname"
            | "firstname"
            | "lastname"
            | "givenname"
            | "familyname"
            | "forename"
            | "forenames"
            | "first"
            | "last"
            | "given"
            | "family"
            | "christian"
            | "name"
            | "names"
            | "s"
            | "middle"
            | "initial"
            | "initials"
            | "title"
            | "known"
            | "as"
    )
}

/// True when no letter or digit stands directly before `at`.
pub(super) fn begins(text: &str, at: usize) -> bool {
    !text.get(..at).and_then(|t| t.chars().next_back()).is_some_and(is_word)
}

/// True when no letter or digit stands directly after `at`.
pub(super) fn ends(text: &str, at: usize) -> bool {
    !text.get(at..).and_then(|t| t.chars().next()).is_some_and(is_word)
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
        assert!(after("a ! b", 1).is_none());
    }

    #[test]
    fn quoting_tables_and_forms_do_not_keep_words_apart() {
        assert_eq!(after("amelia > > hart", 6).unwrap().text, "hart");
        assert_eq!(before("amelia | hart", 9).unwrap().text, "amelia");
        let w = after("hart, forename: amelia", 14).unwrap();
        assert_eq!((w.text, w.comma), ("amelia", true));
        assert_eq!(before("'amelia' hart", 9).unwrap().text, "amelia");
        assert!(is_label("surname") && !is_label("hart"));
    }
}
