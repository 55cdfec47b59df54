//! What holds for every date.

use proptest::prelude::*;

use super::{Day, Schedule, schedule};
use crate::retention::{Facts, State};

const PACK: &str = r#"
[[floor]]
id = "statute"
title = "a statute"
period = { months = 37 }
source = "the Act"
[[class]]
id = "exact"
title = "records"
trigger = "event"
keep = { exactly = { months = 31 } }
[[class]]
id = "floored"
title = "records"
trigger = "event"
keep = { at-least = { months = 2 } }
ceiling = { period = { years = 4 } }
sooner = ["request"]
floors = ["statute"]
[[class]]
id = "tax"
title = "records"
trigger = "tax-year-end"
keep = { exactly = { years = 6 } }
"#;

fn run(schedule: &Schedule, class: &str, event: Day, sooner: Option<Day>, hold: bool, on: Day) -> crate::retention::Outcome {
    let mut facts = Facts::new(schedule);
    for (name, day) in [("event", Some(event)), ("tax-year-end", Some(event)), ("request", sooner)] {
        if let (Some(crate::retention::FactRef::Day(place)), Some(day)) = (schedule.fact(name), day) {
            facts.set_day(place, day);
        }
    }
    facts.hold = hold;
    schedule.evaluate(&facts.of(schedule.class(class).unwrap()), on)
}

fn any_day() -> impl Strategy<Value = Day> {
    (0..90_000_i32).prop_map(|days| Day::new(1930, 1, 1).unwrap().plus_days(days))
}

proptest! {
    #[test]
    fn nothing_is_due_before_its_floor(event in any_day(), sooner in proptest::option::of(any_day()), on in any_day()) {
        let schedule = schedule(PACK);
        let outcome = run(&schedule, "floored", event, sooner, false, on);
        let floor = event.plus_months(37);
        prop_assert!(outcome.due.unwrap() >= floor);
        prop_assert!(outcome.earliest.unwrap() >= floor);
        prop_assert!(outcome.state != State::Due || on >= floor);
    }

    #[test]
    fn a_hold_is_never_due(event in any_day(), on in any_day()) {
        let schedule = schedule(PACK);
        for class in ["exact", "floored", "tax"] {
            prop_assert_eq!(run(&schedule, class, event, None, true, on).state, State::Held);
        }
    }

    #[test]
    fn a_later_event_is_never_due_earlier(event in any_day(), more in 0..4_000_i32, on in any_day()) {
        let schedule = schedule(PACK);
        for class in ["exact", "floored", "tax"] {
            let (early, late) = (run(&schedule, class, event, None, false, on), run(&schedule, class, event.plus_days(more), None, false, on));
            prop_assert!(early.due <= late.due);
        }
    }

    #[test]
    fn the_state_follows_from_the_due_date_alone(event in any_day(), on in any_day()) {
        let schedule = schedule(PACK);
        let outcome = run(&schedule, "exact", event, None, false, on);
        prop_assert_eq!(outcome.state == State::Due, outcome.due.unwrap() <= on);
    }
}
