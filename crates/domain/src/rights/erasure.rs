//! Something erased (Article 17), decided class by class.

use super::{Effect, GENERAL, Procedure, RequestKind};
use crate::calendar::Right;

/// Something erased (Article 17), decided class by class.
pub(super) const PROCEDURE: Procedure = Procedure {
    kind: RequestKind::Erasure,
    key: "erasure",
    title: "Something erased",
    asks: "to have your personal data erased",
    article: "UK GDPR Article 17",
    help: "For example: “delete everything about me”, “remove me from your files”.",
    clock: Right::Erasure,
    decide: "Decide class by class what is erased",
    grounds: GENERAL,
    effects: &[Effect::Erase, Effect::TellRecipients],
    next: &[
        "We look at each kind of record we keep about you.",
        "What we have no reason to keep is erased. What the law makes us keep stays, and we tell you which and why.",
        "We tell everybody who received the data from us, as far as that is possible.",
    ],
    letter: "answer-erasure.pdf",
};
