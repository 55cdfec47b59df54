//! Legal hold.

use super::{Control, Evidence, State};

/// Legal hold.
pub(super) const CONTROL: Control = Control {
    id: "legal-hold",
    title: "Legal hold",
    does: "Stops destruction while a request, complaint or claim is open.",
    state: State::Enforced,
    parameters: &[],
    evidence: Evidence::Pack,
    shown_by: "a_hold_is_never_due",
};
