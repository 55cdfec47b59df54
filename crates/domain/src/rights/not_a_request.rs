//! No request of this kind: it has another way.

use super::{GENERAL, Procedure, RequestKind};
use crate::calendar::Right;

/// No request of this kind: it has another way.
pub(super) const PROCEDURE: Procedure = Procedure {
    kind: RequestKind::NotARequest,
    key: "not-a-request",
    title: "Something else: it goes another way",
    asks: "to us",
    article: "UK GDPR Articles 4(1) and 12(2)",
    help: "For example: a council, the police or a school asks about somebody; the person has died; it is about a business; we only hold the data for another organisation.",
    clock: Right::Access,
    decide: "Say where it goes",
    grounds: GENERAL,
    effects: &[],
    next: &["We tell you who can help you, or what to send us."],
    letter: "answer-not-a-request.pdf",
};
