//! To be told how one's data is used (Articles 13 and 14; clause CARE-28).

use super::{GENERAL, Procedure, RequestKind};
use crate::calendar::Right;

/// To be told how one's data is used (Articles 13 and 14; clause CARE-28).
pub(super) const PROCEDURE: Procedure = Procedure {
    kind: RequestKind::Informed,
    key: "informed",
    title: "To be told how their data is used",
    asks: "to be told how we use your personal data",
    article: "UK GDPR Articles 12 to 14",
    help: "For example: “what do you do with my data?”, “send me your privacy notice”.",
    clock: Right::Access,
    decide: "Give the information",
    grounds: GENERAL,
    effects: &[],
    next: &["We send you our privacy notice in a form you can use, and answer your questions about it."],
    letter: "answer-informed.pdf",
};
