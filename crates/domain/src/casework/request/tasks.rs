//! The task list of a request: what is done, what comes next, what waits.

use super::{Evidence, Request, Stage};
use crate::record::{Task, TaskStatus};

impl Request {
    /// The tasks in the order in which they are normally done.
    pub fn tasks(&self) -> Vec<Task> {
        if !self.kind.searches() {
            return self.rights_tasks();
        }
        let mut tasks = vec![task("acknowledge", "Acknowledge the request", self.acknowledge_status(), "")];
        tasks.push(task("identity", "Check identity", Self::evidence_status(self.identity.as_ref()), "Only on a written doubt"));
        tasks.extend(self.authority_task());
        tasks.extend(self.capacity_task());
        tasks.push(task("clarify", "Ask what the person wants", self.clarify_status(), "Pauses the clock"));
        if !self.told.is_empty() {
            let status = if self.waiting_told().is_some() { TaskStatus::ToDo } else { TaskStatus::Done };
            tasks.push(task("told", "Read what the person sent through the portal", status, "The day it was sent counts"));
        }
        tasks.push(task("extend", "Extend the time", self.extend_status(), "Only if complex or numerous"));
        let told = if self.answer == super::Answering::default() { TaskStatus::NotNeeded } else { TaskStatus::Done };
        tasks.push(task("answer", "Say how the answer is given", told, "Format, wording, recipients"));
        tasks.push(task("search", "Search", self.reached(&["open"], &["searching"]), ""));
        tasks.push(task(
            "review",
            "Review and redact",
            self.reached(&[], &["review"]).after(self.stage == Stage::Open || self.stage == Stage::Searching),
            "",
        ));
        tasks.push(self.exemptions_task());
        tasks.extend(self.action_tasks());
        tasks.push(self.approve_task("Approve the reply"));
        tasks.push(self.refusal_task().unwrap_or_else(|| task("reply", "Send the reply", self.reply_status(), "")));
        tasks.push(task("close", "Close the request", self.close_status(), ""));
        tasks
    }

    /// The task about exemptions.
    pub(super) fn exemptions_task(&self) -> Task {
        let asked = self.health_question && self.kind.searches();
        let status = match (self.exemptions.is_empty(), asked && !self.health_decided()) {
            (_, true) if self.stage.is_live() => TaskStatus::ToDo,
            (false, _) => TaskStatus::Done,
            _ => TaskStatus::NotNeeded,
        };
        let hint =
            if asked { "First of all: is it health data, and would it cause serious harm?" } else { "Item by item, never everything" };
        task("exemptions", "Decide about exemptions", status, hint)
    }

    /// The task of signing off, with what was undone.
    pub(super) fn approve_task(&self, title: &str) -> Task {
        let undone = self.unsigned_words();
        let hint = if undone.is_empty() { "By a second person" } else { &undone };
        let title = if self.refusing.is_some() { "Approve the refusal" } else { title };
        task("approve", title, self.approve_status(), hint)
    }

    /// Sending the refusal, once somebody decided to refuse.
    pub(super) fn refusal_task(&self) -> Option<Task> {
        self.refusing.as_ref()?;
        let status = if self.stage == Stage::Approved { TaskStatus::ToDo } else { TaskStatus::CannotStart };
        Some(task("send-refusal", "Send the refusal", status, ""))
    }

    pub(super) fn acknowledge_status(&self) -> TaskStatus {
        match self.acknowledged_on {
            Some(_) => TaskStatus::Done,
            None if self.stage.is_live() => TaskStatus::ToDo,
            None => TaskStatus::NotNeeded,
        }
    }

    pub(super) fn evidence_status(evidence: Option<&Evidence>) -> TaskStatus {
        match evidence {
            Some(e) if e.received.is_some() || !e.relied_on => TaskStatus::Done,
            Some(_) => TaskStatus::Waiting,
            None => TaskStatus::NotNeeded,
        }
    }

    fn clarify_status(&self) -> TaskStatus {
        match self.clarifications.last() {
            Some(c) if c.answered.is_some() => TaskStatus::Done,
            Some(_) => TaskStatus::Waiting,
            None => TaskStatus::NotNeeded,
        }
    }

    pub(super) fn extend_status(&self) -> TaskStatus {
        if self.extension.is_some() { TaskStatus::Done } else { TaskStatus::NotNeeded }
    }

    /// To do at one of `ready`, in progress at one of `now`, else done.
    fn reached(&self, ready: &[&str], now: &[&str]) -> TaskStatus {
        let key = self.stage.key();
        if ready.contains(&key) {
            TaskStatus::ToDo
        } else if now.contains(&key) {
            TaskStatus::InProgress
        } else if self.search.is_none() {
            TaskStatus::NotNeeded
        } else {
            TaskStatus::Done
        }
    }

    fn approve_status(&self) -> TaskStatus {
        match self.stage {
            Stage::Prepared => TaskStatus::ToDo,
            // Decided before decisions were signed off.
            Stage::Open if self.decided.is_some() && self.needs_sign_off() => TaskStatus::ToDo,
            Stage::Open | Stage::Searching | Stage::Review => TaskStatus::CannotStart,
            _ if self.approval.is_some() => TaskStatus::Done,
            _ => TaskStatus::NotNeeded,
        }
    }

    fn reply_status(&self) -> TaskStatus {
        match self.stage {
            Stage::Approved => TaskStatus::ToDo,
            Stage::Open | Stage::Searching | Stage::Review | Stage::Prepared => TaskStatus::CannotStart,
            Stage::Refused { .. } | Stage::Withdrawn { .. } => TaskStatus::NotNeeded,
            Stage::Replied { .. } | Stage::Closed { .. } => TaskStatus::Done,
        }
    }

    pub(super) fn close_status(&self) -> TaskStatus {
        match self.stage {
            Stage::Replied { .. } | Stage::Refused { .. } | Stage::Withdrawn { .. } => TaskStatus::ToDo,
            Stage::Closed { .. } => TaskStatus::Done,
            _ => TaskStatus::CannotStart,
        }
    }
}

impl TaskStatus {
    /// Cannot start while `blocked`.
    fn after(self, blocked: bool) -> Self {
        if blocked { Self::CannotStart } else { self }
    }
}

pub(super) fn task(key: &str, title: &str, status: TaskStatus, hint: &str) -> Task {
    Task { key: key.to_owned(), title: title.to_owned(), status, hint: hint.to_owned() }
}
