//! Dates of a breach.

use super::{Control, Evidence, State};

/// Dates of a breach.
pub(super) const CONTROL: Control = Control {
    id: "breach-clock",
    title: "Dates of a breach",
    does: "Computes the 72 hours and every later step of a breach.",
    state: State::Enforced,
    parameters: &["breaches.report", "clocks.clock"],
    evidence: Evidence::Clocks(&["breach"]),
    shown_by: "every_example_of_every_row_comes_out",
};
