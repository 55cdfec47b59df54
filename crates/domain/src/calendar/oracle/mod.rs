//! A second implementation, written from the law and the pack's own wording with nothing but
//! whole numbers, and random dates on which it must agree with the clocks everywhere.

mod clocks;
mod days;
mod holidays;
mod random;
mod translate;

use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::prelude::*;

use super::{Calendar, Division, Extension, Kind, Pause, Period, Right, RightsClock, Rule, dates::plus_days};
use crate::policy::Policy;
use clocks::{Asked, At};
use random::{Random, compare};

/// How many random dates each kind and each rule is compared on.
const DATES: usize = 100_000;

/// A rule of a kind, without a pack.
fn rule(kind: Kind) -> Rule {
    Rule {
        id: "tested".to_owned(),
        aliases: vec![],
        title: String::new(),
        trigger: "the trigger".to_owned(),
        kind,
        source: "X-1".to_owned(),
        promise: None,
        note: None,
        runs_on: None,
        also: vec![],
    }
}

/// Every kind, with periods of its own from case to case.
fn kind(number: usize, random: &mut Random) -> Kind {
    let mut period = || match random.below(4) {
        0 => Period::Days(1 + random.below(400) as u32),
        1 => Period::WorkingDays(1 + random.below(60) as u32),
        2 => Period::Months(1 + random.below(80) as u32),
        _ => Period::Years(1 + random.below(12) as u32),
    };
    let (one, other) = (period(), period());
    match number {
        0 => Kind::Rights(Right::ALL[random.below(7)]),
        1 => Kind::ExtensionNotice,
        2 => Kind::RefusalNotice,
        3 => Kind::ComplaintAcknowledgement,
        4 => Kind::ElapsedHours(1 + random.below(400) as u32),
        5 => Kind::Answer(one),
        6 => Kind::AnswerInclusive(one),
        7 => Kind::Latest(one),
        8 => Kind::CutOff(one),
        9 => Kind::Arrive { within: one, delivery: if random.below(5) == 0 { Period::Days(0) } else { other } },
        10 => Kind::AtOnce(one),
        11 => Kind::Review { every: one, set_by: (random.below(2) == 0).then(|| "board".to_owned()) },
        12 => Kind::Expiry { remind: one },
        _ => Kind::Daily(1 + random.below(3) as u32),
    }
}

macro_rules! agrees {
    ($($name:ident $number:literal;)+) => {$(
        #[test]
        fn $name() {
            let (calendar, mut random) = (Calendar::embedded(), Random::seeded(0x5eed + $number));
            // Another set of periods every hundred dates.
            for _ in 0..DATES / 100 {
                let rule = rule(kind($number, &mut random));
                (0..100).for_each(|_| compare(&rule, &mut random, &calendar));
            }
        }
    )+};
}

agrees! {
    rights_agree_with_the_oracle 0;
    extension_notices_agree_with_the_oracle 1;
    refusal_notices_agree_with_the_oracle 2;
    complaint_acknowledgements_agree_with_the_oracle 3;
    elapsed_hours_agree_with_the_oracle 4;
    answers_agree_with_the_oracle 5;
    inclusive_answers_agree_with_the_oracle 6;
    latest_days_agree_with_the_oracle 7;
    cut_offs_agree_with_the_oracle 8;
    arrivals_agree_with_the_oracle 9;
    immediate_duties_agree_with_the_oracle 10;
    reviews_agree_with_the_oracle 11;
    expiries_agree_with_the_oracle 12;
    daily_checks_agree_with_the_oracle 13;
}

/// The rules of all built-in packs, each computation once: what a pack inherits, or words in
/// its own way, is not another computation, nor are the rights that no question can pause.
fn builtin_rules() -> Vec<Rule> {
    let mut seen = BTreeSet::new();
    let mut rules = Vec::new();
    for name in Policy::builtin_names() {
        for rule in Policy::builtin(name).unwrap().rule_list() {
            let promise = rule.promise.as_ref().map(|promise| (promise.within, promise.rolls));
            let also: Vec<_> = rule.also.iter().map(|also| (&also.name, &also.kind)).collect();
            let kind = match &rule.kind {
                Kind::Rights(right) if !right.pauses() => Kind::Rights(Right::Erasure),
                kind => kind.clone(),
            };
            if seen.insert(format!("{kind:?} {promise:?} {also:?}")) {
                rules.push(rule.clone());
            }
        }
    }
    rules
}

/// Every second rule of the built-in packs, beginning with `first`: in halves, so that two
/// processors share them.
fn every_second_rule_agrees(first: usize) {
    let rules = builtin_rules();
    assert!(rules.len() >= 15, "{}", rules.len());
    let calendar = Calendar::embedded();
    for (number, rule) in rules.iter().enumerate().skip(first).step_by(2) {
        // Seeded by its place, so that a case does not depend on the halves.
        let mut random = Random::seeded(0x0acc + number as u64);
        (0..DATES).for_each(|_| compare(rule, &mut random, &calendar));
    }
}

#[test]
fn every_rule_of_every_builtin_pack_agrees_with_the_oracle() {
    every_second_rule_agrees(0);
}

#[test]
fn every_other_rule_of_every_builtin_pack_agrees_with_the_oracle() {
    every_second_rule_agrees(1);
}

#[test]
fn every_day_of_the_published_years_agrees_with_the_oracle() {
    let calendar = Calendar::embedded();
    for (number, division) in Division::ALL.into_iter().enumerate() {
        for day in days::day_of((2024, 1, 1))..=days::day_of((2028, 9, 20)) {
            for extended in [false, true] {
                let mut clock = RightsClock::new(Right::Access, translate::date(day), division);
                clock.extension = extended.then(Extension::default);
                let due = clock.deadline(&calendar, None, None).unwrap().due;
                let asked = Asked { division: number, extended, ..Asked::default() };
                assert_eq!(due.map(translate::at), clocks::answer(&clocks::Clock::Request, At::Day(day), &asked).due, "{day} {division}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_longer_answer_never_makes_the_date_earlier(start in 0..1_600i64, asked in 0..25i64, length in 0..20i64) {
        let calendar = Calendar::embedded();
        let start = plus_days(date(2024, 1, 1), start);
        let due = |length: i64| {
            let asked = plus_days(start, asked);
            let mut clock = RightsClock::new(Right::Access, start, Division::Scotland);
            clock.pauses = vec![Pause { asked, answered: Some(plus_days(asked, length)) }];
            clock.deadline(&calendar, None, None).unwrap().due.unwrap().date()
        };
        prop_assert!(due(length) <= due(length + 1));
    }
}
