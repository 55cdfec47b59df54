//! The working days of each division as an array, from the published file and from the
//! standing rules, worked out without the code under test.

use std::sync::OnceLock;

use super::days::{Day, date_of, day_of, weekday};

/// The first and the last year of the arrays.
const YEARS: std::ops::RangeInclusive<i64> = 2000..=2140;

/// The working days of one division: their list, and how many there are up to each day.
pub(super) struct Working {
    first: Day,
    /// How many working days there are from the first day of all to this one, included.
    up_to: Vec<i64>,
    /// Every working day, in order.
    list: Vec<Day>,
}

impl Working {
    fn count(&self, day: Day) -> i64 {
        self.up_to[(day - self.first) as usize]
    }

    /// The `days`-th working day after `day`, or before it when negative.
    pub(super) fn away(&self, day: Day, days: i64) -> Day {
        match days {
            0 => day,
            1.. => self.list[(self.count(day) + days - 1) as usize],
            _ => self.list[(self.count(day - 1) + days) as usize],
        }
    }

    pub(super) fn on_or_after(&self, day: Day) -> Day {
        self.away(day - 1, 1)
    }

    pub(super) fn on_or_before(&self, day: Day) -> Day {
        self.away(day + 1, -1)
    }
}

/// The working days of a division: 0 England and Wales, 1 Scotland, 2 Northern Ireland.
pub(super) fn working(division: usize) -> &'static Working {
    static ALL: OnceLock<Vec<Working>> = OnceLock::new();
    &ALL.get_or_init(|| (0..3).map(build).collect())[division]
}

fn build(division: usize) -> Working {
    let closed = closed_days(division);
    let (first, last) = (day_of((*YEARS.start(), 1, 1)), day_of((*YEARS.end(), 12, 31)));
    let mut working = Working { first, up_to: vec![], list: vec![] };
    for day in first..=last {
        if weekday(day) < 5 && !closed.contains(&day) {
            working.list.push(day);
        }
        working.up_to.push(working.list.len() as i64);
    }
    working
}

fn closed_days(division: usize) -> std::collections::HashSet<Day> {
    let name = ["england-and-wales", "scotland", "northern-ireland"][division];
    let file: serde_json::Value = serde_json::from_str(include_str!("../../../data/bank-holidays.json")).unwrap();
    let part = |text: &str, from: usize, to: usize| text[from..to].parse::<i64>().unwrap();
    let published: Vec<_> = file[name]["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["date"].as_str().unwrap())
        .map(|text| (part(text, 0, 4), part(text, 5, 7), part(text, 8, 10)))
        .collect();
    let by_rule = YEARS.filter(|year| !published.iter().any(|(published, ..)| published == year)).flat_map(|year| rules(division, year));
    published.iter().copied().map(day_of).chain(by_rule).collect()
}

/// The bank holidays of a year by statute, custom and proclamation. Each fixed date takes the
/// next weekday that no other holiday of the list has taken.
fn rules(division: usize, year: i64) -> Vec<Day> {
    let at = |month, date| day_of((year, month, date));
    let monday_from = |day: Day| day + (7 - weekday(day)) % 7;
    let last_monday = |month| monday_from(at(month, 25));
    let easter = easter(year);
    let mut days = vec![easter - 2];
    days.push(if year == 2020 { at(5, 8) } else { monday_from(at(5, 1)) });
    days.push(if year == 2022 { at(6, 2) } else { last_monday(5) });
    days.push(if division == 1 { monday_from(at(8, 1)) } else { last_monday(8) });
    if division != 1 {
        days.push(easter + 1);
    }
    match year {
        2022 => days.extend([at(6, 3), at(9, 19)]),
        2023 => days.push(at(5, 8)),
        _ => {}
    }
    let mut fixed = vec![at(1, 1), at(12, 25), at(12, 26)];
    match division {
        1 => fixed.extend([at(1, 2), at(11, 30)]),
        2 => fixed.extend([at(3, 17), at(7, 12)]),
        _ => {}
    }
    // Dates that fall on working weekdays keep them; the others take what is free after them.
    let (keep, mut moved): (Vec<_>, Vec<_>) = fixed.into_iter().partition(|day| weekday(*day) < 5);
    days.extend(keep);
    moved.sort_unstable();
    for day in moved {
        let mut free = day;
        while weekday(free) >= 5 || days.contains(&free) {
            free += 1;
        }
        days.push(free);
    }
    days
}

/// Easter Sunday from the age of the moon: the Sunday after the paschal full moon, which is
/// found from the golden number and the epact of the reformed calendar.
fn easter(year: i64) -> Day {
    let golden = year % 19 + 1;
    let century = year / 100 + 1;
    let solar = 3 * century / 4 - 12;
    let lunar = (8 * century + 5) / 25 - 5;
    let mut epact = (11 * golden + 20 + lunar - solar).rem_euclid(30);
    if (epact == 25 && golden > 11) || epact == 24 {
        epact += 1;
    }
    let moon = if epact > 23 { 74 - epact } else { 44 - epact };
    let full_moon = day_of((year, 3, 1)) + moon - 1;
    full_moon + 7 - (weekday(full_moon) + 1) % 7
}

#[test]
fn the_arrays_know_the_holidays_that_people_remember() {
    for (date, sunday) in [(2018, (4, 1)), (2024, (3, 31)), (2038, (4, 25)), (2049, (4, 18)), (2076, (4, 19))] {
        assert_eq!(date_of(easter(date)), (date, sunday.0, sunday.1));
    }
    let england = working(0);
    assert_eq!(date_of(england.on_or_after(day_of((2022, 9, 19)))), (2022, 9, 20));
    assert_eq!(date_of(england.on_or_after(day_of((2026, 12, 25)))), (2026, 12, 29));
    assert_eq!(date_of(england.on_or_before(day_of((2026, 12, 28)))), (2026, 12, 24));
    assert_eq!(date_of(working(1).on_or_after(day_of((2034, 1, 1)))), (2034, 1, 4));
    assert_eq!(date_of(england.away(day_of((2026, 12, 18)), 5)), (2026, 12, 29));
    assert_eq!(date_of(england.away(day_of((2026, 12, 29)), -5)), (2026, 12, 18));
}
