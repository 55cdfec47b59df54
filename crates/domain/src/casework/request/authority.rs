//! Whether somebody may ask for another person: kinds of authority and what each must show
//! (law section 2.2; clauses CARE-29, CARE-48, TURN-86).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Behalf, Evidence, Request};
use crate::calendar::short_date;
use crate::ids::UserId;
use crate::personal::Personal;
use crate::{Refusal, RefusalCode};

/// What somebody relies on who asks for another person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorityKind {
    /// An authority signed by the person: a solicitor, an advice agency, a relative.
    Signed,
    /// Parental responsibility.
    Parental,
    /// A lasting power of attorney for health and welfare (England and Wales).
    LastingWelfare,
    /// A lasting power of attorney for property and affairs (England and Wales).
    LastingProperty,
    /// An enduring power of attorney (England and Wales before October 2007; Northern Ireland).
    Enduring,
    /// A deputy appointed by the Court of Protection (England and Wales).
    Deputy,
    /// A welfare power of attorney (Scotland).
    ScottishWelfare,
    /// A continuing power of attorney (Scotland).
    ScottishContinuing,
    /// A guardian under the Adults with Incapacity (Scotland) Act 2000.
    Guardian,
    /// A controller appointed by the High Court (Northern Ireland).
    Controller,
    /// An executor or administrator of a person who has died.
    Executor,
    /// Being family, and nothing more.
    FamilyOnly,
}

impl AuthorityKind {
    /// Every kind with its key and its name on pages.
    pub const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Signed, "signed", "An authority signed by the person, for example to a solicitor"),
        (Self::Parental, "parental", "Parental responsibility"),
        (Self::LastingWelfare, "lasting_welfare", "Lasting power of attorney: health and welfare (England and Wales)"),
        (Self::LastingProperty, "lasting_property", "Lasting power of attorney: property and affairs (England and Wales)"),
        (Self::Enduring, "enduring", "Enduring power of attorney (England and Wales before October 2007, Northern Ireland)"),
        (Self::Deputy, "deputy", "Deputy appointed by the Court of Protection (England and Wales)"),
        (Self::ScottishWelfare, "scottish_welfare", "Welfare power of attorney (Scotland)"),
        (Self::ScottishContinuing, "scottish_continuing", "Continuing power of attorney (Scotland)"),
        (Self::Guardian, "guardian", "Guardian or intervener appointed by a sheriff (Scotland)"),
        (Self::Controller, "controller", "Controller appointed by the High Court (Northern Ireland)"),
        (Self::Executor, "executor", "Executor or administrator of a person who has died"),
        (Self::FamilyOnly, "family", "They are family, and there is nothing else"),
    ];

    /// Reads a kind from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == key).map(|(kind, ..)| *kind)
    }

    /// As whom they ask, in a letter.
    pub const fn acting_as(self) -> &'static str {
        match self {
            Self::Signed => "with the authority of",
            Self::Parental => "with parental responsibility for",
            Self::LastingWelfare | Self::LastingProperty | Self::Enduring | Self::ScottishWelfare | Self::ScottishContinuing => {
                "as attorney for"
            }
            Self::Deputy => "as deputy for",
            Self::Guardian => "as guardian of",
            Self::Controller => "as controller for",
            Self::Executor => "for the estate of",
            Self::FamilyOnly => "for",
        }
    }

    /// What it covers by its nature; `None` where the document itself says.
    const fn covers(self) -> Option<Matter> {
        match self {
            Self::LastingWelfare | Self::ScottishWelfare => Some(Matter::Care),
            Self::LastingProperty | Self::ScottishContinuing | Self::Enduring => Some(Matter::Money),
            _ => None,
        }
    }

    const fn must_be_registered(self, lacks_capacity: bool) -> bool {
        match self {
            Self::LastingWelfare | Self::LastingProperty | Self::ScottishWelfare | Self::ScottishContinuing => true,
            Self::Enduring => lacks_capacity,
            _ => false,
        }
    }
}

/// What the records that are asked for are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// Care, health, daily life.
    Care,
    /// Money and property.
    Money,
    /// Both.
    Both,
}

impl Matter {
    /// Reads a matter from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "care" => Some(Self::Care),
            "money" => Some(Self::Money),
            "both" => Some(Self::Both),
            _ => None,
        }
    }

    const fn within(self, scope: Self) -> bool {
        matches!((self, scope), (_, Self::Both) | (Self::Care, Self::Care) | (Self::Money, Self::Money))
    }
}

/// What was found when authority was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorityForm {
    /// What they rely on.
    pub kind: AuthorityKind,
    /// What the records that are asked for are about.
    pub about: Matter,
    /// What the document or order covers, where it says so itself.
    pub scope: Matter,
    /// Registered with the public guardian or the court.
    pub registered: bool,
    /// The person cannot decide about this themselves.
    pub lacks_capacity: bool,
    /// A court has limited or ended it, or forbids this.
    pub limited: bool,
    /// The last day it holds, where it has one.
    pub until: Option<Date>,
    /// What was seen.
    pub seen: String,
    /// The day it came.
    pub on: Date,
}

/// Authority that was found to be none. It stops every release until another one is found good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityFault {
    /// What they rely on.
    pub kind: AuthorityKind,
    /// Why it is none, as the check said.
    pub why: String,
    /// What was seen.
    pub seen: Personal<String>,
    /// Who checked.
    pub by: UserId,
    /// When.
    pub on: Date,
}

/// Authority that was found good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityCheck {
    /// What they rely on.
    pub kind: AuthorityKind,
    /// What the records are about.
    pub about: Matter,
    /// The person cannot decide about this themselves.
    pub lacks_capacity: bool,
    /// The last day it holds, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// What was seen; no copy of an identity paper is kept.
    pub seen: Personal<String>,
    /// Who checked.
    pub by: UserId,
    /// The day it came.
    pub on: Date,
}

impl AuthorityForm {
    /// Whether this is authority for this request.
    ///
    /// # Errors
    /// `AUT-001` with the reason; `AUT-002` for a person who has died.
    pub fn test(&self) -> Result<(), Refusal> {
        let no = |why: &str| Err(Refusal::new(RefusalCode::AuthorityNotValid, why));
        match self.kind {
            AuthorityKind::Executor => return Err(Refusal::new(RefusalCode::PersonDied, "")),
            AuthorityKind::FamilyOnly => return no("Being family gives no right to another person’s data."),
            _ => {}
        }
        if self.limited {
            return no("A court has limited it or forbids this.");
        }
        if self.kind.must_be_registered(self.lacks_capacity) && !self.registered {
            return no("The power of attorney is not registered, so it cannot be used.");
        }
        let scope = self.kind.covers().unwrap_or(self.scope);
        if !self.about.within(scope) {
            return no(match scope {
                Matter::Care => "It covers health and welfare, and not money and property.",
                Matter::Money | Matter::Both => "It covers money and property, and not health, care or daily life.",
            });
        }
        match (self.kind, self.lacks_capacity) {
            (AuthorityKind::LastingWelfare | AuthorityKind::ScottishWelfare, false) => {
                no("A power for welfare can be used only when the person cannot decide: ask the person.")
            }
            (AuthorityKind::Signed, true) => {
                no("A person who cannot decide about this cannot have authorised it: ask for a power of attorney or an order of a court.")
            }
            _ => Ok(()),
        }
    }
}

impl Request {
    /// Records authority that was checked and found good. What came after the request moves
    /// the start of the clock to the day it came (law sections 1.2 and 2.2).
    ///
    /// # Errors
    /// `AUT-001`, `AUT-002` when it is none; `REQ-004` when the person asks for themselves;
    /// `REQ-013` and `REQ-019` for a day before the request came or after `today`.
    pub fn authority_checked(self, form: &AuthorityForm, by: UserId, today: Date) -> Result<Self, Refusal> {
        let mut next = self.checking_authority(form, today)?;
        let seen = form.seen.trim();
        form.test()?;
        if let Some(ended) = form.until.filter(|until| *until < today) {
            return Err(Refusal::new(RefusalCode::AuthorityNotValid, format!("It ended on {}.", short_date(ended))));
        }
        let own = |text: &str| Personal::known(&next.subject, text.to_owned());
        let (seen, late) = (own(seen), own("It did not come with the request."));
        match next.authority.as_mut() {
            Some(asked) if asked.received.is_none() => {
                if form.on < asked.asked {
                    return Err(Refusal::new(RefusalCode::DateBeforeReceipt, "It cannot have come before it was asked for."));
                }
                asked.received = Some(form.on);
                asked.seen = Some(seen.clone());
            }
            None if form.on > next.received_on => {
                let (asked, received) = (next.received_on, Some(form.on));
                next.authority = Some(Evidence { doubt: late, asked, received, seen: Some(seen.clone()), relied_on: true, check: None });
            }
            Some(_) | None => {}
        }
        let (kind, about, lacks_capacity, until) = (form.kind, form.about, form.lacks_capacity, form.until);
        next.authority_check = Some(AuthorityCheck { kind, about, lacks_capacity, until, seen, by, on: form.on });
        next.authority_fault = None;
        Ok(next)
    }

    /// Records that what was checked is no authority. What was found good before counts no more:
    /// nothing is released until another one is found good.
    ///
    /// # Errors
    /// `REQ-004` when the person asks for themselves.
    pub fn authority_refused(self, form: &AuthorityForm, why: &Refusal, by: UserId, today: Date) -> Result<Self, Refusal> {
        let mut next = self.checking_authority(form, today)?;
        let seen = Personal::known(&next.subject, form.seen.trim().to_owned());
        next.authority_check = None;
        next.authority_fault = Some(AuthorityFault { kind: form.kind, why: why.detail.clone(), seen, by, on: today });
        Ok(next)
    }

    /// What every check of authority needs, good or bad.
    fn checking_authority(self, form: &AuthorityForm, today: Date) -> Result<Self, Refusal> {
        let next = self.live()?.not_ahead(form.on, today)?;
        if matches!(next.behalf, Behalf::Themselves) {
            return Err(Refusal::new(RefusalCode::WrongState, "The person asks for themselves."));
        }
        if form.seen.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::ReasonNeeded, "Write down what was seen."));
        }
        if form.on < next.received_on {
            return Err(Refusal::new(RefusalCode::DateBeforeReceipt, ""));
        }
        Ok(next)
    }
}
