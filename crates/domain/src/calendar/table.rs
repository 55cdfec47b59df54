//! [`Calendar`]: bank holidays and working days.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use super::{Division, standing};
use crate::{Refusal, RefusalCode};

const EMBEDDED: &str = include_str!("../../data/bank-holidays.json");

/// Notes of an entry that was proclaimed for one year only. Such an entry survives the
/// import of a table that does not have it yet.
const ONE_OFF: &str = "One-off";

/// A bank holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// The name in the published table.
    pub name: String,
    /// The day stands in for one that falls on a weekend.
    pub substitute: bool,
}

impl Holiday {
    /// The name for a sentence: `Boxing Day, substitute day`.
    pub fn shown(&self) -> String {
        if self.substitute { format!("{}, substitute day", self.name) } else { self.name.clone() }
    }
}

#[derive(Debug, Clone, Default)]
struct Published {
    days: BTreeMap<Date, Holiday>,
    one_off: BTreeSet<Date>,
    years: BTreeSet<i16>,
}

/// The bank holidays of the three divisions: a published table where there is one, the
/// standing rules for every other year.
#[derive(Debug, Clone)]
pub struct Calendar {
    published: BTreeMap<Division, Published>,
}

#[derive(Deserialize)]
struct PublishedDivision {
    events: Vec<PublishedEvent>,
}

#[derive(Deserialize)]
struct PublishedEvent {
    title: String,
    date: String,
    #[serde(default)]
    notes: String,
}

impl Calendar {
    /// The table committed with the program: 2024 to 2028.
    pub fn embedded() -> Self {
        read(EMBEDDED).map_or_else(|_| Self::standing_rules(), |published| Self { published })
    }

    /// A calendar of the standing rules alone.
    pub fn standing_rules() -> Self {
        Self { published: BTreeMap::new() }
    }

    /// This calendar with a newer published table laid over it. Each year that the new
    /// table has for a division replaces the old year whole; other years stay.
    ///
    /// # Errors
    /// `DATE-011` when the text is not the published JSON, names an unknown division or
    /// has a date that does not exist.
    pub fn import(&self, json: &str) -> Result<Self, Refusal> {
        let mut merged = self.published.clone();
        for (division, mut newer) in read(json)? {
            let older = merged.entry(division).or_default();
            let kept = |day: &Date| !newer.years.contains(&day.year()) || older.one_off.contains(day);
            let keep: Vec<_> = older.days.iter().filter(|(day, _)| kept(day)).map(|(day, holiday)| (*day, holiday.clone())).collect();
            for (day, holiday) in keep {
                newer.days.entry(day).or_insert(holiday);
            }
            newer.one_off.extend(&older.one_off);
            newer.years.extend(&older.years);
            *older = newer;
        }
        Ok(Self { published: merged })
    }

    /// Whether the published table has this year for the division.
    pub fn covers(&self, division: Division, year: i16) -> bool {
        self.published.get(&division).is_some_and(|table| table.years.contains(&year))
    }

    /// The bank holiday that falls on `day`, if any. Weekends are not bank holidays.
    pub fn holiday(&self, division: Division, day: Date) -> Option<Holiday> {
        if self.covers(division, day.year()) {
            return self.published.get(&division).and_then(|table| table.days.get(&day)).cloned();
        }
        standing::holidays(division, day.year()).into_iter().find(|(date, _)| *date == day).map(|(_, holiday)| holiday)
    }

    /// Monday to Friday and no bank holiday in the division.
    pub fn is_working_day(&self, division: Division, day: Date) -> bool {
        if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return false;
        }
        match self.published.get(&division).filter(|table| table.years.contains(&day.year())) {
            Some(table) => !table.days.contains_key(&day),
            None => !standing::is_holiday(division, day),
        }
    }

    /// The day itself when it is a working day, otherwise the next working day.
    pub fn roll_forward(&self, division: Division, day: Date) -> Date {
        self.step_until_working(division, day, Date::tomorrow)
    }

    /// The day itself when it is a working day, otherwise the last working day before it.
    pub fn roll_back(&self, division: Division, day: Date) -> Date {
        self.step_until_working(division, day, Date::yesterday)
    }

    /// The last working day strictly before `day`.
    pub fn last_working_day_before(&self, division: Division, day: Date) -> Date {
        self.roll_back(division, day.yesterday().unwrap_or(day))
    }

    /// The `days`-th working day after `day`; the day itself is not counted, whether or
    /// not it is a working day. With 0 it is the day itself.
    pub fn add_working_days(&self, division: Division, day: Date, days: u32) -> Date {
        (0..days).fold(day, |at, _| self.roll_forward(division, at.tomorrow().unwrap_or(at)))
    }

    fn step_until_working(&self, division: Division, day: Date, step: impl Fn(Date) -> Result<Date, jiff::Error>) -> Date {
        let mut at = day;
        // No run of weekends and holidays is longer than a fortnight.
        for _ in 0..14 {
            if self.is_working_day(division, at) {
                break;
            }
            // The ends of the calendar stay where they are.
            at = step(at).unwrap_or(at);
        }
        at
    }
}

fn read(json: &str) -> Result<BTreeMap<Division, Published>, Refusal> {
    let invalid = |detail: String| Refusal::new(RefusalCode::CalendarInvalid, detail);
    let raw: BTreeMap<String, PublishedDivision> = serde_json::from_str(json).map_err(|error| invalid(format!("{error}.")))?;
    let mut published = BTreeMap::new();
    for (name, division) in raw {
        let key: Division = name.parse().map_err(|_| invalid(format!("`{name}` is no division.")))?;
        let mut table = Published::default();
        for event in division.events {
            let day: Date = event.date.parse().map_err(|_| invalid(format!("`{}` is no date.", event.date)))?;
            table.years.insert(day.year());
            if event.notes.starts_with(ONE_OFF) {
                table.one_off.insert(day);
            }
            let substitute = event.notes.to_lowercase().contains("substitute");
            table.days.insert(day, Holiday { name: event.title, substitute });
        }
        published.insert(key, table);
    }
    if published.values().all(|table| table.days.is_empty()) {
        return Err(invalid("It has no dates.".to_owned()));
    }
    Ok(published)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_embedded_table_is_whole() {
        let calendar = Calendar::embedded();
        for (division, count) in [(Division::EnglandAndWales, 40), (Division::Scotland, 46), (Division::NorthernIreland, 50)] {
            assert_eq!(calendar.published[&division].days.len(), count, "{division}");
            assert!((2024..=2028).all(|year| calendar.covers(division, year)));
            assert!(!calendar.covers(division, 2023) && !calendar.covers(division, 2029));
        }
    }

    #[test]
    fn the_standing_rules_agree_with_the_published_table() {
        let calendar = Calendar::embedded();
        for division in Division::ALL {
            for year in 2024..=2028 {
                let published: Vec<_> = calendar.published[&division]
                    .days
                    .iter()
                    .filter(|(day, _)| day.year() == year)
                    .map(|(day, h)| (*day, h.clone()))
                    .collect();
                let mut computed = standing::holidays(division, year);
                if division == Division::Scotland && year == 2026 {
                    computed.push((date(2026, 6, 15), Holiday { name: "World Cup bank holiday".to_owned(), substitute: false }));
                    computed.sort_unstable_by_key(|(day, _)| *day);
                }
                assert_eq!(computed, published, "{division} {year}");
            }
        }
    }

    #[test]
    fn a_newer_table_replaces_whole_years_and_keeps_one_off_days() {
        let json = r#"{"scotland":{"division":"scotland","events":[
            {"title":"New Year’s Day","date":"2026-01-01","notes":"","bunting":true},
            {"title":"A new holiday","date":"2029-06-05","notes":"","bunting":true}]}}"#;
        let calendar = Calendar::embedded().import(json).unwrap();
        let scotland = Division::Scotland;
        assert!(calendar.covers(scotland, 2029));
        assert!(!calendar.is_working_day(scotland, date(2029, 6, 5)));
        assert!(calendar.is_working_day(scotland, date(2026, 1, 2)), "2026 was replaced");
        assert!(!calendar.is_working_day(scotland, date(2026, 6, 15)), "proclaimed days stay");
        assert!(!calendar.is_working_day(scotland, date(2027, 1, 4)), "2027 stays");
        assert!(!calendar.is_working_day(Division::EnglandAndWales, date(2026, 4, 6)), "other divisions stay");
    }

    #[test]
    fn a_table_that_cannot_be_read_is_refused() {
        for json in [
            "",
            "[]",
            "{}",
            r#"{"scotland":{"events":[]}}"#,
            r#"{"mars":{"events":[{"title":"x","date":"2026-01-01"}]}}"#,
            r#"{"scotland":{"events":[{"title":"x","date":"2026-02-30"}]}}"#,
            r#"{"scotland":{"events":[{"date":"2026-02-03"}]}}"#,
        ] {
            assert_eq!(Calendar::embedded().import(json).unwrap_err().code, RefusalCode::CalendarInvalid, "{json}");
        }
    }

    #[test]
    fn working_days_step_over_weekends_and_holidays() {
        let calendar = Calendar::embedded();
        let division = Division::EnglandAndWales;
        assert_eq!(calendar.roll_forward(division, date(2026, 12, 25)), date(2026, 12, 29));
        assert_eq!(calendar.roll_back(division, date(2026, 12, 28)), date(2026, 12, 24));
        assert_eq!(calendar.last_working_day_before(division, date(2026, 12, 29)), date(2026, 12, 24));
        assert_eq!(calendar.add_working_days(division, date(2026, 12, 24), 1), date(2026, 12, 29));
        assert_eq!(calendar.add_working_days(division, date(2026, 12, 18), 5), date(2026, 12, 29));
        assert_eq!(calendar.add_working_days(division, date(2026, 12, 19), 0), date(2026, 12, 19));
        assert_eq!(calendar.holiday(division, date(2026, 12, 28)).unwrap().shown(), "Boxing Day, substitute day");
        assert_eq!(calendar.holiday(division, date(2030, 4, 22)).unwrap().name, "Easter Monday");
        assert_eq!(calendar.holiday(Division::Scotland, date(2030, 4, 22)), None);
    }
}
