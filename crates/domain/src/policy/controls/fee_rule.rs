//! Free of charge.

use super::{Control, Evidence, State};

/// Free of charge.
pub(super) const CONTROL: Control = Control {
    id: "fee-rule",
    title: "Free of charge",
    does: "Lets a fee be asked only on a ground that the law allows.",
    state: State::Enforced,
    parameters: &["rights.fee_pence", "rights.fee_cases"],
    evidence: Evidence::Requests,
    shown_by: "clarification_pauses_inclusively_and_a_fee_without_ground_is_refused",
};
