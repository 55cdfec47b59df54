//! Law change log: not built yet.

use super::{Control, Evidence, State};

/// Law change log: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "law-change-log",
    title: "Law change log",
    does: "Not built yet.",
    state: State::Planned { waits_for: "sources and changes of law with their review" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
