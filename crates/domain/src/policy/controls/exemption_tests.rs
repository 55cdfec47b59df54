//! Exemptions with their tests.

use super::{Control, Evidence, State};

/// Exemptions with their tests.
pub(super) const CONTROL: Control = Control {
    id: "exemption-tests",
    title: "Exemptions with their tests",
    does: "Lets something be withheld only when the questions of the exemption's legal test are answered and met, item by item, and records what is disclosed as well as what is withheld.",
    state: State::Enforced,
    parameters: &["rights.health_question"],
    evidence: Evidence::Log("decide-exemption"),
    shown_by: "nothing_applies_unanswered_and_each_applies_when_its_test_is_met",
};
