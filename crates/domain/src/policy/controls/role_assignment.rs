//! Roles and who holds them.

use super::{Control, Evidence, State};

/// Roles and who holds them.
pub(super) const CONTROL: Control = Control {
    id: "role-assignment",
    title: "Roles and who holds them",
    does: "Refuses a pack in which a role that is needed is held by nobody.",
    state: State::Enforced,
    parameters: &["roles.role", "directory.person"],
    evidence: Evidence::Pack,
    shown_by: "what_only_the_whole_pack_can_show_has_a_number_a_place_and_a_remedy",
};
