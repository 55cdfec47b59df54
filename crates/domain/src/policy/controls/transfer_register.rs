//! Transfer register: not built yet.

use super::{Control, Evidence, State};

/// Transfer register: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "transfer-register",
    title: "Transfer register",
    does: "Not built yet.",
    state: State::Planned { waits_for: "transfers outside the UK" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
