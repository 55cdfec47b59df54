//! CoNLL files: a token a line with its tag last, an empty line between sentences. Turned back into running text.

use crate::corpus::{Doc, Group, Label, Risk, Span};

/// Which texts are kept out of training.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Held {
    None,
    All,
    Every(usize),
    /// Of so many the one at this place.
    One(usize, usize),
}

impl Held {
    /// The same share at another place.
    pub(crate) const fn shifted(self, by: usize) -> Self {
        match self {
            Self::Every(n) => Self::One(n, by % n),
            other => other,
        }
    }
}

/// Reads a file; `block` sentences make one text.
pub(crate) fn read(text: &str, group: Group, block: usize, held: Held, docs: &mut Vec<Doc>) {
    let mut sentences: Vec<Vec<(&str, &str)>> = vec![Vec::new()];
    for line in text.lines() {
        let mut columns = line.split_whitespace();
        match (columns.next(), columns.last()) {
            (Some("-DOCSTART-"), _) => {}
            (Some(token), Some(tag)) => {
                if let Some(last) = sentences.last_mut() {
                    last.push((token, tag));
                }
            }
            _ => sentences.push(Vec::new()),
        }
    }
    sentences.retain(|s| !s.is_empty());
    for (i, group_of) in sentences.chunks(block).enumerate() {
        let held = match held {
            Held::None => false,
            Held::All => true,
            Held::Every(n) => i % n == 0,
            Held::One(n, at) => i % n == at,
        };
        docs.push(join(group_of, group, held));
    }
}

/// Joins tokens as a writer would have written them; careless text keeps its blanks.
fn join(sentences: &[Vec<(&str, &str)>], group: Group, held: bool) -> Doc {
    let mut doc = Doc { group, held, text: String::new(), spans: Vec::new(), applicant: None };
    let mut quoted = false;
    for sentence in sentences {
        let mut open: Option<(&str, Label)> = None;
        let mut previous = "";
        for (token, tag) in sentence {
            let opening = *token == "\"" && !quoted;
            if *token == "\"" {
                quoted = !quoted;
            }
            let glued = group != Group::Careless && (sticks_left(token) || *token == "\"" && !opening || sticks_right(previous))
                || matches!(previous, "@" | "#")
                || previous == "\"" && quoted && group != Group::Careless;
            if !doc.text.is_empty() && !glued {
                doc.text.push(' ');
            }
            let start = doc.text.len();
            doc.text.push_str(token);
            // Accounts are marked as persons in one corpus; an account name is not a person's name.
            let handle = token.starts_with('@') || previous == "@";
            let label = if handle { None } else { label(tag) };
            let goes_on = open.is_some() && label == open.map(|(_, l)| l) && !tag.starts_with("B-");
            match (label, goes_on) {
                (Some(_), true) => {
                    if let Some(span) = doc.spans.last_mut() {
                        span.end = doc.text.len();
                    }
                }
                (Some(l), false) => {
                    doc.spans.push(Span { whole: start, start, end: doc.text.len(), label: l, risk: Risk::None, kind: (*tag).to_owned() });
                }
                (None, _) => {}
            }
            open = label.map(|l| (*tag, l));
            previous = token;
        }
    }
    doc
}

fn label(tag: &str) -> Option<Label> {
    match tag.split_once('-')?.1 {
        "PER" | "person" | "Person" => Some(Label::Person),
        "ORG" | "corporation" | "group" => Some(Label::Organisation),
        "LOC" | "location" => Some(Label::Place),
        _ => Some(Label::Other),
    }
}

fn sticks_left(token: &str) -> bool {
    matches!(
        token,
        "." | "," | "!" | "?" | ":" | ";" | ")" | "]" | "%" | "'s" | "'" | "n't" | "'m" | "'re" | "'ve" | "'ll" | "'d" | "..." | "’s"
    )
}

fn sticks_right(token: &str) -> bool {
    matches!(token, "(" | "[" | "$" | "£")
}
