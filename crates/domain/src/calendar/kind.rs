//! [`Kind`]: the ways in which a rule of a policy computes.

use serde::{Deserialize, Serialize};

use super::{Period, Right};
use crate::law;

/// How a rule computes. In a pack it is written as in `kind = { answer = { days = 30 } }`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Kind {
    /// The reply to a rights request.
    Rights(Right),
    /// The last day on which an extension of a request can be announced (UK GDPR Article 12A(4)).
    ExtensionNotice,
    /// The refusal of a request, with its reasons; never extended (UK GDPR Article 12(4)).
    RefusalNotice,
    /// The acknowledgement of a data protection complaint.
    ComplaintAcknowledgement,
    /// Elapsed hours from a moment: the report of a breach.
    ElapsedHours(u32),
    /// A duty to answer within a period; rolls forward to a working day.
    Answer(Period),
    /// The same, with the day of the trigger as day 1.
    AnswerInclusive(Period),
    /// A latest day, to destroy, take down or stop; never rolls.
    Latest(Period),
    /// The last day on which somebody may still bring something; never rolls.
    CutOff(Period),
    /// Something that must have arrived by the end of a period.
    Arrive {
        /// From the trigger to the last day of arrival.
        within: Period,
        /// How long the delivery takes; 0 for a delivery on the same day.
        delivery: Period,
    },
    /// Immediately: due on the day of the trigger, reported as late after the period.
    AtOnce(Period),
    /// The next review; never rolls.
    Review {
        /// From the last review to the next.
        every: Period,
        /// Who can set another day: the name of the further trigger that gives it.
        #[serde(default)]
        set_by: Option<String>,
    },
    /// Something that expires on the day of the trigger.
    Expiry {
        /// How long before it a reminder is given.
        remind: Period,
    },
    /// A daily check that so many runs were made.
    Daily(u32),
}

impl Kind {
    /// Whether the law itself sets the period, so that nothing of a pack can move it later.
    pub fn is_statutory(&self) -> bool {
        match self {
            Self::Rights(_) | Self::ExtensionNotice | Self::RefusalNotice | Self::ComplaintAcknowledgement => true,
            Self::ElapsedHours(hours) => *hours == law::BREACH_HOURS.value,
            Self::Answer(_)
            | Self::AnswerInclusive(_)
            | Self::Latest(_)
            | Self::CutOff(_)
            | Self::Arrive { .. }
            | Self::AtOnce(_)
            | Self::Review { .. }
            | Self::Expiry { .. }
            | Self::Daily(_) => false,
        }
    }

    /// Whether clarification questions can be given: for an access request and what is told
    /// in its first month.
    pub fn pauses(&self) -> bool {
        matches!(self, Self::Rights(_) | Self::ExtensionNotice | Self::RefusalNotice)
    }

    /// Whether it counts from a moment, so that a day alone is not enough.
    pub fn needs_a_time(&self) -> bool {
        matches!(self, Self::ElapsedHours(_))
    }

    /// The periods it is made of, each with whether it may be 0.
    pub(crate) fn periods(&self) -> Vec<(Period, bool)> {
        match self {
            Self::Answer(period) | Self::AnswerInclusive(period) | Self::CutOff(period) => vec![(*period, false)],
            Self::Arrive { within, delivery } => vec![(*within, false), (*delivery, true)],
            // Nothing after the day something expires or is done is a period people mean.
            Self::Latest(period) | Self::AtOnce(period) => vec![(*period, true)],
            Self::Review { every, .. } => vec![(*every, false)],
            Self::Expiry { remind } => vec![(*remind, false)],
            Self::Rights(_)
            | Self::ExtensionNotice
            | Self::RefusalNotice
            | Self::ComplaintAcknowledgement
            | Self::ElapsedHours(_)
            | Self::Daily(_) => vec![],
        }
    }

    /// The kind in words, for a list: `within 5 working days, to a working day`.
    pub fn shown(&self) -> String {
        match self {
            Self::Rights(_) => {
                let pauses = if self == &Self::Rights(Right::Access) { ", without the days a clarification question is open" } else { "" };
                format!("within 1 calendar month, 3 when extended{pauses}, to a working day")
            }
            Self::ExtensionNotice => "inside the first calendar month, without the days a clarification question is open".to_owned(),
            Self::RefusalNotice => "within 1 calendar month, never extended, to a working day".to_owned(),
            Self::ComplaintAcknowledgement => format!("within {} calendar days, to a working day", law::COMPLAINT_DAYS.value),
            Self::ElapsedHours(hours) => format!("within {hours} elapsed hours, weekends and bank holidays included"),
            Self::Answer(within) => format!("within {}, to a working day", within.shown()),
            Self::AnswerInclusive(within) => format!("within {}, the day of the trigger being day 1, to a working day", within.shown()),
            Self::Latest(within) => format!("at the latest after {}, never moved forward", within.shown()),
            Self::CutOff(within) => format!("can be brought for {}; later by a decision", within.shown()),
            Self::Arrive { within, delivery } => {
                format!("must have arrived within {}; the delivery takes {}", within.shown(), delivery.shown())
            }
            Self::AtOnce(late) => format!("on the same day; reported as late after {}", late.shown()),
            Self::Review { every, set_by: None } => format!("{} after the last, never moved forward", every.shown()),
            Self::Review { every, set_by: Some(who) } => format!("{} after the last, or the day set by the {who}", every.shown()),
            Self::Expiry { remind } => format!("on the day itself; reminder {} before", remind.shown()),
            Self::Daily(runs) => format!("{runs} a day, checked at the end of each day"),
        }
    }
}
