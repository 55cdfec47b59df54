//! Dates of a complaint.

use super::{Control, Evidence, State};

/// Dates of a complaint.
pub(super) const CONTROL: Control = Control {
    id: "complaint-clock",
    title: "Dates of a complaint",
    does: "Computes each step of a complaint from its own trigger.",
    state: State::Enforced,
    parameters: &["complaints.stage", "clocks.clock"],
    evidence: Evidence::Clocks(&["complaint"]),
    shown_by: "every_example_of_every_row_comes_out",
};
