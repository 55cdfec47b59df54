//! Training.

use super::{Control, Evidence, State};

/// Training.
pub(super) const CONTROL: Control = Control {
    id: "training-interval",
    title: "Training",
    does: "Opens each training when it is due and keeps when it was done.",
    state: State::Evidenced,
    parameters: &["duties.duty"],
    evidence: Evidence::Duties,
    shown_by: "a_duty_is_done_once_with_evidence_and_comes_round_again",
};
