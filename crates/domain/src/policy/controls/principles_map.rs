//! Principles.

use super::{Control, Evidence, State};

/// Principles.
pub(super) const CONTROL: Control = Control {
    id: "principles-map",
    title: "Principles",
    does: "A principle of data protection. The clauses that carry it out are listed beside it.",
    state: State::Definition,
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "every_clause_has_a_control_and_none_is_lost",
};
