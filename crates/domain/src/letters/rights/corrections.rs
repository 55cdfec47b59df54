//! Something put right, completed, or found accurate (Article 16).

use super::{Block, heading, paragraph};
use crate::casework::request::{Correction, CorrectionOutcome};

/// A part for each value: what stood there, what stands there now, and why.
pub(super) fn blocks(values: &[Correction]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for value in values {
        blocks.push(heading(&capital(&value.field.shown())));
        blocks.push(paragraph(match value.outcome {
            CorrectionOutcome::Corrected => "You were right. We have put it right.",
            CorrectionOutcome::Statement => "We keep what our record says, and have put your own statement beside it (UK GDPR Article 16).",
            CorrectionOutcome::Accurate => {
                "We checked it and found that our record is accurate, so it stays as it is. We have noted in the record that you dispute it."
            }
        }));
        let mut terms = Vec::new();
        let mut term = |name: &str, text: String| {
            if !text.is_empty() {
                terms.push((name.to_owned(), text));
            }
        };
        term("Before", value.old.shown());
        let name = if value.outcome == CorrectionOutcome::Corrected { "Now" } else { "What you told us" };
        term(name, value.new.shown());
        term("Where we checked it", value.source.shown());
        if !terms.is_empty() {
            blocks.push(Block::Terms(terms));
        }
        blocks.extend(super::because(&value.reasons.shown()));
    }
    if values.iter().any(|value| value.outcome == CorrectionOutcome::Corrected) {
        blocks.push(paragraph(
            "The earlier value stays only in the history of the record, so that it can be seen what was changed and when.",
        ));
    }
    blocks
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
