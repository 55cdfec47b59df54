//! Privacy notices.

use super::{Control, Evidence, State};

/// Privacy notices.
pub(super) const CONTROL: Control = Control {
    id: "privacy-notice",
    title: "Privacy notices",
    does: "Writes the notices for adults, children and easy read from the record of processing, and keeps each version.",
    state: State::Evidenced,
    parameters: &["notices.notice", "processing.activity"],
    evidence: Evidence::Versions,
    shown_by: "every_notice_names_what_the_law_demands",
};
