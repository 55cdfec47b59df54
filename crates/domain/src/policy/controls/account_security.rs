//! Own account.

use super::{Control, Evidence, State};

/// Own account.
pub(super) const CONTROL: Control = Control {
    id: "account-security",
    title: "Own account",
    does: "Gives everybody an account of their own, locks it after wrong passwords, and ends idle sessions.",
    state: State::Enforced,
    parameters: &["access.password_characters"],
    evidence: Evidence::Log("signed-in"),
    shown_by: "signing_in_says_the_same_whatever_was_wrong",
};
