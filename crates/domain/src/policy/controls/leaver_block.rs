//! Leavers.

use super::{Control, Evidence, State};

/// Leavers.
pub(super) const CONTROL: Control = Control {
    id: "leaver-block",
    title: "Leavers",
    does: "Disables the account of somebody who leaves at once, and keeps it.",
    state: State::Enforced,
    parameters: &[],
    evidence: Evidence::Log("user"),
    shown_by: "only_an_active_account_may_act",
};
