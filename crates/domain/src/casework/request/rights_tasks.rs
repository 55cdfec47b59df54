//! The task list of a right other than access.

use super::{Request, Stage};
use crate::calendar::short_date;
use crate::record::{Task, TaskStatus};
use crate::rights::RequestKind;

use super::tasks::task;

impl Request {
    /// The tasks in the order in which they are normally done: no search, no review.
    pub(super) fn rights_tasks(&self) -> Vec<Task> {
        let procedure = self.kind.procedure();
        let mut tasks = vec![task("acknowledge", "Acknowledge the request", self.acknowledge_status(), "")];
        if !self.told.is_empty() {
            let status = if self.waiting_told().is_some() { TaskStatus::ToDo } else { TaskStatus::Done };
            tasks.push(task("told", "Read what the person sent through the portal", status, "The day it was sent counts"));
        }
        if !self.kind.at_once() && self.kind != RequestKind::NotARequest {
            tasks.push(task("identity", "Check identity", Self::evidence_status(self.identity.as_ref()), "Only on a written doubt"));
            tasks.extend(self.authority_task());
            tasks.extend(self.capacity_task());
            tasks.push(task("extend", "Extend the time", self.extend_status(), "Only if complex or numerous"));
        }
        if self.kind == RequestKind::Erasure {
            let status = match (&self.decided, self.classes.is_empty()) {
                (Some(_), _) | (None, false) => TaskStatus::Done,
                (None, true) if self.stage.is_live() => TaskStatus::ToDo,
                (None, true) => TaskStatus::NotNeeded,
            };
            tasks.push(task("classes", "Say which records there are", status, ""));
        }
        tasks.push(task("decide", procedure.decide, self.decide_status(), ""));
        tasks.extend(self.action_tasks());
        if !procedure.grounds.is_empty() {
            tasks.push(self.exemptions_task());
        }
        if self.needs_sign_off() {
            tasks.push(self.approve_task("Approve the answer"));
        }
        tasks.push(self.refusal_task().unwrap_or_else(|| task("send-answer", "Send the answer", self.answer_status(), "")));
        let close = if self.open_actions().next().is_some() { TaskStatus::CannotStart } else { self.close_status() };
        tasks.push(task("close", "Close the request", close, ""));
        tasks
    }

    /// A task for each action: `action-1`, `action-2`, ...
    pub(super) fn action_tasks(&self) -> impl Iterator<Item = Task> {
        self.actions.iter().map(|action| {
            let status = if action.done.is_some() { TaskStatus::Done } else { TaskStatus::ToDo };
            let due = action.due.map(|due| format!("by {}", short_date(due))).unwrap_or_default();
            let who = action.who.shown();
            let hint = [due, who].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            task(&format!("action-{}", action.number), &action.what.shown(), status, &hint)
        })
    }

    fn decide_status(&self) -> TaskStatus {
        match (&self.decided, self.stage.is_live()) {
            (Some(_), _) => TaskStatus::Done,
            (None, true) if self.kind == RequestKind::Erasure && self.classes.is_empty() => TaskStatus::CannotStart,
            (None, true) => TaskStatus::ToDo,
            (None, false) => TaskStatus::NotNeeded,
        }
    }

    fn answer_status(&self) -> TaskStatus {
        match &self.stage {
            Stage::Replied { .. } => TaskStatus::Done,
            Stage::Closed { outcome, .. } if outcome == "replied" => TaskStatus::Done,
            Stage::Refused { .. } | Stage::Withdrawn { .. } | Stage::Closed { .. } => TaskStatus::NotNeeded,
            Stage::Approved => TaskStatus::ToDo,
            _ if self.decided.is_some() && !self.needs_sign_off() => TaskStatus::ToDo,
            _ => TaskStatus::CannotStart,
        }
    }
}
