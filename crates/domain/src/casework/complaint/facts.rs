//! What is known about a complaint.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Stage;
use crate::calendar::Division;
use crate::casework::request::Channel;
use crate::ids::SubjectId;
use crate::personal::Personal;
use crate::record::RecordFacts;

/// One complaint, with everything decided about it so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// Reference, owner, hold.
    pub facts: RecordFacts,
    /// What it is about, which says whose clocks run.
    pub about: About,
    /// Whose key seals everything personal in here: the person who complains, or the
    /// person they complain for.
    pub subject: SubjectId,
    /// Who complains.
    pub complainant: Personal<Complainant>,
    /// The person it is about, when somebody else complains for them.
    pub on_behalf_of: Option<Personal<String>>,
    /// How it came. Any way is valid.
    pub channel: Channel,
    /// The day it reached anyone in the organisation.
    pub received_on: Date,
    /// Who received it first.
    pub received_by: Personal<String>,
    /// The day it reached the person in charge of complaints, once it has (clause CEN-73).
    pub in_charge_on: Option<Date>,
    /// The day the person became aware of what they complain about, if they said.
    pub aware_on: Option<Date>,
    /// Why a complaint about a service was let in after the cut-off (clause CEN-72).
    pub let_in: Option<Personal<String>>,
    /// The exact words, or a note of what was said.
    pub words: Personal<String>,
    /// The day it was recorded here; never starts a clock.
    pub logged_on: Date,
    /// Whose bank holidays count.
    pub division: Division,
    /// The day the acknowledgement went out.
    pub acknowledged_on: Option<Date>,
    /// The stages of the pack that were begun by hand or are finished.
    pub steps: Vec<Step>,
    /// What was done meanwhile, and what the person was told.
    pub progress: Vec<Progress>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Where it stands.
    pub stage: Stage,
}

/// What a complaint is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// How personal data are handled (DPA 2018 section 164A).
    Data,
    /// A service.
    Service,
    /// Both: every clock of the two runs.
    Both,
}

impl About {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Data, Self::Service, Self::Both];

    /// The value in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Service => "service",
            Self::Both => "both",
        }
    }

    /// The name on pages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Data => "How personal data are handled",
            Self::Service => "A service",
            Self::Both => "A service and personal data",
        }
    }

    /// Reads a kind from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|about| about.key() == key)
    }

    /// Whether the duties of DPA 2018 section 164A run.
    pub const fn is_about_data(self) -> bool {
        matches!(self, Self::Data | Self::Both)
    }
}

/// Who complains.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Complainant {
    /// Their name.
    pub name: String,
    /// E-mail address, if they gave one.
    pub email: String,
    /// Phone number, if they gave one.
    pub phone: String,
    /// Postal address in one line, if they gave one.
    pub address: String,
}

impl Complainant {
    /// Where a letter goes: the postal address, else the e-mail address.
    pub fn contact(&self) -> Option<String> {
        [&self.address, &self.email].into_iter().find(|contact| !contact.is_empty()).cloned()
    }
}

/// A stage of the pack, begun or finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The stage's stable name in the pack.
    pub id: String,
    /// The day it began, where a person said so; stages that begin with the receipt need none.
    pub from: Option<Date>,
    /// The day the person agreed in writing, where the stage needs it (clause CEN-80).
    pub agreed_on: Option<Date>,
    /// The day it was finished.
    pub done_on: Option<Date>,
    /// What was done.
    pub note: Option<Personal<String>>,
}

/// A note of progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// When.
    pub on: Date,
    /// What was done or found.
    pub note: Personal<String>,
    /// A letter told the person.
    pub told: bool,
}

/// How a complaint ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Whether it was justified.
    pub finding: Finding,
    /// What was looked at and found.
    pub findings: Personal<String>,
    /// What changes; empty when nothing does.
    pub changes: Personal<String>,
    /// The day the person was told.
    pub on: Date,
}

/// Whether a complaint was justified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// It was.
    Upheld,
    /// In part.
    Partly,
    /// It was not.
    NotUpheld,
}

impl Finding {
    /// Every finding.
    pub const ALL: &'static [Self] = &[Self::Upheld, Self::Partly, Self::NotUpheld];

    /// The value in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Partly => "partly",
            Self::NotUpheld => "not_upheld",
        }
    }

    /// The name on pages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Upheld => "Upheld",
            Self::Partly => "Upheld in part",
            Self::NotUpheld => "Not upheld",
        }
    }

    /// Reads a finding from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|finding| finding.key() == key)
    }
}

/// What is written down when a complaint reaches the organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// Reference, owner, who records it.
    pub facts: RecordFacts,
    /// What it is about.
    pub about: About,
    /// The key owner.
    pub subject: SubjectId,
    /// Who complains.
    pub complainant: Complainant,
    /// For whom, when for somebody else.
    pub on_behalf_of: Option<String>,
    /// How it came.
    pub channel: Channel,
    /// When it reached anyone.
    pub received_on: Date,
    /// Who received it.
    pub received_by: String,
    /// When it reached the person in charge, if it has.
    pub in_charge_on: Option<Date>,
    /// Since when the person knew, if they said.
    pub aware_on: Option<Date>,
    /// Why a late one is let in.
    pub let_in: Option<String>,
    /// The words.
    pub words: String,
    /// Today.
    pub logged_on: Date,
    /// Whose bank holidays.
    pub division: Division,
}
