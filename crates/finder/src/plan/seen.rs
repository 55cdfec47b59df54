//! What the data subject has seen before. The Information Commissioner counts it among the circumstances in which it may be
//! reasonable to disclose somebody else's data (DPA 2018, Schedule 2, paragraph 16(3)); a person weighs it, nothing is shown for it.

use crate::document::{Document, Header};

use super::{Default, PlanContext, Proposal};

/// Adds to the reason of each proposal that the subject wrote or received the message it stands in.
pub(super) fn note(doc: &Document, context: &PlanContext, proposals: &mut [Proposal]) {
    let Some(words) = how(doc, context) else { return };
    for proposal in proposals.iter_mut().filter(|proposal| proposal.default == Default::Withhold) {
        proposal.why.push_str(words);
    }
}

fn how(doc: &Document, context: &PlanContext) -> Option<&'static str> {
    let is = |headers: &[Header]| {
        doc.correspondents
            .iter()
            .filter(|one| headers.contains(&one.header))
            .any(|one| context.is_subject(&one.name, std::iter::once(one.address.as_str())))
    };
    if is(&[Header::From]) {
        Some("; the person wrote this message and knows it already")
    } else if is(&[Header::To, Header::Cc]) {
        Some("; the person received this message and knows it already")
    } else {
        None
    }
}
