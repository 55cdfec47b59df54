//! Dates as whole numbers: days since 1 January 1970, with nothing but integer arithmetic.

/// A day: 0 is Thursday 1 January 1970.
pub(super) type Day = i64;

pub(super) fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub(super) fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Counts the leap days before a year, then the months before the month.
pub(super) fn day_of((year, month, date): (i64, i64, i64)) -> Day {
    let before = year - 1;
    let leap_days = before / 4 - before / 100 + before / 400 - 477;
    let months: i64 = (1..month).map(|month| month_length(year, month)).sum();
    (year - 1970) * 365 + leap_days + months + date - 1
}

/// Finds the year by stepping from a guess, then the month.
pub(super) fn date_of(day: Day) -> (i64, i64, i64) {
    let mut year = 1970 + day / 366;
    while day_of((year + 1, 1, 1)) <= day {
        year += 1;
    }
    let mut left = day - day_of((year, 1, 1));
    let mut month = 1;
    while left >= month_length(year, month) {
        left -= month_length(year, month);
        month += 1;
    }
    (year, month, left + 1)
}

/// 0 is Monday.
pub(super) fn weekday(day: Day) -> i64 {
    (day + 3).rem_euclid(7)
}

/// The same date so many months away, or the last day of that month.
pub(super) fn months_away(day: Day, months: i64) -> Day {
    let (year, month, date) = date_of(day);
    let index = year * 12 + month - 1 + months;
    let (year, month) = (index.div_euclid(12), index.rem_euclid(12) + 1);
    day_of((year, month, date.min(month_length(year, month))))
}

/// The London day of a moment in seconds since 1970: an hour ahead from 01:00 UTC on the
/// last Sunday of March to 01:00 UTC on the last Sunday of October.
pub(super) fn london_day(seconds: i64) -> Day {
    let (year, ..) = date_of(seconds.div_euclid(86_400));
    let last_sunday = |month| {
        let last = day_of((year, month, 31));
        last - (weekday(last) + 1) % 7
    };
    let (forward, back) = (last_sunday(3) * 86_400 + 3_600, last_sunday(10) * 86_400 + 3_600);
    let ahead = if (forward..back).contains(&seconds) { 3_600 } else { 0 };
    (seconds + ahead).div_euclid(86_400)
}

#[test]
fn the_whole_numbers_are_the_dates_they_should_be() {
    assert_eq!((day_of((1970, 1, 1)), weekday(0)), (0, 3));
    assert_eq!(day_of((2000, 3, 1)), 11_017);
    assert_eq!((day_of((2026, 11, 22)), weekday(day_of((2026, 11, 22)))), (20_779, 6));
    for day in (17_000..60_000).step_by(7) {
        assert_eq!(day_of(date_of(day)), day);
    }
    assert_eq!(date_of(months_away(day_of((2027, 10, 31)), 4)), (2028, 2, 29));
    assert_eq!(date_of(months_away(day_of((2026, 3, 31)), -13)), (2025, 2, 28));
}
