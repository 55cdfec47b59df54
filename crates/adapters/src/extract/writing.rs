//! Builds the text of a document together with its parts.

use finder::document::{Part, PartKind};

/// Text under construction. Parts are recorded in order and never overlap.
#[derive(Debug, Default)]
pub(crate) struct Writing {
    /// The text so far.
    pub(crate) text: String,
    /// The parts so far.
    pub(crate) parts: Vec<Part>,
}

impl Writing {
    /// A text that is expected to grow to about `bytes`.
    pub(crate) fn sized(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), parts: Vec::with_capacity(2) }
    }

    /// Writes one part; nothing is recorded when nothing was written. Whatever `write` writes, line
    /// ends are of one kind in it, and no character hides a word.
    pub(crate) fn part(&mut self, kind: PartKind, write: impl FnOnce(&mut String)) {
        let start = self.text.len();
        write(&mut self.text);
        if memchr::memchr2(b'\r', 0, self.text.as_bytes().get(start..).unwrap_or_default()).is_some() {
            let written = self.text.split_off(start);
            push_plain(&mut self.text, &written);
        }
        let end = self.text.len();
        if end > start {
            self.parts.push(Part { kind, start, end });
        }
    }

    /// Writes the body.
    pub(crate) fn body(&mut self, text: &str) {
        self.part(PartKind::Body, |out| push_plain(out, text));
    }

    /// Writes labelled lines of metadata behind what is there, leaving out empty ones.
    pub(crate) fn metadata(&mut self, facts: &Facts) {
        if facts.lines.is_empty() {
            return;
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.part(PartKind::Metadata, |out| {
            for (label, value) in &facts.lines {
                out.push_str(label);
                out.push_str(": ");
                out.push_str(value);
                out.push('\n');
            }
        });
    }
}

/// Labelled facts about a document, in order, without repetition.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    lines: Vec<(&'static str, String)>,
    seen: std::collections::HashSet<(&'static str, String)>,
    /// Pictures that stand in the text itself, as web pages may have them.
    pub(crate) pictures: Vec<Vec<u8>>,
}

impl Facts {
    /// Notes a fact. Empty values and repetitions are left out; line breaks become spaces.
    pub(crate) fn add(&mut self, label: &'static str, value: &str) {
        let value = one_line(value);
        if !value.is_empty() && self.seen.insert((label, value.clone())) {
            self.lines.push((label, value));
        }
    }

    /// The first value with this label, or an empty one.
    pub(crate) fn first(&self, label: &str) -> &str {
        self.lines.iter().find(|(l, _)| *l == label).map_or("", |(_, value)| value)
    }
}

/// A value on one line: runs of white space become one space, control characters go.
pub(crate) fn one_line(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for word in value.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Appends text with `\n` line ends only and without NUL characters, which nothing shows
/// but which would hide a word from matching.
pub(crate) fn push_plain(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'\r', 0, rest.as_bytes()) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let carriage = after.starts_with('\r');
        rest = after.get(1..).unwrap_or_default();
        if carriage && !rest.starts_with('\n') {
            out.push('\n');
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_has_a_character_that_hides_a_word() {
        let mut writing = Writing::default();
        writing.body("a\n");
        writing.part(PartKind::Body, |out| out.push_str("A\0da\r\nx\r"));
        assert_eq!(writing.text, "a\nAda\nx\n");
        assert_eq!(writing.parts.last().map(|part| (part.start, part.end)), Some((2, 8)));
    }

    #[test]
    fn line_ends_become_one_kind() {
        let mut out = String::new();
        push_plain(&mut out, "a\r\nb\rc\nd\0e");
        assert_eq!(out, "a\nb\nc\nde");
    }

    #[test]
    fn facts_are_one_line_each_and_not_repeated() {
        let mut facts = Facts::default();
        facts.add("Author", " Ada\r\n Example ");
        facts.add("Author", "Ada Example");
        facts.add("Title", "");
        let mut writing = Writing::default();
        writing.body("x");
        writing.metadata(&facts);
        assert_eq!(writing.text, "x\nAuthor: Ada Example\n");
        assert_eq!(writing.parts.last().map(|p| (p.start, p.end)), Some((2, 22)));
    }
}
