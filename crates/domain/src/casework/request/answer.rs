//! How the answer is to be given: for whom it is written, in which format, in how many
//! parts, and what staff know beyond the search (UK GDPR Articles 12(1) and 15).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Request, Stage};
use crate::calendar::{Deadline, short_date};
use crate::ids::UserId;
use crate::personal::Personal;
use crate::policy::Audience;
use crate::{Refusal, RefusalCode};

/// In which format the person gets the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerFormat {
    /// Ordinary print, as PDF.
    #[default]
    Print,
    /// Large print, at least 18 points, as PDF.
    LargePrint,
    /// Plain text beside the PDF: for a screen reader, a braille display, a mail.
    PlainText,
}

impl AnswerFormat {
    /// Every format.
    pub const ALL: &'static [Self] = &[Self::Print, Self::LargePrint, Self::PlainText];

    /// The value in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Print => "print",
            Self::LargePrint => "large_print",
            Self::PlainText => "plain_text",
        }
    }

    /// The name on pages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Print => "Ordinary print",
            Self::LargePrint => "Large print",
            Self::PlainText => "Plain text, beside the ordinary print",
        }
    }

    /// Reads a format from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.key() == key)
    }
}

/// The answer as it is wanted and what goes into it besides what the search found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answering {
    /// For whom it is written.
    pub audience: Audience,
    /// The format asked for.
    pub format: AnswerFormat,
    /// The ids of the activities of the record of processing that concern this person; all when empty.
    pub activities: Vec<String>,
    /// Those who in fact received data about this person, one an entry (Article 15(1)(c)).
    pub recipients: Option<Personal<Vec<String>>>,
    /// Where the data came from, beyond the record of processing (Article 15(1)(g)).
    pub source: Option<Personal<String>>,
    /// What comes later, while a first part is prepared.
    pub rest: Option<Rest>,
}

/// What a first part leaves for later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rest {
    /// What is still to come, in the words of the letter.
    pub what: Personal<String>,
    /// By when.
    pub by: Date,
}

/// One sending of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// The day it went out.
    pub on: Date,
    /// What was left for later; `None` when the answer was complete.
    pub rest: Option<Rest>,
    /// The numbers of the review items in it, from 0, until the search is begun anew.
    pub items: Vec<u64>,
}

/// A second look after the answer, for example on a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplement {
    /// When it was opened.
    pub on: Date,
    /// Who opened it.
    pub by: UserId,
    /// Why.
    pub reason: Personal<String>,
}

type Next = Result<Request, Refusal>;

impl Request {
    /// Writes down how the answer is to be given. Another answer than the one that was signed off is
    /// signed off again.
    ///
    /// # Errors
    /// `REQ-004` once the request has ended.
    pub fn set_answer(self, answer: Answering, by: &UserId) -> Next {
        let mut next = self.live()?;
        let answer = Answering { rest: next.answer.rest.clone(), ..answer };
        if answer != next.answer {
            next.undo_sign_off(by);
        }
        next.answer = answer;
        Ok(next)
    }

    /// Finishes the review of a first part: what is undecided is left for later and named
    /// with its day. `due` is the deadline as it stands.
    ///
    /// # Errors
    /// `REQ-002` without words for the rest, `REQ-016` when the rest would come after the
    /// answer is due.
    pub fn prepare_part(self, by: UserId, what: &str, rest_by: Date, due: &Deadline) -> Next {
        if what.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::ReasonNeeded, "Say what is still to come."));
        }
        if let Some(last) = due.due.map(crate::calendar::When::date)
            && rest_by > last
        {
            return Err(Refusal::new(RefusalCode::RestTooLate, format!("The whole answer is due by {}.", short_date(last))));
        }
        let mut next = self.prepare(by, 0)?;
        let what = Personal::known(&next.subject, what.trim().to_owned());
        next.answer.rest = Some(Rest { what, by: rest_by });
        Ok(next)
    }

    /// The answer went out with these review items: complete, or a first part after which
    /// the review goes on.
    pub(super) fn sent(mut self, items: Vec<u64>, on: Date) -> Self {
        let rest = self.answer.rest.take();
        let complete = rest.is_none();
        self.sendings.push(Sending { on, rest, items });
        if complete {
            self.stage = Stage::Replied { on };
        } else {
            (self.prepared_by, self.approval, self.letter) = (None, None, None);
            self.hands.clear();
            self.stage = Stage::Review;
        }
        self
    }

    /// Opens an answered request again for a second pack. What was sent stays as it was sent.
    ///
    /// # Errors
    /// `REQ-002` without a reason, `REQ-004` when no answer has gone out.
    pub fn supplement(self, by: UserId, reason: &str, on: Date) -> Next {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal::new(RefusalCode::ReasonNeeded, ""));
        }
        if !self.kind.searches() {
            return Err(Refusal::new(RefusalCode::NotThisRight, ""));
        }
        let answered =
            matches!(&self.stage, Stage::Replied { .. }) || matches!(&self.stage, Stage::Closed { outcome, .. } if outcome == "replied");
        if !answered {
            return Err(Refusal::new(RefusalCode::WrongState, "No answer has gone out."));
        }
        let closed = matches!(&self.stage, Stage::Closed { .. });
        let mut next = self;
        next.supplements.push(Supplement { on, by, reason: Personal::known(&next.subject, reason.to_owned()) });
        (next.prepared_by, next.approval, next.letter) = (None, None, None);
        next.hands.clear();
        // The second pack is whole: what went out before goes out again.
        next.sendings.iter_mut().for_each(|sending| sending.items.clear());
        // The review's copies are destroyed when a request is closed: then it is searched anew.
        next.stage = if closed { Stage::Open } else { Stage::Review };
        Ok(next)
    }

    /// The day the whole answer first went out.
    pub fn answered_on(&self) -> Option<Date> {
        self.sendings.iter().find(|sending| sending.rest.is_none()).map(|sending| sending.on)
    }

    /// The numbers of the review items that have gone out already.
    pub fn items_sent(&self) -> impl Iterator<Item = u64> {
        self.sendings.iter().flat_map(|sending| sending.items.iter().copied())
    }
}
