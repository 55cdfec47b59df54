//! The rights other than access, by example and by property.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::RefusalCode;
use crate::calendar::{Calendar, Division, When};
use crate::casework::mark::MarkKind;
use crate::ids::{RecordId, SubjectId, UserId};
use crate::policy::Policy;
use crate::record::{RecordFacts, TaskStatus};
use crate::retention::Schedule;
use crate::rights::{PROCEDURES, RequestKind};

/// A request of a kind, for tests.
pub(crate) fn sample_request(kind: RequestKind, received: Date) -> Request {
    let mut request = Request::receive(Intake {
        facts: RecordFacts {
            id: RecordId::new("r1"),
            reference: "SAR-2027-0001".into(),
            owner: None,
            assigned: vec![],
            logged_by: UserId::new("staff"),
            hold: false,
        },
        right: kind.procedure().clock,
        subject: SubjectId::new("s1"),
        person: Person { names: vec!["Amelia Hart".into()], ..Person::default() },
        behalf: Behalf::Themselves,
        channel: Channel::Phone,
        received_on: received,
        received_by: "office".into(),
        words: "please".into(),
        logged_on: received,
        division: Division::EnglandAndWales,
    })
    .unwrap();
    request.kind = kind;
    request
}

fn code(result: Result<Request, crate::Refusal>) -> RefusalCode {
    result.unwrap_err().code
}

fn lead() -> UserId {
    UserId::new("lead")
}

fn action(kind: ActionKind, due: Option<Date>) -> NewAction {
    NewAction { kind, what: "the web page".into(), who: "the web editor".into(), due }
}

const DAY: Date = date(2027, 1, 5);

/// Signed off by somebody else.
fn signed(request: Request) -> Request {
    request.approve(UserId::new("director"), DAY, true).unwrap()
}

fn correction(outcome: CorrectionOutcome) -> CorrectionForm {
    CorrectionForm {
        field: "allergies".into(),
        old: "none known".into(),
        new: "penicillin".into(),
        source: "letter of the surgery".into(),
        outcome,
        reasons: String::new(),
        critical: true,
        recipients: vec!["the surgery".into(), "the pharmacy".into(), " ".into()],
    }
}

#[test]
fn every_right_is_due_in_a_month_and_none_but_access_pauses() {
    // Journey E5: received Tuesday 5 January 2027, the formal answer by Friday 5 February.
    for procedure in PROCEDURES {
        let request = sample_request(procedure.kind, DAY);
        let due = request.deadline(&Calendar::embedded(), None, DAY).unwrap().due.map(When::date);
        assert_eq!(due, Some(date(2027, 2, 5)), "{}", procedure.key);
        assert_eq!(request.clarify("Which?", DAY).is_ok(), procedure.kind == RequestKind::Access, "{}", procedure.key);
    }
}

#[test]
fn what_care_depends_on_is_put_right_the_same_day_and_recipients_are_told() {
    let request = sample_request(RequestKind::Rectification, DAY);
    let decided = request.correct(&correction(CorrectionOutcome::Corrected), &lead(), DAY, Some(date(2027, 2, 5))).unwrap();
    let kinds: Vec<(ActionKind, Option<Date>)> = decided.actions.iter().map(|action| (action.kind, action.due)).collect();
    assert_eq!(kinds, [(ActionKind::Correct, Some(DAY)), (ActionKind::Tell, Some(DAY)), (ActionKind::Tell, Some(DAY))]);
    let Some(Decision::Corrections { values }) = decided.decided.as_ref().map(|decided| &decided.decision) else { panic!("not decided") };
    assert_eq!((values[0].old.shown(), values[0].new.shown()), ("none known".to_owned(), "penicillin".to_owned()), "both are kept");
    let twice = decided.correct(&correction(CorrectionOutcome::Statement), &lead(), DAY, None);
    assert_eq!(code(twice), RefusalCode::ReasonNeeded, "a statement beside it needs the reasons");
}

#[test]
fn what_is_accurate_stays_with_a_reason_and_nobody_is_told() {
    let request = sample_request(RequestKind::Rectification, DAY);
    let mut form = correction(CorrectionOutcome::Accurate);
    assert_eq!(code(request.clone().correct(&form, &lead(), DAY, None)), RefusalCode::ReasonNeeded);
    form.reasons = "The surgery confirms what we have.".into();
    let decided = request.correct(&form, &lead(), DAY, None).unwrap();
    assert!(decided.actions.is_empty());
    assert_eq!(code(decided.clone().answer(DAY)), RefusalCode::NotApproved);
    assert!(signed(decided).answer(DAY).is_ok());
}

#[test]
fn an_absolute_right_is_never_refused() {
    for kind in [RequestKind::Marketing, RequestKind::Photographs, RequestKind::ConsentWithdrawal] {
        let request = sample_request(kind, DAY);
        for ground in RefusalGround::ALL {
            assert_eq!(code(request.clone().refuse(*ground, "too much work", &lead(), DAY)), RefusalCode::AbsoluteRight, "{kind:?}");
        }
        assert_eq!(code(request.clone().send_elsewhere(NotARequest::Business, "", &lead(), DAY)), RefusalCode::AbsoluteRight);
        assert!(request.mark_on_receipt().is_some(), "it holds from the moment it came");
    }
}

#[test]
fn an_erasure_waits_for_access_and_for_every_class() {
    let request = sample_request(RequestKind::Erasure, DAY).hold_classes(vec!["a".into(), "b".into()], DAY).unwrap();
    let class = |name: &str, kept| ClassDecision {
        class: name.into(),
        title: name.into(),
        kept,
        reasons: crate::Personal::known(&SubjectId::new("s1"), "why".into()),
        source: String::new(),
    };
    let both = vec![class("a", None), class("b", Some(KeepGround::LegalClaims))];
    let erase = |request: Request, classes: &[ClassDecision], open| request.erase(classes.to_vec(), &[], (&lead(), DAY), None, open);
    assert_eq!(code(erase(request.clone(), &both[..1], false)), RefusalCode::DecisionNeeded, "one class was left out");
    assert_eq!(code(erase(request.clone(), &both, true)), RefusalCode::ErasureFrozen);
    let mut held = request.clone();
    held.facts.hold = true;
    assert_eq!(code(erase(held, &both, false)), RefusalCode::ErasureHeld);
    let decided = erase(request, &both, false).unwrap();
    assert_eq!(decided.open_actions().count(), 1);
    let now = When::Date(date(2027, 1, 6));
    assert_eq!(code(decided.clone().action_done(1, (now, "certificate"), &lead(), now, true)), RefusalCode::ErasureFrozen);
    let unsigned = decided.clone().action_done(1, (now, "certificate"), &lead(), now, false);
    assert_eq!(code(unsigned), RefusalCode::NotApproved, "nothing brings back what was erased");
    let answered = signed(decided).action_done(1, (now, "certificate"), &lead(), now, false).unwrap().answer(date(2027, 1, 6)).unwrap();
    assert!(answered.close(date(2027, 1, 7)).is_ok());
}

#[test]
fn a_statute_keeps_its_class_until_its_day_and_a_hold_until_it_ends() {
    let schedule = Schedule::compile(&Policy::builtin("training-provider").unwrap());
    let retention = Policy::builtin("training-provider").unwrap();
    let class = retention.retention().class.iter().find(|class| class.floors.contains(&"accident-records".to_owned())).unwrap();
    let subject = SubjectId::new("s1");
    let facts = |from: Option<Date>, hold| ClassFacts { class: &class.id, title: &class.title, from, hold };
    let erase = ClassChoice { keep: None, reasons: "" };
    let decide = |facts: &ClassFacts<'_>, choice: &ClassChoice<'_>| decide_class(&schedule, &subject, facts, choice, date(2027, 1, 5));
    assert_eq!(decide(&facts(None, false), &erase).unwrap_err().code, RefusalCode::ErasureFact);
    let kept = decide(&facts(Some(date(2026, 3, 1)), false), &erase).unwrap_err();
    assert_eq!(kept.code, RefusalCode::ErasureStatutory);
    assert!(kept.detail.contains("2029"), "{}", kept.detail);
    assert!(decide(&facts(Some(date(2020, 3, 1)), false), &erase).unwrap().kept.is_none());
    assert_eq!(decide(&facts(Some(date(2020, 3, 1)), true), &erase).unwrap_err().code, RefusalCode::ErasureHeld);
    let keep = ClassChoice { keep: Some(KeepGround::LegalObligation), reasons: "The regulations say so." };
    assert!(decide(&facts(Some(date(2026, 3, 1)), false), &keep).unwrap().source.contains("until"));
    let silent = ClassChoice { keep: Some(KeepGround::Hold), reasons: " " };
    assert_eq!(decide(&facts(None, true), &silent).unwrap_err().code, RefusalCode::ReasonNeeded);
}

#[test]
fn a_decision_is_needed_before_the_answer_and_is_made_once() {
    let request = sample_request(RequestKind::Restriction, DAY);
    assert_eq!(code(request.clone().answer(DAY)), RefusalCode::DecisionNeeded);
    assert_eq!(code(request.clone().restrict(None, "", &[], &lead(), DAY)), RefusalCode::ReasonNeeded);
    assert_eq!(code(request.clone().export(1, "", "", &lead(), DAY)), RefusalCode::NotThisRight);
    assert_eq!(code(request.clone().search(vec!["mailbox".into()], vec![], DAY)), RefusalCode::NotThisRight);
    let restricted = request.restrict(Some(RestrictionGround::Disputed), "", &[], &lead(), DAY).unwrap();
    assert_eq!(restricted.mark_on_decision(), Some(MarkKind::Restricted));
    assert_eq!(code(restricted.restrict(None, "no", &[], &lead(), DAY)), RefusalCode::DecisionRepeated);
}

#[test]
fn an_objection_restricts_meanwhile_and_what_goes_on_needs_reasons() {
    let request = sample_request(RequestKind::Objection, DAY);
    assert_eq!(request.mark_on_receipt(), Some(MarkKind::Restricted));
    assert_eq!(code(request.clone().weigh(ObjectionOutcome::Compelling, "research", "", &lead(), DAY)), RefusalCode::ReasonNeeded);
    let stopped = request.weigh(ObjectionOutcome::Stopped, "research", "", &lead(), DAY).unwrap();
    assert_eq!(stopped.mark_on_decision(), Some(MarkKind::Objected));
    assert!(!stopped.ends_with_letter(MarkKind::Restricted));
    let answered = signed(stopped).answer(DAY).unwrap();
    assert!(answered.ends_with_letter(MarkKind::Restricted) && !answered.ends_with_letter(MarkKind::Objected));
}

#[test]
fn nothing_is_erased_or_handed_over_while_identity_is_outstanding() {
    let request = sample_request(RequestKind::Portability, DAY).ask_identity("A new address.", DAY).unwrap();
    let rows = request.clone().export(3, "", "", &lead(), DAY).unwrap();
    assert_eq!(code(signed(rows).answer(DAY)), RefusalCode::IdentityOutstanding);
    let none = request.export(0, "All of it is on paper.", "", &lead(), DAY).unwrap();
    assert!(signed(none).answer(DAY).is_ok(), "no data goes out");
}

#[test]
fn a_child_s_plan_needs_proof_and_a_refusal_its_reason() {
    let request = sample_request(RequestKind::ChildPlan, DAY);
    assert_eq!(code(request.clone().give(true, "Copy handed over", "", &lead(), DAY)), RefusalCode::ReasonNeeded);
    assert!(request.clone().give(true, "Copy handed over", "birth certificate seen", &lead(), DAY).is_ok());
    assert_eq!(code(request.give(false, " ", "", &lead(), DAY)), RefusalCode::ReasonNeeded);
}

#[test]
fn an_action_is_done_once_with_proof_and_not_in_the_future() {
    let request =
        sample_request(RequestKind::Photographs, DAY).open_action(&action(ActionKind::TakeDown, Some(date(2027, 1, 9))), DAY).unwrap();
    let now = When::parse("2027-01-06T09:00:00Z").unwrap();
    let later = When::parse("2027-01-06T10:00:00Z").unwrap();
    assert_eq!(code(request.clone().action_done(1, (now, " "), &lead(), now, false)), RefusalCode::ReasonNeeded);
    assert_eq!(code(request.clone().action_done(1, (later, "seen"), &lead(), now, false)), RefusalCode::DateBeforeReceipt);
    assert_eq!(request.action_clocks()[0].1.to_string(), "running/2027-01-09", "Saturday: it does not move");
    let done = request.action_done(1, (now, "page is gone"), &lead(), now, false).unwrap();
    assert_eq!(done.action_clocks()[0].1.to_string(), "kept/2027-01-06");
    assert_eq!(code(done.action_done(1, (now, "again"), &lead(), now, false)), RefusalCode::WrongState);
}

#[test]
fn the_tasks_of_a_right_are_its_own() {
    for procedure in PROCEDURES.iter().filter(|procedure| !procedure.kind.searches()) {
        let tasks = sample_request(procedure.kind, DAY).tasks();
        let keys: Vec<&str> = tasks.iter().map(|task| task.key.as_str()).collect();
        assert!(keys.contains(&"decide") && keys.contains(&"send-answer") && keys.contains(&"close"), "{}", procedure.key);
        assert!(!keys.contains(&"search") && !keys.contains(&"review") && !keys.contains(&"clarify"), "{}", procedure.key);
        assert_eq!(
            keys.contains(&"identity"),
            !procedure.kind.at_once() && procedure.kind != RequestKind::NotARequest,
            "{}",
            procedure.key
        );
    }
    let erasure = sample_request(RequestKind::Erasure, DAY).tasks();
    assert_eq!(erasure.iter().find(|task| task.key == "decide").unwrap().status, TaskStatus::CannotStart, "first the classes");
}

#[test]
fn an_old_request_without_a_kind_reads_as_access_and_all_survives_json() {
    let decided = sample_request(RequestKind::Photographs, DAY)
        .stop(&TakeDown { what: "pictures".into(), stays: String::new(), actions: vec![action(ActionKind::TakeDown, None)] }, &lead(), DAY)
        .unwrap();
    let mut json = serde_json::to_value(&decided).unwrap();
    assert_eq!(serde_json::from_value::<Request>(json.clone()).unwrap(), decided);
    for field in ["kind", "decided", "actions"] {
        json.as_object_mut().unwrap().remove(field);
    }
    assert_eq!(serde_json::from_value::<Request>(json).unwrap().kind, RequestKind::Access);
}

/// One thing somebody tries.
#[derive(Debug, Clone)]
enum Try {
    Open,
    Done(u32),
    Decide,
    Answer,
    Refuse,
    Withdraw,
    Close,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = prop_oneof![
        Just(Try::Open),
        (1..4_u32).prop_map(Try::Done),
        Just(Try::Decide),
        Just(Try::Answer),
        Just(Try::Refuse),
        Just(Try::Withdraw),
        Just(Try::Close)
    ];
    prop::collection::vec(one, 0..16)
}

fn decide(request: Request, kind: RequestKind, open: bool) -> Result<Request, crate::Refusal> {
    match kind {
        RequestKind::Erasure => {
            let class = ClassDecision {
                class: "a".into(),
                title: "a".into(),
                kept: None,
                reasons: crate::Personal::known(&SubjectId::new("s1"), String::new()),
                source: String::new(),
            };
            request.hold_classes(vec!["a".into()], DAY)?.erase(vec![class], &[], (&lead(), DAY), None, open)
        }
        RequestKind::Rectification => request.correct(&correction(CorrectionOutcome::Corrected), &lead(), DAY, None),
        RequestKind::Objection => request.weigh(ObjectionOutcome::Stopped, "x", "", &lead(), DAY),
        _ => request.stop(
            &TakeDown { what: "x".into(), stays: String::new(), actions: vec![action(ActionKind::TakeDown, None)] },
            &lead(),
            DAY,
        ),
    }
}

proptest! {
    #[test]
    fn no_path_closes_a_request_with_an_open_action(kind in 0..4_usize, tries in tries(), open in any::<bool>()) {
        let kind = [RequestKind::Erasure, RequestKind::Rectification, RequestKind::Objection, RequestKind::Photographs][kind];
        let mut request = sample_request(kind, DAY);
        let now = When::Date(DAY);
        for attempt in tries {
            let next = match attempt {
                Try::Open => request.clone().open_action(&action(ActionKind::Other, Some(DAY)), DAY),
                Try::Done(number) => request.clone().action_done(number, (now, "seen"), &lead(), now, open),
                Try::Decide => decide(request.clone(), kind, open).map(|decided| {
                    decided.clone().approve(UserId::new("director"), DAY, true).unwrap_or(decided)
                }),
                Try::Answer => request.clone().answer(DAY),
                Try::Refuse => request.clone().refuse(RefusalGround::Excessive, "again", &lead(), DAY),
                Try::Withdraw => request.clone().withdraw(DAY),
                Try::Close => request.clone().close(DAY),
            };
            if let Ok(next) = next {
                request = next;
            }
            if matches!(request.stage, Stage::Closed { .. }) {
                prop_assert_eq!(request.open_actions().count(), 0);
            }
            let erased = request.actions.iter().any(|action| action.kind == ActionKind::Erase && action.done.is_some());
            prop_assert!(!(open && erased), "nothing is erased while access is open");
        }
    }

    #[test]
    fn a_class_under_hold_is_never_erased(day in prop::option::of(0..4_000_i64), ground in prop::option::of(0..KeepGround::ALL.len()), class in 0..200_usize) {
        static COMPILED: std::sync::OnceLock<(Policy, Schedule)> = std::sync::OnceLock::new();
        let (policy, schedule) = COMPILED.get_or_init(|| {
            let policy = Policy::builtin("training-provider").unwrap();
            let schedule = Schedule::compile(&policy);
            (policy, schedule)
        });
        let classes = &policy.retention().class;
        let class = &classes[class % classes.len()];
        let from = day.map(|day| date(2015, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap());
        let facts = ClassFacts { class: &class.id, title: &class.title, from, hold: true };
        let choice = ClassChoice { keep: ground.map(|at| KeepGround::ALL[at]), reasons: "because" };
        if let Ok(decided) = decide_class(schedule, &SubjectId::new("s1"), &facts, &choice, DAY) {
            prop_assert!(decided.kept.is_some());
        }
    }
}
