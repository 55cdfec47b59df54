//! A document as plain text, for a screen reader, a braille display, a letter by hand.

use super::Document;
use crate::{letters::Block, policy::Audience};

/// The width of a line, in characters.
const WIDTH: usize = 72;

/// The document as plain text with lines of at most 72 characters (a longer word stays whole).
pub fn plain(document: &Document) -> String {
    let mut out = String::new();
    titled(&mut out, &document.title, '=');
    wrapped(&mut out, &document.organisation, "", "");
    out.push('\n');
    for (term, text) in &document.about {
        wrapped(&mut out, &format!("{term}: {text}"), "", "  ");
    }
    blocks(&mut out, &document.blocks, document.audience);
    out
}

/// Adds the blocks of a document or a letter, each after an empty line.
pub(crate) fn blocks(out: &mut String, blocks: &[Block], audience: Audience) {
    for block in blocks {
        out.push('\n');
        match block {
            Block::Heading(text) => titled(out, text, '-'),
            Block::Paragraph(text) => wrapped(out, text, "", ""),
            Block::Bullets(items) => items.iter().for_each(|item| wrapped(out, item, "- ", "  ")),
            Block::Terms(rows) if audience != Audience::Adult => {
                for (term, text) in rows {
                    stacked(out, term, text);
                }
            }
            Block::Terms(rows) => rows.iter().for_each(|(term, text)| wrapped(out, &format!("{term}: {text}"), "", "  ")),
        }
    }
}

/// A term on a line of its own and beneath it its lines, each one idea.
fn stacked(out: &mut String, term: &str, text: &str) {
    wrapped(out, term, "", "");
    text.lines().for_each(|line| wrapped(out, line, "  - ", "    "));
}

pub(crate) fn titled(out: &mut String, text: &str, rule: char) {
    wrapped(out, text, "", "");
    out.extend(std::iter::repeat_n(rule, text.chars().count().min(WIDTH)));
    out.push('\n');
}

/// Adds `text` in lines, the first after `first`, the others after `next`.
pub(crate) fn wrapped(out: &mut String, text: &str, first: &str, next: &str) {
    let mut lead = first;
    for line in text.lines() {
        let mut column = lead.chars().count();
        out.push_str(lead);
        let mut empty = true;
        for word in line.split_whitespace() {
            let length = word.chars().count();
            if !empty && column + 1 + length > WIDTH {
                out.push('\n');
                out.push_str(next);
                column = next.chars().count();
            } else if !empty {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += length;
            empty = false;
        }
        out.push('\n');
        lead = next;
    }
}
