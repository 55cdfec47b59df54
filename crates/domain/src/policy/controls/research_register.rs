//! Research register: not built yet.

use super::{Control, Evidence, State};

/// Research register: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "research-register",
    title: "Research register",
    does: "Not built yet.",
    state: State::Planned { waits_for: "research participation, national data opt-out per person" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
