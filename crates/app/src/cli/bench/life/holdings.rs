//! What an organisation holds: things come, things fall due, and nothing goes under a hold.

use std::collections::BTreeSet;

use domain::{
    policy::Policy,
    retention::{Day as RetentionDay, FactRef, Facts, Schedule, State},
};
use jiff::{ToSpan, civil::Date};
use testkit::rng::Rng;

use super::{Day, report::Report};

/// How many things come in a day.
const A_DAY: usize = 12;

/// Everything held.
pub(super) struct Holdings {
    rng: Rng,
    schedule: Schedule,
    classes: Vec<String>,
    live: Vec<Held>,
}

struct Held {
    class: String,
    facts: Facts,
    about: u32,
    told_of_hold: bool,
    told_of_waiting: bool,
}

impl Holdings {
    pub(super) fn new(policy: &Policy, rng: Rng) -> Self {
        let schedule = Schedule::compile(policy);
        let classes = schedule.classes().map(str::to_owned).collect();
        Self { rng, schedule, classes, live: Vec::new() }
    }

    /// Takes in what comes today, and destroys what is due and not held.
    pub(super) fn proceed(&mut self, day: &Day<'_>, holds: impl Iterator<Item = u32>, report: &mut Report) {
        let holds: BTreeSet<u32> = holds.collect();
        if !self.classes.is_empty() {
            for _ in 0..A_DAY {
                let held = self.come(day.today);
                self.live.push(held);
                report.holdings += 1;
            }
        }
        let Some(today) = retention_day(day.today) else { return report.wrong(format!("{} is no day to the schedule", day.today)) };
        let mut live = std::mem::take(&mut self.live);
        live.retain_mut(|held| !self.goes(held, holds.contains(&held.about), today, report));
        self.live = live;
    }

    /// Whether it goes today; checked against the hold and the earliest day once more.
    fn goes(&self, held: &mut Held, under_hold: bool, today: RetentionDay, report: &mut Report) -> bool {
        held.facts.hold = under_hold;
        let Some(class) = self.schedule.class(&held.class) else { return false };
        let holding = held.facts.of(class);
        let outcome = self.schedule.evaluate(&holding, today);
        match outcome.state {
            State::Held if !held.told_of_hold => {
                held.told_of_hold = true;
                report.held += 1;
            }
            State::MissingFact if !held.told_of_waiting => {
                held.told_of_waiting = true;
                report.waiting += 1;
            }
            State::Error => report.wrong(format!("{}: the class cannot be evaluated", held.class)),
            _ => {}
        }
        if outcome.state != State::Due {
            return false;
        }
        if under_hold {
            report.wrong(format!("{} would be destroyed under a hold", held.class));
        }
        if outcome.earliest.is_some_and(|earliest| earliest > today) || outcome.due.is_none_or(|due| due > today) {
            report.wrong(format!("{} would be destroyed too early", held.class));
        }
        let explanation = self.schedule.explain(&holding, today);
        let says_why = explanation.steps.iter().all(|step| step.what.ends_with('.')) && explanation.state == "due";
        if explanation.steps.is_empty() || !says_why || !explanation.steps.iter().any(|step| !step.source.is_empty()) {
            report.wrong(format!("{}: its destruction is not explained: {:?}", held.class, explanation.steps));
        }
        report.destroyed += 1;
        true
    }

    /// Something of a random class, with events of the last years and of the next ones.
    fn come(&mut self, today: Date) -> Held {
        let class = self.classes.get(self.rng.below(self.classes.len())).cloned().unwrap_or_default();
        let columns: Vec<FactRef> = self.schedule.columns().map(|(_, fact)| fact).collect();
        let mut facts = Facts::new(&self.schedule);
        for fact in columns {
            match fact {
                FactRef::Day(place) if self.rng.chance(70) => {
                    let away = self.rng.between(0, 365 * 9) as i64 - 365 * 8;
                    if let Some(event) = retention_day(today.saturating_add(away.days())) {
                        facts.set_day(place, event);
                    }
                }
                FactRef::Number(place) if self.rng.chance(80) => facts.set_number(place, self.rng.below(60) as u32),
                FactRef::Flag(place) if self.rng.chance(60) => facts.flags.set(place, self.rng.chance(30)),
                _ => {}
            }
        }
        Held { class, facts, about: self.rng.below(400) as u32, told_of_hold: false, told_of_waiting: false }
    }
}

fn retention_day(date: Date) -> Option<RetentionDay> {
    RetentionDay::new(date.year().into(), date.month().unsigned_abs().into(), date.day().unsigned_abs().into())
}
