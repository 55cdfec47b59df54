//! Incident register: not built yet.

use super::{Control, Evidence, State};

/// Incident register: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "incident-register",
    title: "Incident register",
    does: "Not built yet.",
    state: State::Planned { waits_for: "policy non-compliance incidents, apart from breaches" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
