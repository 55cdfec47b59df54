//! [`Control`] and what a clause's controls make of it.

use serde::Serialize;

use super::CONTROLS;

/// One thing that carries clauses out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Control {
    /// The stable name, as `controls` of a clause has it.
    pub id: &'static str,
    /// The title on pages.
    pub title: &'static str,
    /// What it does, in a sentence or two.
    pub does: &'static str,
    /// How it works today.
    pub state: State,
    /// Keys of the pack it reads.
    pub parameters: &'static [&'static str],
    /// Where its evidence is found.
    pub evidence: Evidence,
    /// The test that shows it work; empty while it is planned.
    pub shown_by: &'static str,
}

/// How a control works today. The order is from what proves least to what proves most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Not built yet: never counted as working.
    Planned {
        /// The capability it waits for.
        waits_for: &'static str,
    },
    /// There is nothing to carry out.
    Definition,
    /// A named role signs it at an interval.
    Attested,
    /// A record or a task with a date shows it.
    Evidenced,
    /// The program refuses or computes.
    Enforced,
}

impl State {
    /// The name in JSON and on pages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Planned { .. } => "planned",
            Self::Definition => "definition",
            Self::Attested => "attested",
            Self::Evidenced => "evidenced",
            Self::Enforced => "enforced",
        }
    }
}

/// Where the evidence of a control is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// There is none, because there is nothing to show.
    None,
    /// The pack itself was checked.
    Pack,
    /// Rights requests, by state.
    Requests,
    /// Clocks whose name begins with one of these: met in time, late, running, overdue.
    Clocks(&'static [&'static str]),
    /// Entries of the log with this verb or kind.
    Log(&'static str),
    /// The duties that name the clause.
    Duties,
    /// Versions of the policy and of notices.
    Versions,
    /// Who has read and signed the version in force.
    Readings,
}

/// A control by its id.
pub fn control(id: &str) -> Option<&'static Control> {
    CONTROLS.iter().find(|control| control.id == id)
}

/// The state of a clause with these controls: planned as soon as one of them is, otherwise
/// that of the weakest that has something to carry out, because a clause is kept no better
/// than that. `None` when nothing known carries it out.
pub(crate) fn state_of<'a>(controls: impl IntoIterator<Item = &'a str>) -> Option<State> {
    let states: Vec<State> = controls.into_iter().filter_map(control).map(|control| control.state).collect();
    let weakest = states.iter().copied().filter(|state| *state != State::Definition).min();
    weakest.or_else(|| states.first().copied())
}
