//! Extension of time.

use super::{Control, Evidence, State};

/// Extension of time.
pub(super) const CONTROL: Control = Control {
    id: "extension",
    title: "Extension of time",
    does: "Allows an extension once, only with its reason, and only inside the first month.",
    state: State::Enforced,
    parameters: &["rights.extended"],
    evidence: Evidence::Log("extended"),
    shown_by: "an_extension_is_valid_only_inside_the_month_and_once",
};
