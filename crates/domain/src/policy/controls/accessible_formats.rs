//! Accessible formats.

use super::{Control, Evidence, State};

/// Accessible formats.
pub(super) const CONTROL: Control = Control {
    id: "accessible-formats",
    title: "Accessible formats",
    does: "Gives policy and notices in large print, plain text and easy read.",
    state: State::Evidenced,
    parameters: &["notices.notice"],
    evidence: Evidence::Pack,
    shown_by: "the_policy_comes_in_every_format",
};
