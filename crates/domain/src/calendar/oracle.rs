//! A second implementation, written differently: it counts the days of a request one by
//! one, with tables of its own, and must agree with the clock everywhere.

use std::collections::BTreeSet;

use jiff::civil::Date;
use proptest::prelude::*;

use super::{Calendar, Division, Extension, Pause, Right, RightsClock, When};

/// Days of the month, without the calendar library.
fn month_length(year: i16, month: i8) -> i8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn next_day(day: (i16, i8, i8)) -> (i16, i8, i8) {
    let (year, month, date) = day;
    if date < month_length(year, month) {
        (year, month, date + 1)
    } else if month < 12 {
        (year, month + 1, 1)
    } else {
        (year + 1, 1, 1)
    }
}

fn plain(date: Date) -> (i16, i8, i8) {
    (date.year(), date.month(), date.day())
}

/// The holidays of a division, read from the published file without the parser under test.
fn holidays(division: Division) -> BTreeSet<(i16, i8, i8)> {
    let file: serde_json::Value = serde_json::from_str(include_str!("../../data/bank-holidays.json")).unwrap();
    let events = file[division.id()]["events"].as_array().unwrap();
    let part = |text: &str, from: usize, to: usize| text[from..to].parse::<i16>().unwrap();
    events
        .iter()
        .map(|event| event["date"].as_str().unwrap())
        .map(|text| (part(text, 0, 4), part(text, 5, 7) as i8, part(text, 8, 10) as i8))
        .collect()
}

/// Weekday by counting from Monday 1 January 2024.
fn is_weekend(day: (i16, i8, i8)) -> bool {
    let mut at = (2024, 1, 1);
    let mut weekday = 0;
    while at != day {
        at = next_day(at);
        weekday = (weekday + 1) % 7;
    }
    weekday >= 5
}

/// The last day of the period, by walking: the month's end is where the calendar shows the
/// start's day number again in the right month (or that month's last day); then one more
/// day for each distinct day with an open question after the start; then on to a day of work.
fn due_by_walking(start: Date, months: i8, pauses: &[Pause], division: Division) -> (i16, i8, i8) {
    let (mut year, mut month) = (start.year(), start.month());
    for _ in 0..months {
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    let wanted = (year, month, start.day().min(month_length(year, month)));
    let mut at = plain(start);
    while at != wanted {
        at = next_day(at);
    }
    let closed = holidays(division);
    let rest = |mut day: (i16, i8, i8)| {
        while is_weekend(day) || closed.contains(&day) {
            day = next_day(day);
        }
        day
    };
    let mut questioned = BTreeSet::new();
    let mut ordered = pauses.to_vec();
    ordered.sort_by_key(|pause| (pause.asked, pause.answered));
    for pause in ordered {
        let mut end = at;
        for _ in &questioned {
            end = next_day(end);
        }
        if plain(pause.asked) > rest(end) {
            continue;
        }
        let (mut day, last) = (plain(pause.asked), plain(pause.answered.unwrap()));
        loop {
            if day > plain(start) {
                questioned.insert(day);
            }
            if day == last {
                break;
            }
            day = next_day(day);
        }
    }
    for _ in &questioned {
        at = next_day(at);
    }
    rest(at)
}

fn clock(start: Date, division: Division, pauses: Vec<Pause>, extended: bool) -> RightsClock {
    let mut clock = RightsClock::new(Right::Access, start, division);
    clock.pauses = pauses;
    clock.extension = extended.then(Extension::default);
    clock
}

#[test]
fn every_day_of_four_years_agrees_with_the_walk() {
    let calendar = Calendar::embedded();
    for division in Division::ALL {
        let mut start = jiff::civil::date(2024, 1, 1);
        while start <= jiff::civil::date(2028, 9, 20) {
            for (months, extended) in [(1, false), (3, true)] {
                let deadline = clock(start, division, vec![], extended).deadline(&calendar, None, None).unwrap();
                let due = deadline.due.unwrap().date();
                // Walking from 2024 for each day is slow, so weekends are asked of the library here.
                let expected = due_by_library_weekday(start, months, division);
                assert_eq!(plain(due), expected, "{start} {division} {months}");
            }
            start = start.tomorrow().unwrap();
        }
    }
}

fn due_by_library_weekday(start: Date, months: i8, division: Division) -> (i16, i8, i8) {
    let (mut year, mut month) = (start.year(), start.month());
    for _ in 0..months {
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    let mut day = (year, month, start.day().min(month_length(year, month)));
    let closed = CLOSED.with(|closed| closed[division as usize].clone());
    while closed.contains(&day) || Date::new(day.0, day.1, day.2).unwrap().weekday().to_monday_zero_offset() >= 5 {
        day = next_day(day);
    }
    day
}

thread_local! {
    static CLOSED: Vec<BTreeSet<(i16, i8, i8)>> = Division::ALL.iter().map(|division| holidays(*division)).collect();
}

fn division() -> impl Strategy<Value = Division> {
    prop::sample::select(Division::ALL.to_vec())
}

/// A day of 2024 to 2028 early enough that three months and pauses end inside the table.
fn start() -> impl Strategy<Value = Date> {
    (0..1_600i64).prop_map(|days| super::dates::plus_days(jiff::civil::date(2024, 1, 1), days))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn random_pauses_and_extensions_agree_with_the_walk(
        start in start(),
        division in division(),
        extended in any::<bool>(),
        offsets in prop::collection::vec((-20..70i64, 0..25i64), 0..5),
    ) {
        let pause = |asked: i64, length: i64| {
            let asked = super::dates::plus_days(start, asked);
            Pause { asked, answered: Some(super::dates::plus_days(asked, length)) }
        };
        let pauses: Vec<_> = offsets.iter().map(|(asked, length)| pause(*asked, *length)).collect();
        let deadline = clock(start, division, pauses.clone(), extended).deadline(&Calendar::embedded(), None, None).unwrap();
        let due = deadline.due.unwrap().date();
        prop_assert_eq!(plain(due), due_by_walking(start, if extended { 3 } else { 1 }, &pauses, division));
        prop_assert!(deadline.cautious.unwrap().date() <= due);
        prop_assert!(deadline.target.unwrap() < due);
        prop_assert!(deadline.strict.unwrap() < due);
        prop_assert_eq!(deadline.steps.last().and_then(|step| step.date).map(When::date), Some(due));
    }

    #[test]
    fn a_longer_answer_never_makes_the_date_earlier(start in start(), division in division(), asked in 0..25i64, length in 0..20i64) {
        let calendar = Calendar::embedded();
        let due = |length: i64| {
            let asked = super::dates::plus_days(start, asked);
            let pause = Pause { asked, answered: Some(super::dates::plus_days(asked, length)) };
            clock(start, division, vec![pause], false).deadline(&calendar, None, None).unwrap().due.unwrap().date()
        };
        prop_assert!(due(length) <= due(length + 1));
    }
}
