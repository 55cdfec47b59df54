//! Forms register: not built yet.

use super::{Control, Evidence, State};

/// Forms register: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "forms-register",
    title: "Forms register",
    does: "Not built yet.",
    state: State::Planned { waits_for: "forms with mandatory statements, per-field necessity" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
