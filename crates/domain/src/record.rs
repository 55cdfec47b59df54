//! What every record has: a reference, an owner, a hold, a version, tasks.

use serde::{Deserialize, Serialize};

use crate::ids::{RecordId, UserId};
use crate::people::{Actor, Relation};

/// What lists and permissions need to know of any record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordFacts {
    /// The record.
    pub id: RecordId,
    /// Human reference, e.g. `SAR-2026-0001`. Carries no personal data.
    pub reference: String,
    /// In charge, once assigned.
    pub owner: Option<UserId>,
    /// Others who work on it.
    pub assigned: Vec<UserId>,
    /// Who recorded it.
    pub logged_by: UserId,
    /// A legal hold: nothing of it may be destroyed.
    pub hold: bool,
}

impl RecordFacts {
    /// How `actor` stands to this record.
    pub fn relation(&self, actor: &Actor) -> Relation {
        let me = &actor.user;
        if self.owner.as_ref() == Some(me) || self.logged_by == *me || self.assigned.contains(me) {
            Relation::Involved
        } else {
            Relation::NotInvolved
        }
    }
}

/// One line of a task list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Stable key, e.g. `acknowledge`.
    pub key: String,
    /// What to do, as a link text.
    pub title: String,
    /// Where it stands.
    pub status: TaskStatus,
    /// Optional hint: a date, a clause.
    pub hint: String,
}

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    /// Can be done now.
    ToDo,
    /// Begun.
    InProgress,
    /// Waits for somebody outside.
    Waiting,
    /// Done.
    Done,
    /// Not needed in this case, or only if something turns up.
    NotNeeded,
    /// Waits for another task.
    CannotStart,
}

impl TaskStatus {
    /// The tag on pages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::ToDo => "To do",
            Self::InProgress => "In progress",
            Self::Waiting => "Waiting",
            Self::Done => "Done",
            Self::NotNeeded => "If needed",
            Self::CannotStart => "Cannot start yet",
        }
    }
}
