//! [`Period`]: a length of time as a policy writes it, and [`Promise`], a period an
//! organisation holds itself to.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Calendar, Division,
    dates::{plus_days, plus_months},
};

/// A length of time. The day of the trigger is never counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case", try_from = "Written")]
pub enum Period {
    /// Elapsed hours; weekends, holidays and clock changes do not stop them.
    Hours(#[schemars(range(max = 1_753_200))] u32),
    /// Calendar days.
    Days(#[schemars(range(max = 73_200))] u32),
    /// Working days of the division.
    WorkingDays(#[schemars(range(max = 50_600))] u32),
    /// Calendar months: the same date, or the last day of the month.
    Months(#[schemars(range(max = 2_400))] u32),
    /// Calendar years: the same date, or 28 February.
    Years(#[schemars(range(max = 200))] u32),
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

    /// The day this period ends when the day `first` is its day 1. A month or year ends the
    /// day before the same date, or on the last day of a month that has no such day.
    pub fn end_counting_first(self, calendar: &Calendar, division: Division, first: Date) -> Date {
        match self {
            Self::Hours(_) | Self::Days(_) | Self::WorkingDays(_) => self.end(calendar, division, plus_days(first, -1)),
            Self::Months(_) | Self::Years(_) => {
                let same_date = self.end(calendar, division, first);
                if same_date.day() < first.day() { same_date } else { plus_days(same_date, -1) }
            }
        }
    }

    /// The day this period before `until`: the same date of an earlier month, or so many
    /// (working) days earlier.
    pub fn before(self, calendar: &Calendar, division: Division, until: Date) -> Date {
        match self {
            Self::Hours(hours) => plus_days(until, -i64::from(hours / 24)),
            Self::Days(days) => plus_days(until, -i64::from(days)),
            Self::WorkingDays(days) => (0..days).fold(until, |at, _| calendar.last_working_day_before(division, at)),
            Self::Months(months) => plus_months(until, -i64::from(months)),
            Self::Years(years) => plus_months(until, -i64::from(years) * 12),
        }
    }

    /// Whether it has no length.
    pub fn is_zero(self) -> bool {
        let (Self::Hours(count) | Self::Days(count) | Self::WorkingDays(count) | Self::Months(count) | Self::Years(count)) = self;
        count == 0
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_period_that_counts_its_first_day_ends_a_day_before() {
        let calendar = Calendar::embedded();
        for (period, first, last) in [
            (Period::Days(30), date(2026, 7, 1), date(2026, 7, 30)),
            (Period::Months(1), date(2026, 3, 1), date(2026, 3, 31)),
            (Period::Months(1), date(2026, 1, 31), date(2026, 2, 28)),
            (Period::Months(1), date(2026, 2, 28), date(2026, 3, 27)),
            (Period::Years(1), date(2028, 2, 29), date(2029, 2, 28)),
            // Good Friday is no working day, so Tuesday after Easter is day 1.
            (Period::WorkingDays(2), date(2026, 4, 3), date(2026, 4, 8)),
            (Period::WorkingDays(1), date(2026, 4, 2), date(2026, 4, 2)),
        ] {
            assert_eq!(period.end_counting_first(&calendar, Division::EnglandAndWales, first), last, "{period:?} from {first}");
        }
    }

    #[test]
    fn a_period_before_a_day_goes_back_over_holidays() {
        let calendar = Calendar::embedded();
        let before = |period: Period, until| period.before(&calendar, Division::EnglandAndWales, until);
        assert_eq!(before(Period::WorkingDays(2), date(2026, 12, 29)), date(2026, 12, 23));
        assert_eq!(before(Period::Days(30), date(2027, 3, 15)), date(2027, 2, 13));
        assert_eq!(before(Period::Months(1), date(2028, 3, 31)), date(2028, 2, 29));
    }
}
