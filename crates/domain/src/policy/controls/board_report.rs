//! Report to the board.

use super::{Control, Evidence, State};

/// Report to the board.
pub(super) const CONTROL: Control = Control {
    id: "board-report",
    title: "Report to the board",
    does: "Opens the report when it is due and keeps when it was given.",
    state: State::Evidenced,
    parameters: &["duties.duty"],
    evidence: Evidence::Duties,
    shown_by: "a_duty_is_done_once_with_evidence_and_comes_round_again",
};
