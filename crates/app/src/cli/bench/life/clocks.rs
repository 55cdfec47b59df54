//! Events of an organisation's life, each starting a clock of its policy: requests with
//! pauses and extensions, complaints with several triggers, breaches at any hour.

use domain::{
    alerts::Running,
    calendar::{Deadline, Extension, Facts, Kind, Pause, Right, Rule, When},
};
use jiff::{ToSpan, civil::Date};
use testkit::rng::Rng;

use super::{Day, report::Report};

/// Of a thousand days, on how many an event of one rule happens.
const EVENTS_IN_A_THOUSAND: usize = 25;

/// The clocks that run.
pub(super) struct Clocks {
    rng: Rng,
    open: Vec<Open>,
    started: usize,
}

struct Open {
    record: String,
    rule: Rule,
    facts: Facts,
    deadline: Deadline,
    /// The day it will be done: most in time, some late.
    done_on: Option<Date>,
    /// Whose records must not go while it is open.
    about: u32,
}

impl Clocks {
    pub(super) fn new(rng: Rng) -> Self {
        Self { rng, open: Vec::new(), started: 0 }
    }

    /// Lets events happen.
    pub(super) fn happen(&mut self, day: &Day<'_>, report: &mut Report) {
        for rule in day.policy.rule_list() {
            if self.rng.below(1_000) < EVENTS_IN_A_THOUSAND {
                self.start(day, rule, report);
            }
        }
    }

    fn start(&mut self, day: &Day<'_>, rule: &Rule, report: &mut Report) {
        let from = self.moment(day, rule);
        let facts = Facts::new(from, day.division);
        match rule.evaluate(&facts, day.calendar) {
            Ok(deadline) => {
                report.check_explained(&rule.id, &deadline);
                self.started += 1;
                report.clocks += 1;
                let done_on = self.when_done(day, &deadline);
                let about = self.rng.below(400) as u32;
                let record = format!("{}-{}", rule.id, self.started);
                self.open.push(Open { record, rule: rule.clone(), facts, deadline, done_on, about });
            }
            Err(refusal) => report.wrong(format!("{}: the clock `{}` refuses {from}: {}", day.today, rule.id, refusal.sentence())),
        }
    }

    /// A day, or an hour of it where hours count.
    fn moment(&mut self, day: &Day<'_>, rule: &Rule) -> When {
        if !matches!(rule.kind, Kind::ElapsedHours(_)) {
            return day.today.into();
        }
        let (hour, minute) = (self.rng.below(24), self.rng.below(60));
        When::parse(&format!("{}T{hour:02}:{minute:02}:00Z", day.today)).unwrap_or(When::Date(day.today))
    }

    /// Nine of ten are done in time.
    fn when_done(&mut self, day: &Day<'_>, deadline: &Deadline) -> Option<Date> {
        let due = deadline.alert()?.date();
        let left = (due - day.today).get_days().max(0) as usize;
        let after = if self.rng.chance(90) { self.rng.between(0, left) } else { left + self.rng.between(1, 20) };
        Some(day.today.saturating_add((after as i64).days()))
    }

    /// Pauses, answers, extensions, further triggers, and what is done today.
    pub(super) fn proceed(&mut self, day: &Day<'_>, report: &mut Report) {
        let mut open = std::mem::take(&mut self.open);
        for clock in &mut open {
            if self.change(day, clock) {
                match clock.rule.evaluate(&clock.facts, day.calendar) {
                    Ok(deadline) => {
                        report.check_explained(&clock.rule.id, &deadline);
                        clock.deadline = deadline;
                        clock.done_on = self.when_done(day, &clock.deadline);
                    }
                    // A pause or an extension that came too late: what stood before stands.
                    Err(_) => clock.facts = without_last_change(&clock.facts),
                }
            }
        }
        open.retain(|clock| {
            let done = clock.done_on.is_some_and(|done| done <= day.today);
            if done {
                let in_time = clock.deadline.alert().is_none_or(|due| day.today <= due.date());
                if in_time {
                    report.kept += 1;
                } else {
                    report.late += 1;
                }
            }
            !done
        });
        self.open = open;
    }

    /// Something new about a clock; `true` when it has to be computed again.
    fn change(&mut self, day: &Day<'_>, clock: &mut Open) -> bool {
        let access = matches!(clock.rule.kind, Kind::Rights(Right::Access));
        if let Some(pause) = clock.facts.pauses.iter_mut().find(|pause| pause.answered.is_none()) {
            let answered = self.rng.chance(15);
            if answered {
                pause.answered = Some(day.today);
            }
            return answered;
        }
        if access && clock.facts.pauses.len() < 2 && self.rng.chance(3) {
            clock.facts.pauses.push(Pause { asked: day.today, answered: None });
            return true;
        }
        if matches!(clock.rule.kind, Kind::Rights(_)) && clock.facts.extension.is_none() && self.rng.chance(1) {
            clock.facts.extension = Some(Extension { notice_given: Some(day.today) });
            return true;
        }
        let missing = clock.rule.also.iter().find(|also| !clock.facts.triggers.contains_key(&also.name));
        if let Some(also) = missing
            && self.rng.chance(20)
        {
            clock.facts.triggers.insert(also.name.clone(), day.today.into());
            return true;
        }
        false
    }

    /// The clocks that run towards a day.
    pub(super) fn running(&self) -> impl Iterator<Item = Running<'_>> {
        self.open.iter().filter_map(|clock| {
            let due = clock.deadline.alert()?.date();
            Some(Running { record: &clock.record, clock: &clock.rule.id, due })
        })
    }

    /// Whose records must not go today: those a request, complaint or breach is about.
    pub(super) fn holds(&self) -> impl Iterator<Item = u32> {
        self.open
            .iter()
            .filter(|clock| matches!(clock.rule.kind, Kind::Rights(_) | Kind::ComplaintAcknowledgement | Kind::ElapsedHours(_)))
            .map(|clock| clock.about)
    }
}

fn without_last_change(facts: &Facts) -> Facts {
    let mut before = facts.clone();
    if before.extension.is_some() {
        before.extension = None;
    } else {
        before.pauses.retain(|pause| pause.answered.is_some());
    }
    before
}
