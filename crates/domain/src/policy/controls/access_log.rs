//! Log of access.

use super::{Control, Evidence, State};

/// Log of access.
pub(super) const CONTROL: Control = Control {
    id: "access-log",
    title: "Log of access",
    does: "Writes every look at personal data and every change into the log.",
    state: State::Enforced,
    parameters: &[],
    evidence: Evidence::Log("read"),
    shown_by: "verify_passes_on_both_engines_and_says_what_it_checked",
};
