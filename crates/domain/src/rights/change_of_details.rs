//! Notice of a change of details (Article 5(1)(d)).

use super::{Effect, GENERAL, Procedure, RequestKind};
use crate::calendar::Right;

/// Notice of a change of details (Article 5(1)(d)).
pub(super) const PROCEDURE: Procedure = Procedure {
    kind: RequestKind::ChangeOfDetails,
    key: "change-of-details",
    title: "Tells us about a change of details",
    asks: "to change your details",
    article: "UK GDPR Article 5(1)(d)",
    help: "For example: “we have moved”, “this is my new phone number”.",
    clock: Right::Rectification,
    decide: "Change the details",
    grounds: GENERAL,
    effects: &[Effect::Correct, Effect::TellRecipients],
    next: &["We change your details in our records and tell those who need to know."],
    letter: "answer-change-of-details.pdf",
};
