//! Profile of the organisation.

use super::{Control, Evidence, State};

/// Profile of the organisation.
pub(super) const CONTROL: Control = Control {
    id: "organisation-profile",
    title: "Profile of the organisation",
    does: "Keeps who the controller is, and asks at set-up for what is missing.",
    state: State::Enforced,
    parameters: &["organisation.name", "organisation.legal_form", "organisation.kind", "organisation.division", "organisation.year_end"],
    evidence: Evidence::Pack,
    shown_by: "every_builtin_pack_loads_without_a_problem",
};
