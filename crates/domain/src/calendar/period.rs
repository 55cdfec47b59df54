//! [`Period`]: a length of time as a policy writes it, and [`Promise`], a period an
//! organisation holds itself to.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Calendar, Division,
    dates::{plus_days, plus_months},
};

/// A length of time. The day of the trigger is never counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", try_from = "Written")]
pub enum Period {
    /// Elapsed hours; weekends, holidays and clock changes do not stop them.
    Hours(u32),
    /// Calendar days.
    Days(u32),
    /// Working days of the division.
    WorkingDays(u32),
    /// Calendar months: the same date, or the last day of the month.
    Months(u32),
    /// Calendar years: the same date, or 28 February.
    Years(u32),
}

/// A period as written, before its length is checked.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Written {
    Hours(u32),
    Days(u32),
    WorkingDays(u32),
    Months(u32),
    Years(u32),
}

/// No policy reaches further than this many years.
const LONGEST_YEARS: u32 = 200;

impl TryFrom<Written> for Period {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let (period, count, a_year) = match written {
            Written::Hours(count) => (Self::Hours(count), count, 8_766),
            Written::Days(count) => (Self::Days(count), count, 366),
            Written::WorkingDays(count) => (Self::WorkingDays(count), count, 253),
            Written::Months(count) => (Self::Months(count), count, 12),
            Written::Years(count) => (Self::Years(count), count, 1),
        };
        if count > LONGEST_YEARS * a_year { Err(format!("a period can be {LONGEST_YEARS} years at most")) } else { Ok(period) }
    }
}

impl Period {
    /// The day this period ends when it starts from `from`, not rolled. Hours count as
    /// whole days, rounded down, because a day has no time.
    pub fn end(self, calendar: &Calendar, division: Division, from: Date) -> Date {
        match self {
            Self::Hours(hours) => plus_days(from, i64::from(hours / 24)),
            Self::Days(days) => plus_days(from, i64::from(days)),
            Self::WorkingDays(days) => calendar.add_working_days(division, from, days),
            Self::Months(months) => plus_months(from, i64::from(months)),
            Self::Years(years) => plus_months(from, i64::from(years) * 12),
        }
    }

    /// The period in words: `1 calendar month`, `5 working days`.
    pub fn shown(self) -> String {
        let (count, one, many) = match self {
            Self::Hours(count) => (count, "hour", "hours"),
            Self::Days(count) => (count, "calendar day", "calendar days"),
            Self::WorkingDays(count) => (count, "working day", "working days"),
            Self::Months(count) => (count, "calendar month", "calendar months"),
            Self::Years(count) => (count, "year", "years"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }

    /// The hours, when the period counts hours.
    pub fn hours(self) -> Option<u32> {
        match self {
            Self::Hours(hours) => Some(hours),
            _ => None,
        }
    }

    /// The least number of days this can be, whatever the calendar.
    pub(crate) fn least_days(self) -> u32 {
        match self {
            Self::Hours(hours) => hours / 24,
            Self::Days(days) => days,
            // Five working days take at least a week; the odd ones at least a day each.
            Self::WorkingDays(days) => days / 5 * 7 + days % 5,
            Self::Months(months) => (months * 30).saturating_sub(2),
            Self::Years(years) => years * 365,
        }
    }
}

/// A period an organisation has promised in its policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// How long.
    pub within: Period,
    /// The promise moves to the next working day like the statutory date does. A plain
    /// number of days normally does not.
    pub rolls: bool,
    /// The clause that makes the promise.
    pub clause: String,
}
