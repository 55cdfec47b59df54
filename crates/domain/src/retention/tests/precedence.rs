//! What beats what, and the small print of the evaluation.

use super::{check, explained, outcome, schedule};
use crate::retention::{Facts, State, is_hold, parse_flag, parse_number};

const PACK: &str = r#"
[[floor]]
id = "statute"
title = "a statute"
period = { years = 3 }
trigger = "event"
source = "the Act"
[[fact]]
id = "pass-returned"
kind = "day"
title = "day the pass came back"
[[fact]]
id = "board-approved"
kind = "flag"
[[funder]]
id = "fund"
title = "The fund"
keep = { years = 4 }
trigger = "event"
[[class]]
id = "beaten"
title = "records"
aliases = ["Old name"]
trigger = "event"
keep = { exactly = { months = 18 } }
sooner = ["consent-withdrawn"]
floors = ["statute"]
[[class]]
id = "other-floor"
title = "records"
trigger = "pass-returned"
keep = { at-most = { days = 30 } }
floors = ["statute"]
[[class]]
id = "latest"
title = "records"
trigger = "project-end"
keep = { exactly = { years = 1 } }
combine = "later-of"
also = [{ trigger = "event", keep = { exactly = { years = 2 } } }, { trigger = "decision", optional = true }]
[[class]]
id = "unset"
title = "records"
trigger = "not-stated"
keep = { exactly = { years = 1 } }
[[class]]
id = "by-flag"
title = "records"
trigger = "event"
keep = { exactly = { years = 1 } }
[[class.variant]]
fact = "board-approved"
is = true
keep = { exactly = { years = 5 } }
[[class.variant]]
fact = "board-approved"
is = false
[[class]]
id = "year"
title = "records"
trigger = "event"
start = "calendar-year-end"
keep = { exactly = { months = 2 } }
"#;

#[test]
fn stronger_beats_weaker() {
    check(
        &schedule(PACK),
        &[
            ("beaten", "event=2023-01-31", "2026-01-30", "not_due 2026-01-31"),
            ("beaten", "event=2023-01-31 consent_withdrawn=2024-01-01", "2026-01-30", "not_due 2026-01-31"),
            ("beaten", "event=2023-01-31 funder=fund", "2026-01-31", "not_due 2027-01-31"),
            ("beaten", "event=2023-01-31 hold=claim", "2030-01-30", "held 2026-01-31"),
            ("beaten", "hold=claim", "2030-01-30", "held -"),
            ("beaten", "event=2023-01-31 hold=no", "2030-01-30", "due 2026-01-31"),
            // A floor with an event of its own: not known, nothing is destroyed.
            ("other-floor", "pass_returned=2020-01-31", "2026-01-30", "missing_fact -"),
            ("other-floor", "pass_returned=2020-01-31 event=2015-01-01", "2026-01-30", "due 2020-03-01"),
            ("latest", "project_end=2020-01-31 event=2020-02-01", "2026-01-30", "due 2022-02-01"),
            ("latest", "project_end=2020-01-31", "2026-01-30", "missing_fact -"),
            ("latest", "project_end=2020-01-31 event=2020-02-01 decision=2025-06-01", "2026-01-30", "not_due 2026-06-01"),
            ("unset", "event=2000-01-31 trigger=2000-01-31", "2026-01-30", "missing_fact -"),
            ("by-flag", "event=2020-01-31 board_approved=yes", "2026-01-30", "due 2025-01-31"),
            ("by-flag", "event=2020-01-31 board_approved=no", "2026-01-30", "due 2021-01-31"),
            ("by-flag", "event=2020-01-31", "2026-01-30", "missing_fact -"),
            ("year", "event=2025-01-31", "2026-02-28", "due 2026-02-28"),
        ],
    );
}

#[test]
fn one_column_can_hold_the_event_of_every_class() {
    let schedule = schedule(PACK);
    check(&schedule, &[("other-floor", "trigger=2026-01-01 event=2020-01-01", "2026-01-30", "not_due 2026-01-31")]);
    assert_eq!(outcome(&schedule, "OLD_NAME", "event=2023-01-31", "2026-01-31").state, State::Due);
}

#[test]
fn unknown_names_and_values_are_refused_with_the_nearest() {
    let schedule = schedule(PACK);
    let mut facts = Facts::new(&schedule);
    for (name, value, meant) in [
        ("pass_retuned", "2026-01-01", "pass_returned"),
        ("event", "01/02/2026", "a day"),
        ("redundancies", "many", "a number"),
        ("disputed", "perhaps", "yes or no"),
        ("funder", "nobody", "nobody"),
    ] {
        let refusal = facts.set(&schedule, name, value).unwrap_err();
        assert_eq!(refusal.code.id(), "RET-002");
        assert!(refusal.detail.contains(meant), "{refusal}");
    }
    let refusal = schedule.known_class("beetan").unwrap_err();
    assert!(refusal.code.id() == "RET-001" && refusal.detail.contains("`beaten`"), "{refusal}");
}

#[test]
fn yes_no_and_numbers_as_people_write_them() {
    for (text, answer) in [("Yes", Some(true)), ("TRUE", Some(true)), ("n", Some(false)), ("0", Some(false)), ("", None), ("maybe", None)] {
        assert_eq!(parse_flag(text.as_bytes()), answer, "{text}");
    }
    // A reason is a hold.
    for (text, hold) in [("yes", true), ("complaint of 3 May", true), ("no", false), ("", false), ("0", false)] {
        assert_eq!(is_hold(text.as_bytes()), hold, "{text}");
    }
    assert_eq!((parse_number(b"20"), parse_number(b"-1"), parse_number(b"9999999999"), parse_number(b"")), (Some(20), None, None, None));
}

#[test]
fn every_explanation_says_that_the_date_does_not_move() {
    let schedule = schedule(PACK);
    let explanation = explained(&schedule, "year", "event=2025-01-31", "2026-02-28");
    assert!(explanation.steps.iter().any(|step| step.what.contains("does not move")));
    let text = serde_json::to_string(&explanation).unwrap();
    assert!(text.contains("\"due\":\"2026-02-28\""), "{text}");
}
