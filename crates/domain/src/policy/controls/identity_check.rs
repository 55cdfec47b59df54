//! Identity and authority.

use super::{Control, Evidence, State};

/// Identity and authority.
pub(super) const CONTROL: Control = Control {
    id: "identity-check",
    title: "Identity and authority",
    does: "Asks for proof only on a written doubt, records what was seen, and keeps no picture of it.",
    state: State::Enforced,
    parameters: &["identity.documents", "identity.accepted", "identity.authority", "identity.call_back"],
    evidence: Evidence::Log("identity"),
    shown_by: "identity_needs_a_written_doubt_moves_the_start_and_can_be_taken_back",
};
