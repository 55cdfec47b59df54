//! Purpose change: not built yet.

use super::{Control, Evidence, State};

/// Purpose change: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "purpose-change",
    title: "Purpose change",
    does: "Not built yet.",
    state: State::Planned { waits_for: "compatibility test and new-activity screening" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
