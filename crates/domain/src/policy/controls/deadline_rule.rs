//! Other dates.

use super::{Control, Evidence, State};

/// Other dates.
pub(super) const CONTROL: Control = Control {
    id: "deadline-rule",
    title: "Other dates",
    does: "Computes every other period of the policy from its trigger, with its explanation.",
    state: State::Enforced,
    parameters: &["clocks.clock"],
    evidence: Evidence::Duties,
    shown_by: "every_example_of_every_row_comes_out",
};
