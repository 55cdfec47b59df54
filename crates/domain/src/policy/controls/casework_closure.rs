//! Casework closure: not built yet.

use super::{Control, Evidence, State};

/// Casework closure: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "casework-closure",
    title: "Casework closure",
    does: "Not built yet.",
    state: State::Planned { waits_for: "cases, closure letter, destruction inventory and confirmation" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
