//! What is known about a duty.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Stage;
use crate::calendar::{Deadline, Period, When};
use crate::casework::ClockState;
use crate::policy;
use crate::record::RecordFacts;

/// One period of a duty, or one event with what has to follow it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// Reference, owner, hold.
    pub facts: RecordFacts,
    /// What the policy asks for.
    pub terms: Terms,
    /// What set it going.
    pub begun: Begun,
    /// When it is due, and why.
    pub due: Deadline,
    /// Where it stands.
    pub stage: Stage,
}

/// What the policy in force asks for, as it stood when the duty was opened or last revised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The id of the duty in the pack.
    pub duty: String,
    /// What is to be done, as a task.
    pub title: String,
    /// What sort of duty it is.
    pub kind: policy::DutyKind,
    /// The sentence that is signed, or what counts as done.
    pub statement: String,
    /// The role of the policy that does it.
    pub role: String,
    /// How often it comes round.
    pub every: Option<Period>,
    /// The clock of the pack that runs for it; empty when `every` says it all.
    pub rule: String,
    /// The clauses it keeps.
    pub clauses: Vec<String>,
}

impl Terms {
    /// The terms of a duty of the pack.
    pub fn of(duty: &policy::Duty) -> Self {
        Self {
            duty: duty.id.clone(),
            title: duty.title.clone(),
            kind: duty.kind,
            statement: duty.statement.trim().to_owned(),
            role: duty.role.clone(),
            every: duty.every,
            rule: duty.clock.clone(),
            clauses: duty.clauses.clone(),
        }
    }

    /// Whether it comes round of itself. Others wait for their event.
    pub fn comes_round(&self) -> bool {
        self.kind != policy::DutyKind::Event && (self.every.is_some() || !self.rule.is_empty())
    }

    /// The name of its clock in lists and tallies.
    pub fn clock_name(&self) -> String {
        Self::clock_name_of(&self.duty)
    }

    /// The name of the clock of a duty of this id.
    pub fn clock_name_of(duty: &str) -> String {
        format!("duty:{duty}")
    }
}

/// What set a duty going.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Begun {
    /// It comes round: counted from this day, when it was last done or first asked for.
    Interval {
        /// The day.
        started: Date,
        /// Days set by somebody instead, by the name of the clock's trigger: the board's next review.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        set: BTreeMap<String, When>,
    },
    /// An event.
    Event {
        /// The day or moment it happened.
        happened: When,
        /// What happened, in plain words and without names.
        note: String,
        /// Further triggers of the clock, by name, as far as they have happened.
        triggers: BTreeMap<String, When>,
    },
}

impl Begun {
    /// A period that counts from a day.
    pub const fn interval(started: Date) -> Self {
        Self::Interval { started, set: BTreeMap::new() }
    }

    /// Further triggers of the clock, as far as they are known.
    pub const fn triggers(&self) -> &BTreeMap<String, When> {
        match self {
            Self::Interval { set, .. } => set,
            Self::Event { triggers, .. } => triggers,
        }
    }

    /// The day or moment that the clock runs from.
    pub fn when(&self) -> When {
        match self {
            Self::Interval { started, .. } => (*started).into(),
            Self::Event { happened, .. } => *happened,
        }
    }
}

impl Duty {
    /// The day or moment it is due: the policy's own, or the law's.
    pub fn due_on(&self) -> Option<When> {
        self.due.alert()
    }

    /// Where its clock stands.
    pub fn clock(&self) -> ClockState {
        match &self.stage {
            Stage::Open => self.due_on().map_or(ClockState::Paused, |due| ClockState::Running(due.date())),
            Stage::Done { on, late: true, .. } => ClockState::Late(on.date()),
            Stage::Done { on, late: false, .. } => ClockState::Kept(on.date()),
            Stage::Dropped { on, .. } => ClockState::Dropped(*on),
        }
    }
}
