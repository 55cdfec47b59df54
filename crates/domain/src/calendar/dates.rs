//! Reading and writing civil dates.

use jiff::civil::{Date, Weekday, date};

use crate::{Refusal, RefusalCode};

/// The first day that can be computed: the day the GDPR began to apply.
pub const FIRST_DAY: Date = date(2018, 5, 25);

/// The last day that can be given.
pub const LAST_DAY: Date = date(2099, 12, 31);

/// Reads a date written `YYYY-MM-DD`.
///
/// # Errors
/// `DATE-001` when no such day exists or it is written otherwise, `DATE-002` when it
/// lies outside [`FIRST_DAY`] to [`LAST_DAY`].
pub fn parse_date(text: &str) -> Result<Date, Refusal> {
    let impossible = || Refusal::new(RefusalCode::DateImpossible, format!("It says `{text}`."));
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if !shape {
        return Err(impossible());
    }
    let number = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<i16>().ok());
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else {
        return Err(impossible());
    };
    let parsed = Date::new(year, month as i8, day as i8).map_err(|_| impossible())?;
    in_range(parsed)
}

/// The date itself, when it lies in the years that can be computed.
///
/// # Errors
/// `DATE-002` outside [`FIRST_DAY`] to [`LAST_DAY`].
pub fn in_range(date: Date) -> Result<Date, Refusal> {
    if (FIRST_DAY..=LAST_DAY).contains(&date) {
        Ok(date)
    } else {
        Err(Refusal::new(RefusalCode::DateOutOfRange, format!("It says {date}.")))
    }
}

/// A day as people write it: `31 January 2026`.
pub fn short_date(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date.month()), date.year())
}

/// A day with its weekday: `Saturday 31 January 2026`.
pub fn long_date(date: Date) -> String {
    format!("{} {} {} {}", weekday_name(date.weekday()), date.day(), month_name(date.month()), date.year())
}

/// The English name of a month, 1 to 12.
pub(crate) const fn month_name(month: i8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

/// The English name of a weekday.
pub(crate) const fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// The largest step, in days, that stays within what the calendar library can hold.
const MOST_DAYS: i64 = 3_000_000;

/// The day `days` later (or earlier when negative), held at the ends of the calendar.
pub(crate) fn plus_days(date: Date, days: i64) -> Date {
    date.saturating_add(jiff::Span::new().days(days.clamp(-MOST_DAYS, MOST_DAYS)))
}

/// The corresponding date `months` later, or the last day of that month where no such date exists
/// (Regulation 1182/71 Article 3(2)(c)).
pub(crate) fn plus_months(date: Date, months: i64) -> Date {
    date.saturating_add(jiff::Span::new().months(months.clamp(-MOST_DAYS / 30, MOST_DAYS / 30)))
}

/// Whole days from `earlier` to `later`; negative when they are the other way round.
pub(crate) fn days_between(earlier: Date, later: Date) -> i64 {
    earlier.duration_until(later).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_dates_are_refused() {
        for text in ["2026-02-29", "2026-13-01", "2026-00-10", "26-01-01", "2026-1-1", "31/01/2026", "", "2026-01-01T00:00", "２026-01-01"]
        {
            assert_eq!(parse_date(text).unwrap_err().code, RefusalCode::DateImpossible, "{text}");
        }
        assert_eq!(parse_date("2028-02-29").unwrap(), date(2028, 2, 29));
    }

    #[test]
    fn dates_outside_the_range_are_refused() {
        for text in ["2018-05-24", "2100-01-01", "0001-01-01"] {
            assert_eq!(parse_date(text).unwrap_err().code, RefusalCode::DateOutOfRange, "{text}");
        }
        assert!(parse_date("2018-05-25").is_ok() && parse_date("2099-12-31").is_ok());
    }

    #[test]
    fn dates_read_like_english() {
        assert_eq!(short_date(date(2026, 1, 31)), "31 January 2026");
        assert_eq!(long_date(date(2026, 12, 28)), "Monday 28 December 2026");
    }
}
