//! Publication register: not built yet.

use super::{Control, Evidence, State};

/// Publication register: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "publication-register",
    title: "Publication register",
    does: "Not built yet.",
    state: State::Planned { waits_for: "publication items, opt-outs, confidentiality levels" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
