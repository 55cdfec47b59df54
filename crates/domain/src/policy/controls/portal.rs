//! Portal.

use super::{Control, Evidence, State};

/// Portal.
pub(super) const CONTROL: Control = Control {
    id: "portal",
    title: "Portal",
    does: "Takes requests, complaints, withdrawn consents and opt-outs without an account, shows how far a case is by a mailed one-time link, and hands out released replies with a passphrase.",
    state: State::Evidenced,
    parameters: &["identity.accepted"],
    evidence: Evidence::Log("portal"),
    shown_by: "known_unknown_and_wrong_get_one_answer_with_the_same_work",
};
