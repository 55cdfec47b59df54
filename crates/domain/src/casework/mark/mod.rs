//! A mark about a person: what may not be done with their data now, and since when.
//!
//! Marks are looked at before data is used. A suppression (no marketing) holds no text about the
//! person at all: it is found through blind tokens alone, so that it survives their erasure.

mod check;

pub use check::{Allowance, Use, Verdict, verdict};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::When;
use crate::ids::{RecordId, SubjectId, UserId};
use crate::personal::Personal;
use crate::record::RecordFacts;
use crate::{Refusal, RefusalCode};

/// What kind of mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// Stored, and nothing else (Article 18).
    Restricted,
    /// No direct marketing (Article 21(3)).
    NoMarketing,
    /// No photographs or film (Article 7(3); clause TURN-130).
    NoPhotographs,
    /// Another consent is withdrawn (Article 7(3)).
    ConsentWithdrawn,
    /// An objection was upheld (Article 21(1)).
    Objected,
}

impl MarkKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Restricted, Self::NoMarketing, Self::NoPhotographs, Self::ConsentWithdrawn, Self::Objected];

    /// The stable name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Restricted => "restricted",
            Self::NoMarketing => "no-marketing",
            Self::NoPhotographs => "no-photographs",
            Self::ConsentWithdrawn => "consent-withdrawn",
            Self::Objected => "objected",
        }
    }

    /// The name on pages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Restricted => "Restricted: store only",
            Self::NoMarketing => "No direct marketing",
            Self::NoPhotographs => "Consent to photographs and film withdrawn",
            Self::ConsentWithdrawn => "A consent withdrawn",
            Self::Objected => "A use stopped after an objection",
        }
    }

    /// The provision.
    pub const fn source(self) -> &'static str {
        match self {
            Self::Restricted => "UK GDPR Article 18(2)",
            Self::NoMarketing => "UK GDPR Article 21(3)",
            Self::NoPhotographs | Self::ConsentWithdrawn => "UK GDPR Article 7(3)",
            Self::Objected => "UK GDPR Article 21(1)",
        }
    }

    /// Whether the mark keeps no text about the person, so that it outlives their erasure.
    pub const fn is_suppression(self) -> bool {
        matches!(self, Self::NoMarketing)
    }
}

/// A mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Reference, owner, hold.
    pub facts: RecordFacts,
    /// What kind.
    pub kind: MarkKind,
    /// From when it holds.
    pub since: When,
    /// The request it was made for.
    pub request: RecordId,
    /// How the wish came; for a suppression the one thing kept besides the day.
    pub channel: String,
    /// What it is about and who asked for it; `None` for a suppression.
    pub about: Option<Personal<About>>,
    /// Uses that an exception of the law allowed all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<AllowedUse>,
    /// How it ended.
    pub lifted: Option<Lifted>,
}

/// One use that an exception of the law allowed although the mark stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllowedUse {
    /// When.
    pub on: Date,
    /// Who said that the exception holds.
    pub by: UserId,
    /// The use.
    pub intended: Use,
    /// The exception.
    pub allowance: Allowance,
    /// Why it holds here.
    pub reason: Personal<String>,
}

/// What a mark is about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct About {
    /// The name of the person.
    pub name: String,
    /// Who asked for it: the person, a parent.
    pub by: String,
    /// What use it is about; empty for every use.
    pub purpose: String,
}

/// That a mark was lifted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifted {
    /// When.
    pub on: Date,
    /// Who recorded it.
    pub by: UserId,
    /// The day the person was told, before it was lifted.
    pub told_on: Option<Date>,
    /// Why.
    pub why: Why,
}

/// Why a mark was lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// What it was made for is settled.
    Settled,
    /// The one who asked for it agrees again.
    SamePerson,
    /// The child, who understands, agrees themselves.
    TheChild,
    /// The other parent or somebody else agrees: never enough.
    SomebodyElse,
}

impl Why {
    /// Every reason.
    pub const ALL: &'static [Self] = &[Self::Settled, Self::SamePerson, Self::TheChild, Self::SomebodyElse];

    /// The value in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::SamePerson => "same-person",
            Self::TheChild => "the-child",
            Self::SomebodyElse => "somebody-else",
        }
    }

    /// Reads a reason from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|why| why.key() == key)
    }
}

impl Mark {
    /// A mark made for a request.
    pub fn new(facts: RecordFacts, kind: MarkKind, since: When, request: RecordId, channel: &str) -> Self {
        Self { facts, kind, since, request, channel: channel.to_owned(), about: None, uses: Vec::new(), lifted: None }
    }

    /// With what it is about, sealed to the person. A suppression keeps nothing of it.
    pub fn about(mut self, subject: &SubjectId, about: About) -> Self {
        if !self.kind.is_suppression() {
            self.about = Some(Personal::known(subject, about));
        }
        self
    }

    /// Where it stands: `active` or `lifted`.
    pub const fn state(&self) -> &'static str {
        if self.lifted.is_some() { "lifted" } else { "active" }
    }

    /// Records a use that an exception of the law allows, with the reason. `subject` is the person's key.
    ///
    /// # Errors
    /// `MARK-004` without a reason.
    pub fn used(
        self,
        subject: &SubjectId,
        (intended, allowance): (Use, Allowance),
        reason: &str,
        by: &UserId,
        on: Date,
    ) -> Result<Self, Refusal> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal::new(RefusalCode::AllowanceReason, ""));
        }
        let reason = Personal::known(subject, reason.to_owned());
        let mut next = self;
        next.uses.push(AllowedUse { on, by: by.clone(), intended, allowance, reason });
        Ok(next)
    }

    /// Lifts the mark. A restriction only after a notice; a consent only by who withdrew it, or
    /// by the child; an objection to marketing only by the person.
    ///
    /// # Errors
    /// `MARK-001` without notice, `MARK-002` on somebody else's word, `MARK-003` when it is lifted.
    pub fn lift(self, why: Why, told_on: Option<Date>, by: &UserId, on: Date) -> Result<Self, Refusal> {
        if self.lifted.is_some() {
            return Err(Refusal::new(RefusalCode::MarkState, ""));
        }
        if why == Why::SomebodyElse {
            return Err(Refusal::new(RefusalCode::OtherConsent, ""));
        }
        match self.kind {
            MarkKind::Restricted | MarkKind::Objected => {
                if told_on.is_none_or(|told| told > on || told < self.since.date()) {
                    return Err(Refusal::new(RefusalCode::NoticeFirst, ""));
                }
            }
            MarkKind::NoMarketing | MarkKind::NoPhotographs | MarkKind::ConsentWithdrawn => {
                if why == Why::Settled {
                    return Err(Refusal::new(RefusalCode::OtherConsent, "That something is settled does not bring a consent back."));
                }
            }
        }
        Ok(Self { lifted: Some(Lifted { on, by: by.clone(), told_on, why }), ..self })
    }
}

/// One word that stands for a whole contact or name, for blind tokens: lower case, letters and
/// digits kept, everything else written out, so that `a.b@c.org` and `ab@c.org` differ.
pub fn contact_key(text: &str) -> String {
    let mut key = String::from("contact");
    for letter in text.trim().chars().flat_map(char::to_lowercase) {
        if letter == 'z' {
            key.push_str("zz");
        } else if letter.is_alphanumeric() {
            key.push(letter);
        } else {
            key.push('z');
            key.extend(format!("{:x}", u32::from(letter)).chars());
            key.push('y');
        }
    }
    key
}

/// The digits of a phone number as they are compared: `+44 7700 900123` and `07700 900123` are one.
pub fn phone_key(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let other = text.chars().any(char::is_alphabetic);
    if other || digits.len() < 7 {
        return None;
    }
    let digits = digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44")).unwrap_or(&digits);
    Some(format!("phone{}", digits.trim_start_matches('0')))
}

#[cfg(test)]
mod tests;
