//! Retention schedule.

use super::{Control, Evidence, State};

/// Retention schedule.
pub(super) const CONTROL: Control = Control {
    id: "retention-rules",
    title: "Retention schedule",
    does: "Computes when each class of records must go, with the reason; a class without a rule is refused.",
    state: State::Enforced,
    parameters: &["retention.class"],
    evidence: Evidence::Pack,
    shown_by: "every_class_agrees_with_an_independent_implementation",
};
