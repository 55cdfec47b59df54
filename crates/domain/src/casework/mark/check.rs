//! May this be done with the data of this person now?

use serde::{Deserialize, Serialize};

use super::{Mark, MarkKind};
use crate::calendar::When;

/// What somebody intends to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// Keep it, and nothing else.
    Store,
    /// Publish or show a photograph or film.
    Photograph,
    /// Send marketing: news, offers, appeals.
    Marketing,
    /// Share it with somebody outside.
    Share,
    /// Anything that rests on a consent.
    Consent,
    /// Use it in any other way.
    Other,
}

impl Use {
    /// Every use.
    pub const ALL: &'static [Self] = &[Self::Photograph, Self::Marketing, Self::Share, Self::Consent, Self::Other, Self::Store];

    /// The stable name, in forms and in the log.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::Photograph => "photograph",
            Self::Marketing => "marketing",
            Self::Share => "share",
            Self::Consent => "consent",
            Self::Other => "other",
        }
    }

    /// The name on pages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Store => "Only keep it",
            Self::Photograph => "Publish or show a photograph or film",
            Self::Marketing => "Send news, offers or appeals",
            Self::Share => "Share it with somebody outside",
            Self::Consent => "Use it for something the person had agreed to",
            Self::Other => "Use it in any other way",
        }
    }

    /// Reads a use from its name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|intended| intended.key() == key)
    }
}

/// What still allows a use that a mark forbids (Articles 18(2), 21(1) and 6(1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Allowance {
    /// The person agrees to this use.
    Consent,
    /// For legal claims.
    LegalClaims,
    /// To protect the rights of somebody, the person's own safety included (clause CARE-32).
    Protection,
    /// Important public interest.
    PublicInterest,
}

impl Allowance {
    /// Every allowance.
    pub const ALL: &'static [Self] = &[Self::Consent, Self::LegalClaims, Self::Protection, Self::PublicInterest];

    /// The value in forms and in the log.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::LegalClaims => "legal-claims",
            Self::Protection => "protection",
            Self::PublicInterest => "public-interest",
        }
    }

    /// The words on pages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Consent => "The person has agreed to exactly this use",
            Self::LegalClaims => "It is needed for a legal claim",
            Self::Protection => "It keeps somebody safe, for example an allergy that a carer must know",
            Self::PublicInterest => "An important public interest needs it",
        }
    }

    /// Reads an allowance from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|allowance| allowance.key() == key)
    }
}

/// What a mark says about an intended use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It says nothing against it.
    Allowed,
    /// It would, but an exception of the law is claimed, with a reason, and recorded.
    AllowedBy(Allowance),
    /// It forbids it.
    Refused,
}

impl MarkKind {
    /// Whether a mark of this kind stands against a use.
    pub const fn blocks(self, intended: Use) -> bool {
        match (self, intended) {
            (_, Use::Store) => false,
            (Self::Restricted | Self::Objected, _)
            | (Self::NoMarketing, Use::Marketing)
            | (Self::NoPhotographs, Use::Photograph | Use::Consent)
            | (Self::ConsentWithdrawn, Use::Consent | Use::Marketing | Use::Share | Use::Photograph) => true,
            (Self::NoMarketing | Self::NoPhotographs | Self::ConsentWithdrawn, _) => false,
        }
    }
}

impl MarkKind {
    /// Whether the law knows this exception for a mark of this kind. A restriction knows all four
    /// (Article 18(2)). An objection that was upheld and a consent that was withdrawn leave the use for
    /// legal claims, to protect somebody and for an important public interest, which rest on another
    /// basis; an agreement counts only where the person makes it anew, and then the mark is lifted. An
    /// objection to marketing knows none (Article 21(3)), and no exception makes marketing lawful.
    pub const fn allows(self, allowance: Allowance, intended: Use) -> bool {
        match (self, allowance) {
            (Self::Restricted, Allowance::Consent) => true,
            (Self::NoMarketing, _) | (_, Allowance::Consent) => false,
            (_, Allowance::LegalClaims | Allowance::Protection | Allowance::PublicInterest) => !matches!(intended, Use::Marketing),
        }
    }
}

/// What one mark says about a use at a moment.
pub fn verdict(mark: &Mark, intended: Use, claimed: Option<Allowance>, now: When) -> Verdict {
    // A mark of a day holds for the whole of it; one of a moment from that moment on.
    let begun = match (mark.since.instant(), now.instant()) {
        (Some(since), Some(now)) => now >= since,
        _ => now.date() >= mark.since.date(),
    };
    if mark.lifted.is_some() || !mark.kind.blocks(intended) || !begun {
        return Verdict::Allowed;
    }
    match claimed {
        Some(allowance) if mark.kind.allows(allowance, intended) => Verdict::AllowedBy(allowance),
        _ => Verdict::Refused,
    }
}
