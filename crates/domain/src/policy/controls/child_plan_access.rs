//! Access to a child’s plan.

use super::{Control, Evidence, State};

/// Access to a child’s plan.
pub(super) const CONTROL: Control = Control {
    id: "child-plan-access",
    title: "Access to a child’s plan",
    does: "Lets a plan be given only on recorded proof of parental responsibility or of the part in the referral, and answers a refusal with its reasons.",
    state: State::Enforced,
    parameters: &[],
    evidence: Evidence::Log("decide-given"),
    shown_by: "a_child_s_plan_needs_proof_and_a_refusal_its_reason",
};
