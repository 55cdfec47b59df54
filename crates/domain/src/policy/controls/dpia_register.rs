//! Impact assessments: not built yet.

use super::{Control, Evidence, State};

/// Impact assessments: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "dpia-register",
    title: "Impact assessments",
    does: "Not built yet.",
    state: State::Planned { waits_for: "DPIA and risk assessment" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
