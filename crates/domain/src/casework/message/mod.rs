//! A message in the inbox: sealed to a subject of its own until it is tied to a case.

mod sort;

pub use sort::{Signals, Sort, Sorted, sort};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{RecordId, SubjectId};
use crate::personal::Personal;
use crate::record::RecordFacts;
use crate::{Refusal, RefusalCode};

/// One message that arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Reference, owner, hold.
    pub facts: RecordFacts,
    /// Whose key seals it.
    pub subject: SubjectId,
    /// The day it reached the organisation, as its headers or the mailbox say.
    pub received_on: Date,
    /// Who sent it and what it says.
    pub letter: Personal<Letter>,
    /// What it looks like.
    pub sort: Sort,
    /// Why, in words without personal data.
    pub reasons: Vec<String>,
    /// By when an answer would be due if it is a request (Article 12(3)).
    pub would_be_due: Option<Date>,
    /// The case that it names or answers.
    pub about: Option<RecordId>,
    /// Earlier messages and cases of the same sender.
    pub earlier: Vec<RecordId>,
    /// The mail of ours that came back.
    pub returned: Option<String>,
    /// Its size in bytes, as far as it was taken, and whether that was all of it.
    pub size: u64,
    /// Where it stands.
    pub stage: Stage,
}

/// The personal part of a message.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Letter {
    /// The sender's name as the message gives it.
    pub from_name: String,
    /// The sender's address as the message gives it.
    pub from: String,
    /// The addresses it was sent to.
    pub to: Vec<String>,
    /// Its subject line.
    pub title: String,
    /// The sender's own words, without quoted text.
    pub words: String,
    /// Its Message-ID.
    pub message_id: String,
    /// Names of what was attached.
    pub attachments: Vec<String>,
}

/// Where a message stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Stage {
    /// Nobody has looked at it yet.
    New,
    /// One of a flood: kept and counted with its first message.
    Flood {
        /// The first message of the flood.
        first: RecordId,
    },
    /// It became a case.
    Request {
        /// The case.
        case: RecordId,
        /// When.
        on: Date,
    },
    /// It was filed to a case.
    Filed {
        /// The case.
        case: RecordId,
        /// When.
        on: Date,
    },
    /// Somebody decided that it is nothing for us.
    Nothing {
        /// Why.
        reason: String,
        /// When.
        on: Date,
    },
}

impl Message {
    /// The state in lists: what is to be done with it.
    pub fn state(&self) -> &'static str {
        match (&self.stage, self.sort) {
            (Stage::Flood { .. }, _) => "flood",
            (Stage::New, Sort::OwnRequest | Sort::MaybeRequest) => "decide",
            (Stage::New, Sort::Reply | Sort::Claim) => "confirm",
            (Stage::New, Sort::Other) => "other",
            (Stage::New, Sort::Bounce | Sort::Machine) => "machine",
            (Stage::Request { .. } | Stage::Filed { .. } | Stage::Nothing { .. }, _) => "done",
        }
    }

    /// The case that it was tied to.
    pub fn case(&self) -> Option<&RecordId> {
        match &self.stage {
            Stage::Request { case, .. } | Stage::Filed { case, .. } => Some(case),
            Stage::New | Stage::Flood { .. } | Stage::Nothing { .. } => None,
        }
    }

    fn open(&self) -> Result<(), Refusal> {
        match self.stage {
            Stage::New | Stage::Flood { .. } | Stage::Nothing { .. } => Ok(()),
            Stage::Request { .. } | Stage::Filed { .. } => Err(Refusal::new(RefusalCode::MessageDone, "")),
        }
    }

    /// It became a case.
    ///
    /// # Errors
    /// `MAIL-003` when it is tied to a case already.
    pub fn made_request(mut self, case: &RecordId, on: Date) -> Result<Self, Refusal> {
        self.open()?;
        self.stage = Stage::Request { case: case.clone(), on };
        Ok(self)
    }

    /// It belongs to a case.
    ///
    /// # Errors
    /// `MAIL-003` when it is tied to a case already.
    pub fn filed(mut self, case: &RecordId, on: Date) -> Result<Self, Refusal> {
        self.open()?;
        self.stage = Stage::Filed { case: case.clone(), on };
        Ok(self)
    }

    /// It is nothing for us. It can still be taken up later.
    ///
    /// # Errors
    /// `MAIL-003` when it is tied to a case already, `REQ-002` without a reason.
    pub fn nothing(mut self, reason: &str, on: Date) -> Result<Self, Refusal> {
        self.open()?;
        if reason.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::ReasonNeeded, ""));
        }
        self.stage = Stage::Nothing { reason: reason.trim().to_owned(), on };
        Ok(self)
    }

    /// The same message sealed to another subject: that of the case it belongs to.
    pub fn sealed_to(mut self, subject: &SubjectId) -> Self {
        if let Some(letter) = self.letter.get().cloned() {
            self.letter = Personal::known(subject, letter);
            self.subject = subject.clone();
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::ids::UserId;

    fn message(sort: Sort) -> Message {
        let subject = SubjectId::new("s1");
        Message {
            facts: RecordFacts {
                id: RecordId::new("m1"),
                reference: "IN-2026-0001".into(),
                owner: None,
                assigned: Vec::new(),
                logged_by: UserId::new("worker"),
                hold: false,
            },
            letter: Personal::known(&subject, Letter { from: "amelia@hart.example".into(), ..Letter::default() }),
            subject,
            received_on: date(2026, 11, 28),
            sort,
            reasons: Vec::new(),
            would_be_due: None,
            about: None,
            earlier: Vec::new(),
            returned: None,
            size: 100,
            stage: Stage::New,
        }
    }

    const ON: Date = date(2026, 11, 30);

    #[test]
    fn a_message_is_tied_to_one_case_and_never_to_a_second() {
        let case = RecordId::new("r1");
        for tied in [message(Sort::MaybeRequest).made_request(&case, ON), message(Sort::Reply).filed(&case, ON)] {
            let tied = tied.unwrap();
            assert_eq!((tied.state(), tied.case()), ("done", Some(&case)));
            let again = [tied.clone().made_request(&case, ON), tied.clone().filed(&case, ON), tied.nothing("x", ON)];
            assert!(again.iter().all(|result| result.as_ref().unwrap_err().code.id() == "MAIL-003"));
        }
    }

    #[test]
    fn what_was_nothing_can_be_taken_up_again_and_needs_a_reason() {
        assert_eq!(message(Sort::Other).nothing("  ", ON).unwrap_err().code.id(), "REQ-002");
        let nothing = message(Sort::Other).nothing("An invoice.", ON).unwrap();
        assert_eq!(nothing.state(), "done");
        assert!(nothing.made_request(&RecordId::new("r1"), ON).is_ok());
    }

    #[test]
    fn a_message_moves_to_the_key_of_its_case() {
        let moved = message(Sort::Reply).sealed_to(&SubjectId::new("s2"));
        assert_eq!(moved.subject, SubjectId::new("s2"));
        assert_eq!(moved.letter.get().unwrap().from, "amelia@hart.example");
        assert!(serde_json::to_string(&moved.letter).unwrap().contains("s2"));
    }

    #[test]
    fn states_say_what_is_to_be_done() {
        for (sort, state) in [(Sort::MaybeRequest, "decide"), (Sort::Claim, "confirm"), (Sort::Other, "other"), (Sort::Bounce, "machine")] {
            assert_eq!(message(sort).state(), state);
        }
        let flood = Message { stage: Stage::Flood { first: RecordId::new("m0") }, ..message(Sort::Other) };
        assert_eq!(flood.state(), "flood");
    }
}
