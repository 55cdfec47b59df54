//! A copy of the safeguards for a transfer abroad (Articles 13(1)(f), 14(1)(f) and 15(2)).

use super::{GENERAL, Procedure, RequestKind};
use crate::calendar::Right;

/// A copy of the safeguards for a transfer abroad (Articles 13(1)(f), 14(1)(f) and 15(2)).
pub(super) const PROCEDURE: Procedure = Procedure {
    kind: RequestKind::Safeguards,
    key: "safeguards",
    title: "A copy of the safeguards for data sent abroad",
    asks: "for a copy of the safeguards for data sent abroad",
    article: "UK GDPR Articles 13(1)(f) and 15(2)",
    help: "For example: “which contract protects my data in the United States? Send me a copy.”",
    clock: Right::Access,
    decide: "Give the copy",
    grounds: GENERAL,
    effects: &[],
    next: &["We tell you whether your data leaves the United Kingdom, and send you a copy of what protects it there."],
    letter: "answer-safeguards.pdf",
};
