//! Data of other people.

use super::{Control, Evidence, State};

/// Data of other people.
pub(super) const CONTROL: Control = Control {
    id: "third-party-redaction",
    title: "Data of other people",
    does: "Proposes what is about somebody else, takes out what a person decided to withhold, and reads the result back.",
    state: State::Enforced,
    parameters: &[],
    evidence: Evidence::Log("replied"),
    shown_by: "every_planted_item_is_found_and_nothing_withheld_can_be_read",
};
