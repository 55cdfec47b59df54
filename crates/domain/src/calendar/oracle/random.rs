//! Random facts for a rule, and the comparison on them.

use super::{
    clocks::{Answer, Asked, At, Clock, duty},
    days::day_of,
    translate::{at, clock, date, length, number, when},
};
use crate::calendar::{Calendar, Deadline, Division, Extension, Facts, Kind, Pause, Right, Rule};

/// SplitMix64: the same dates for the same seed on every machine.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1) as u64) as i64
    }

    /// A day that can be given, more often than not inside the published table.
    fn day(&mut self) -> i64 {
        let (first, last) = if self.below(3) == 0 { ((2018, 5, 26), (2099, 12, 30)) } else { ((2024, 1, 1), (2028, 12, 31)) };
        self.between(day_of(first), day_of(last))
    }

    /// The day itself, or a moment on it, at the seconds before and after midnight as well.
    fn moment(&mut self, day: i64) -> At {
        let second = [0, 1, 3_599, 3_600, 82_799, 82_800, 86_399, self.between(0, 86_399)][self.below(8)];
        At::Moment(day * 86_400 + second)
    }

    /// What may set off a clock of this kind: a moment where hours count, either elsewhere.
    fn trigger(&mut self, kind: &Kind, day: i64) -> At {
        if matches!(kind, Kind::ElapsedHours(_)) || self.below(8) == 0 { self.moment(day) } else { At::Day(day) }
    }
}

/// Facts drawn for a rule, and the same facts for the oracle.
struct Case {
    facts: Facts,
    from: At,
    asked: Asked,
    further: Vec<(Clock, At)>,
}

fn draw(rule: &Rule, random: &mut Random) -> Case {
    let (day, division) = (random.day(), random.below(3));
    let from = random.trigger(&rule.kind, day);
    let mut facts = Facts::new(when(from), Division::ALL[division]);
    let mut asked = Asked { division, ..Asked::default() };
    if matches!(rule.kind, Kind::Rights(Right::Access) | Kind::ExtensionNotice | Kind::RefusalNotice) && random.below(2) == 0 {
        for _ in 0..random.below(4) {
            let first = (day + random.between(-20, 70)).clamp(day_of((2018, 5, 25)), day_of((2099, 12, 31)));
            let last = (first + random.between(0, 24)).min(day_of((2099, 12, 31)));
            asked.pauses.push((first, last));
            facts.pauses.push(Pause { asked: date(first), answered: Some(date(last)) });
        }
    }
    if matches!(rule.kind, Kind::Rights(_)) && random.below(4) == 0 {
        asked.extended = true;
        facts.extension = Some(Extension::default());
    }
    if let Kind::Review { set_by: Some(who), .. } = &rule.kind
        && random.below(2) == 0
    {
        let set = (day + random.between(1, 700)).min(day_of((2099, 12, 31)));
        asked.set = Some(set);
        facts.triggers.insert(who.clone(), date(set).into());
    }
    if let Some(promise) = &rule.promise {
        match promise.within.hours() {
            Some(hours) => asked.promised_hours = Some(hours.into()),
            None => asked.promise = Some((length(promise.within), promise.rolls)),
        }
    }
    let mut further = Vec::new();
    for also in &rule.also {
        if random.below(5) > 0 {
            let near = (day + random.between(-40, 60)).clamp(day_of((2018, 5, 26)), day_of((2099, 12, 30)));
            let at = random.trigger(&also.kind, near);
            facts.triggers.insert(also.name.to_uppercase(), when(at));
            further.push((clock(&also.kind), at));
        }
    }
    Case { facts, from, asked, further }
}

/// Draws facts for the rule and compares what both implementations make of them.
pub(super) fn compare(rule: &Rule, random: &mut Random, calendar: &Calendar) {
    let Case { facts, from, asked, further } = draw(rule, random);
    let deadline = rule.evaluate(&facts, calendar).unwrap();
    let expected = duty(&clock(&rule.kind), from, &asked, &further, rule.kind.is_statutory());
    let found = Answer {
        due: deadline.due.map(at),
        policy_due: deadline.policy_due.map(at),
        nominal: deadline.nominal.map(at),
        send_by: deadline.send_by.map(number),
        late_after: deadline.late_after.map(number),
        remind_on: deadline.remind_on.map(number),
        notice_last: deadline.notice_last.map(number),
    };
    assert_eq!(found, expected, "{} {:?} {facts:?}", rule.id, rule.kind);
    explained(rule, &deadline, &further);
}

/// Whatever the dates, the deadline explains itself and nothing contradicts it.
fn explained(rule: &Rule, deadline: &Deadline, further: &[(Clock, At)]) {
    let due = deadline.due.unwrap();
    assert!(deadline.steps.len() >= 2 && deadline.steps.iter().all(|step| step.what.ends_with('.') && !step.source.is_empty()));
    assert!(deadline.steps.iter().any(|step| step.date == Some(due)), "{}: no step arrives at {due}", rule.id);
    assert!(deadline.cautious.is_some_and(|cautious| !due.ends_before(cautious)), "{}", rule.id);
    assert!(deadline.policy_due.is_none_or(|promised| !due.ends_before(promised)), "{}", rule.id);
    assert_eq!(deadline.outstanding.len() + further.len(), rule.also.len());
}
