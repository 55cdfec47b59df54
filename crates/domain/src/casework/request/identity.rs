//! Checks of identity: by the means the policy allows, in proportion to a doubt that is
//! written down, without copies (UK GDPR Article 12(6); clauses TURN-90, TURN-91).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Request;
use crate::calendar::short_date;
use crate::ids::UserId;
use crate::personal::Personal;
use crate::policy::Identity;
use crate::{Refusal, RefusalCode};

/// How identity was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// Documents that were looked at.
    Documents,
    /// A call to a number from our own records.
    CallBack,
    /// A contact we know and have used before.
    KnownContact,
    /// An answer that only the person could give.
    Question,
}

impl Means {
    /// Every means with its key, its name on pages and a hint.
    pub const ALL: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Documents, "documents", "Documents that were looked at", "Write down the kinds. Keep no copy."),
        (Self::CallBack, "call_back", "A telephone call", "To a number from your own records, never to one in the request."),
        (Self::KnownContact, "known_contact", "A contact you know and have used before", ""),
        (Self::Question, "question", "An answer that only the person could give", "From what you hold."),
    ];

    /// Reads a means from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, ..)| *known == key).map(|(means, ..)| *means)
    }
}

/// A check as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityForm {
    /// How.
    pub means: Means,
    /// What was seen, heard or answered, as kinds; never the paper itself.
    pub seen: String,
    /// When the first of the documents expires, where one does.
    pub expires: Option<Date>,
    /// The number called came from our own records.
    pub own_number: bool,
    /// The day.
    pub on: Date,
}

/// A check that confirmed who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityCheck {
    /// How.
    pub means: Means,
    /// When the first of the documents expires, where one does.
    pub expires: Option<Date>,
    /// Who checked.
    pub by: UserId,
}

impl IdentityForm {
    /// Whether the check confirms who asks, by the rules of the policy.
    ///
    /// # Errors
    /// `IDN-001` for an expired paper, `IDN-002` for a number out of the request, `IDN-003`
    /// for a means the policy does not allow.
    pub fn test(&self, rules: &Identity) -> Result<(), Refusal> {
        match self.means {
            Means::Documents => match self.expires.filter(|expires| *expires < self.on) {
                Some(expired) => Err(Refusal::new(RefusalCode::IdentityExpired, format!("It expired on {}.", short_date(expired)))),
                None => Ok(()),
            },
            Means::CallBack if !rules.call_back => Err(Refusal::new(RefusalCode::MeansNotAllowed, "")),
            Means::CallBack if !self.own_number => Err(Refusal::new(RefusalCode::NumberFromRequest, "")),
            Means::CallBack | Means::KnownContact | Means::Question => Ok(()),
        }
    }
}

impl Request {
    /// Records a check that confirmed who asks.
    ///
    /// # Errors
    /// As [`IdentityForm::test`]; `REQ-004` when nobody asked for proof; `REQ-013` and `REQ-019`
    /// for a day before it was asked for or after `today`.
    pub fn identity_checked(self, form: &IdentityForm, rules: &Identity, by: UserId, today: Date) -> Result<Self, Refusal> {
        form.test(rules)?;
        let mut next = self.identity_received(&form.seen, form.on, today)?;
        if let Some(evidence) = next.identity.as_mut() {
            evidence.check = Some(IdentityCheck { means: form.means, expires: form.expires, by });
        }
        Ok(next)
    }

    /// Addresses that must not be shown to whoever asks (separated parents, refuge). An answer that was
    /// signed off without them is signed off again.
    pub fn keep_from(self, addresses: Vec<String>, by: &UserId) -> Result<Self, Refusal> {
        let mut next = self.live()?;
        let addresses: Vec<String> = addresses.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
        if addresses.iter().any(|line| line.chars().filter(|c| c.is_alphanumeric()).count() < 4) {
            return Err(Refusal::new(RefusalCode::ValueInvalid, "An address has at least four letters or digits."));
        }
        if addresses != next.confidential_addresses() {
            next.undo_sign_off(by);
        }
        next.confidential = (!addresses.is_empty()).then(|| Personal::known(&next.subject, addresses));
        Ok(next)
    }

    /// The addresses that must not be shown, as they are written.
    pub fn confidential_addresses(&self) -> &[String] {
        self.confidential.as_ref().and_then(Personal::get).map_or(&[], Vec::as_slice)
    }
}
