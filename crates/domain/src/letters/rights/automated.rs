//! A person looked at an automated decision (Articles 22A to 22D).

use super::{Block, heading, paragraph};
use crate::casework::request::{AutomatedOutcome, Reviewed};

/// Information, the person's own view, human intervention, how to contest (Article 22C(2)).
pub(super) fn blocks(reviewed: &Reviewed) -> Vec<Block> {
    let mut blocks = vec![
        heading("How the decision was made"),
        paragraph(reviewed.how.shown()),
        heading("What a person decided"),
        paragraph(format!("{} looked at it, with the authority to change it.", reviewed.reviewer.shown())),
    ];
    let views = reviewed.views.shown();
    if views.is_empty() {
        blocks.push(paragraph("You can still tell us what you think of it, in any form; we will look at it again."));
    } else {
        blocks.push(paragraph(format!("What you told us was taken into account: {views}")));
    }
    blocks.push(paragraph(match reviewed.outcome {
        AutomatedOutcome::Changed => "The decision is changed.",
        AutomatedOutcome::Stands => "The decision stands, now as the decision of a person.",
        AutomatedOutcome::NotAutomated => "The decision was not made by a computer alone: a person had a meaningful part in it.",
    }));
    blocks.extend(super::because(&reviewed.reasons.shown()));
    blocks.push(paragraph("If you do not agree, you can contest the decision: write to us and say why."));
    blocks
}
