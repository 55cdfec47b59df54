//! The standing rules of bank holidays, for years the published table does not cover.

use std::sync::OnceLock;

use jiff::civil::{Date, Weekday, date};

use super::{Division, Holiday, dates::plus_days};

/// The years for which the days are computed once and kept: every year a date can be given
/// in, and the years that long periods reach.
const KEPT: std::ops::RangeInclusive<i16> = 2018..=2130;

/// Whether `day` is a bank holiday by the standing rules. Asked for every day of a period of
/// working days, so the days of the usual years are computed only once.
pub(super) fn is_holiday(division: Division, day: Date) -> bool {
    static DAYS: OnceLock<Vec<Vec<Date>>> = OnceLock::new();
    let computed = |division, year| holidays(division, year).into_iter().map(|(day, _)| day).collect::<Vec<_>>();
    let of_year = |at: Division, year: i16| usize::from(year.abs_diff(*KEPT.start())) * Division::ALL.len() + at as usize;
    if !KEPT.contains(&day.year()) {
        return computed(division, day.year()).contains(&day);
    }
    let kept = DAYS.get_or_init(|| KEPT.flat_map(|year| Division::ALL.map(|division| computed(division, year))).collect());
    kept.get(of_year(division, day.year())).is_some_and(|days| days.contains(&day))
}

/// The bank holidays of a year by the standing rules, in date order: the Banking and
/// Financial Dealings Act 1971 Schedule 1, common law days, and proclaimed substitutes.
/// One-off changes of past years are included; those of future years are not known.
pub(super) fn holidays(division: Division, year: i16) -> Vec<(Date, Holiday)> {
    let mut days = Vec::with_capacity(10);
    new_year(&mut days, division, year);
    let good_friday = plus_days(easter(year), -2);
    days.push(named(good_friday, "Good Friday"));
    if division != Division::Scotland {
        days.push(named(plus_days(good_friday, 3), "Easter Monday"));
    }
    days.push(named(early_may(year), "Early May bank holiday"));
    days.push(named(spring(year), "Spring bank holiday"));
    match division {
        Division::EnglandAndWales => days.push(named(last_monday(year, 8), "Summer bank holiday")),
        Division::Scotland => {
            days.push(named(first_monday(year, 8), "Summer bank holiday"));
            days.push(or_monday(date(year, 11, 30), "St Andrew’s Day"));
        }
        Division::NorthernIreland => {
            days.push(or_monday(date(year, 3, 17), "St Patrick’s Day"));
            days.push(or_monday(date(year, 7, 12), "Battle of the Boyne (Orangemen’s Day)"));
            days.push(named(last_monday(year, 8), "Summer bank holiday"));
        }
    }
    christmas(&mut days, year);
    days.extend(ONE_OFF.iter().filter(|(day, _)| day.year() == year).map(|(day, name)| named(*day, name)));
    days.sort_unstable_by_key(|(day, _)| *day);
    days
}

/// One-off holidays of the whole United Kingdom before the embedded table begins.
const ONE_OFF: &[(Date, &str)] = &[
    (date(2022, 6, 3), "Platinum Jubilee bank holiday"),
    (date(2022, 9, 19), "Bank Holiday for the State Funeral of Queen Elizabeth II"),
    (date(2023, 5, 8), "Bank holiday for the coronation of King Charles III"),
];

fn new_year(days: &mut Vec<(Date, Holiday)>, division: Division, year: i16) {
    let first = date(year, 1, 1);
    let name = "New Year’s Day";
    if division != Division::Scotland {
        days.push(or_monday(first, name));
        return;
    }
    let second = "2nd January";
    match first.weekday() {
        Weekday::Friday => days.extend([named(first, name), substitute(date(year, 1, 4), second)]),
        Weekday::Saturday => days.extend([substitute(date(year, 1, 3), name), substitute(date(year, 1, 4), second)]),
        Weekday::Sunday => days.extend([substitute(date(year, 1, 2), name), substitute(date(year, 1, 3), second)]),
        _ => days.extend([named(first, name), named(date(year, 1, 2), second)]),
    }
}

fn christmas(days: &mut Vec<(Date, Holiday)>, year: i16) {
    let (christmas, boxing) = ("Christmas Day", "Boxing Day");
    let (on_25, on_26) = (date(year, 12, 25), date(year, 12, 26));
    match on_25.weekday() {
        Weekday::Friday => days.extend([named(on_25, christmas), substitute(date(year, 12, 28), boxing)]),
        Weekday::Saturday => days.extend([substitute(date(year, 12, 27), christmas), substitute(date(year, 12, 28), boxing)]),
        Weekday::Sunday => days.extend([named(on_26, boxing), substitute(date(year, 12, 27), christmas)]),
        _ => days.extend([named(on_25, christmas), named(on_26, boxing)]),
    }
}

/// The first Monday of May, except in 2020, when it moved to the 75th VE Day.
fn early_may(year: i16) -> Date {
    if year == 2020 { date(2020, 5, 8) } else { first_monday(year, 5) }
}

/// The last Monday of May, except in 2022, when it moved to the jubilee weekend.
fn spring(year: i16) -> Date {
    if year == 2022 { date(2022, 6, 2) } else { last_monday(year, 5) }
}

fn named(day: Date, name: &str) -> (Date, Holiday) {
    (day, Holiday { name: name.to_owned(), substitute: false })
}

fn substitute(day: Date, name: &str) -> (Date, Holiday) {
    (day, Holiday { name: name.to_owned(), substitute: true })
}

/// The day itself, or the Monday after when it falls on a weekend.
fn or_monday(day: Date, name: &str) -> (Date, Holiday) {
    match day.weekday() {
        Weekday::Saturday => substitute(plus_days(day, 2), name),
        Weekday::Sunday => substitute(plus_days(day, 1), name),
        _ => named(day, name),
    }
}

fn first_monday(year: i16, month: i8) -> Date {
    let first = date(year, month, 1);
    plus_days(first, i64::from((8 - first.weekday().to_monday_one_offset()) % 7))
}

/// The last Monday of a month of 31 days.
fn last_monday(year: i16, month: i8) -> Date {
    let last = date(year, month, 31);
    plus_days(last, -i64::from(last.weekday().to_monday_zero_offset()))
}

/// Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876.
fn easter(year: i16) -> Date {
    let year = i32::from(year);
    let golden = year % 19;
    let (century, rest) = (year / 100, year % 100);
    let (leap_centuries, century_rest) = (century / 4, century % 4);
    let moon_shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - leap_centuries - moon_shift + 15) % 30;
    let weekday = (32 + 2 * century_rest + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let sum = epact + weekday - 7 * late + 114;
    date(year as i16, (sum / 31) as i8, (sum % 31 + 1) as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_tables_say() {
        for (year, month, day) in [
            (2018, 4, 1),
            (2019, 4, 21),
            (2024, 3, 31),
            (2027, 3, 28),
            (2035, 3, 25),
            (2038, 4, 25),
            (2049, 4, 18),
            (2076, 4, 19),
            (2099, 4, 12),
        ] {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn every_computed_holiday_is_a_weekday_and_falls_once() {
        for division in Division::ALL {
            for year in 2018..=2101 {
                let days = holidays(division, year);
                assert!(days.windows(2).all(|pair| pair[0].0 < pair[1].0), "{division} {year}");
                assert!(days.iter().all(|(day, _)| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)), "{division} {year}");
                let expected = match division {
                    Division::EnglandAndWales => 8,
                    Division::Scotland => 9,
                    Division::NorthernIreland => 10,
                } + ONE_OFF.iter().filter(|(day, _)| day.year() == year).count();
                assert_eq!(days.len(), expected, "{division} {year}");
            }
        }
    }

    #[test]
    fn a_weekend_new_year_in_scotland_gives_two_substitutes() {
        let days: Vec<_> = holidays(Division::Scotland, 2034).into_iter().take(2).map(|(day, _)| day).collect();
        assert_eq!(days, [date(2034, 1, 2), date(2034, 1, 3)], "1 January 2034 is a Sunday");
    }
}
