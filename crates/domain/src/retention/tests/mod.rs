//! Tests of the retention rules: an example for every row of the seed policies' tables, rules
//! of precedence, properties, and an independent implementation.

mod builtin;
mod oracle;
mod precedence;
mod properties;
mod rows_a;
mod rows_b;

use super::{Day, Explanation, Facts, Outcome, Schedule};
use crate::policy::{
    YearEnd,
    retention::{Retention, problems},
};

/// A schedule from the text of a pack, which must have nothing wrong with it.
fn schedule(text: &str) -> Schedule {
    schedule_with(text, Some(YearEnd { month: 3, day: 31 }))
}

fn schedule_with(text: &str, year_end: Option<YearEnd>) -> Schedule {
    let retention = read(text);
    assert_eq!(problems(&retention, &[]), []);
    Schedule::of(&retention, year_end)
}

fn read(text: &str) -> Retention {
    toml::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

fn day(text: &str) -> Day {
    Day::parse_iso(text.as_bytes()).unwrap()
}

/// Facts written `name=value name=value`.
fn facts(schedule: &Schedule, written: &str) -> Facts {
    let mut facts = Facts::new(schedule);
    for fact in written.split_whitespace() {
        let (name, value) = fact.split_once('=').unwrap();
        facts.set(schedule, name, value).unwrap();
    }
    facts
}

fn outcome(schedule: &Schedule, class: &str, written: &str, on: &str) -> Outcome {
    schedule.evaluate(&facts(schedule, written).of(schedule.class(class).unwrap()), day(on))
}

fn explained(schedule: &Schedule, class: &str, written: &str, on: &str) -> Explanation {
    schedule.explain(&facts(schedule, written).of(schedule.class(class).unwrap()), day(on))
}

/// The state and the due date, as a script reads them: `due 2026-03-01`, `missing_fact -`.
fn short(schedule: &Schedule, class: &str, written: &str, on: &str) -> String {
    let outcome = outcome(schedule, class, written, on);
    let due = outcome.due.map_or("-".to_owned(), |day| day.date().to_string());
    format!("{} {due}", outcome.state.name())
}

/// Checks rows of (class, facts, on, what is expected), each in the sweep and the explanation.
fn check(schedule: &Schedule, rows: &[(&str, &str, &str, &str)]) {
    for (class, written, on, expected) in rows {
        assert_eq!(short(schedule, class, written, on), *expected, "{class} {written} on {on}");
        let explanation = explained(schedule, class, written, on);
        let due = explanation.due.map_or("-".to_owned(), |date| date.to_string());
        assert_eq!(format!("{} {due}", explanation.state), *expected, "explained: {class} {written} on {on}");
        assert!(!explanation.reason.is_empty(), "{class} {written}");
        assert!(explanation.due.is_none() || !explanation.steps.is_empty(), "{class} {written}");
    }
}
