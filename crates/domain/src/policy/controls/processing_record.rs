//! Record of processing.

use super::{Control, Evidence, State};

/// Record of processing.
pub(super) const CONTROL: Control = Control {
    id: "processing-record",
    title: "Record of processing",
    does: "Keeps purpose, basis, people, data, recipients, period and security of every activity.",
    state: State::Enforced,
    parameters: &["processing.activity"],
    evidence: Evidence::Pack,
    shown_by: "the_record_of_processing_can_fill_a_reply",
};
