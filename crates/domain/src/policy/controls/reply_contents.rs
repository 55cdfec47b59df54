//! Contents of the reply.

use super::{Control, Evidence, State};

/// Contents of the reply.
pub(super) const CONTROL: Control = Control {
    id: "reply-contents",
    title: "Contents of the reply",
    does: "Fills every item of Article 15 from the record of processing.",
    state: State::Enforced,
    parameters: &["processing.activity"],
    evidence: Evidence::Log("replied"),
    shown_by: "every_missing_part_is_named_at_its_field",
};
