//! The words a retention rule is written in.

use serde::{Deserialize, Serialize};

use crate::calendar::Period;

/// How long something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Keep {
    /// Exactly this long, then it goes.
    Exactly(Period),
    /// At least this long. A `ceiling` says when it goes at the latest.
    AtLeast(Period),
    /// At most this long: a latest date. It may go any time before.
    AtMost(Period),
    /// No longer than the event itself.
    AtOnce,
    /// As the record of processing says; blocked until the period is entered.
    PerProcessingRecord,
    /// As the funder asks, per project; blocked until the funder's rule is known.
    PerFunder,
    /// The policy does not say; blocked until the organisation does.
    #[default]
    NoneStated,
    /// Without end, which the law does not allow (UK GDPR Article 5(1)(e)); blocked until the
    /// organisation sets a period.
    Unlimited,
}

impl Keep {
    /// The period, where there is one. At once is a period of no days.
    pub fn period(self) -> Option<Period> {
        match self {
            Self::Exactly(period) | Self::AtLeast(period) | Self::AtMost(period) => Some(period),
            Self::AtOnce => Some(Period::Days(0)),
            Self::PerProcessingRecord | Self::PerFunder | Self::NoneStated | Self::Unlimited => None,
        }
    }

    /// In words, to follow "keep": `exactly 6 years`, `at most 14 calendar days`.
    pub fn shown(self) -> String {
        match self {
            Self::Exactly(period) => format!("exactly {}", period.shown()),
            Self::AtLeast(period) => format!("at least {}", period.shown()),
            Self::AtMost(period) => format!("at most {}", period.shown()),
            Self::AtOnce => "no longer: destroy at once".to_owned(),
            Self::PerProcessingRecord => "as the record of processing says".to_owned(),
            Self::PerFunder => "as the funder asks".to_owned(),
            Self::NoneStated => "no period stated".to_owned(),
            Self::Unlimited => "without end".to_owned(),
        }
    }
}

/// From when a period is counted, once the event has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// From the day of the event.
    #[default]
    Event,
    /// From the 5 April that ends the tax year the event lies in. The trigger `tax-year-end`
    /// always counts like this.
    TaxYearEnd,
    /// From the end of the organisation's accounting year the event lies in: needs `year_end`
    /// in organisation.toml.
    AccountingYearEnd,
    /// From 31 December of the year the event lies in.
    CalendarYearEnd,
}

/// How several triggers are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Combine {
    /// The earliest of those known.
    #[default]
    EarlierOf,
    /// The latest of all; one that is not known and not optional blocks.
    LaterOf,
}

/// Parts of a rule that can be a default the organisation has not decided on, named like their
/// keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The event.
    Trigger,
    /// The period.
    Keep,
    /// The longest time.
    Ceiling,
    /// The long-stop.
    Review,
    /// How soon destruction is carried out.
    CarryOut,
    /// How several triggers are put together, or classes are split.
    Combine,
}

/// In which form a record exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Paper.
    Paper,
    /// Files and entries in a system.
    Electronic,
    /// Messages and mailboxes.
    Email,
    /// Pictures, film and sound.
    Media,
    /// What is on a website or in print.
    Published,
    /// Copies for recovery.
    Backup,
    /// Computers, telephones, sticks.
    Device,
    /// What a partner or processor holds.
    Partner,
}

/// How sensitive a class is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// Personal data.
    #[default]
    Ordinary,
    /// Personal data that can hurt: money, identity documents, discipline.
    Confidential,
    /// Special categories (UK GDPR Article 9).
    Special,
    /// Criminal offences (UK GDPR Article 10).
    Criminal,
}

/// How something is destroyed. A closed list: what leaves a readable copy is not on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Cross-cut shredding.
    Shred,
    /// Incineration.
    Incinerate,
    /// A confidential waste service.
    ConfidentialWaste,
    /// Given back to the person.
    ReturnToPerson,
    /// Deletion that cannot be undone with ordinary means.
    SecureDelete,
    /// Deletion.
    Delete,
    /// Overwriting.
    Overwrite,
    /// Wiping a whole device or medium.
    Wipe,
    /// Deletion of one person's row or fields from a shared record.
    DeleteRow,
    /// Taking down from web and print.
    TakeDown,
    /// Deletion by a partner or processor, with their certificate.
    PartnerDeletion,
    /// Making it impossible to tell whom it is about.
    Anonymise,
    /// Left to run out in backups that nobody uses, with a journal re-applied after a restore.
    BeyondUse,
    /// Handed to an archive or another body that has to keep it.
    Transfer,
}

impl Method {
    /// The name as it is written in a pack.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shred => "shred",
            Self::Incinerate => "incinerate",
            Self::ConfidentialWaste => "confidential-waste",
            Self::ReturnToPerson => "return-to-person",
            Self::SecureDelete => "secure-delete",
            Self::Delete => "delete",
            Self::Overwrite => "overwrite",
            Self::Wipe => "wipe",
            Self::DeleteRow => "delete-row",
            Self::TakeDown => "take-down",
            Self::PartnerDeletion => "partner-deletion",
            Self::Anonymise => "anonymise",
            Self::BeyondUse => "beyond-use",
            Self::Transfer => "transfer",
        }
    }
}

impl Format {
    /// The name as it is written in a pack.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Electronic => "electronic",
            Self::Email => "email",
            Self::Media => "media",
            Self::Published => "published",
            Self::Backup => "backup",
            Self::Device => "device",
            Self::Partner => "partner",
        }
    }
}

impl Part {
    /// The name as it is written in a pack.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trigger => "trigger",
            Self::Keep => "keep",
            Self::Ceiling => "ceiling",
            Self::Review => "review",
            Self::CarryOut => "carry_out",
            Self::Combine => "combine",
        }
    }
}

/// A length to compare periods by, in hundredths of an average day. `None` for hours and
/// working days, which retention does not count in.
pub(super) fn length(period: Period) -> Option<u64> {
    match period {
        Period::Hours(_) | Period::WorkingDays(_) => None,
        Period::Days(days) => Some(u64::from(days) * 100),
        Period::Months(months) => Some(u64::from(months) * 3_044),
        Period::Years(years) => Some(u64::from(years) * 12 * 3_044),
    }
}
