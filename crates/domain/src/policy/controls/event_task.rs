//! After an event.

use super::{Control, Evidence, State};

/// After an event.
pub(super) const CONTROL: Control = Control {
    id: "event-task",
    title: "After an event",
    does: "Starts the clock when an event is logged and keeps when the duty was done.",
    state: State::Evidenced,
    parameters: &["duties.duty", "clocks.clock"],
    evidence: Evidence::Duties,
    shown_by: "a_duty_is_done_once_with_evidence_and_comes_round_again",
};
