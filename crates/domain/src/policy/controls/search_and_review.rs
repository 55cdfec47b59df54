//! Search and review.

use super::{Control, Evidence, State};

/// Search and review.
pub(super) const CONTROL: Control = Control {
    id: "search-and-review",
    title: "Search and review",
    does: "Searches every place, lists what could not be read, and has a person decide on each item.",
    state: State::Enforced,
    parameters: &[],
    evidence: Evidence::Log("searched"),
    shown_by: "every_planted_item_is_found_and_nothing_withheld_can_be_read",
};
