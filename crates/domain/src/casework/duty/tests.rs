use std::sync::OnceLock;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::calendar::{Calendar, Deadline, Period, When};
use crate::casework::ClockState;
use crate::ids::{RecordId, UserId};
use crate::policy::{DutyKind, Policy};
use crate::record::RecordFacts;
use crate::{Refusal, RefusalCode};

const STATEMENT: &str = "I keep my sign-in details to myself and lock my screen.";

fn facts() -> RecordFacts {
    RecordFacts {
        id: RecordId::new("d1"),
        reference: "DUTY-0001".into(),
        owner: None,
        assigned: Vec::new(),
        logged_by: UserId::new("u1"),
        hold: false,
    }
}

fn terms(kind: DutyKind, every: Option<Period>, rule: &str) -> Terms {
    Terms {
        duty: "conduct".into(),
        title: "Confirm the rules of conduct".into(),
        kind,
        statement: STATEMENT.into(),
        role: "staff".into(),
        every,
        rule: rule.into(),
        clauses: vec!["TURN-56".into()],
    }
}

/// Read once: a property would read it a thousand times.
fn policy() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(|| Policy::builtin("childrens-education-cic").unwrap())
}

fn deadline(terms: &Terms, begun: &Begun) -> Deadline {
    due(terms, begun, policy(), &Calendar::embedded()).unwrap()
}

fn yearly(kind: DutyKind, started: Date) -> Duty {
    let terms = terms(kind, Some(Period::Months(12)), "");
    let begun = Begun::interval(started);
    let due = deadline(&terms, &begun);
    Duty::open(facts(), terms, begun, due)
}

fn holders() -> Vec<Holder> {
    vec![Holder { id: "p04".into(), name: "Rosalind Quayle".into() }, Holder { id: "p05".into(), name: "Callum Okonjo-Reid".into() }]
}

/// A completion on a day, recorded on another.
fn act<'a>(on: When, now: Date, evidence: &'a str, holders: &'a [Holder], by: &'a UserId) -> Completion<'a> {
    Completion { by, by_name: "Rosalind Quayle", holders, on, now: now.into(), evidence, signing: None }
}

fn code(result: Result<Duty, Refusal>) -> RefusalCode {
    result.unwrap_err().code
}

#[test]
fn a_duty_is_done_once_with_evidence_and_comes_round_again() {
    let (by, none) = (UserId::new("u1"), []);
    let duty = yearly(DutyKind::Review, date(2026, 3, 14));
    assert_eq!(duty.due_on(), Some(date(2027, 3, 14).into()));
    assert_eq!(duty.clock(), ClockState::Running(date(2027, 3, 14)));
    assert!(duty.due.steps.iter().any(|step| step.source.contains("TURN-56")), "the date names its clause");
    let on: When = date(2027, 3, 1).into();
    assert_eq!(code(duty.clone().done(&act(on, date(2027, 2, 28), "Minute 7", &none, &by))), RefusalCode::DutyFuture);
    assert_eq!(code(duty.clone().done(&act(on, date(2027, 3, 1), "  ", &none, &by))), RefusalCode::DutyEvidence);
    let done = duty.done(&act(on, date(2027, 3, 2), " Minute 7 of 1 March ", &none, &by)).unwrap();
    assert_eq!(done.clock(), ClockState::Kept(date(2027, 3, 1)));
    assert!(matches!(&done.stage, Stage::Done { evidence, late: false, .. } if evidence == "Minute 7 of 1 March"));
    assert_eq!(done.next_from(), Some(date(2027, 3, 1)));
    assert_eq!(code(done.done(&act(on, date(2027, 3, 2), "again", &none, &by))), RefusalCode::DutyState);
}

#[test]
fn a_duty_done_after_its_day_is_late_and_done_on_it_is_not() {
    let (by, none) = (UserId::new("u1"), []);
    for (day, state) in [(14, ClockState::Kept(date(2027, 3, 14))), (15, ClockState::Late(date(2027, 3, 15)))] {
        let done = yearly(DutyKind::Check, date(2026, 3, 14)).done(&act(date(2027, 3, day).into(), date(2027, 4, 1), "List", &none, &by));
        assert_eq!(done.unwrap().clock(), state);
    }
}

#[test]
fn a_statement_is_signed_by_name_in_its_exact_words() {
    let (by, holders) = (UserId::new("u4"), holders());
    let duty = yearly(DutyKind::Attestation, date(2026, 1, 5));
    let on: When = date(2026, 6, 1).into();
    let base = act(on, date(2026, 6, 1), "", &holders, &by);
    let signed = |statement, name, role| Completion { signing: Some(Signing { statement, name, role }), ..base };
    assert_eq!(code(duty.clone().done(&base)), RefusalCode::DutyStatement);
    let altered = "I mostly keep my sign-in details to myself and lock my screen.";
    assert_eq!(code(duty.clone().done(&signed(altered, "Rosalind Quayle", "staff"))), RefusalCode::DutyStatement);
    assert_eq!(code(duty.clone().done(&signed(STATEMENT, "Nadia Shah", "staff"))), RefusalCode::DutySignatory);
    assert_eq!(code(duty.clone().done(&signed(STATEMENT, "", "staff"))), RefusalCode::DutySignatory);
    assert_eq!(code(duty.clone().done(&signed(STATEMENT, "Rosalind Quayle", "board"))), RefusalCode::DutySignatory);
    let done = duty.clone().done(&signed(STATEMENT, "rosalind  quayle", "staff")).unwrap();
    let Stage::Done { signed: Some(mark), .. } = &done.stage else { panic!("not signed") };
    assert_eq!((mark.statement.as_str(), &mark.by), (STATEMENT, &Signatory::Account(by.clone())));
    assert!(!serde_json::to_string(&done).unwrap().contains("Quayle"), "the record keeps no name");
    // Somebody else's signature is on paper, and the paper has to be findable.
    let other = signed(STATEMENT, "Callum Okonjo-Reid", "staff");
    assert_eq!(code(duty.clone().done(&other)), RefusalCode::DutyEvidence);
    let filed = duty.done(&Completion { evidence: "Signed sheet, folder 12", ..other }).unwrap();
    assert!(matches!(&filed.stage, Stage::Done { signed: Some(Signed { by: Signatory::Paper(person), .. }), .. } if person == "p05"));
}

#[test]
fn an_event_runs_its_clock_and_its_completion_is_kept_or_late() {
    let (by, none) = (UserId::new("u1"), []);
    let moment = |text: &str| When::parse(text).unwrap();
    let now = date(2026, 11, 30);
    let terms = terms(DutyKind::Event, None, "breach-72h");
    let happened = moment("2026-11-20T16:45:00Z");
    assert_eq!(
        Begun::event(happened, "Laptop left on a train", date(2026, 11, 19).into(), false).unwrap_err().code,
        RefusalCode::DutyFuture
    );
    assert_eq!(Begun::event(happened, " ", now.into(), false).unwrap_err().code, RefusalCode::ReasonNeeded);
    let begun = Begun::event(happened, "Laptop left on a train", now.into(), false).unwrap();
    let duty = Duty::open(facts(), terms.clone(), begun.clone(), deadline(&terms, &begun));
    let due = duty.due_on().unwrap();
    assert!(due.instant().is_some() && due.date() <= date(2026, 11, 23));
    let ended = |on: When| duty.clone().done(&act(on, now, "Report reference 4711", &none, &by));
    assert_eq!(code(ended(moment("2026-11-20T16:00:00Z"))), RefusalCode::ValueInvalid);
    assert_eq!(code(ended(due.date().into())), RefusalCode::InstantNeeded);
    assert_eq!(ended(due).unwrap().clock().word(), "kept");
    assert_eq!(ended(moment("2026-11-29T09:00:00Z")).unwrap().clock().word(), "late");
    assert_eq!(ended(due).unwrap().next_from(), None);
}

#[test]
fn a_duty_that_is_no_longer_asked_for_ends_with_its_reason() {
    let duty = yearly(DutyKind::Training, date(2026, 1, 5));
    assert_eq!(code(duty.clone().drop_it("", date(2026, 2, 1))), RefusalCode::ReasonNeeded);
    let dropped = duty.drop_it("The policy no longer asks for it", date(2026, 2, 1)).unwrap();
    assert_eq!(dropped.clock(), ClockState::Dropped(date(2026, 2, 1)));
    assert_eq!(dropped.next_from(), None);
    assert_eq!(code(dropped.drop_it("again", date(2026, 2, 2))), RefusalCode::DutyState);
}

#[test]
fn a_duty_survives_json() {
    let begun = Begun::event(date(2026, 11, 1).into(), "Fire drill", date(2026, 11, 2).into(), false).unwrap();
    let mut duty = yearly(DutyKind::Review, date(2026, 3, 14));
    duty.begun = begun;
    let json = serde_json::to_string(&duty).unwrap();
    assert_eq!(serde_json::from_str::<Duty>(&json).unwrap(), duty);
}

proptest! {
    /// Years of a duty that comes round: every period begins where the last was done, the
    /// clock is kept exactly when it was done by its day.
    #[test]
    fn periods_follow_each_other(gaps in prop::collection::vec(0_i64..900, 1..12), months in 1_u32..24) {
        let (by, none) = (UserId::new("u1"), []);
        let calendar = Calendar::embedded();
        let policy = policy();
        let terms = terms(DutyKind::Review, Some(Period::Months(months)), "");
        let mut started = date(2026, 1, 31);
        for gap in gaps {
            let begun = Begun::interval(started);
            let deadline = due(&terms, &begun, policy, &calendar).unwrap();
            let duty = Duty::open(facts(), terms.clone(), begun, deadline);
            let due = duty.due_on().unwrap().date();
            let on = started.checked_add(jiff::Span::new().days(gap)).unwrap();
            prop_assert!(due > started);
            let done = duty.done(&act(on.into(), on, "seen", &none, &by)).unwrap();
            prop_assert_eq!(done.clock().word() == "late", on > due);
            started = done.next_from().unwrap();
            prop_assert_eq!(started, on);
        }
    }
}
