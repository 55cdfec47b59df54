//! The text of an item as passages: what it says itself, and what stands in an item that shows it already.

use serde::Serialize;

/// A run of the item's text.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TextRun {
    pub(super) text: String,
    /// `proposed`, `withheld`, `shown`, `subject`, or empty.
    pub(super) mark: &'static str,
    /// The mark's number, 0 when it has none.
    pub(super) number: usize,
}

/// Runs that belong together.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Passage {
    pub(super) runs: Vec<TextRun>,
    /// The number of the item that shows the passage, as people count; 0 for what the item says itself.
    pub(super) quoted: u64,
}

/// Adds a run to the last passage, or begins a new one.
pub(super) fn push(passages: &mut Vec<Passage>, run: TextRun, stands_in: Option<u64>) {
    let quoted = stands_in.map_or(0, |item| item + 1);
    match passages.last_mut().filter(|last| last.quoted == quoted) {
        Some(last) => last.runs.push(run),
        None => passages.push(Passage { runs: vec![run], quoted }),
    }
}
