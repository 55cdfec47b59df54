//! Versions of the policy.

use super::{Control, Evidence, State};

/// Versions of the policy.
pub(super) const CONTROL: Control = Control {
    id: "policy-version",
    title: "Versions of the policy",
    does: "Keeps every version with board, date, signatory and next review. Two people adopt one.",
    state: State::Evidenced,
    parameters: &["pack.version", "pack.adopted_on", "pack.adopted_by", "pack.signed_by", "pack.next_review"],
    evidence: Evidence::Versions,
    shown_by: "a_version_is_adopted_by_two_people_or_not_at_all",
};
