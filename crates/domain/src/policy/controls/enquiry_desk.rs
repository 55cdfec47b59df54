//! Enquiry desk: not built yet.

use super::{Control, Evidence, State};

/// Enquiry desk: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "enquiry-desk",
    title: "Enquiry desk",
    does: "Not built yet.",
    state: State::Planned { waits_for: "neither confirm nor deny; messages and envelopes" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
