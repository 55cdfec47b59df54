//! [`Day`]: a civil date as a number, for arithmetic on millions of holdings.

use jiff::civil::Date;

/// A civil date of the Gregorian calendar, counted in days from 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// The first year a fact may lie in: nobody alive was born earlier.
const FIRST_YEAR: i32 = 1900;
/// The last year a fact may lie in.
const LAST_YEAR: i32 = 2199;

impl Day {
    /// The day of a year (1900 to 2199), month and day, if there is one.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let valid = (FIRST_YEAR..=LAST_YEAR).contains(&year) && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        valid.then(|| Self(number(year, month, day)))
    }

    /// Reads `YYYY-MM-DD`, also with a time after a `T` or a blank, which is left out.
    pub fn parse_iso(text: &[u8]) -> Option<Self> {
        let (whole, rest) = text.split_first_chunk::<10>()?;
        if !matches!(rest, [] | [b'T' | b' ', ..]) {
            return None;
        }
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = whole else { return None };
        let [y1, y2, y3, y4, m1, m2, d1, d2] = [y1, y2, y3, y4, m1, m2, d1, d2].map(|byte| u32::from(byte.wrapping_sub(b'0')));
        if [y1, y2, y3, y4, m1, m2, d1, d2].iter().any(|digit| *digit > 9) {
            return None;
        }
        Self::new((y1 * 1000 + y2 * 100 + y3 * 10 + y4) as i32, m1 * 10 + m2, d1 * 10 + d2)
    }

    /// Reads `DD/MM/YYYY`, also with single digits, `-` or `.` between.
    pub fn parse_day_first(text: &[u8]) -> Option<Self> {
        let mut parts = text.splitn(3, |byte| matches!(byte, b'/' | b'.' | b'-'));
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        if day.len() > 2 || month.len() > 2 || year.len() != 4 {
            return None;
        }
        Self::new(digits(year)? as i32, digits(month)?, digits(day)?)
    }

    /// Year, month and day.
    pub fn civil(self) -> (i32, u32, u32) {
        // Years of this count begin in March, so that the leap day comes last.
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        (year_of_era + era * 400 + i32::from(month <= 2), month as u32, day as u32)
    }

    /// The day this many days later.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The same date this many months later, or the last day of that month.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.civil();
        let count = year * 12 + month as i32 - 1 + months;
        let (year, month) = (count.div_euclid(12), count.rem_euclid(12) as u32 + 1);
        Self(number(year, month, day.min(days_in(year, month))))
    }

    /// The first `day` of `month` on or after this day; the last day of the month where it has
    /// fewer.
    #[must_use]
    pub fn next_yearly(self, month: u32, day: u32) -> Self {
        let (year, ..) = self.civil();
        let this = Self(number(year, month, day.min(days_in(year, month))));
        if this >= self { this } else { Self(number(year + 1, month, day.min(days_in(year + 1, month)))) }
    }

    /// Writes `YYYY-MM-DD`.
    pub fn write_iso(self) -> [u8; 10] {
        let (year, month, day) = self.civil();
        let digit = |value: i32| b'0' + (value.rem_euclid(10)) as u8;
        let (month, day) = (month as i32, day as i32);
        [
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ]
    }

    /// The same day for the rest of the program.
    pub fn date(self) -> Date {
        let (year, month, day) = self.civil();
        Date::new(year as i16, month as i8, day as i8).unwrap_or(if self.0 < 0 { Date::MIN } else { Date::MAX })
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(number(i32::from(date.year()), u32::from(date.month().unsigned_abs()), u32::from(date.day().unsigned_abs())))
    }
}

fn number(year: i32, month: u32, day: u32) -> i32 {
    let year = year - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let from_march = (month as i32 + 9) % 12;
    let of_year = (153 * from_march + 2) / 5 + day as i32 - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

fn digits(text: &[u8]) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    text.iter().try_fold(0, |value: u32, byte| byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::date};

    use super::*;

    #[test]
    fn every_day_of_three_centuries_agrees_with_the_calendar_library() {
        let (mut day, mut known) = (Day::new(1900, 1, 1).unwrap(), date(1900, 1, 1));
        while known < date(2200, 1, 1) {
            assert_eq!(day.date(), known);
            assert_eq!(Day::from(known), day);
            assert_eq!(Day::parse_iso(known.to_string().as_bytes()), Some(day));
            assert_eq!(day.write_iso(), known.to_string().as_bytes());
            for months in [1, 6, 13, 480] {
                assert_eq!(day.plus_months(months).date(), known.saturating_add(i64::from(months).months()), "{known} {months}");
            }
            (day, known) = (day.plus_days(1), known.tomorrow().unwrap());
        }
    }

    #[test]
    fn what_is_not_a_day_is_not_read() {
        for text in [
            "",
            "2026",
            "2026-13-01",
            "2026-02-29",
            "2026-00-01",
            "2026-1-1",
            "2026-01-01x",
            "26-01-01",
            "x026-01-01",
            "1899-12-31",
            "2200-01-01",
        ] {
            assert_eq!(Day::parse_iso(text.as_bytes()), None, "{text}");
        }
        for text in ["", "1/2", "31/04/2026", "1/2/26", "001/02/2026", "1/2/2026/3", "//", "a/b/cccc"] {
            assert_eq!(Day::parse_day_first(text.as_bytes()), None, "{text}");
        }
        let day = Day::new(2026, 2, 1);
        assert_eq!(Day::parse_iso(b"2026-02-01T09:30:00Z"), day);
        for text in ["01/02/2026", "1/2/2026", "1.2.2026", "01-02-2026"] {
            assert_eq!(Day::parse_day_first(text.as_bytes()), day, "{text}");
        }
    }

    #[test]
    fn yearly_days_come_on_or_after() {
        let day = |y, m, d| Day::new(y, m, d).unwrap();
        assert_eq!(day(2020, 4, 5).next_yearly(4, 5), day(2020, 4, 5));
        assert_eq!(day(2020, 4, 6).next_yearly(4, 5), day(2021, 4, 5));
        assert_eq!(day(2021, 1, 1).next_yearly(2, 29), day(2021, 2, 28));
        assert_eq!(day(2023, 3, 1).next_yearly(2, 29), day(2024, 2, 29));
    }
}
