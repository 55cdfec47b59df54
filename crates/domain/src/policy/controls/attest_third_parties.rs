//! Third parties.

use super::{Control, Evidence, State};

/// Third parties.
pub(super) const CONTROL: Control = Control {
    id: "attest-third-parties",
    title: "Third parties",
    does: "A named role signs, at an interval, that they have the agreed terms with processors and partners in place.",
    state: State::Attested,
    parameters: &["duties.duty"],
    evidence: Evidence::Duties,
    shown_by: "a_statement_is_signed_by_name_in_its_exact_words",
};
