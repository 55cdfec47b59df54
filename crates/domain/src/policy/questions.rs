//! Set-up questions: what the pack does not say and nobody may guess.

use serde::Serialize;

use super::{Policy, Winner, retention};

/// Something the pack does not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The file and key the answer goes to, as `probity pack set` takes it:
    /// `retention.class[wages].keep`. One that ends in `]` is a decision about a whole entry.
    pub key: String,
    /// The question.
    pub ask: String,
    /// What is used, with a warning, until it is answered.
    pub until_then: String,
    /// What cannot be done until it is answered; empty when a default is in use.
    pub blocks: String,
    /// The clause it comes from, if there is one.
    pub clause: String,
}

impl Question {
    fn new(key: &str, ask: &str, until_then: &str, blocks: &str) -> Self {
        Self { key: key.into(), ask: ask.into(), until_then: until_then.into(), blocks: blocks.into(), clause: String::new() }
    }
}

impl Policy {
    /// What has to be asked at set-up, first what blocks something.
    pub fn questions(&self) -> Vec<Question> {
        let mut open = self.missing_basics();
        for duty in self.duties().iter().filter(|duty| duty.default) {
            let every = duty.every.map(crate::calendar::Period::shown).unwrap_or_default();
            open.push(Question {
                key: format!("duties.duty[{}].every", duty.id),
                ask: format!("How often: {}?", duty.title),
                until_then: format!("every {every}"),
                blocks: String::new(),
                clause: duty.clauses.first().cloned().unwrap_or_default(),
            });
        }
        for clause in self.clauses() {
            let Some(conflict) = clause.conflict.as_ref().filter(|conflict| conflict.winner == Winner::Open) else { continue };
            open.push(Question {
                key: format!("clauses.clause[{}]", clause.id),
                ask: format!("{} What shall hold?", conflict.why),
                until_then: conflict.wins.clone(),
                blocks: String::new(),
                clause: clause.id.clone(),
            });
        }
        let year_end = self.organisation().year_end.is_some();
        open.extend(retention::questions(self.retention(), year_end).into_iter().map(|question| Question {
            blocks: if question.blocks { format!("disposal of the class {}", question.class) } else { String::new() },
            key: if question.key.contains('.') { question.key } else { format!("retention.class[{}].{}", question.class, question.key) },
            ask: question.ask,
            until_then: question.until_then,
            clause: question.clauses.first().cloned().unwrap_or_default(),
        }));
        open.sort_by_key(|question| question.blocks.is_empty());
        open
    }

    fn missing_basics(&self) -> Vec<Question> {
        let organisation = self.organisation();
        let mut open = Vec::new();
        if organisation.name.is_empty() {
            open.push(Question::new("organisation.name", "What is the organisation called?", "", "letters and notices"));
        }
        if organisation.division.is_none() {
            open.push(Question::new(
                "organisation.division",
                "In which part of the United Kingdom is the office that handles requests?",
                "the bank holidays of England and Wales",
                "",
            ));
        }
        if self.rights().approve.is_empty() {
            open.push(Question::new("rights.approve", "Which role approves replies?", "", "sending a reply"));
        }
        if self.processing().is_empty() {
            open.push(Question::new("processing.activity", "What is personal data used for?", "", "replies and privacy notices"));
        }
        open
    }
}
