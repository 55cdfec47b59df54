//! Other rights: not built yet.

use super::{Control, Evidence, State};

/// Other rights: not built yet.
pub(super) const CONTROL: Control = Control {
    id: "other-rights",
    title: "Other rights",
    does: "Not built yet.",
    state: State::Planned {
        waits_for: "rights requests of every kind: effects of rectification, erasure, restriction, portability, objection, automated decisions",
    },
    parameters: &[],
    evidence: Evidence::None,
    shown_by: "",
};
