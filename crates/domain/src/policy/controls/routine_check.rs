//! Routine checks.

use super::{Control, Evidence, State};

/// Routine checks.
pub(super) const CONTROL: Control = Control {
    id: "routine-check",
    title: "Routine checks",
    does: "Opens each check when it is due and keeps its result.",
    state: State::Evidenced,
    parameters: &["duties.duty"],
    evidence: Evidence::Duties,
    shown_by: "a_duty_is_done_once_with_evidence_and_comes_round_again",
};
