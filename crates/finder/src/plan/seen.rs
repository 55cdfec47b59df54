//! What the data subject has seen before. The Information Commissioner counts it among the circumstances in which it may be
//! reasonable to disclose somebody else's data (DPA 2018, Schedule 2, paragraph 16(3)); a person weighs it, nothing is shown for it.

use crate::dedupe::quoted_ranges;
use crate::document::{Document, Header};

use super::grounds::{EXEMPTION_KNOWN, EXEMPTION_OTHERS};
use super::{Default, PlanContext, Proposal};

/// Adds to the reason of each proposal that the subject wrote or received the message it stands in. What they wrote themselves, and did
/// not quote from somebody else, rests on the test for what is known.
pub(super) fn note(doc: &Document, context: &PlanContext, proposals: &mut [Proposal]) {
    let Some((header, words)) = how(doc, context) else { return };
    let quoted = if header == Header::From { quoted_ranges(&doc.text) } else { Vec::new() };
    for proposal in proposals.iter_mut().filter(|proposal| proposal.default == Default::Withhold) {
        if quoted.iter().any(|range| range.start < proposal.end && proposal.start < range.end) {
            proposal.why.push_str("; the person quoted this in their own message and knows it already");
            continue;
        }
        proposal.why.push_str(words);
        if header == Header::From && proposal.exemption == EXEMPTION_OTHERS {
            EXEMPTION_KNOWN.clone_into(&mut proposal.exemption);
        }
    }
}

/// True when the subject wrote or received the message.
pub(super) fn has(doc: &Document, context: &PlanContext) -> bool {
    how(doc, context).is_some()
}

fn how(doc: &Document, context: &PlanContext) -> Option<(Header, &'static str)> {
    let is = |headers: &[Header]| {
        doc.correspondents
            .iter()
            .filter(|one| headers.contains(&one.header))
            .any(|one| context.is_subject(&one.name, std::iter::once(one.address.as_str())))
    };
    if is(&[Header::From]) {
        Some((Header::From, "; the person wrote this message and knows it already"))
    } else if is(&[Header::To, Header::Cc]) {
        Some((Header::To, "; the person received this message and knows it already"))
    } else {
        None
    }
}
