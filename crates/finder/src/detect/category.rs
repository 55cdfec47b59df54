//! What a flagged word speaks about.

use serde::{Deserialize, Serialize};

/// The category of a [`Special`](super::Kind::Special) finding. The names are a contract with other people's scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Health, of body and mind, disability, medicines (UK GDPR Article 9, Article 4(15)).
    Health,
    /// Genetic and biometric data (Article 9, Article 4(13) and (14)).
    GeneticOrBiometric,
    /// Race, ethnic origin, and where somebody is from (Article 9).
    Ethnicity,
    /// Religion and philosophical belief (Article 9).
    Belief,
    /// Membership of a trade union (Article 9).
    TradeUnion,
    /// Sex life, sexual orientation, and gender (Article 9).
    SexualLife,
    /// Political opinions (Article 9).
    PoliticalOpinion,
    /// Convictions, offences, allegations of them, and what follows (Article 10; Data Protection Act 2018, section 11(2)).
    CriminalMatters,
    /// Protection and care of children and of adults at risk (Data Protection Act 2018, Schedule 1, paragraph 18).
    Safeguarding,
}

impl Category {
    /// Every category.
    pub const ALL: [Self; 9] = [
        Self::Health,
        Self::GeneticOrBiometric,
        Self::Ethnicity,
        Self::Belief,
        Self::TradeUnion,
        Self::SexualLife,
        Self::PoliticalOpinion,
        Self::CriminalMatters,
        Self::Safeguarding,
    ];

    /// Why a word of it is flagged.
    pub(super) const fn why(self) -> &'static str {
        match self {
            Self::Health => "a word about health",
            Self::GeneticOrBiometric => "a word about genetic or biometric data",
            Self::Ethnicity => "a word about race, ethnic origin or where somebody is from",
            Self::Belief => "a word about religion or belief",
            Self::TradeUnion => "a word about a trade union",
            Self::SexualLife => "a word about sex life, sexual orientation or gender",
            Self::PoliticalOpinion => "a word about political opinion",
            Self::CriminalMatters => "a word about criminal matters",
            Self::Safeguarding => "a word about safeguarding or care",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_the_contract() {
        let names: Vec<String> = Category::ALL.iter().map(|c| serde_json::to_string(c).unwrap().trim_matches('"').to_owned()).collect();
        assert_eq!(
            names.join(" "),
            "health genetic_or_biometric ethnicity belief trade_union sexual_life political_opinion criminal_matters safeguarding"
        );
    }
}
