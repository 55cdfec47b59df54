//! A search by hand: one place, one named person, one day. Paper places and people's own devices cannot be searched by
//! the program; the search has to be reasonable and proportionate (UK GDPR Article 15(1A)), so a place that is not
//! searched needs a reason. Whoever searches learns what to look for, not who asked for it or why.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{RecordId, SubjectId, UserId};
use crate::personal::Personal;
use crate::record::RecordFacts;
use crate::{Refusal, RefusalCode};

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    /// Paper: a cabinet, a notebook, an archive box.
    Paper,
    /// Somebody's own phone, computer or account.
    Device,
    /// A system that the program cannot read.
    System,
}

impl Medium {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Paper, Self::Device, Self::System];

    /// The name on pages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Paper => "Paper",
            Self::Device => "Somebody’s own device",
            Self::System => "A system that Probity cannot read",
        }
    }

    /// The value in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Device => "device",
            Self::System => "system",
        }
    }

    /// Reads a kind from its value.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|medium| medium.key() == key)
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Found {
    /// Something about the person was found.
    Items {
        /// How much.
        number: u32,
    },
    /// Nothing was found.
    Nothing,
    /// It was not searched.
    NotSearched {
        /// Why: what makes it unreasonable or out of proportion. The person is told.
        why: Personal<String>,
    },
}

/// The result of a search by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchResult {
    /// The day.
    pub on: Date,
    /// Who says so.
    pub by: UserId,
    /// What came of it.
    pub found: Found,
}

/// One search by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchTask {
    /// The record; its owner is who searches. The reference is the request's, with a number.
    pub facts: RecordFacts,
    /// The request it belongs to.
    pub request: RecordId,
    /// Whose data is looked for; their key seals everything personal in here.
    pub subject: SubjectId,
    /// The place.
    pub place: String,
    /// What kind of place.
    pub medium: Medium,
    /// What to look for.
    pub terms: Personal<Vec<String>>,
    /// By when.
    pub by: Date,
    /// The result, once there is one.
    pub result: Option<SearchResult>,
}

impl SearchTask {
    /// The state in lists: `open` or `done`.
    pub const fn state(&self) -> &'static str {
        if self.result.is_some() { "done" } else { "open" }
    }

    /// Records what came of it.
    ///
    /// # Errors
    /// `REQ-004` when it is recorded already; `REQ-002` when a place was not searched and no reason is given.
    pub fn finish(self, by: UserId, on: Date, found: Found) -> Result<Self, Refusal> {
        if self.result.is_some() {
            return Err(Refusal::new(RefusalCode::WrongState, "What came of this search is recorded already."));
        }
        if let Found::NotSearched { why } = &found
            && why.get().is_none_or(|why| why.trim().is_empty())
        {
            return Err(Refusal::new(RefusalCode::ReasonNeeded, ""));
        }
        Ok(Self { result: Some(SearchResult { on, by, found }), ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task() -> SearchTask {
        let subject = SubjectId::new("s1");
        SearchTask {
            facts: RecordFacts {
                id: RecordId::new("t1"),
                reference: "SAR-2026-0001/1".to_owned(),
                owner: Some(UserId::new("u2")),
                assigned: Vec::new(),
                logged_by: UserId::new("u1"),
                hold: false,
            },
            request: RecordId::new("r1"),
            terms: Personal::known(&subject, vec!["Amelia Hart".to_owned()]),
            place: "Filing cabinet, back office".to_owned(),
            medium: Medium::Paper,
            by: jiff::civil::date(2026, 3, 20),
            result: None,
            subject,
        }
    }

    #[test]
    fn a_search_has_one_result_and_none_without_a_reason() {
        let (by, on) = (UserId::new("u2"), jiff::civil::date(2026, 3, 10));
        let why = |text: &str| Found::NotSearched { why: Personal::known(&SubjectId::new("s1"), text.to_owned()) };
        assert_eq!(task().finish(by.clone(), on, why("  ")).unwrap_err().code, RefusalCode::ReasonNeeded);
        let done = task().finish(by.clone(), on, Found::Items { number: 2 }).unwrap();
        assert_eq!((task().state(), done.state()), ("open", "done"));
        assert_eq!(done.finish(by, on, Found::Nothing).unwrap_err().code, RefusalCode::WrongState);
    }

    #[test]
    fn every_kind_of_place_reads_back() {
        for medium in Medium::ALL {
            assert_eq!(Medium::from_key(medium.key()), Some(*medium));
        }
    }
}
