//! Supervision notes: not built yet.

use super::{Control, Evidence, State};

/// Supervision notes: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "supervision-notes",
    title: "Supervision notes",
    does: "Not built yet.",
    state: State::Planned { waits_for: "masked supervision notes" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
