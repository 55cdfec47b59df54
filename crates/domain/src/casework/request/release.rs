//! Whether anything may go out about the person: identity, authority, a child's understanding,
//! health data (UK GDPR Article 12(6); clauses TURN-86 and TURN-87).

use jiff::civil::Date;

use super::transitions::refuse;
use super::{AuthorityKind, Behalf, Evidence, Request};
use crate::calendar::{Division, short_date};
use crate::record::{Task, TaskStatus};
use crate::rights::RequestKind;
use crate::{Refusal, RefusalCode};

use super::tasks::task;

impl Request {
    /// Whether anything may be released on a day.
    ///
    /// # Errors
    /// `REQ-005` while identity or authority is outstanding; `AUT-001` and `AUT-002` when the
    /// authority was found to be none, or has ended; `REQ-015` before a child's understanding is
    /// judged and a child who understands has agreed; `EXM-003` before the question of serious harm.
    pub fn may_release(&self, on: Date) -> Result<(), Refusal> {
        let outstanding = |evidence: &Option<Evidence>| evidence.as_ref().is_some_and(|e| e.relied_on && e.received.is_none());
        self.authority_holds(on)?;
        if outstanding(&self.identity) || outstanding(&self.authority) {
            return refuse(RefusalCode::IdentityOutstanding, "");
        }
        if self.health_question && self.kind == RequestKind::Access && !self.health_decided() {
            return refuse(
                RefusalCode::OpinionNeeded,
                "Nobody has recorded whether there is health data in it and whether disclosing it would cause serious harm.",
            );
        }
        match &self.behalf {
            Behalf::Themselves => Ok(()),
            Behalf::Agent { .. } if self.authority_check.is_some() => Ok(()),
            Behalf::Agent { .. } if self.authority.as_ref().is_some_and(|a| a.received.is_some()) => Ok(()),
            Behalf::Agent { .. } => refuse(RefusalCode::IdentityOutstanding, "The agent's authority has not been recorded."),
            Behalf::Child { capacity: Some(c), .. } if !c.understands || c.consent_on.is_some() => Ok(()),
            Behalf::Child { .. } => refuse(RefusalCode::CapacityNeeded, ""),
        }
    }

    /// Authority that was refused, or has ended, stops everything by itself.
    fn authority_holds(&self, on: Date) -> Result<(), Refusal> {
        if matches!(self.behalf, Behalf::Themselves) {
            return Ok(());
        }
        if let Some(fault) = &self.authority_fault {
            let code = if fault.kind == AuthorityKind::Executor { RefusalCode::PersonDied } else { RefusalCode::AuthorityNotValid };
            return Err(Refusal::new(code, format!("{} It was refused on {}.", fault.why, short_date(fault.on)).trim().to_owned()));
        }
        if let Some(ended) = self.authority_check.as_ref().and_then(|check| check.until).filter(|until| *until < on) {
            return refuse(RefusalCode::AuthorityNotValid, format!("It ended on {}.", short_date(ended)));
        }
        let parental = match &self.authority_check {
            Some(check) => check.kind == AuthorityKind::Parental,
            None => matches!(self.behalf, Behalf::Child { .. }),
        };
        let grown = if self.division == Division::Scotland { 16 } else { 18 };
        if parental && self.person.get().and_then(|person| person.age_on(on)).is_some_and(|age| age >= grown) {
            return refuse(
                RefusalCode::AuthorityNotValid,
                format!("The person is {grown} or more by now, so parental responsibility has ended."),
            );
        }
        Ok(())
    }

    /// The task about authority, for who asks for somebody else.
    pub(super) fn authority_task(&self) -> Option<Task> {
        if matches!(self.behalf, Behalf::Themselves) {
            return None;
        }
        let (status, hint) = match &self.authority {
            _ if self.authority_fault.is_some() => (TaskStatus::ToDo, "What was checked is no authority: nothing can go out"),
            _ if self.authority_check.is_some() => (TaskStatus::Done, ""),
            None if self.stage.is_live() => (TaskStatus::ToDo, ""),
            other => (Self::evidence_status(other.as_ref()), ""),
        };
        Some(task("authority", "Check authority to act", status, hint))
    }

    /// The task about a child's understanding: done when nothing of it is missing.
    pub(super) fn capacity_task(&self) -> Option<Task> {
        let Behalf::Child { capacity, .. } = &self.behalf else { return None };
        let (status, hint) = match capacity {
            None => (TaskStatus::ToDo, "At any age, case by case"),
            Some(judged) if judged.understands && judged.consent_on.is_none() => (TaskStatus::Waiting, "The child has not agreed yet"),
            Some(judged) if judged.view.is_none() => {
                (TaskStatus::InProgress, "Write down what the child says about it, or why nobody asked")
            }
            Some(_) => (TaskStatus::Done, "At any age, case by case"),
        };
        Some(task("capacity", "Judge whether the child understands", status, hint))
    }
}
