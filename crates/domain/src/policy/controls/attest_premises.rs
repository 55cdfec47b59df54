//! Premises and paper.

use super::{Control, Evidence, State};

/// Premises and paper.
pub(super) const CONTROL: Control = Control {
    id: "attest-premises",
    title: "Premises and paper",
    does: "A named role signs, at an interval, that they keep rooms, cabinets, desks and paper safe.",
    state: State::Attested,
    parameters: &["duties.duty"],
    evidence: Evidence::Duties,
    shown_by: "a_statement_is_signed_by_name_in_its_exact_words",
};
