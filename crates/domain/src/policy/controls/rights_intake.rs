//! Requests in any words.

use super::{Control, Evidence, State};

/// Requests in any words.
pub(super) const CONTROL: Control = Control {
    id: "rights-intake",
    title: "Requests in any words",
    does: "Recognises a request in any wording and through any channel. The time runs from the first receipt by anybody.",
    state: State::Enforced,
    parameters: &["rights.form_required"],
    evidence: Evidence::Requests,
    shown_by: "requests_in_any_words_are_recognised",
};
