//! Consent record: not built yet.

use super::{Control, Evidence, State};

/// Consent record: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "consent-record",
    title: "Consent record",
    does: "Not built yet.",
    state: State::Planned { waits_for: "consent register: text version, act, scope, capacity, refusal, withdrawal" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
