//! Service user record: not built yet.

use super::{Control, Evidence, State};

/// Service user record: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "service-user-record",
    title: "Service user record",
    does: "Not built yet.",
    state: State::Planned { waits_for: "client record contents, referrals" },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
