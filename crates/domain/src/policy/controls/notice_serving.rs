//! Notice serving: not built yet.

use super::{Control, Evidence, State};

/// Notice serving: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "notice-serving",
    title: "Notice serving",
    does: "Not built yet.",
    state: State::Planned { waits_for: "log of notices served to a person" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
