//! The task list of a complaint.

use super::{ACKNOWLEDGEMENT, Complaint, Stage};
use crate::policy;
use crate::record::{Task, TaskStatus};

impl Complaint {
    /// The tasks in the order in which they are normally done; `stages` are those of the pack.
    pub fn tasks(&self, stages: &[policy::Stage]) -> Vec<Task> {
        let mut tasks = vec![task("acknowledge", "Acknowledge the complaint", self.until(self.acknowledged_on.is_some()), "")];
        for stage in stages.iter().filter(|stage| stage.id != ACKNOWLEDGEMENT) {
            let hint = stage.trigger.as_str();
            tasks.push(task(&format!("step-{}", stage.id), &stage.title, self.step_status(stage), hint));
        }
        let waiting = if self.stage.is_live() { TaskStatus::InProgress } else { TaskStatus::Done };
        tasks.push(task("progress", "Note what was done, and tell the person", waiting, "Without undue delay"));
        tasks.push(task("outcome", "Tell the person the outcome", self.until(self.outcome.is_some()), ""));
        let close = match self.stage {
            Stage::Received | Stage::Acknowledged => TaskStatus::CannotStart,
            Stage::Answered { .. } | Stage::Withdrawn { .. } => TaskStatus::ToDo,
            Stage::Closed { .. } => TaskStatus::Done,
        };
        tasks.push(task("close", "Close the complaint", close, ""));
        tasks
    }

    fn until(&self, done: bool) -> TaskStatus {
        match (done, self.stage.is_live()) {
            (true, _) => TaskStatus::Done,
            (false, true) => TaskStatus::ToDo,
            (false, false) => TaskStatus::NotNeeded,
        }
    }

    fn step_status(&self, stage: &policy::Stage) -> TaskStatus {
        let done = |id: &str| self.step(id).is_some_and(|step| step.done_on.is_some());
        match self.began(stage) {
            _ if done(&stage.id) => TaskStatus::Done,
            _ if !self.stage.is_live() => TaskStatus::NotNeeded,
            Some(_) => TaskStatus::InProgress,
            None if !stage.after.is_empty() && !done(&stage.after) => TaskStatus::CannotStart,
            None => TaskStatus::NotNeeded,
        }
    }
}

fn task(key: &str, title: &str, status: TaskStatus, hint: &str) -> Task {
    Task { key: key.to_owned(), title: title.to_owned(), status, hint: hint.to_owned() }
}
