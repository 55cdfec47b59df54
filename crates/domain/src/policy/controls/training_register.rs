//! Training register: not built yet.

use super::{Control, Evidence, State};

/// Training register: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "training-register",
    title: "Training register",
    does: "Not built yet.",
    state: State::Planned { waits_for: "per-person courses, plans, completions, specialised training" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
