//! Which policy counts for a case that was running when a new version was adopted: the one
//! it began under, unless the new one is better for the data subject.

use crate::calendar::{Deadline, Step, When};

/// One of the two policies, with the deadline it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contender {
    /// The version as people call it, e.g. `version 2.1`.
    pub label: String,
    /// The deadline under it.
    pub deadline: Deadline,
}

/// Which of them counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The version in force when the case began.
    AtReceipt,
    /// The version in force now, because it is better for the data subject.
    InForce,
}

/// The deadline that counts, with the step that says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The deadline.
    pub deadline: Deadline,
    /// Whose it is.
    pub which: Which,
}

/// The deadline of a running case under two versions of the policy. The earlier promise is
/// the better one for the person; where both are as good, the case keeps the rule it began
/// under.
pub fn choose(at_receipt: Contender, in_force: Contender) -> Chosen {
    let (old, new) = (promised(&at_receipt.deadline), promised(&in_force.deadline));
    let better = match (old, new) {
        (Some(old), Some(new)) => ends_before(new, old),
        // While the clock waits neither has a date: the rule it began under stays.
        _ => false,
    };
    let shown = |when: Option<When>| when.map_or_else(|| "no date yet".to_owned(), When::shown);
    let (which, what, mut deadline) = if better {
        let what = format!(
            "The policy was {} when this began and is {} now. The one in force now is better for the person ({} rather than {}), so it counts.",
            at_receipt.label,
            in_force.label,
            shown(new),
            shown(old)
        );
        (Which::InForce, what, in_force.deadline)
    } else {
        let what = format!(
            "The policy was {} when this began and is {} now. The new one is no better for the person ({} rather than {}), so the one this began \
             under still counts.",
            at_receipt.label,
            in_force.label,
            shown(new),
            shown(old)
        );
        (Which::AtReceipt, what, at_receipt.deadline)
    };
    deadline.steps.push(Step { what, date: deadline.alert(), source: "policy: versions and running cases".into() });
    Chosen { deadline, which }
}

/// What the person was promised: the policy's own day where it has one, else the law's.
fn promised(deadline: &Deadline) -> Option<When> {
    deadline.alert()
}

fn ends_before(one: When, other: When) -> bool {
    one.date() < other.date()
        || (one.date() == other.date() && matches!((one.instant(), other.instant()), (Some(one), Some(other)) if one < other))
}
