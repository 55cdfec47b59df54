//! Equality returns: not built yet.

use super::{Control, Evidence, State};

/// Equality returns: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "equality-returns",
    title: "Equality returns",
    does: "Not built yet.",
    state: State::Planned { waits_for: "sealed returns, analysis, destruction" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
