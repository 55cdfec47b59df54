//! Questions to the requester.

use super::{Control, Evidence, State};

/// Questions to the requester.
pub(super) const CONTROL: Control = Control {
    id: "clarification",
    title: "Questions to the requester",
    does: "Stops the clock only for a question that is needed to find the data.",
    state: State::Enforced,
    parameters: &["clarification.ask_for", "clarification.close_after"],
    evidence: Evidence::Log("clarified"),
    shown_by: "an_open_question_makes_the_date_unknown",
};
