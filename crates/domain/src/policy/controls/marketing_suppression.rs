//! Marketing suppression: not built yet.

use super::{Control, Evidence, State};

/// Marketing suppression: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "marketing-suppression",
    title: "Marketing suppression",
    does: "Not built yet.",
    state: State::Planned { waits_for: "campaigns, consent, suppression list" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
