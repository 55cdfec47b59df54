//! Complaint stages.

use super::{Control, Evidence, State};

/// Complaint stages.
pub(super) const CONTROL: Control = Control {
    id: "complaint-stages",
    title: "Complaint stages",
    does: "Keeps each complaint as casework: stages in their order with their own dates, refused without the written agreement they need; letters of acknowledgement, progress and outcome.",
    state: State::Evidenced,
    parameters: &["complaints.stage", "complaints.cut_off", "complaints.acknowledge"],
    evidence: Evidence::Clocks(&["complaint:"]),
    shown_by: "a_second_stage_needs_the_written_agreement",
};
