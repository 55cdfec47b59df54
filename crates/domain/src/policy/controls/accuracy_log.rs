//! Log of corrections.

use super::{Control, Evidence, State};

/// Log of corrections.
pub(super) const CONTROL: Control = Control {
    id: "accuracy-log",
    title: "Log of corrections",
    does: "Keeps the old and the new value of each correction with its source, and opens a task for everybody who has to be told.",
    state: State::Evidenced,
    parameters: &[],
    evidence: Evidence::Clocks(&["action:correct", "action:tell"]),
    shown_by: "what_care_depends_on_is_put_right_the_same_day_and_recipients_are_told",
};
