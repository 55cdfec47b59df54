//! Definitions.

use super::{Control, Evidence, State};

/// Definitions.
pub(super) const CONTROL: Control = Control {
    id: "definition",
    title: "Definitions",
    does: "Says what a word or an aim means. There is nothing to carry out.",
    state: State::Definition,
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "every_clause_has_a_control_and_none_is_lost",
};
