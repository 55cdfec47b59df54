//! Evidence.

use super::{Control, Evidence, State};

/// Evidence.
pub(super) const CONTROL: Control = Control {
    id: "evidence-log",
    title: "Evidence",
    does: "Chains every save, look and erasure into a log that cannot be altered unnoticed.",
    state: State::Enforced,
    parameters: &[],
    evidence: Evidence::Log("saved"),
    shown_by: "a_flipped_bit_of_the_database_file_is_found_or_harmless",
};
