//! Time to reply.

use super::{Control, Evidence, State};

/// Time to reply.
pub(super) const CONTROL: Control = Control {
    id: "rights-clock",
    title: "Time to reply",
    does: "Computes the reply date with every step: the month, pauses, the promise of the policy, the last day the law allows.",
    state: State::Enforced,
    parameters: &["rights.reply", "rights.reply_rolls", "rights.extended"],
    evidence: Evidence::Clocks(&["reply"]),
    shown_by: "the_clock_runs_from_receipt_by_anyone_and_rolls_over_christmas",
};
