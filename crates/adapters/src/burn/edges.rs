//! Strings that go on over the end of a page: its last lines, with the first lines of the next. What stands around the running text on
//! both (headers, footers, numbers, notes) may lie between the two parts.

use finder::fold::fold;
use finder::plan::Words;

use super::glyphs::{Glyphs, Side, Text};
use super::orders::Piece;

/// So many lines from the edge are looked at, so many parts of them, and of each so many letters.
const LINES: usize = 12;
const PIECES: usize = 24;
const LETTERS: usize = 160;
/// At most so many parts of lines lie between the running text and the edge.
const BEYOND: usize = 8;
/// Letters smaller than this part of those of the running text are a note, a header or a footer.
const SMALLER: f64 = 0.92;
/// What is farther from the running text than so many usual steps from line to line, and sizes of its letters, stands apart from it.
const APART: (f64, f64) = (1.5, 1.8);

/// The end and the beginning of a page.
#[derive(Default)]
pub(super) struct Edges {
    /// Where the running text may end, and where it may begin.
    ends: Vec<Rim>,
    starts: Vec<Rim>,
    /// The words of the lines at both edges, as they are compared.
    marks: Vec<String>,
}

/// A place where the running text may end or begin.
struct Rim {
    /// What stands there, in each order of the letters.
    texts: Vec<Text>,
    /// Where its line begins and ends.
    along: (f64, f64),
    /// The last part of its line, for an end; the first, for a beginning.
    outermost: bool,
    /// What stands between it and the edge, where that is not seen to be no running text on the page itself.
    beyond: Vec<String>,
}

/// A string that stands on two pages.
pub(super) struct Over {
    /// Its index.
    pub(super) word: usize,
    /// Its letters on the first page and on the second.
    pub(super) first: Vec<usize>,
    pub(super) second: Vec<usize>,
}

impl Edges {
    /// Of a page with these texts and lines, as far as one of the strings may go on from it or to it.
    pub(super) fn of(glyphs: &Glyphs, (texts, pieces): (&[Text], &[Piece]), words: &Words) -> Self {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Self::default() };
        let upper: Vec<&Piece> = pieces.iter().take_while(|piece| piece.line < first.line + LINES).take(PIECES).collect();
        let lower: Vec<&Piece> = pieces.iter().rev().take_while(|piece| piece.line + LINES > last.line).take(PIECES).collect();
        let step = usual_step(pieces);
        let rims = |from_edge: &[&Piece], way: Way| -> Vec<Rim> {
            let rim = |at: usize| {
                let parts = halves(texts, from_edge.get(at)?, way, words);
                if parts.is_empty() { None } else { Rim::of(glyphs, parts, (from_edge, at), (way, step)) }
            };
            (0..from_edge.len()).filter_map(rim).collect()
        };
        let (ends, starts) = (rims(&lower, Way::On), rims(&upper, Way::Back));
        let marks = upper.iter().chain(&lower).map(|piece| mark(glyphs, piece)).collect();
        Self { ends, starts, marks }
    }

    /// A page without a letter: what goes on does so behind it.
    pub(super) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Whether a string may go on on the next page.
    pub(super) fn may_go_on(&self) -> bool {
        !self.ends.is_empty()
    }

    /// Whether a string may have begun on the page before.
    pub(super) fn may_have_begun(&self) -> bool {
        !self.starts.is_empty()
    }

    /// The strings that begin on this page and end on the next.
    pub(super) fn over(&self, next: &Self, words: &Words) -> Vec<Over> {
        let mut over = Vec::new();
        for (end, start) in self.ends.iter().flat_map(|end| next.starts.iter().map(move |start| (end, start))) {
            let shared = end.along.1.min(start.along.1) - end.along.0.max(start.along.0);
            let in_one_column = shared > 0.0 || end.outermost && start.outermost;
            let repeats = |rim: &Rim, other: &Self| rim.beyond.iter().all(|mark| other.marks.contains(mark));
            if in_one_column && repeats(end, next) && repeats(start, self) {
                for (before, after) in end.texts.iter().flat_map(|before| start.texts.iter().map(move |after| (before, after))) {
                    joined(before, after, words, &mut over);
                }
            }
        }
        over
    }
}

/// Which way a text goes over the edge of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// On to the next page.
    On,
    /// Back to the page before.
    Back,
}

/// What stands at a part of a line, in each order of the letters in which a string may be cut in two there.
fn halves(texts: &[Text], piece: &Piece, way: Way, words: &Words) -> Vec<Text> {
    let mut halves: Vec<Text> = Vec::new();
    for text in texts {
        let half = match way {
            Way::On => piece.letters.last().and_then(|letter| text.part(Side::UpTo(letter.index), LETTERS)),
            Way::Back => piece.letters.first().and_then(|letter| text.part(Side::From(letter.index), LETTERS)),
        };
        let may_be = |half: &Text| if way == Way::On { words.may_go_on(&half.text) } else { words.may_have_begun(&half.text) };
        if let Some(half) = half.filter(|half| !halves.iter().any(|known| known.text == half.text) && may_be(half)) {
            halves.push(half);
        }
    }
    halves
}

impl Rim {
    /// The part of a line with this number, counted from the edge, where these texts stand; nothing where too much stands beyond it.
    fn of(glyphs: &Glyphs, texts: Vec<Text>, (from_edge, at): (&[&Piece], usize), (way, step): (Way, f64)) -> Option<Self> {
        let piece = *from_edge.get(at)?;
        let meets = |other: &&Piece| other.line != piece.line && other.from < piece.to && piece.from < other.to;
        let beyond: Vec<&Piece> = from_edge.get(..at)?.iter().copied().filter(meets).collect();
        if beyond.len() > BEYOND {
            return None;
        }
        let nearest = beyond.iter().map(|other| (other.down - piece.down).abs()).fold(f64::INFINITY, f64::min);
        let apart = nearest > (step * APART.0).max(piece.size * APART.1);
        let stands_apart = |other: &&Piece| apart || other.size < piece.size * SMALLER || is_number(glyphs, other);
        let beyond = beyond.iter().filter(|other| !stands_apart(other)).map(|other| mark(glyphs, other)).collect();
        let farther =
            |other: &&Piece| other.line == piece.line && if way == Way::On { other.from > piece.from } else { other.from < piece.from };
        Some(Self { texts, along: (piece.from, piece.to), outermost: !from_edge.iter().any(farther), beyond })
    }
}

/// The strings that begin in one text and end in the other.
fn joined(before: &Text, after: &Text, words: &Words, over: &mut Vec<Over>) {
    let cut = before.text.len();
    let text = [before.text.as_str(), "\n", after.text.as_str()].concat();
    for place in words.places(&text).into_iter().filter(|place| place.start < cut && place.end > cut + 1) {
        let (first, second) = (before.letters(place.start, cut), after.letters(0, place.end - cut - 1));
        let is_known = |known: &Over| known.word == place.word && known.first == first && known.second == second;
        if !first.is_empty() && !second.is_empty() && !over.iter().any(is_known) {
            over.push(Over { word: place.word, first, second });
        }
    }
}

/// How far it usually is from a line to the next.
fn usual_step(pieces: &[Piece]) -> f64 {
    let mut steps: Vec<f64> = pieces
        .windows(2)
        .filter_map(|pair| match pair {
            [one, next] if one.line != next.line => Some(next.down - one.down),
            _ => None,
        })
        .collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

/// The words of a part of a line, without numbers and blanks: what is the same on each page.
fn mark(glyphs: &Glyphs, piece: &Piece) -> String {
    let mut said = String::new();
    for letter in &piece.letters {
        said.push_str(glyphs.said(letter.index));
    }
    fold(&said).chars().filter(|c| c.is_alphabetic()).collect()
}

/// A page's number: `3`, `- 3 -`, `iv`, `Page 3 of 9`.
fn is_number(glyphs: &Glyphs, piece: &Piece) -> bool {
    let mut said = mark(glyphs, piece);
    let has_digits = piece.letters.iter().any(|letter| glyphs.said(letter.index).contains(|c: char| c.is_ascii_digit()));
    if has_digits {
        for word in ["page", "of", "sheet", "pg", "p"] {
            said = said.replace(word, "");
        }
        return said.is_empty();
    }
    said.len() <= 6 && said.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l'))
}

#[cfg(test)]
mod tests;
