//! What went on in a simulated life, and what should not have.

use std::collections::BTreeSet;

use domain::{
    alerts::{Alert, Running, Stage},
    calendar::Deadline,
};
use serde::Serialize;

use super::Day;

/// The most wrong things that are kept in words.
const KEPT: usize = 50;

/// The report of one pack.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    name: String,
    seed: u64,
    days: i64,
    /// How long it took, in seconds.
    pub(super) value: f64,
    unit: &'static str,
    /// Clocks that were started by an event.
    pub(super) clocks: usize,
    /// Clocks and duties done in time.
    pub(super) kept: usize,
    /// Clocks and duties done late.
    pub(super) late: usize,
    /// Duties that came round and were done.
    pub(super) duties: usize,
    /// Alerts given.
    pub(super) alerts: usize,
    /// Things held at one time or another.
    pub(super) holdings: usize,
    /// Things destroyed because they were due.
    pub(super) destroyed: usize,
    /// Things that would have gone but for a hold, counted once.
    pub(super) held: usize,
    /// Things that wait for a fact, or for the organisation to decide.
    pub(super) waiting: usize,
    /// What should not have happened.
    pub(super) wrong: Vec<String>,
}

impl Report {
    pub(super) fn new(pack: &str, seed: u64, days: i64) -> Self {
        Self {
            name: format!("life {pack}"),
            seed,
            days,
            value: 0.0,
            unit: "s",
            clocks: 0,
            kept: 0,
            late: 0,
            duties: 0,
            alerts: 0,
            holdings: 0,
            destroyed: 0,
            held: 0,
            waiting: 0,
            wrong: Vec::new(),
        }
    }

    /// Notes something that should not have happened.
    pub(super) fn wrong(&mut self, what: String) {
        if self.wrong.len() < KEPT {
            self.wrong.push(what);
        }
    }

    /// Notes a deadline that does not explain itself.
    pub(super) fn check_explained(&mut self, rule: &str, deadline: &Deadline) {
        let sentences = deadline.steps.iter().all(|step| step.what.ends_with('.') && step.what.len() > 10);
        let rests_on_something = deadline.steps.iter().any(|step| !step.source.is_empty());
        let open = deadline.paused_since.is_some() || !deadline.outstanding.is_empty();
        if deadline.steps.is_empty() || !sentences || !rests_on_something || (deadline.due.is_none() && !open) {
            self.wrong(format!("the clock `{rule}` does not explain its date: {:?}", deadline.steps));
        }
    }
}

/// Every clock that runs has had the alert of the stage it is in: found again from the number
/// of days alone.
pub(super) fn missed_alerts(day: &Day<'_>, running: &[Running<'_>], given: &BTreeSet<Alert>, report: &mut Report) {
    for clock in running {
        let days = (clock.due - day.today).get_days();
        let stage = match days {
            8.. => continue,
            2..=7 => Stage::Week,
            1 => Stage::Eve,
            0 => Stage::Today,
            _ => Stage::Overdue,
        };
        let alert = Alert { record: clock.record.to_owned(), clock: clock.clock.to_owned(), due: clock.due, stage };
        if !given.contains(&alert) {
            report.wrong(format!("{}: {alert:?} was never given", day.today));
        }
    }
}
