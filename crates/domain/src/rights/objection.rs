//! An objection to a use (Article 21(1)), weighed.

use super::{Effect, GENERAL, Procedure, RequestKind};
use crate::calendar::Right;

/// An objection to a use (Article 21(1)), weighed.
pub(super) const PROCEDURE: Procedure = Procedure {
    kind: RequestKind::Objection,
    key: "objection",
    title: "To stop a use of their data",
    asks: "to stop a use of your personal data",
    article: "UK GDPR Article 21(1)",
    help: "For example: “I object to this”, “stop using my details for your research”. About advertising and newsletters, choose direct marketing instead.",
    clock: Right::Objection,
    decide: "Weigh the objection",
    grounds: GENERAL,
    effects: &[Effect::Restrict, Effect::StopUse],
    next: &[
        "We do not use the data for what you object to while we decide.",
        "We stop, unless there are compelling reasons for the use that outweigh yours, or we need the data for legal claims. It is for us to show that.",
    ],
    letter: "answer-objection.pdf",
};
