//! Need and right.

use super::{Control, Evidence, State};

/// Need and right.
pub(super) const CONTROL: Control = Control {
    id: "access-by-role",
    title: "Need and right",
    does: "Opens a record only to somebody whose role allows it and who has to do with it.",
    state: State::Enforced,
    parameters: &["access.rule"],
    evidence: Evidence::Log("read"),
    shown_by: "no_route_answers_a_role_that_its_row_does_not_list",
};
