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
    shown_by: "every_row_of_the_clock_table_gives_its_date",
};
