//! Media consent: not built yet.

use super::{Control, Evidence, State};

/// Media consent: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "media-consent",
    title: "Media consent",
    does: "Not built yet.",
    state: State::Planned { waits_for: "photographs and film: consent per use, explanation, take-down" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
