//! Second person.

use super::{Control, Evidence, State};

/// Second person.
pub(super) const CONTROL: Control = Control {
    id: "sign-off",
    title: "Second person",
    does: "Has a second person approve a reply before it goes out.",
    state: State::Enforced,
    parameters: &["rights.approve", "rights.prepare"],
    evidence: Evidence::Log("approved"),
    shown_by: "who_prepared_a_reply_cannot_approve_it",
};
