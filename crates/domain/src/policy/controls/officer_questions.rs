//! Questions to the officer: not built yet.

use super::{Control, Evidence, State};

/// Questions to the officer: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "officer-questions",
    title: "Questions to the officer",
    does: "Not built yet.",
    state: State::Planned { waits_for: "questions and concerns to the officer" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
