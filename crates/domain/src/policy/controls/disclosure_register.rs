//! Disclosure register: not built yet.

use super::{Control, Evidence, State};

/// Disclosure register: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "disclosure-register",
    title: "Disclosure register",
    does: "Not built yet.",
    state: State::Planned { waits_for: "disclosures: ground, identity of requester, necessity, approver" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
