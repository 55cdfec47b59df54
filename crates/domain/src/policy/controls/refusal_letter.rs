//! Refusal with reasons.

use super::{Control, Evidence, State};

/// Refusal with reasons.
pub(super) const CONTROL: Control = Control {
    id: "refusal-letter",
    title: "Refusal with reasons",
    does: "Refuses a request only with reasons, and names every way to complain.",
    state: State::Enforced,
    parameters: &["letters.paragraphs"],
    evidence: Evidence::Log("refused"),
    shown_by: "refusing_needs_reasons_and_no_proof_needs_a_question_first",
};
