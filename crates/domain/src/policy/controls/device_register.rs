//! Device register: not built yet.

use super::{Control, Evidence, State};

/// Device register: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "device-register",
    title: "Device register",
    does: "Not built yet.",
    state: State::Planned { waits_for: "devices and media with encryption and authorisation" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
