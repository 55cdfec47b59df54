//! Lawful basis.

use super::{Control, Evidence, State};

/// Lawful basis.
pub(super) const CONTROL: Control = Control {
    id: "lawful-basis",
    title: "Lawful basis",
    does: "Refuses an activity without one of the seven lawful bases.",
    state: State::Enforced,
    parameters: &["processing.activity"],
    evidence: Evidence::Pack,
    shown_by: "what_only_the_whole_pack_can_show_has_a_number_a_place_and_a_remedy",
};
