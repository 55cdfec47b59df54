//! A text cut into what is shown and what is withheld.

use std::ops::Range;

use super::Proposal;

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Shown as it is.
    Shown(Range<usize>),
    /// Withheld, with the index of the proposal (of the first one where several touch the same words).
    Withheld(Range<usize>, usize),
}

/// Cuts a text: `withheld` says for each proposal whether it is withheld. Overlapping withheld ranges are joined, ranges are
/// widened to whole characters, and together the segments cover the text exactly once.
pub fn segments(text: &str, proposals: &[Proposal], withheld: &[bool]) -> Vec<Segment> {
    let mut ranges: Vec<(Range<usize>, usize)> = proposals
        .iter()
        .enumerate()
        .filter(|(i, p)| withheld.get(*i).copied().unwrap_or(false) && p.start < p.end)
        .map(|(i, p)| (text.floor_char_boundary(p.start)..text.ceil_char_boundary(p.end), i))
        .filter(|(r, _)| r.start < r.end)
        .collect();
    ranges.sort_by_key(|(r, _)| (r.start, r.end));
    let mut out: Vec<Segment> = Vec::new();
    let mut at = 0;
    for (range, index) in ranges {
        if let Some(Segment::Withheld(last, _)) = out.last_mut().filter(|_| range.start < at) {
            last.end = last.end.max(range.end);
            at = last.end;
            continue;
        }
        if at < range.start {
            out.push(Segment::Shown(at..range.start));
        }
        at = range.end;
        out.push(Segment::Withheld(range, index));
    }
    if at < text.len() {
        out.push(Segment::Shown(at..text.len()));
    }
    out
}
