//! Reviews.

use super::{Control, Evidence, State};

/// Reviews.
pub(super) const CONTROL: Control = Control {
    id: "periodic-review",
    title: "Reviews",
    does: "Opens each review when it is due and keeps when it was done and what it found.",
    state: State::Evidenced,
    parameters: &["duties.duty"],
    evidence: Evidence::Duties,
    shown_by: "a_duty_is_done_once_with_evidence_and_comes_round_again",
};
