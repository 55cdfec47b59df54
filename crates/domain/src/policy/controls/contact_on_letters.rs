//! Contact on every letter.

use super::{Control, Evidence, State};

/// Contact on every letter.
pub(super) const CONTROL: Control = Control {
    id: "contact-on-letters",
    title: "Contact on every letter",
    does: "Prints who to contact on every letter and notice, from the profile.",
    state: State::Enforced,
    parameters: &["organisation.email", "organisation.phone", "organisation.address", "letters.signatory"],
    evidence: Evidence::Log("letter"),
    shown_by: "every_missing_part_is_named_at_its_field",
};
