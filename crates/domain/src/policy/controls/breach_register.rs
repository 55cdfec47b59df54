//! Breach register: not built yet.

use super::{Control, Evidence, State};

/// Breach register: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "breach-register",
    title: "Breach register",
    does: "Not built yet.",
    state: State::Planned { waits_for: "breach casework: assessment, report in parts, letters, review" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
