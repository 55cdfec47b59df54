//! Read and sign: one person reads one version of the policy, answers the understanding
//! check, and signs. Wrong answers are told with their clause and may be tried again; every
//! try is kept.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::casework::ClockState;
use crate::ids::{RecordId, UserId};
use crate::policy::CheckQuestion;
use crate::record::RecordFacts;
use crate::{Refusal, RefusalCode};

/// One person and one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Reference, owner, hold. The owner is the reader.
    pub facts: RecordFacts,
    /// Who reads.
    pub reader: UserId,
    /// Which version, by its record; the id of the pack while none was adopted.
    pub policy: String,
    /// The day it was first opened.
    pub opened: Date,
    /// The day by which it should be signed.
    pub due: Date,
    /// Every try at the check, in order.
    pub tries: Vec<Try>,
    /// The day it was signed.
    pub signed: Option<Date>,
}

/// One try at the understanding check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Try {
    /// The day.
    pub on: Date,
    /// The answers given: question and the answer's number, from 1.
    pub answers: Vec<(String, usize)>,
    /// The questions answered wrongly or not at all.
    pub wrong: Vec<String>,
}

/// A wrong answer, with where to read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// The question.
    pub question: String,
    /// Why the answer is another.
    pub because: String,
    /// The clause it is about.
    pub clause: String,
}

impl Reading {
    /// Opens a version for a reader.
    pub fn open(facts: RecordFacts, policy: &str, opened: Date, due: Date) -> Self {
        let reader = facts.logged_by.clone();
        Self { facts, reader, policy: policy.to_owned(), opened, due, tries: Vec::new(), signed: None }
    }

    /// Answers the check. The try is kept, right or wrong; the wrong ones come back.
    ///
    /// # Errors
    /// `READ-002` once signed, `FORM-001` for an answer to a question that is not asked.
    pub fn answer(mut self, check: &[CheckQuestion], answers: &[(String, usize)], on: Date) -> Result<(Self, Vec<Wrong>), Refusal> {
        if self.signed.is_some() {
            return refuse(RefusalCode::ReadingState, "");
        }
        if answers.iter().any(|(id, answer)| !check.iter().any(|q| q.id == *id && (1..=q.answers.len()).contains(answer))) {
            return refuse(RefusalCode::ValueInvalid, "There is no such answer to choose.");
        }
        let given = |question: &CheckQuestion| answers.iter().rev().find(|(id, _)| *id == question.id).map(|(_, answer)| *answer);
        let wrong: Vec<&CheckQuestion> = check.iter().filter(|question| given(question) != Some(question.right)).collect();
        self.tries.push(Try { on, answers: answers.to_vec(), wrong: wrong.iter().map(|question| question.id.clone()).collect() });
        let told = wrong
            .into_iter()
            .map(|question| Wrong { question: question.id.clone(), because: question.because.clone(), clause: question.clause.clone() })
            .collect();
        Ok((self, told))
    }

    /// Whether the check was passed: the last try had nothing wrong. A policy without questions asks none.
    pub fn passed(&self, check: &[CheckQuestion]) -> bool {
        check.is_empty() || self.tries.last().is_some_and(|last| last.wrong.is_empty())
    }

    /// Signs that the version was read and understood.
    ///
    /// # Errors
    /// `READ-002` when it was signed before, `READ-001` before the check is passed.
    pub fn sign(mut self, check: &[CheckQuestion], on: Date) -> Result<Self, Refusal> {
        if self.signed.is_some() {
            return refuse(RefusalCode::ReadingState, "");
        }
        if !self.passed(check) {
            let wrong = self.tries.last().map(|last| last.wrong.len());
            return refuse(RefusalCode::ReadingNotPassed, wrong.map(|n| format!("{n} answers were wrong.")).unwrap_or_default());
        }
        self.signed = Some(on);
        Ok(self)
    }

    /// The key of its stage in lists.
    pub const fn stage(&self) -> &'static str {
        if self.signed.is_some() {
            "signed"
        } else if self.tries.is_empty() {
            "opened"
        } else {
            "tried"
        }
    }

    /// Where its clock stands.
    pub fn clock(&self) -> ClockState {
        self.signed.map_or(ClockState::Running(self.due), |on| ClockState::answered(on.into(), Some(self.due.into())))
    }

    /// The name of its clock in tallies: one for each version.
    pub fn clock_name(policy: &str) -> String {
        format!("reading:{policy}")
    }

    /// The record of a reader and a version: there is only one.
    pub fn id_of(policy: &str, reader: &UserId) -> RecordId {
        RecordId::new(format!("reading.{policy}.{reader}"))
    }
}

/// Who has not signed yet, in the order given.
pub fn outstanding<'a>(readers: &'a [UserId], readings: &[Reading]) -> Vec<&'a UserId> {
    readers.iter().filter(|reader| !readings.iter().any(|reading| reading.reader == **reader && reading.signed.is_some())).collect()
}

fn refuse<T>(code: RefusalCode, detail: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::new(code, detail))
}

#[cfg(test)]
mod tests;
