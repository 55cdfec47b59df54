//! Coverage: how each clause of a policy is carried out today.

use serde::Serialize;

use super::{Policy, Winner, controls::state_of};

/// How the clauses of a pack are carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The pack.
    pub pack: String,
    /// How many clauses there are.
    pub clauses: usize,
    /// Clauses that the program itself refuses or computes for.
    pub enforced: usize,
    /// Clauses that a record or a task with a date shows.
    pub evidenced: usize,
    /// Clauses that somebody signs.
    pub attested: usize,
    /// Clauses with nothing to carry out.
    pub definition: usize,
    /// Clauses that wait for something not built yet.
    pub planned: usize,
    /// Clauses that nothing carries out.
    pub orphan: usize,
    /// Each clause.
    pub clauses_list: Vec<ClauseCoverage>,
}

/// How one clause is carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClauseCoverage {
    /// The clause.
    pub id: String,
    /// Its section.
    pub section: String,
    /// `enforced`, `evidenced`, `attested`, `definition`, `planned` or `orphan`.
    pub state: &'static str,
    /// Its controls.
    pub controls: Vec<String>,
    /// Its facts.
    pub parameters: String,
    /// The duties that keep it.
    pub duties: Vec<String>,
    /// What decides, where something else holds than the clause says.
    pub winner: Option<Winner>,
    /// What it waits for, when it is planned.
    pub waits_for: Vec<&'static str>,
}

impl Policy {
    /// How each clause is carried out. A clause with a control that is not built yet counts
    /// as planned, whatever else carries it out.
    pub fn coverage(&self) -> Coverage {
        let clauses_list: Vec<_> = self
            .clauses()
            .iter()
            .map(|clause| ClauseCoverage {
                id: clause.id.clone(),
                section: clause.section.clone(),
                state: state_of(clause.controls.iter().map(String::as_str)).map_or("orphan", super::State::name),
                controls: clause.controls.clone(),
                parameters: clause.parameters.clone(),
                duties: self.duties().iter().filter(|duty| duty.clauses.contains(&clause.id)).map(|duty| duty.id.clone()).collect(),
                winner: clause.conflict.as_ref().map(|conflict| conflict.winner),
                waits_for: clause.controls.iter().filter_map(|name| super::control(name)).filter_map(waits_for).collect(),
            })
            .collect();
        let count = |state: &str| clauses_list.iter().filter(|clause| clause.state == state).count();
        Coverage {
            pack: self.about().name.clone(),
            clauses: clauses_list.len(),
            enforced: count("enforced"),
            evidenced: count("evidenced"),
            attested: count("attested"),
            definition: count("definition"),
            planned: count("planned"),
            orphan: count("orphan"),
            clauses_list,
        }
    }
}

fn waits_for(control: &super::Control) -> Option<&'static str> {
    match control.state {
        super::State::Planned { waits_for } => Some(waits_for),
        _ => None,
    }
}
