//! The lawful bases of UK GDPR Article 6(1), in words for people who know no articles.

use crate::policy::Audience;

/// A lawful basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// Article 6(1)(a).
    Consent,
    /// Article 6(1)(b).
    Contract,
    /// Article 6(1)(c).
    Obligation,
    /// Article 6(1)(d).
    VitalInterests,
    /// Article 6(1)(e).
    PublicTask,
    /// Article 6(1)(ea).
    Recognised,
    /// Article 6(1)(f).
    Interests,
}

/// The letter of each basis and the words it goes by. The recognised legitimate interest
/// stands before the legitimate interest, whose words it contains.
const NAMES: [(Basis, &str, &str); 7] = [
    (Basis::Consent, "a", "consent"),
    (Basis::Contract, "b", "contract"),
    (Basis::Obligation, "c", "legal obligation"),
    (Basis::VitalInterests, "d", "vital interest"),
    (Basis::PublicTask, "e", "public task"),
    (Basis::Recognised, "ea", "recognised legitimate interest"),
    (Basis::Interests, "f", "legitimate interest"),
];

/// The bases that a text of the record of processing names, each once, in its order: by
/// their letters, or by their words when it cites no letter.
pub(super) fn bases(text: &str) -> Vec<Basis> {
    let mut found: Vec<Basis> = Vec::new();
    for cited in text.split("6(1)(").skip(1) {
        let letter = cited.split(')').next().unwrap_or_default();
        let basis = NAMES.iter().find(|(_, known, _)| *known == letter).map(|(basis, ..)| *basis);
        found.extend(basis.filter(|basis| !found.contains(basis)));
    }
    if found.is_empty() {
        let mut words = text.to_lowercase();
        for (basis, _, name) in NAMES {
            if words.contains(name) {
                words = words.replace(name, "");
                found.push(basis);
            }
        }
    }
    found
}

/// What the bases of a text of the record of processing mean, in the words for this
/// audience; empty when none is recognised or it is for adults.
pub(crate) fn plain_bases(text: &str, audience: Audience) -> Vec<&'static str> {
    let words: fn(Basis) -> &'static str = match audience {
        Audience::Adult => return Vec::new(),
        Audience::Child => Basis::child,
        Audience::EasyRead => Basis::easy,
    };
    bases(text).into_iter().map(words).collect()
}

impl Basis {
    /// For a child.
    pub(super) const fn child(self) -> &'static str {
        match self {
            Self::Consent => "You said yes, or somebody who decides for you did. You can say no again at any time.",
            Self::Contract => "We have promised to do something for you, and we need it to keep our promise.",
            Self::Obligation => "The law says that we must.",
            Self::VitalInterests => "It may save somebody's life.",
            Self::PublicTask => "It is a job that we do for everybody, and the law has given us that job.",
            Self::Recognised => "The law lets us do it to keep people safe.",
            Self::Interests => "We need it to do our work, and we have checked that this is fair to you.",
        }
    }

    /// For easy read.
    pub(super) const fn easy(self) -> &'static str {
        match self {
            Self::Consent => "You said yes.\nYou can say no later.",
            Self::Contract => "We have an agreement with you.\nWe need it for that.",
            Self::Obligation => "The law says we must.",
            Self::VitalInterests => "It may save a life.",
            Self::PublicTask => "The law gives us this job.\nWe do it for everybody.",
            Self::Recognised => "The law lets us keep people safe.",
            Self::Interests => "We need it to do our work.\nWe checked that it is fair to you.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases_are_read_from_their_letters_and_else_from_their_words() {
        assert_eq!(bases("contract (Article 6(1)(b)) and legal obligation (Article 6(1)(c))"), [Basis::Contract, Basis::Obligation]);
        assert_eq!(bases("recognised legitimate interest: safeguarding (Article 6(1)(ea))"), [Basis::Recognised]);
        assert_eq!(bases("legitimate interests where somebody else pays (Article 6(1)(f)), beside consent"), [Basis::Interests]);
        assert_eq!(bases("Consent; later also a recognised legitimate interest"), [Basis::Consent, Basis::Recognised]);
        assert_eq!(bases("Legitimate interests"), [Basis::Interests]);
        assert_eq!(bases("consent (Article 6(1)(a)) or consent (Article 6(1)(a))"), [Basis::Consent]);
        assert_eq!(bases("because we want to"), []);
    }
}
