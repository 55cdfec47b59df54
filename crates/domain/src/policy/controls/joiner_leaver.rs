//! Joiner leaver: not built yet.

use super::{Control, Evidence, State};

/// Joiner leaver: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "joiner-leaver",
    title: "Joiner leaver",
    does: "Not built yet.",
    state: State::Planned { waits_for: "joiner and leaver checklists, holdings, passes" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
