//! Information technology.

use super::{Control, Evidence, State};

/// Information technology.
pub(super) const CONTROL: Control = Control {
    id: "attest-it-security",
    title: "Information technology",
    does: "A named role signs, at an interval, that they keep networks, permissions, protection and backups in order.",
    state: State::Attested,
    parameters: &["duties.duty"],
    evidence: Evidence::Duties,
    shown_by: "a_statement_is_signed_by_name_in_its_exact_words",
};
