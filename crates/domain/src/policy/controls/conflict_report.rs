//! Report of conflicts.

use super::{Control, Evidence, State};

/// Report of conflicts.
pub(super) const CONTROL: Control = Control {
    id: "conflict-report",
    title: "Report of conflicts",
    does: "Compares the policy with the law. What is weaker is kept, shown and never used.",
    state: State::Enforced,
    parameters: &[],
    evidence: Evidence::Pack,
    shown_by: "a_value_weaker_than_the_law_is_shown_and_never_used",
};
