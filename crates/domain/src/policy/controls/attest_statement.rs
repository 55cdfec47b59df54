//! Statements of fact.

use super::{Control, Evidence, State};

/// Statements of fact.
pub(super) const CONTROL: Control = Control {
    id: "attest-statement",
    title: "Statements of fact",
    does: "A named role signs, at an interval, that they find a statement of the policy still true.",
    state: State::Attested,
    parameters: &["duties.duty"],
    evidence: Evidence::Duties,
    shown_by: "a_statement_is_signed_by_name_in_its_exact_words",
};
