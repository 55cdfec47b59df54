//! A child's personal development and achievement plan (clauses TURN-117, TURN-118).

use super::{GENERAL, Procedure, RequestKind};
use crate::calendar::Right;

/// A child's personal development and achievement plan (clauses TURN-117, TURN-118).
pub(super) const PROCEDURE: Procedure = Procedure {
    kind: RequestKind::ChildPlan,
    key: "child-plan",
    title: "A child’s plan",
    asks: "to see your child’s plan",
    article: "policy pack: TURN-117 and TURN-118; UK GDPR Article 15",
    help: "For example: “can I see my daughter’s development plan?”. A professional who took part in referring the child may ask as well.",
    clock: Right::Access,
    decide: "Decide on the plan",
    grounds: GENERAL,
    effects: &[],
    next: &[
        "We check that you have parental responsibility, or that you took part in referring the child.",
        "We let you see the plan, or tell you why not.",
    ],
    letter: "answer-child-plan.pdf",
};
