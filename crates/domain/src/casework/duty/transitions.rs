//! What can happen to a duty. Each transition consumes it and returns the next one, or
//! refuses with the rule.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Begun, Duty, Signatory, Signed, Stage, Terms};
use crate::calendar::{Deadline, When};
use crate::casework::clock_state::is_later;
use crate::ids::UserId;
use crate::record::RecordFacts;
use crate::{Refusal, RefusalCode};

type Next = Result<Duty, Refusal>;

/// The longest note or evidence, in characters.
const LONGEST: usize = 2_000;

/// Somebody who holds the role of the duty now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Their id in the policy's directory.
    pub id: String,
    /// Their name.
    pub name: String,
}

/// A signature as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signing<'a> {
    /// The words that were signed.
    pub statement: &'a str,
    /// The name under them.
    pub name: &'a str,
    /// The role in which they were signed.
    pub role: &'a str,
}

/// A duty being done.
#[derive(Debug, Clone, Copy)]
pub struct Completion<'a> {
    /// Who records it.
    pub by: &'a UserId,
    /// The name of whoever records it.
    pub by_name: &'a str,
    /// Who holds the role of the duty now.
    pub holders: &'a [Holder],
    /// The day or moment it was done.
    pub on: When,
    /// Now.
    pub now: When,
    /// Where it can be seen that it was done, without names.
    pub evidence: &'a str,
    /// The signature, for a statement.
    pub signing: Option<Signing<'a>>,
}

impl Duty {
    /// Opens a duty that has begun.
    pub fn open(facts: RecordFacts, terms: Terms, begun: Begun, due: Deadline) -> Self {
        Self { facts, terms, begun, due, stage: Stage::Open }
    }

    /// Does it.
    ///
    /// # Errors
    /// `DUTY-005` when it is not open; `DUTY-001` when it would have been done in the future,
    /// or before the event it follows (`FORM-001`); `DUTY-002` without evidence where it is
    /// needed; `DUTY-003` and `DUTY-004` for a signature that is not the statement, or not by
    /// a holder of the role; `DATE-003` when hours count and only a day is given.
    pub fn done(self, act: &Completion<'_>) -> Next {
        let mut next = self.still_open()?;
        if is_later(act.on, act.now) {
            return refuse(RefusalCode::DutyFuture, "");
        }
        if next.follows_later() && is_later(next.begun.when(), act.on) {
            return refuse(RefusalCode::ValueInvalid, "It cannot have been done before the event it follows.");
        }
        let evidence = plain(act.evidence)?;
        let signed = if next.terms.kind.needs_evidence() { None } else { Some(next.signature(act)?) };
        let on_paper = signed.as_ref().is_some_and(|signed| matches!(signed.by, Signatory::Paper(_)));
        if evidence.is_empty() && (on_paper || signed.is_none()) {
            return refuse(RefusalCode::DutyEvidence, if on_paper { "Say where the signed paper is." } else { "" });
        }
        let due = next.due_on();
        if let Some(due) = due
            && due.instant().is_some()
            && act.on.instant().is_none()
            && act.on.date() == due.date()
        {
            return refuse(RefusalCode::InstantNeeded, "Give the time of day: the hours run out on that day.");
        }
        let late = due.is_some_and(|due| is_later(act.on, due));
        next.stage = Stage::Done { on: act.on, by: act.by.clone(), recorded: act.now.date(), evidence, signed, late };
        Ok(next)
    }

    /// The signature, if it is the statement of the policy by a holder of the role.
    fn signature(&self, act: &Completion<'_>) -> Result<Signed, Refusal> {
        let Some(signing) = act.signing else { return refuse(RefusalCode::DutyStatement, "Nothing was signed.") };
        if signing.statement.trim() != self.terms.statement {
            return refuse(RefusalCode::DutyStatement, "");
        }
        if signing.role != self.terms.role {
            return refuse(RefusalCode::DutySignatory, format!("The policy names the role `{}`.", self.terms.role));
        }
        let Some(holder) = act.holders.iter().find(|holder| same_person(&holder.name, signing.name)) else {
            return refuse(RefusalCode::DutySignatory, "");
        };
        let in_person = same_person(act.by_name, signing.name);
        let by = if in_person { Signatory::Account(act.by.clone()) } else { Signatory::Paper(holder.id.clone()) };
        Ok(Signed { statement: self.terms.statement.clone(), role: self.terms.role.clone(), by })
    }

    /// Whether it is to be done after the event that began it. What expires is renewed before.
    fn follows_later(&self) -> bool {
        matches!(self.begun, Begun::Event { .. }) && self.due_on().is_none_or(|due| due.date() > self.begun.when().date())
    }

    /// The day from which its next period counts: the day it was done, or the day after for
    /// what is due on the very day it begins. `None` when it is not done, or does not come round.
    pub fn next_from(&self) -> Option<Date> {
        match &self.stage {
            Stage::Done { on, .. } if self.terms.comes_round() => {
                let same_day = self.due_on().is_some_and(|due| due.date() <= self.begun.when().date());
                if same_day { on.date().tomorrow().ok() } else { Some(on.date()) }
            }
            _ => None,
        }
    }

    /// Gives a further trigger of the event's clock; `due` is the deadline with all of them.
    ///
    /// # Errors
    /// `DUTY-005` when it is not open or follows no event, `DUTY-001` for the future.
    pub fn trigger(self, name: &str, when: When, now: When, due: Deadline) -> Next {
        let mut next = self.still_open()?;
        if is_later(when, now) {
            return refuse(RefusalCode::DutyFuture, "");
        }
        let Begun::Event { triggers, .. } = &mut next.begun else { return refuse(RefusalCode::DutyState, "It follows no event.") };
        triggers.insert(name.to_owned(), when);
        next.due = due;
        Ok(next)
    }

    /// What began it, with one more trigger: what the deadline is computed from.
    pub fn begun_with(&self, name: &str, when: When) -> Begun {
        let mut begun = self.begun.clone();
        if let Begun::Event { triggers, .. } = &mut begun {
            triggers.insert(name.to_owned(), when);
        }
        begun
    }

    /// Takes over what an adopted policy now asks for. Events keep the terms they began with.
    ///
    /// # Errors
    /// `DUTY-005` when it is not open.
    pub fn revise(self, terms: Terms, begun: Begun, due: Deadline) -> Next {
        let mut next = self.still_open()?;
        next.terms = terms;
        next.begun = begun;
        next.due = due;
        Ok(next)
    }

    /// Ends it undone: the policy no longer asks for it, or it was begun in error.
    ///
    /// # Errors
    /// `DUTY-005` when it is not open, `REQ-002` without a reason.
    pub fn drop_it(self, reason: &str, on: Date) -> Next {
        let mut next = self.still_open()?;
        let reason = plain(reason)?;
        if reason.is_empty() {
            return refuse(RefusalCode::ReasonNeeded, "");
        }
        next.stage = Stage::Dropped { on, reason };
        Ok(next)
    }

    fn still_open(self) -> Next {
        if self.stage == Stage::Open { Ok(self) } else { refuse(RefusalCode::DutyState, "") }
    }
}

impl Begun {
    /// An event as somebody logs it. What expires (`ahead`) may lie in the future.
    ///
    /// # Errors
    /// `DUTY-001` for an event in the future, `REQ-002` without a note.
    pub fn event(happened: When, note: &str, now: When, ahead: bool) -> Result<Self, Refusal> {
        if !ahead && is_later(happened, now) {
            return refuse(RefusalCode::DutyFuture, "");
        }
        let note = plain(note)?;
        if note.is_empty() { refuse(RefusalCode::ReasonNeeded, "") } else { Ok(Self::Event { happened, note, triggers: BTreeMap::new() }) }
    }
}

fn refuse<T>(code: RefusalCode, detail: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::new(code, detail))
}

fn plain(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return refuse(RefusalCode::ValueInvalid, format!("At most {LONGEST} characters can be kept."));
    }
    Ok(text.to_owned())
}

/// Whether two writings name the same person: white space and case do not matter.
fn same_person(one: &str, other: &str) -> bool {
    let words = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    let one = words(one);
    !one.is_empty() && one == words(other)
}
