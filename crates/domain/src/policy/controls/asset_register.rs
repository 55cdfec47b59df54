//! Asset register: not built yet.

use super::{Control, Evidence, State};

/// Asset register: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "asset-register",
    title: "Asset register",
    does: "Not built yet.",
    state: State::Planned { waits_for: "systems, backups expected and actual, restore tests" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
