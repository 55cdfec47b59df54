//! Disposal: not built yet.

use super::{Control, Evidence, State};

/// Disposal: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "disposal",
    title: "Disposal",
    does: "Not built yet.",
    state: State::Planned { waits_for: "disposal queue, methods, certificates" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
