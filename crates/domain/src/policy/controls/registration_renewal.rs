//! Registration with the regulator.

use super::{Control, Evidence, State};

/// Registration with the regulator.
pub(super) const CONTROL: Control = Control {
    id: "registration-renewal",
    title: "Registration with the regulator",
    does: "Reminds before the registration runs out and keeps the renewal.",
    state: State::Evidenced,
    parameters: &["duties.duty", "organisation.registration"],
    evidence: Evidence::Duties,
    shown_by: "a_duty_is_done_once_with_evidence_and_comes_round_again",
};
