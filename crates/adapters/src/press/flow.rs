//! From runs of shown and withheld text to paragraphs of lines, as the template reads them.

use serde::Serialize;
use services::ports::Run;

use super::clean::Charset;

/// Characters after which a paragraph is continued in a new one, set without a gap, so
/// that a mail of one endless line costs no more than one of many lines.
const PARAGRAPH: usize = 4_000;

/// Spaces at the start of a line that are kept as indentation.
const INDENT: usize = 24;

/// A space that is kept where it stands.
const FIXED: char = '\u{A0}';

/// Levels of quoting that are shown apart; deeper ones look like the last.
const DEPTH: usize = 5;

/// A paragraph: lines of one quoting depth.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Paragraph {
    /// How deeply quoted, 0 for the writer's own words.
    #[serde(rename = "q")]
    pub(super) depth: usize,
    /// Whether it continues the paragraph before.
    #[serde(rename = "c")]
    pub(super) continued: bool,
    /// Its pieces; a line ends with `\n` inside a text.
    #[serde(rename = "p")]
    pub(super) pieces: Vec<Piece>,
}

/// Text or a gap.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Piece {
    /// Shown text.
    Text(String),
    /// A gap with the row of the schedule.
    Gap(usize),
}

/// Lays runs out in paragraphs.
pub(super) fn paragraphs(set: &Charset, runs: &[Run]) -> Vec<Paragraph> {
    let mut flow = Flow::default();
    for run in runs {
        match run {
            Run::Withheld(row) => flow.line.push(Piece::Gap(*row)),
            Run::Shown(text) => flow.shown(&set.text(text)),
        }
    }
    flow.end_line();
    flow.end_paragraph(false);
    flow.done
}

#[derive(Default)]
struct Flow {
    done: Vec<Paragraph>,
    now: Paragraph,
    length: usize,
    line: Vec<Piece>,
    /// The quoting depth of a line that was cut, for its next part.
    carried: Option<usize>,
}

impl Flow {
    fn shown(&mut self, text: &str) {
        let mut lines = text.split('\n');
        if let Some(first) = lines.next() {
            self.part(first);
        }
        for line in lines {
            self.end_line();
            self.part(line);
        }
    }

    /// Adds a part of a line, cut where it is too long for one paragraph.
    fn part(&mut self, mut text: &str) {
        while text.len() > PARAGRAPH {
            let cut = cut(text);
            let (head, tail) = text.split_at(cut);
            self.line.push(Piece::Text(head.to_owned()));
            self.end_line();
            self.end_paragraph(true);
            self.carried = Some(self.now.depth);
            text = tail;
        }
        if !text.is_empty() {
            self.line.push(Piece::Text(text.to_owned()));
        }
    }

    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        let depth = self.carried.take().unwrap_or_else(|| unquote(&mut line));
        let blank = line.iter().all(|piece| matches!(piece, Piece::Text(text) if text.trim().is_empty()));
        if blank {
            self.end_paragraph(false);
            return;
        }
        let size: usize = line.iter().map(|piece| if let Piece::Text(text) = piece { text.len() } else { 16 }).sum();
        if depth != self.now.depth {
            self.end_paragraph(false);
        } else if self.length + size > PARAGRAPH {
            self.end_paragraph(true);
        }
        self.now.depth = depth;
        self.length += size + 1;
        if !self.now.pieces.is_empty() {
            self.push(Piece::Text("\n".to_owned()));
        }
        let mut first = true;
        for piece in line {
            self.push(match piece {
                Piece::Text(text) => Piece::Text(spaced(&text, first)),
                gap @ Piece::Gap(_) => gap,
            });
            first = false;
        }
    }

    fn push(&mut self, piece: Piece) {
        match (self.now.pieces.last_mut(), piece) {
            (Some(Piece::Text(last)), Piece::Text(text)) => last.push_str(&text),
            (_, piece) => self.now.pieces.push(piece),
        }
    }

    /// Ends the paragraph; the next one continues it if `goes_on`.
    fn end_paragraph(&mut self, goes_on: bool) {
        let depth = self.now.depth;
        if !self.now.pieces.is_empty() {
            self.done.push(std::mem::take(&mut self.now));
        }
        self.length = 0;
        self.now = Paragraph { depth, continued: goes_on && !self.done.is_empty(), pieces: Vec::new() };
    }
}

/// Takes the `>` marks of a reply off the start of a line and says how many there were.
fn unquote(line: &mut Vec<Piece>) -> usize {
    let Some(Piece::Text(first)) = line.first_mut() else { return 0 };
    let mut rest = first.as_str();
    let mut depth = 0;
    while let Some(after) = rest.trim_start_matches(' ').strip_prefix('>') {
        depth += 1;
        rest = after;
    }
    if depth == 0 {
        return 0;
    }
    let rest = rest.strip_prefix(' ').unwrap_or(rest).to_owned();
    if rest.is_empty() {
        line.remove(0);
    } else {
        *first = rest;
    }
    depth.min(DEPTH)
}

/// Keeps indentation and columns: spaces at the start of a line, and all but the last of
/// several spaces in a row, become fixed ones.
fn spaced(text: &str, at_start: bool) -> String {
    let body = if at_start { text.trim_start_matches(' ') } else { text };
    let mut out = String::with_capacity(text.len());
    out.extend(std::iter::repeat_n(FIXED, (text.len() - body.len()).min(INDENT)));
    let mut spaces = 0;
    for c in body.chars() {
        if c == ' ' {
            spaces += 1;
            continue;
        }
        write_spaces(&mut out, std::mem::take(&mut spaces));
        out.push(c);
    }
    write_spaces(&mut out, spaces);
    out
}

fn write_spaces(out: &mut String, spaces: usize) {
    if spaces > 0 {
        out.extend(std::iter::repeat_n(FIXED, (spaces - 1).min(INDENT)));
        out.push(' ');
    }
}

/// Where to cut a text that is too long: after the last space before the limit, or at it.
fn cut(text: &str) -> usize {
    let limit = text.floor_char_boundary(PARAGRAPH);
    let head = text.get(..limit).unwrap_or(text);
    let last = head.char_indices().rev().find(|(_, c)| matches!(c, ' ' | '\u{200B}'));
    last.map_or(limit, |(at, c)| at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::press::clean::Charset;

    fn flow(runs: &[Run]) -> Vec<Paragraph> {
        paragraphs(&Charset::of(&[]).everything(), runs)
    }

    fn text(depth: usize, text: &str) -> Paragraph {
        Paragraph { depth, continued: false, pieces: vec![Piece::Text(text.to_owned())] }
    }

    #[test]
    fn lines_stay_lines_and_blank_lines_part_paragraphs() {
        let runs = [Run::Shown("one\r\ntwo\n\n\nthree\n".to_owned())];
        assert_eq!(flow(&runs), [text(0, "one\ntwo"), text(0, "three")]);
    }

    #[test]
    fn quoted_lines_are_told_apart_by_their_depth() {
        let runs = [Run::Shown("mine\n> theirs\n> too\n>> older\n> > older still".to_owned())];
        assert_eq!(flow(&runs), [text(0, "mine"), text(1, "theirs\ntoo"), text(2, "older\nolder still")]);
    }

    #[test]
    fn a_gap_stands_where_it_was() {
        let runs = [Run::Shown("> from ".to_owned()), Run::Withheld(7), Run::Shown(" to\n".to_owned()), Run::Withheld(8)];
        let pieces = vec![Piece::Text("from ".to_owned()), Piece::Gap(7), Piece::Text(" to".to_owned())];
        let last = Paragraph { depth: 0, continued: false, pieces: vec![Piece::Gap(8)] };
        assert_eq!(flow(&runs), [Paragraph { depth: 1, continued: false, pieces }, last]);
    }

    #[test]
    fn indentation_and_columns_are_kept() {
        assert_eq!(flow(&[Run::Shown("  a    b c".to_owned())]), [text(0, "\u{A0}\u{A0}a\u{A0}\u{A0}\u{A0} b c")]);
    }

    #[test]
    fn a_line_without_end_is_cut_and_loses_nothing() {
        let long = format!("> {}", "never ending ".repeat(2_000));
        let parts = flow(&[Run::Shown(long.clone())]);
        assert!(parts.len() > 5);
        assert!(parts.iter().all(|part| part.depth == 1));
        assert!(parts.iter().skip(1).all(|part| part.continued));
        let joined: String = parts
            .iter()
            .flat_map(|part| &part.pieces)
            .map(|piece| if let Piece::Text(text) = piece { text.as_str() } else { "" })
            .collect();
        assert_eq!(joined, long.trim_start_matches("> "));
    }
}
