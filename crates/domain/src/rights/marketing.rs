//! An objection to direct marketing (Article 21(2) and (3)): absolute, at once.

use super::{Effect, Procedure, RequestKind};
use crate::calendar::Right;

/// An objection to direct marketing (Article 21(2) and (3)): absolute, at once.
pub(super) const PROCEDURE: Procedure = Procedure {
    kind: RequestKind::Marketing,
    key: "marketing",
    title: "No more direct marketing",
    asks: "to stop direct marketing",
    article: "UK GDPR Article 21(2) and (3)",
    help: "For example: “unsubscribe”, “take me off your mailing list”, “no more calls”. This is never refused and needs no proof of identity.",
    clock: Right::Objection,
    decide: "Confirm that it has stopped",
    grounds: &[],
    effects: &[Effect::StopMarketing],
    next: &[
        "We have stopped. You may still get something that was already on its way.",
        "We keep the least we need to remember your wish, so that it also holds if your details reach us again.",
    ],
    letter: "answer-marketing.pdf",
};
