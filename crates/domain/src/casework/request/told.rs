//! What the person says through the portal: kept on the case, and taken up by a person who
//! confirms it. The day it was sent counts, not the day it was confirmed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{IdentityForm, Request};
use crate::ids::UserId;
use crate::personal::Personal;
use crate::policy::Identity;
use crate::{Refusal, RefusalCode};

/// How much of it may wait at once.
const MOST_WAITING: usize = 10;

/// What a visitor said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// About what.
    pub what: ToldAbout,
    /// The words.
    pub text: Personal<String>,
    /// The day they were sent.
    pub on: Date,
    /// What became of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Settled>,
}

/// About what a visitor said something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToldAbout {
    /// The question that was asked.
    Question,
    /// Who they are.
    Identity,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// Who read it.
    pub by: UserId,
    /// When.
    pub on: Date,
    /// It was taken up; otherwise it was set aside.
    pub taken: bool,
}

impl Request {
    /// Keeps what the person said through the portal.
    ///
    /// # Errors
    /// `REQ-002` for nothing, `REQ-007` when no question is open, `REQ-004` when proof of
    /// identity is not outstanding or too much waits already.
    pub fn tell(self, what: ToldAbout, text: &str, on: Date) -> Result<Self, Refusal> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Refusal::new(RefusalCode::ReasonNeeded, ""));
        }
        let mut next = self;
        let waits = next.told.iter().filter(|told| told.settled.is_none()).count();
        if !next.stage.is_live() || waits >= MOST_WAITING {
            return Err(Refusal::new(RefusalCode::WrongState, ""));
        }
        match what {
            ToldAbout::Question if next.open_clarification().is_none() => return Err(Refusal::new(RefusalCode::NoClarificationOpen, "")),
            ToldAbout::Identity if !next.identity_is_outstanding() => return Err(Refusal::new(RefusalCode::WrongState, "")),
            ToldAbout::Question | ToldAbout::Identity => {}
        }
        let text = Personal::known(&next.subject, text.to_owned());
        next.told.push(Told { what, text, on, settled: None });
        Ok(next)
    }

    /// Proof of identity was asked for and has not come.
    pub fn identity_is_outstanding(&self) -> bool {
        self.identity.as_ref().is_some_and(|identity| identity.relied_on && identity.received.is_none())
    }

    /// The first thing said that nobody has settled.
    pub fn waiting_told(&self) -> Option<&Told> {
        self.told.iter().find(|told| told.settled.is_none())
    }

    /// Takes up the first thing that waits, as of the day it was sent, or sets it aside. What is said
    /// about identity counts as proof only by a check like any other: `check` says how it was made.
    ///
    /// # Errors
    /// `REQ-004` when nothing waits, `IDN-004` when identity would be taken up without a check, and
    /// what the rule says that it is taken up under.
    pub fn settle_told(self, taken: bool, check: Option<(&IdentityForm, &Identity)>, by: UserId, on: Date) -> Result<Self, Refusal> {
        let mut next = self;
        let waiting = next.told.iter_mut().find(|told| told.settled.is_none());
        let Some(told) = waiting else { return Err(Refusal::new(RefusalCode::WrongState, "Nothing waits.")) };
        told.settled = Some(Settled { by: by.clone(), on, taken });
        let (what, text, sent) = (told.what, told.text.shown(), told.on);
        match what {
            _ if !taken => Ok(next),
            ToldAbout::Question => next.clarified(&text, sent, on),
            ToldAbout::Identity => {
                let Some((form, rules)) = check else { return Err(Refusal::new(RefusalCode::MeansNeeded, "")) };
                let form = IdentityForm { on: sent, ..form.clone() };
                next.identity_checked(&form, rules, by, on)
            }
        }
    }
}
