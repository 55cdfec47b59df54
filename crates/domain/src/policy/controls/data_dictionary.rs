//! Data dictionary: not built yet.

use super::{Control, Evidence, State};

/// Data dictionary: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "data-dictionary",
    title: "Data dictionary",
    does: "Not built yet.",
    state: State::Planned { waits_for: "field dictionary with special-category and criminal flags" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
