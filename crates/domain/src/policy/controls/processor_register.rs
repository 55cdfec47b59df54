//! Processor register: not built yet.

use super::{Control, Evidence, State};

/// Processor register: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "processor-register",
    title: "Processor register",
    does: "Not built yet.",
    state: State::Planned { waits_for: "processors: due diligence, terms, exit proof" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
