//! Cameras: not built yet.

use super::{Control, Evidence, State};

/// Cameras: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "cctv-register",
    title: "Cameras",
    does: "Not built yet.",
    state: State::Planned { waits_for: "cameras, signs, checklists" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
