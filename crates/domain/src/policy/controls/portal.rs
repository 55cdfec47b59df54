//! Portal: not built yet.

use super::{Control, Evidence, State};

/// Portal: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "portal",
    title: "Portal",
    does: "Not built yet.",
    state: State::Planned { waits_for: "public portal" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
