//! Responsibility.

use super::{Control, Evidence, State};

/// Responsibility.
pub(super) const CONTROL: Control = Control {
    id: "attest-responsibility",
    title: "Responsibility",
    does: "A named role signs, at an interval, that they carry a standing responsibility.",
    state: State::Attested,
    parameters: &["duties.duty"],
    evidence: Evidence::Duties,
    shown_by: "a_statement_is_signed_by_name_in_its_exact_words",
};
