//! Moved mail audit: not built yet.

use super::{Control, Evidence, State};

/// Moved mail audit: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "moved-mail-audit",
    title: "Moved mail audit",
    does: "Not built yet.",
    state: State::Planned { waits_for: "moved e-mails visible for audit only" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
