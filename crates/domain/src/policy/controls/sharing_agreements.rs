//! Sharing agreements: not built yet.

use super::{Control, Evidence, State};

/// Sharing agreements: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "sharing-agreements",
    title: "Sharing agreements",
    does: "Not built yet.",
    state: State::Planned { waits_for: "agreements with partners and agencies" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
