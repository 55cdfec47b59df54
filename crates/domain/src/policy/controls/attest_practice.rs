//! Ways of working.

use super::{Control, Evidence, State};

/// Ways of working.
pub(super) const CONTROL: Control = Control {
    id: "attest-practice",
    title: "Ways of working",
    does: "A named role signs, at an interval, that they follow a way of working outside this program.",
    state: State::Attested,
    parameters: &["duties.duty"],
    evidence: Evidence::Duties,
    shown_by: "a_statement_is_signed_by_name_in_its_exact_words",
};
