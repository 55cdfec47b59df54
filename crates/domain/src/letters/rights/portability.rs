//! Data to take elsewhere (Article 20).

use super::{Block, because, paragraph};
use crate::casework::request::Exported;

/// The files, or why nothing is in scope.
pub(super) fn blocks(exported: &Exported) -> Vec<Block> {
    if exported.rows == 0 {
        let mut blocks = vec![paragraph(
            "We hold nothing that this right covers: it is about data you gave us yourself, that we use by computer, and that rests on your consent or on a contract with you (UK GDPR Article 20(1)).",
        )];
        blocks.extend(because(&exported.reasons.shown()));
        blocks.push(paragraph("You can still ask for a copy of all your personal data (UK GDPR Article 15)."));
        return blocks;
    }
    let rows = if exported.rows == 1 { "one row".to_owned() } else { format!("{} rows", exported.rows) };
    let mut blocks = vec![paragraph(format!(
        "Your data comes with this letter as two files with the same content, {rows} each: portable.csv for spreadsheets, and portable.json for other programs."
    ))];
    let to = exported.to.shown();
    if !to.is_empty() {
        blocks.push(paragraph(format!("As you asked, it also goes directly to: {to}")));
    }
    let reasons = exported.reasons.shown();
    if !reasons.is_empty() {
        blocks.push(paragraph(format!("What is not in the files, and why: {reasons}")));
    }
    blocks
}
