//! Something given or not: a notice, safeguards, a child's plan.

use super::{Block, because, paragraph};
use crate::casework::request::Given;
use crate::rights::RequestKind;

/// What was given, or why not.
pub(super) fn blocks(kind: RequestKind, given: &Given) -> Vec<Block> {
    let text = given.text.shown();
    if !given.given {
        let refusal = match kind {
            RequestKind::ChildPlan => "We cannot let you see the plan.",
            RequestKind::Safeguards => "There is no copy to give.",
            _ => "We cannot give you this information.",
        };
        let mut blocks = vec![paragraph(refusal)];
        blocks.extend(because(&text));
        return blocks;
    }
    let opening = match kind {
        RequestKind::ChildPlan => "You can see the plan.",
        RequestKind::Safeguards => "This protects your data outside the United Kingdom:",
        _ => "This is how we use your data:",
    };
    vec![paragraph(opening), paragraph(text)]
}
