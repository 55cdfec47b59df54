//! Offsite register: not built yet.

use super::{Control, Evidence, State};

/// Offsite register: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "offsite-register",
    title: "Offsite register",
    does: "Not built yet.",
    state: State::Planned { waits_for: "off-site and file movements" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
