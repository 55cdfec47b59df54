//! What has to be done because of a request: erased here, told there, taken down elsewhere.
//! A request cannot be closed while one of them is open.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Request, Stage};
use crate::calendar::When;
use crate::casework::ClockState;
use crate::ids::UserId;
use crate::personal::Personal;
use crate::rights::RequestKind;
use crate::{Refusal, RefusalCode};

/// What kind of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionKind {
    /// Put a value right where it is kept.
    Correct,
    /// Tell somebody who received the data (Article 19).
    Tell,
    /// Erase a class of records.
    Erase,
    /// Take something down or collect it.
    TakeDown,
    /// Stop a use.
    Stop,
    /// Lift a restriction, after telling the person (Article 18(3)).
    Lift,
    /// Anything else.
    Other,
}

impl ActionKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Correct, Self::Tell, Self::Erase, Self::TakeDown, Self::Stop, Self::Lift, Self::Other];

    /// The stable name, in forms and in the names of clocks.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Tell => "tell",
            Self::Erase => "erase",
            Self::TakeDown => "take-down",
            Self::Stop => "stop",
            Self::Lift => "lift",
            Self::Other => "other",
        }
    }

    /// The name on pages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Correct => "Put it right",
            Self::Tell => "Tell somebody who received it",
            Self::Erase => "Erase it",
            Self::TakeDown => "Take it down or collect it",
            Self::Stop => "Stop the use",
            Self::Lift => "Tell the person, then lift the restriction",
            Self::Other => "Something else",
        }
    }

    /// Reads a kind from its name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }
}

/// One thing that has to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Its number within the request, from 1.
    pub number: u32,
    /// What kind of thing it is.
    pub kind: ActionKind,
    /// What exactly, in the words of staff.
    pub what: Personal<String>,
    /// Who does it.
    pub who: Personal<String>,
    /// The latest day. It never moves to a working day. `None`: without delay, no day set.
    pub due: Option<Date>,
    /// The day it was opened.
    pub opened: Date,
    /// When and how it was done.
    pub done: Option<ActionDone>,
    /// It follows from the decision, and falls with it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decided: bool,
}

/// That an action was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionDone {
    /// The day, or the moment.
    pub on: When,
    /// Who recorded it.
    pub by: UserId,
    /// Where it can be seen, or why it was not needed.
    pub proof: Personal<String>,
}

/// An action to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAction {
    /// What kind of thing it is.
    pub kind: ActionKind,
    /// What exactly.
    pub what: String,
    /// Who does it; may be empty.
    pub who: String,
    /// The latest day, which never moves.
    pub due: Option<Date>,
}

type Next = Result<Request, Refusal>;

impl Request {
    /// Opens an action. Possible until the request is closed.
    pub fn open_action(self, action: &NewAction, on: Date) -> Next {
        if matches!(self.stage, Stage::Closed { .. }) {
            return Err(Refusal::new(RefusalCode::WrongState, "It is closed."));
        }
        if action.what.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::ReasonNeeded, "Say what has to be done."));
        }
        let mut next = self;
        next.push_action(action, on);
        Ok(next)
    }

    /// Adds an action that a decision asks for.
    pub(super) fn push_decided(&mut self, action: &NewAction, on: Date) {
        self.push_action(action, on);
        if let Some(action) = self.actions.last_mut() {
            action.decided = true;
        }
    }

    /// Adds an action that a rule asks for.
    pub(super) fn push_action(&mut self, action: &NewAction, on: Date) {
        let number = self.actions.iter().map(|action| action.number).max().unwrap_or(0) + 1;
        let own = |text: &str| Personal::known(&self.subject, text.trim().to_owned());
        let action = Action {
            number,
            kind: action.kind,
            what: own(&action.what),
            who: own(&action.who),
            due: action.due,
            opened: on,
            done: None,
            decided: false,
        };
        self.actions.push(action);
    }

    /// Records that an action was done, with its proof. `access_open`: the same person waits for
    /// the answer to an access request, so nothing may be erased now (DPA 2018 section 173).
    ///
    /// # Errors
    /// `RIGHT-006` for erasing while access is open, `RIGHT-007` under a hold, `REQ-010` for erasing
    /// before the decision is signed off: nothing brings it back. `REQ-002` without proof; `REQ-013` for a day after today or before the request came.
    pub fn action_done(self, number: u32, done: (When, &str), by: &UserId, now: When, access_open: bool) -> Next {
        let (on, proof) = done;
        let proof = proof.trim();
        if proof.is_empty() {
            return Err(Refusal::new(RefusalCode::ReasonNeeded, "Write where it can be seen that it was done, or why it was not needed."));
        }
        let future = match (on.instant(), now.instant()) {
            (Some(on), Some(now)) => on > now,
            _ => on.date() > now.date(),
        };
        if on.date() < self.received_on || future {
            return Err(Refusal::new(
                RefusalCode::DateBeforeReceipt,
                "Give the day it was done, not before the request came and not after today.",
            ));
        }
        let mut next = self;
        let (subject, hold) = (next.subject.clone(), next.facts.hold);
        let unsigned = next.kind == RequestKind::Erasure && next.stage.is_live() && next.approval.is_none();
        let action = next.actions.iter_mut().find(|action| action.number == number && action.done.is_none());
        let action = action.ok_or_else(|| Refusal::new(RefusalCode::WrongState, "This is not open any more."))?;
        if action.kind == ActionKind::Erase && access_open {
            return Err(Refusal::new(RefusalCode::ErasureFrozen, ""));
        }
        if action.kind == ActionKind::Erase && hold {
            return Err(Refusal::new(RefusalCode::ErasureHeld, ""));
        }
        if action.kind == ActionKind::Erase && unsigned {
            return Err(Refusal::new(RefusalCode::NotApproved, "What is erased cannot be brought back."));
        }
        action.done = Some(ActionDone { on, by: by.clone(), proof: Personal::known(&subject, proof.to_owned()) });
        Ok(next)
    }

    /// The actions that are open.
    pub fn open_actions(&self) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(|action| action.done.is_none())
    }

    /// The clocks of the actions: one a kind, by the earliest day that is still open.
    pub fn action_clocks(&self) -> Vec<(String, ClockState)> {
        ActionKind::ALL.iter().filter_map(|kind| Some((format!("action:{}", kind.key()), self.action_clock(*kind)?))).collect()
    }

    fn action_clock(&self, kind: ActionKind) -> Option<ClockState> {
        let of_kind: Vec<&Action> = self.actions.iter().filter(|action| action.kind == kind && action.due.is_some()).collect();
        let open = of_kind.iter().filter(|action| action.done.is_none()).filter_map(|action| action.due).min();
        if let Some(due) = open {
            return Some(ClockState::Running(due));
        }
        let answered = |action: &&Action| action.done.as_ref().map(|done| ClockState::answered(done.on, action.due.map(When::from)));
        let states: Vec<ClockState> = of_kind.iter().filter_map(answered).collect();
        states.iter().find(|state| matches!(state, ClockState::Late(_))).or_else(|| states.last()).copied()
    }
}
