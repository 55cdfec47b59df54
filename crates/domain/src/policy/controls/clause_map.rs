//! Clause by clause.

use super::{Control, Evidence, State};

/// Clause by clause.
pub(super) const CONTROL: Control = Control {
    id: "clause-map",
    title: "Clause by clause",
    does: "Shows every clause with what carries it out and the evidence.",
    state: State::Evidenced,
    parameters: &["clauses.clause"],
    evidence: Evidence::Pack,
    shown_by: "every_clause_has_a_control_and_none_is_lost",
};
