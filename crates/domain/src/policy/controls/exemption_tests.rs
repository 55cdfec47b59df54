//! Exemption tests: not built yet.

use super::{Control, Evidence, State};

/// Exemption tests: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "exemption-tests",
    title: "Exemption tests",
    does: "Not built yet.",
    state: State::Planned { waits_for: "exemptions as guided questions" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
