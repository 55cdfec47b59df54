//! Capacity of a child.

use super::{Control, Evidence, State};

/// Capacity of a child.
pub(super) const CONTROL: Control = Control {
    id: "capacity-judgement",
    title: "Capacity of a child",
    does: "Asks for a judgement with reasons in every case about a child. The age never decides.",
    state: State::Enforced,
    parameters: &["children.judge_each_case", "children.usually_able_from"],
    evidence: Evidence::Log("capacity"),
    shown_by: "a_parent_gets_nothing_without_a_capacity_record_and_an_able_child_s_consent",
};
