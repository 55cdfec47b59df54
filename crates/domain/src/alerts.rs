//! Alerts: which of them a day brings, as a function of the clocks that run.
//!
//! A clock alerts in four stages as its day comes nearer. Each stage is given once for each
//! due date: a clock that is moved alerts anew for its new date. A stage that was missed
//! because nothing ran on its day is given late, unless a more urgent one has taken its place.

use std::collections::BTreeSet;

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// How near the day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Seven days ahead, or less.
    Week,
    /// One day ahead.
    Eve,
    /// The day itself.
    Today,
    /// The day has passed.
    Overdue,
}

impl Stage {
    /// Every stage, the least urgent first.
    pub const ALL: &'static [Self] = &[Self::Week, Self::Eve, Self::Today, Self::Overdue];

    /// The stage as a number; a higher one is more urgent.
    pub const fn number(self) -> i64 {
        match self {
            Self::Week => 1,
            Self::Eve => 2,
            Self::Today => 3,
            Self::Overdue => 4,
        }
    }

    /// Reads a stage from its number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|stage| stage.number() == number)
    }

    /// The words on pages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Week => "Due within a week",
            Self::Eve => "Due tomorrow",
            Self::Today => "Due today",
            Self::Overdue => "Overdue",
        }
    }

    /// The stage that a clock due on `due` is in on `day`; `None` while it is further away.
    pub fn on(day: Date, due: Date) -> Option<Self> {
        Self::ALL.iter().copied().find(|stage| {
            let (after, until) = stage.due_days(day);
            after.is_none_or(|after| due > after) && due <= until
        })
    }

    /// The due days that are in this stage on `day`: after the first (from the beginning of
    /// time when `None`), up to and including the second.
    pub fn due_days(self, day: Date) -> (Option<Date>, Date) {
        let ahead = |days: i64| day.saturating_add(days.days());
        match self {
            Self::Week => (Some(ahead(1)), ahead(7)),
            Self::Eve => (Some(day), ahead(1)),
            Self::Today => (Some(ahead(-1)), day),
            Self::Overdue => (None, ahead(-1)),
        }
    }
}

/// One alert, and one running clock with its stage: the key that is given only once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Alert {
    /// The record.
    pub record: String,
    /// The clock's name.
    pub clock: String,
    /// The day it is due.
    pub due: Date,
    /// How near that is.
    pub stage: Stage,
}

/// A clock that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running<'a> {
    /// The record.
    pub record: &'a str,
    /// The clock's name.
    pub clock: &'a str,
    /// The day it is due.
    pub due: Date,
}

/// The alerts that `day` brings and that were not given before, in order of their keys.
pub fn alerts_on<'a>(day: Date, running: impl IntoIterator<Item = Running<'a>>, given: &BTreeSet<Alert>) -> Vec<Alert> {
    let mut alerts: Vec<Alert> = running
        .into_iter()
        .filter_map(|clock| {
            let stage = Stage::on(day, clock.due)?;
            Some(Alert { record: clock.record.to_owned(), clock: clock.clock.to_owned(), due: clock.due, stage })
        })
        .filter(|alert| !given.contains(alert))
        .collect();
    alerts.sort();
    alerts.dedup();
    alerts
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn clock(due: Date) -> Running<'static> {
        Running { record: "r1", clock: "access", due }
    }

    #[test]
    fn a_clock_alerts_a_week_a_day_ahead_on_the_day_and_after_it_each_once() {
        let due = date(2026, 11, 28);
        let (mut given, mut told) = (BTreeSet::new(), Vec::new());
        for ahead in (-5..=40).rev() {
            let day = due.saturating_sub(ahead.days());
            for alert in alerts_on(day, [clock(due)], &given) {
                told.push((ahead, alert.stage));
                given.insert(alert);
            }
        }
        assert_eq!(told, [(7, Stage::Week), (1, Stage::Eve), (0, Stage::Today), (-1, Stage::Overdue)]);
    }

    #[test]
    fn a_moved_clock_alerts_anew_and_an_ended_one_no_more() {
        let mut given = BTreeSet::new();
        given.extend(alerts_on(date(2026, 11, 27), [clock(date(2026, 11, 28))], &given));
        assert_eq!(alerts_on(date(2026, 11, 27), [clock(date(2026, 11, 28))], &given), []);
        let moved = alerts_on(date(2026, 11, 27), [clock(date(2026, 12, 1))], &given);
        assert_eq!(moved.len(), 1);
        assert_eq!(moved[0].stage, Stage::Week);
        assert_eq!(alerts_on(date(2026, 11, 29), [], &given), []);
    }

    #[test]
    fn a_clock_that_begins_late_alerts_with_the_stage_it_is_in() {
        let alerts = alerts_on(date(2026, 11, 22), [clock(date(2026, 11, 25))], &BTreeSet::new());
        assert_eq!(alerts.iter().map(|alert| alert.stage).collect::<Vec<_>>(), [Stage::Week]);
    }

    proptest! {
        #[test]
        fn every_due_day_is_in_at_most_one_stage(ahead in -4_000_i64..4_000) {
            let day = date(2026, 11, 22);
            let due = day.saturating_add(ahead.days());
            let inside = Stage::ALL.iter().filter(|stage| {
                let (after, until) = stage.due_days(day);
                after.is_none_or(|after| due > after) && due <= until
            });
            prop_assert_eq!(inside.count(), usize::from(ahead <= 7));
            prop_assert_eq!(Stage::on(day, due).is_some(), ahead <= 7);
        }

        #[test]
        fn whatever_days_the_job_runs_no_alert_is_given_twice_and_the_last_stage_is_reached(
            dues in prop::collection::vec(0_i64..60, 1..20), mut days in prop::collection::vec(-10_i64..80, 1..60)
        ) {
            let start = date(2026, 11, 22);
            days.sort_unstable();
            days.push(90);
            let names: Vec<String> = (0..dues.len()).map(|n| format!("r{n}")).collect();
            let mut given = BTreeSet::new();
            for day in days {
                let running = names.iter().zip(&dues).map(|(record, due)| {
                    Running { record, clock: "access", due: start.saturating_add(due.days()) }
                });
                for alert in alerts_on(start.saturating_add(day.days()), running, &given) {
                    prop_assert!(given.insert(alert));
                }
            }
            prop_assert_eq!(given.iter().filter(|alert| alert.stage == Stage::Overdue).count(), dues.len());
        }
    }

    #[test]
    fn stages_read_back_from_their_numbers() {
        for stage in Stage::ALL {
            assert_eq!(Stage::from_number(stage.number()), Some(*stage));
        }
        assert_eq!(Stage::from_number(0), None);
    }
}
