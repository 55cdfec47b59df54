//! Passing a request on.

use super::{Control, Evidence, State};

/// Passing a request on.
pub(super) const CONTROL: Control = Control {
    id: "forward-clock",
    title: "Passing a request on",
    does: "Times how soon staff pass a request on, and flags what came late.",
    state: State::Enforced,
    parameters: &["rights.forward"],
    evidence: Evidence::Requests,
    shown_by: "the_clocks_of_the_education_pack_give_its_dates",
};
