//! Something put right or completed (Article 16; clauses CARE-17, CARE-30).

use super::{Effect, GENERAL, Procedure, RequestKind};
use crate::calendar::Right;

/// Something put right or completed (Article 16; clauses CARE-17, CARE-30).
pub(super) const PROCEDURE: Procedure = Procedure {
    kind: RequestKind::Rectification,
    key: "rectification",
    title: "Something put right or completed",
    asks: "to have your personal data put right",
    article: "UK GDPR Article 16",
    help: "For example: “my date of birth is wrong”, “penicillin allergy is missing from her notes”.",
    clock: Right::Rectification,
    decide: "Decide what is put right",
    grounds: GENERAL,
    effects: &[Effect::Correct, Effect::TellRecipients, Effect::Restrict],
    next: &[
        "We check what our records say and where it came from.",
        "What is wrong is corrected and what is missing is added. If we find that it is accurate, we tell you why and note that you dispute it.",
        "We tell everybody who received the wrong data from us, as far as that is possible.",
    ],
    letter: "answer-rectification.pdf",
};
