//! Accuracy log: not built yet.

use super::{Control, Evidence, State};

/// Accuracy log: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "accuracy-log",
    title: "Accuracy log",
    does: "Not built yet.",
    state: State::Planned { waits_for: "corrections with old and new value, change notices, recipients told" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
