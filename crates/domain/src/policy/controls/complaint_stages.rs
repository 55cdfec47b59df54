//! Complaint stages: not built yet.

use super::{Control, Evidence, State};

/// Complaint stages: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "complaint-stages",
    title: "Complaint stages",
    does: "Not built yet.",
    state: State::Planned { waits_for: "complaint casework: stages, handlers, letters" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
