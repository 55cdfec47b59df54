//! Sealed storage.

use super::{Control, Evidence, State};

/// Sealed storage.
pub(super) const CONTROL: Control = Control {
    id: "sealed-storage",
    title: "Sealed storage",
    does: "Encrypts personal data under keys of its own. Erasing destroys the key.",
    state: State::Enforced,
    parameters: &[],
    evidence: Evidence::Pack,
    shown_by: "an_erased_person_is_gone_and_verify_passes",
};
