//! A copy of one's data (Article 15).

use super::{GENERAL, Procedure, RequestKind};
use crate::calendar::Right;

/// A copy of one's data (Article 15).
pub(super) const PROCEDURE: Procedure = Procedure {
    kind: RequestKind::Access,
    key: "access",
    title: "A copy of their data",
    asks: "for a copy of your personal data",
    article: "UK GDPR Article 15",
    help: "For example: “send me what you have on me”, “show me my file”, “a subject access request”.",
    clock: Right::Access,
    decide: "",
    grounds: GENERAL,
    effects: &[],
    next: &[
        "We search the places where we keep information about people.",
        "We check what we find, and take out information about other people where we must.",
        "We send you a copy, with a list of what we withheld and why. It is free of charge.",
    ],
    letter: "reply.pdf",
};
