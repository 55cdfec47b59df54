//! Storage register: not built yet.

use super::{Control, Evidence, State};

/// Storage register: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "storage-register",
    title: "Storage register",
    does: "Not built yet.",
    state: State::Planned { waits_for: "storage places, key holders, boxes" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
