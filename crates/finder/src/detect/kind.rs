//! Kinds of finding.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::category::Category;

/// What a finding is. The names are a contract with other people's scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A person's name.
    Person,
    /// An organisation's name.
    Organisation,
    /// A place.
    Place,
    /// House and street, or a flat.
    Address,
    /// A British postcode.
    Postcode,
    /// A date.
    Date,
    /// A date of birth.
    DateOfBirth,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A web address.
    Url,
    /// A National Insurance number.
    NationalInsurance,
    /// An NHS number.
    NhsNumber,
    /// A passport number.
    Passport,
    /// A British driving licence number.
    DrivingLicence,
    /// A vehicle registration mark.
    Vehicle,
    /// A bank sort code.
    SortCode,
    /// A bank account number.
    AccountNumber,
    /// An international bank account number.
    Iban,
    /// A payment card number.
    Card,
    /// An IP address.
    Ip,
    /// A person's age.
    Age,
    /// A reference number of a case, an application, a customer, a file.
    Reference,
    /// An amount of money or a percentage: what somebody earns, owes or was awarded.
    Amount,
    /// What somebody does for a living or learns: `a primary school teacher`.
    Occupation,
    /// The title before a person's name, up to the name: `Mrs `.
    Title,
    /// The rest of a row of a table that is about somebody else. Proposed when planning, never found in a text by itself.
    Row,
    /// A word about special category data (UK GDPR Article 9) or criminal offences (Article 10).
    Special,
    /// The name of an account on a social network: `@liz_thorn`, `liz#1234`.
    Handle,
    /// The rest of a sentence or clause that says something sensitive about somebody else. Proposed when planning, as a row is.
    Sentence,
    /// A passage whose words say that an exemption may cover it. Listed when planning, as a row is.
    Passage,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 30] = [
        Self::Person,
        Self::Organisation,
        Self::Place,
        Self::Address,
        Self::Postcode,
        Self::Date,
        Self::DateOfBirth,
        Self::Phone,
        Self::Email,
        Self::Url,
        Self::NationalInsurance,
        Self::NhsNumber,
        Self::Passport,
        Self::DrivingLicence,
        Self::Vehicle,
        Self::SortCode,
        Self::AccountNumber,
        Self::Iban,
        Self::Card,
        Self::Ip,
        Self::Age,
        Self::Special,
        Self::Reference,
        Self::Amount,
        Self::Occupation,
        Self::Title,
        Self::Row,
        Self::Handle,
        Self::Sentence,
        Self::Passage,
    ];

    /// True for a stretch of a text around what is somebody's name or number. What it says may stand anywhere about anybody, so it is
    /// never looked for in another place.
    pub const fn is_stretch(self) -> bool {
        matches!(self, Self::Row | Self::Sentence | Self::Passage)
    }

    /// Which finding stays when two overlap: the greater. Exact identifiers first, names after them, flags last.
    pub(super) const fn rank(self) -> u8 {
        match self {
            Self::Email | Self::Url | Self::Handle | Self::Iban | Self::Card | Self::DrivingLicence | Self::Ip => 9,
            Self::NationalInsurance | Self::NhsNumber | Self::DateOfBirth | Self::SortCode | Self::Passport => 8,
            Self::AccountNumber | Self::Phone | Self::Postcode | Self::Vehicle => 7,
            Self::Address | Self::Date => 6,
            Self::Age | Self::Reference | Self::Amount => 5,
            Self::Person => 4,
            Self::Organisation => 3,
            Self::Place => 2,
            Self::Special | Self::Occupation | Self::Title | Self::Row | Self::Sentence | Self::Passage => 1,
        }
    }
}

/// One piece of personal data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// How sure, from 0 to 1.
    pub score: f32,
    /// Why, in plain words.
    pub why: Cow<'static, str>,
    /// What a word that is a flag speaks about; nothing for any other kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
}

impl Finding {
    pub(super) const fn new(kind: Kind, start: usize, end: usize, score: f32, why: &'static str) -> Self {
        Self { kind, start, end, score, why: Cow::Borrowed(why), category: None }
    }

    /// A word that is a flag.
    pub(super) fn special(category: Category, start: usize, end: usize, score: f32) -> Self {
        Self { category: Some(category), ..Self::new(Kind::Special, start, end, score, category.why()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_the_contract() {
        let names: Vec<String> = Kind::ALL.iter().map(|k| serde_json::to_string(k).unwrap().trim_matches('"').to_owned()).collect();
        assert_eq!(
            names.join(" "),
            "person organisation place address postcode date date_of_birth phone email url national_insurance nhs_number passport \
             driving_licence vehicle sort_code account_number iban card ip age special reference amount occupation title row handle \
             sentence passage"
        );
    }
}
