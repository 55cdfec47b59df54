//! Access grants: not built yet.

use super::{Control, Evidence, State};

/// Access grants: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "access-grants",
    title: "Access grants",
    does: "Not built yet.",
    state: State::Planned { waits_for: "grants of access with reason and approver, unusual access, review of views" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
