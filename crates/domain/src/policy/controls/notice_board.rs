//! Notice-board sheet.

use super::{Control, Evidence, State};

/// Notice-board sheet.
pub(super) const CONTROL: Control = Control {
    id: "notice-board",
    title: "Notice-board sheet",
    does: "Prints the sheet with the officer and what to do.",
    state: State::Evidenced,
    parameters: &["notices.board"],
    evidence: Evidence::Pack,
    shown_by: "the_policy_comes_in_every_format",
};
