//! Screening register: not built yet.

use super::{Control, Evidence, State};

/// Screening register: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "screening-register",
    title: "Screening register",
    does: "Not built yet.",
    state: State::Planned { waits_for: "security checks, document copies, insurance checks, passes" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
