//! Conduct.

use super::{Control, Evidence, State};

/// Conduct.
pub(super) const CONTROL: Control = Control {
    id: "attest-conduct",
    title: "Conduct",
    does: "A named role signs, at an interval, that they follow a rule of conduct.",
    state: State::Attested,
    parameters: &["duties.duty"],
    evidence: Evidence::Duties,
    shown_by: "a_statement_is_signed_by_name_in_its_exact_words",
};
