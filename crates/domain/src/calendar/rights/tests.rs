//! Tests of the clock: the worked cases of the law, and each refusal.

use jiff::civil::date;

use super::*;
use crate::calendar::{Calendar, Division, Pause, Period, Promise, When};

const EW: Division = Division::EnglandAndWales;

fn due(clock: &RightsClock) -> Option<Date> {
    clock.deadline(&Calendar::embedded(), None, None).unwrap().due.map(When::date)
}

fn asked(asked: Date, received: Option<Date>) -> Evidence {
    Evidence { asked, received, relied_on: true }
}

#[test]
fn the_period_starts_when_identity_comes() {
    let mut clock = RightsClock::new(Right::Access, date(2026, 3, 2), EW);
    clock.identity = Some(asked(date(2026, 3, 3), Some(date(2026, 3, 20))));
    assert_eq!(due(&clock), Some(date(2026, 4, 20)));
    clock.identity = Some(Evidence { relied_on: false, ..clock.identity.unwrap() });
    assert_eq!(due(&clock), Some(date(2026, 4, 2)), "an unreasonable demand moves nothing");
    let deadline = clock.deadline(&Calendar::embedded(), None, None).unwrap();
    assert!(deadline.steps.iter().any(|step| step.what == "Asking for proof of identity is not relied on, so it did not move the start."));
}

#[test]
fn the_period_starts_at_the_latest_of_authority_identity_and_fee() {
    let mut clock = RightsClock::new(Right::Access, date(2026, 9, 10), EW);
    clock.authority = Some(asked(date(2026, 9, 11), Some(date(2026, 9, 18))));
    clock.identity = Some(asked(date(2026, 9, 11), Some(date(2026, 9, 25))));
    assert_eq!(due(&clock), Some(date(2026, 10, 26)));

    let mut clock = RightsClock::new(Right::Access, date(2026, 10, 1), EW);
    clock.fee = Some(asked(date(2026, 10, 8), Some(date(2026, 10, 30))));
    assert_eq!(due(&clock), Some(date(2026, 11, 30)));
    clock.division = Division::Scotland;
    assert_eq!(due(&clock), Some(date(2026, 12, 1)));
}

#[test]
fn only_an_access_request_can_be_paused() {
    let mut clock = RightsClock::new(Right::Erasure, date(2026, 2, 15), EW);
    assert_eq!(due(&clock), Some(date(2026, 3, 16)));
    clock.pauses = vec![Pause { asked: date(2026, 2, 20), answered: Some(date(2026, 2, 27)) }];
    for right in Right::ALL {
        clock.right = right;
        let refused = clock.deadline(&Calendar::embedded(), None, None).err().map(|refusal| refusal.code);
        assert_eq!(refused, (right != Right::Access).then_some(RefusalCode::PauseNotAllowed), "{right:?}");
    }
}

#[test]
fn while_something_is_outstanding_there_is_no_date() {
    let mut clock = RightsClock::new(Right::Access, date(2026, 3, 2), EW);
    clock.identity = Some(asked(date(2026, 3, 3), None));
    let deadline = clock.deadline(&Calendar::embedded(), None, None).unwrap();
    assert_eq!((deadline.due, deadline.nominal, deadline.start), (None, None, None));
    assert_eq!(deadline.due_without_outstanding.map(When::date), Some(date(2026, 4, 2)));
    assert_eq!(deadline.outstanding, ["proof of identity"]);
    assert_eq!(
        deadline.warnings,
        ["If proof of identity need not have been asked for, the reply is due on Thursday 2 April 2026: \
          asking without a reasonable need does not move the clock."]
    );
}

#[test]
fn an_open_question_makes_the_date_unknown() {
    let mut clock = RightsClock::new(Right::Access, date(2026, 2, 15), EW);
    clock.pauses = vec![Pause { asked: date(2026, 2, 20), answered: None }];
    let deadline = clock.deadline(&Calendar::embedded(), None, Some(date(2026, 2, 27))).unwrap();
    assert_eq!((deadline.due, deadline.cautious, deadline.notice_last), (None, None, None));
    assert_eq!(deadline.paused_since, Some(date(2026, 2, 20)));
    assert_eq!(deadline.nominal.map(When::date), Some(date(2026, 3, 15)));
    assert_eq!(deadline.would_be_due_if_answered_today.map(When::date), Some(date(2026, 3, 23)));
}

#[test]
fn a_question_after_the_end_does_not_stop_the_clock() {
    let mut clock = RightsClock::new(Right::Access, date(2026, 2, 15), EW);
    clock.pauses = vec![Pause { asked: date(2026, 3, 17), answered: None }];
    let deadline = clock.deadline(&Calendar::embedded(), None, None).unwrap();
    assert_eq!((deadline.due.map(When::date), deadline.paused_since), (Some(date(2026, 3, 16)), None));
    assert_eq!(deadline.warnings, ["The question asked on 17 March 2026 came after the time had run out, so it does not stop the clock."]);
}

#[test]
fn an_extension_needs_its_notice_inside_the_first_period() {
    let mut clock = RightsClock::new(Right::Access, date(2026, 8, 28), EW);
    clock.pauses = vec![Pause { asked: date(2026, 9, 1), answered: Some(date(2026, 9, 14)) }];
    clock.extension = Some(Extension { notice_given: Some(date(2026, 10, 12)) });
    let deadline = clock.deadline(&Calendar::embedded(), None, None).unwrap();
    assert_eq!(deadline.due.map(When::date), Some(date(2026, 12, 14)));
    assert_eq!(deadline.notice_last, Some(date(2026, 10, 12)));
    let refused = |given| {
        let mut clock = clock.clone();
        clock.extension = Some(Extension { notice_given: Some(given) });
        clock.deadline(&Calendar::embedded(), None, None).unwrap_err().code
    };
    assert_eq!(refused(date(2026, 10, 13)), RefusalCode::ExtensionLate);
    assert_eq!(refused(date(2026, 8, 27)), RefusalCode::DateBeforeReceipt);
}

#[test]
fn the_safe_dates_of_a_request_over_christmas() {
    let deadline = RightsClock::new(Right::Access, date(2026, 11, 28), EW).deadline(&Calendar::embedded(), None, None).unwrap();
    assert_eq!(deadline.nominal.map(When::date), Some(date(2026, 12, 28)));
    assert_eq!(deadline.due.map(When::date), Some(date(2026, 12, 29)));
    assert_eq!(deadline.target, Some(date(2026, 12, 24)));
    assert_eq!(deadline.strict, Some(date(2026, 12, 27)));
    assert_eq!(deadline.internal_28, Some(date(2026, 12, 24)), "26 December is a Saturday");
    let words: Vec<_> = deadline.steps.iter().map(|step| step.what.as_str()).collect();
    assert_eq!(
        words,
        [
            "The request was received on Saturday 28 November 2026. That is not a working day, but the period still starts from that day.",
            "One calendar month from 28 November 2026 is 28 December 2026.",
            "28 December 2026 is a bank holiday (Boxing Day, substitute day), so the next working day counts.",
            "Tuesday 29 December 2026 is the next working day in England and Wales: the reply is due by the end of that day.",
        ]
    );
}

#[test]
fn a_missing_day_is_explained() {
    let deadline = RightsClock::new(Right::Access, date(2026, 1, 31), EW).deadline(&Calendar::embedded(), None, None).unwrap();
    assert_eq!(
        deadline.steps[1].what,
        "One calendar month from 31 January 2026 would be 31 February, which does not exist, so the last day of February counts: 28 February 2026."
    );
}

#[test]
fn a_stricter_promise_is_shown_beside_the_law_and_a_weaker_one_never_counts() {
    let calendar = Calendar::embedded();
    let policy_due = |received, within, rolls| {
        let promise = Promise { within, rolls, clause: "X-1".to_owned() };
        let deadline = RightsClock::new(Right::Access, received, EW).deadline(&calendar, Some(&promise), None).unwrap();
        (deadline.policy_due.unwrap().date(), deadline.due.unwrap().date())
    };
    let thirty = Period::Days(30);
    assert_eq!(policy_due(date(2026, 8, 3), thirty, false), (date(2026, 9, 2), date(2026, 9, 3)));
    assert_eq!(
        policy_due(date(2027, 1, 31), thirty, false),
        (date(2027, 2, 28), date(2027, 3, 1)),
        "a promise does not roll, the law does"
    );
    assert_eq!(policy_due(date(2027, 1, 31), thirty, true), (date(2027, 3, 1), date(2027, 3, 1)), "28 February is a Sunday");
    assert_eq!(policy_due(date(2026, 8, 3), Period::Days(40), false), (date(2026, 9, 3), date(2026, 9, 3)));
    assert_eq!(policy_due(date(2026, 11, 28), Period::Months(1), true), (date(2026, 12, 29), date(2026, 12, 29)));
    assert_eq!(policy_due(date(2026, 12, 18), Period::WorkingDays(5), true), (date(2026, 12, 29), date(2027, 1, 18)));
}

#[test]
fn a_year_outside_the_table_is_computed_with_a_warning() {
    let deadline = RightsClock::new(Right::Access, date(2030, 11, 25), EW).deadline(&Calendar::embedded(), None, None).unwrap();
    assert_eq!(deadline.due.map(When::date), Some(date(2030, 12, 27)));
    assert_eq!(deadline.warnings.len(), 1);
    assert!(deadline.warnings[0].contains("2030"));
    let inside = RightsClock::new(Right::Access, date(2026, 11, 25), EW).deadline(&Calendar::embedded(), None, None).unwrap();
    assert!(inside.warnings.is_empty());
}

#[test]
fn dates_out_of_range_and_backwards_pauses_are_refused() {
    let calendar = Calendar::embedded();
    let early = RightsClock::new(Right::Access, date(2018, 5, 24), EW);
    assert_eq!(early.deadline(&calendar, None, None).unwrap_err().code, RefusalCode::DateOutOfRange);
    let mut clock = RightsClock::new(Right::Access, date(2026, 5, 24), EW);
    clock.pauses = vec![Pause { asked: date(2026, 6, 2), answered: Some(date(2026, 6, 1)) }];
    assert_eq!(clock.deadline(&calendar, None, None).unwrap_err().code, RefusalCode::PauseBackwards);
    let last = RightsClock::new(Right::Access, date(2099, 12, 31), EW);
    assert_eq!(last.deadline(&calendar, None, None).unwrap().due.map(When::date), Some(date(2100, 2, 1)), "31 January 2100 is a Sunday");
}
