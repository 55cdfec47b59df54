//! Rights other than access.

use super::{Control, Evidence, State};

/// Rights other than access.
pub(super) const CONTROL: Control = Control {
    id: "other-rights",
    title: "Rights other than access",
    does: "Takes each right through its own decision and answer: put right, erased class by class, restricted, taken elsewhere, objected to, looked at by a person. What follows is a task that has to be done before the case can be closed.",
    state: State::Enforced,
    parameters: &[],
    evidence: Evidence::Requests,
    shown_by: "no_path_closes_a_request_with_an_open_action",
};
