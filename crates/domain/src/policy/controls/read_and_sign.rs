//! Read and signed.

use super::{Control, Evidence, State};

/// Read and signed.
pub(super) const CONTROL: Control = Control {
    id: "read-and-sign",
    title: "Read and signed",
    does: "Has everybody read the version in force, pass an understanding check, and sign with the date.",
    state: State::Evidenced,
    parameters: &["understanding.question"],
    evidence: Evidence::Readings,
    shown_by: "a_reading_is_signed_only_after_the_check_is_passed",
};
