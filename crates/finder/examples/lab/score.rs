//! Precision and recall of names of persons.

use std::fmt;
use std::io::{self, Write};

use finder::detect::{Detector, Kind};

use crate::corpus::{Doc, Label};

/// Counts of right, found and expected spans.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    right_found: usize,
    found: usize,
    right_expected: usize,
    expected: usize,
}

impl Counts {
    pub(crate) const fn expected(&self) -> usize {
        self.expected
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
        let (p, r) = (share(self.right_found, self.found), share(self.right_expected, self.expected));
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        write!(f, "{p:6.3} {r:6.3} {f1:6.3}")
    }
}

/// Ranges of the persons found in a text.
pub(crate) fn found(text: &str) -> Vec<(usize, usize)> {
    Detector::new().detect(text).into_iter().filter(|f| f.kind == Kind::Person).map(|f| (f.start, f.end)).collect()
}

fn expected(doc: &Doc) -> Vec<(usize, usize)> {
    doc.spans.iter().filter(|s| s.label == Label::Person).map(|s| (s.start, s.end)).collect()
}

/// Compares spans exactly, or by any overlap.
pub(crate) fn persons(docs: &[&Doc], overlap: bool) -> Counts {
    let mut counts = Counts::default();
    for doc in docs {
        let (found, wanted) = (found(&doc.text), expected(doc));
        let same = |a: &(usize, usize), b: &(usize, usize)| if overlap { a.0 < b.1 && b.0 < a.1 } else { a == b };
        counts.found += found.len();
        counts.expected += wanted.len();
        counts.right_found += found.iter().filter(|f| wanted.iter().any(|w| same(f, w))).count();
        counts.right_expected += wanted.iter().filter(|w| found.iter().any(|f| same(f, w))).count();
    }
    counts
}

/// Lists what was missed and what was found without reason, with the words around.
pub(crate) fn differences(docs: &[&Doc], out: &mut dyn Write) -> io::Result<()> {
    for doc in docs {
        let (found, wanted) = (found(&doc.text), expected(doc));
        for w in wanted.iter().filter(|w| !found.contains(w)) {
            writeln!(out, "  - {}", around(&doc.text, *w))?;
        }
        for f in found.iter().filter(|f| !wanted.contains(f)) {
            writeln!(out, "  + {}", around(&doc.text, *f))?;
        }
    }
    Ok(())
}

/// A span in its surroundings on one line.
pub(crate) fn around(text: &str, (start, end): (usize, usize)) -> String {
    let (a, b) = (text.floor_char_boundary(start.saturating_sub(30)), text.floor_char_boundary(end + 25));
    let part = |a: usize, b: usize| text.get(a..b).unwrap_or_default().replace('\n', "|");
    format!("{}[[{}]]{}", part(a, start), part(start, end), part(end, b))
}
