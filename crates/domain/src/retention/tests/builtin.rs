//! Every class of every built-in pack, a hundred thousand random holdings each, against the
//! independent implementation.

use std::collections::BTreeMap;

use super::{
    Day, Facts, Schedule,
    oracle::{Known, Oracle, Ymd, month_length},
};
use crate::{
    policy::{
        Policy,
        retention::{Class, FactKind, KNOWN_FACTS, Retention},
    },
    retention::FactRef,
};

/// Holdings for each class.
const HOLDINGS: u32 = 100_000;

/// A small generator of numbers, so that every run is the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn date(&mut self) -> Ymd {
        let (year, month) = (1975 + self.below(65) as i64, 1 + self.below(12) as i64);
        (year, month, 1 + self.below(month_length(year, month) as u64) as i64)
    }
}

/// The names of the facts a class can depend on, those of the classes it hands over to included.
fn facts_of<'a>(retention: &'a Retention, class: &'a Class, names: &mut BTreeMap<&'a str, FactKind>) {
    let own = retention.fact.iter().map(|fact| (fact.id.as_str(), fact.kind));
    let kinds: BTreeMap<&str, FactKind> = KNOWN_FACTS.iter().map(|fact| (fact.id, fact.kind)).chain(own).collect();
    let floors = retention.floor.iter().filter(|floor| class.floors.contains(&floor.id)).map(|floor| floor.trigger.as_str());
    let variants = class.variant.iter().flat_map(|variant| [Some(variant.fact.as_str()), variant.trigger.as_deref()]).flatten();
    let also = class.also.iter().map(|limb| limb.trigger.as_str());
    let flags = class.unless.iter().map(|unless| unless.flag.as_str());
    let sooner = class.sooner.iter().map(String::as_str);
    let all = [class.trigger.as_str(), "ongoing", "funder-until"].into_iter();
    for name in all.chain(floors).chain(variants).chain(also).chain(flags).chain(sooner) {
        if let Some(kind) = kinds.get(name) {
            names.insert(name, *kind);
        }
    }
    for next in class.unless.iter().filter_map(|unless| retention.class(&unless.class)) {
        facts_of(retention, next, names);
    }
}

struct Case<'a> {
    schedule: &'a Schedule,
    names: Vec<(&'a str, FactRef)>,
    kinds: Vec<&'a str>,
}

impl Case<'_> {
    /// Random facts, the same for both implementations. Rare ones are rarely known.
    fn facts(&self, numbers: &mut Numbers, facts: &mut Facts) -> Known {
        let mut known = Known::default();
        facts.clear();
        for (name, place) in &self.names {
            let rare = matches!(*name, "ongoing" | "funder-until");
            if numbers.below(20) < if rare { 18 } else { 3 } {
                continue;
            }
            match place {
                FactRef::Day(place) => {
                    let date = numbers.date();
                    facts.set_day(*place, Day::new(date.0 as i32, date.1 as u32, date.2 as u32).unwrap());
                    known.days.insert((*name).to_owned(), date);
                }
                FactRef::Number(place) => {
                    let number = [0, 1, 19, 20, 21, 500][numbers.below(6) as usize];
                    facts.set_number(*place, number);
                    known.numbers.insert((*name).to_owned(), number);
                }
                FactRef::Flag(place) => {
                    let answer = numbers.below(2) == 0;
                    facts.flags.set(*place, answer);
                    known.flags.insert((*name).to_owned(), answer);
                }
                FactRef::Funder => {}
            }
        }
        if let Some(kind) = self.kinds.get(numbers.below(4) as usize) {
            facts.contact = self.schedule.contact_kind(kind.as_bytes());
            known.contact = Some((*kind).to_owned());
        }
        known.hold = numbers.below(16) == 0;
        facts.hold = known.hold;
        known
    }
}

fn class_agrees(policy: &Policy, schedule: &Schedule, class: &Class, seed: u64) -> u32 {
    let oracle = Oracle { retention: policy.retention(), year_end: policy.organisation().year_end };
    let mut names = BTreeMap::new();
    facts_of(policy.retention(), class, &mut names);
    let case = Case {
        schedule,
        names: names.keys().map(|name| (*name, schedule.fact(name).unwrap())).collect(),
        kinds: schedule.contact_kinds().collect(),
    };
    let (mut numbers, mut facts, mut dated) = (Numbers(seed), Facts::new(schedule), 0);
    let index = schedule.class(&class.id).unwrap();
    for _ in 0..HOLDINGS {
        let known = case.facts(&mut numbers, &mut facts);
        let on = numbers.date();
        let outcome = schedule.evaluate(&facts.of(index), Day::new(on.0 as i32, on.1 as u32, on.2 as u32).unwrap());
        let due = outcome.due.map(|day| {
            let (year, month, day) = day.civil();
            (i64::from(year), i64::from(month), i64::from(day))
        });
        let expected = oracle.verdict(&class.id, &known, on);
        assert_eq!((outcome.state.name(), due), expected, "{} {known:?} on {on:?}", class.id);
        dated += u32::from(due.is_some());
    }
    dated
}

#[test]
fn every_class_agrees_with_an_independent_implementation() {
    let mut classes = 0;
    for name in Policy::builtin_names() {
        let policy = Policy::builtin(name).unwrap();
        let schedule = Schedule::compile(&policy);
        for (at, class) in policy.retention().class.iter().enumerate() {
            class_agrees(&policy, &schedule, class, 0x9E37_79B9 + at as u64);
            classes += 1;
        }
    }
    assert!(classes >= Policy::builtin_names().count(), "a pack without a retention rule");
}
