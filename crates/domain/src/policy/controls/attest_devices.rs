//! Devices and media.

use super::{Control, Evidence, State};

/// Devices and media.
pub(super) const CONTROL: Control = Control {
    id: "attest-devices",
    title: "Devices and media",
    does: "A named role signs, at an interval, that they keep devices, media and off-site work safe.",
    state: State::Attested,
    parameters: &["duties.duty"],
    evidence: Evidence::Duties,
    shown_by: "a_statement_is_signed_by_name_in_its_exact_words",
};
