//! Safeguards for an automated decision (Articles 22A to 22D).

use super::{GENERAL, Procedure, RequestKind};
use crate::calendar::Right;

/// Safeguards for an automated decision (Articles 22A to 22D).
pub(super) const PROCEDURE: Procedure = Procedure {
    kind: RequestKind::AutomatedDecisions,
    key: "automated-decisions",
    title: "A person to look at a decision made by a computer",
    asks: "to have a decision made by a computer looked at",
    article: "UK GDPR Articles 22A to 22D",
    help: "For example: “a computer turned me down, I want a person to look at it”.",
    clock: Right::AutomatedDecisions,
    decide: "Have a person look at the decision",
    grounds: GENERAL,
    effects: &[],
    next: &[
        "We tell you whether and how a computer made the decision.",
        "You can tell us what you think of it, in any form.",
        "A person who can change the decision looks at it again, and we tell you the result and how to contest it.",
    ],
    letter: "answer-automated-decision.pdf",
};
