//! Child plan access: not built yet.

use super::{Control, Evidence, State};

/// Child plan access: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "child-plan-access",
    title: "Child plan access",
    does: "Not built yet.",
    state: State::Planned { waits_for: "rights requests: copies of a child's plan" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
