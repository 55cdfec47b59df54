//! The life of a request, by example.

use jiff::civil::{Date, date};

use super::*;
use crate::RefusalCode;
use crate::calendar::{Calendar, Division, Right};
use crate::ids::{RecordId, SubjectId, UserId};
use crate::personal::Personal;
use crate::record::RecordFacts;

pub(super) fn request_on(received: Date, behalf: Behalf) -> Request {
    Request::receive(Intake {
        facts: RecordFacts {
            id: RecordId::new("r1"),
            reference: "SAR-2026-0001".into(),
            owner: None,
            assigned: vec![],
            logged_by: UserId::new("staff"),
            hold: false,
        },
        right: Right::Access,
        subject: SubjectId::new("s1"),
        person: Person { names: vec!["Amelia Hart".into()], ..Person::default() },
        behalf,
        channel: Channel::Email,
        received_on: received,
        received_by: "office".into(),
        words: "show me what you wrote about me".into(),
        logged_on: date(2027, 12, 1),
        division: Division::EnglandAndWales,
    })
    .unwrap()
}

pub(super) fn due(request: &Request) -> Option<Date> {
    let deadline = request.deadline(&Calendar::embedded(), None, date(2026, 11, 30)).unwrap();
    deadline.due.map(crate::calendar::When::date)
}

pub(super) fn code(result: Result<Request, crate::Refusal>) -> RefusalCode {
    result.unwrap_err().code
}

pub(super) fn child(capacity: Option<Capacity>) -> Behalf {
    let requester = Personal::known(&SubjectId::new("s1"), Requester { name: "Nadia Hart".into(), contact: "nadia@hart.example".into() });
    Behalf::Child { requester, capacity }
}

fn access() -> Request {
    request_on(date(2026, 11, 28), Behalf::Themselves)
}

pub(super) fn to_approved(request: Request) -> Request {
    request
        .search(vec!["mailbox".into()], vec![], date(2026, 12, 1))
        .unwrap()
        .searched(SearchCounts { met: 10, found: 2, unreadable: 0, left_out: 0 })
        .unwrap()
        .prepare(UserId::new("lead"), 0)
        .unwrap()
        .approve(UserId::new("director"), date(2026, 12, 4), true)
        .unwrap()
}

#[test]
fn the_clock_runs_from_receipt_by_anyone_and_rolls_over_christmas() {
    // Journey A1: received Sat 28 Nov 2026, nominal Mon 28 Dec is a holiday.
    assert_eq!(due(&request_on(date(2026, 11, 28), Behalf::Themselves)), Some(date(2026, 12, 29)));
}

#[test]
fn an_oral_request_of_a_boy_of_14_is_due_on_the_monday() {
    // Journey B6.
    assert_eq!(due(&request_on(date(2027, 3, 3), Behalf::Themselves)), Some(date(2027, 4, 5)));
}

#[test]
fn clarification_pauses_inclusively_and_a_fee_without_ground_is_refused() {
    // Journey D8.
    let request = request_on(date(2027, 2, 8), Behalf::Themselves);
    let request = request.clarify("Which records would help you most?", date(2027, 2, 15)).unwrap();
    assert_eq!(due(&request), None);
    assert_eq!(code(request.clone().clarify("And?", date(2027, 2, 16))), RefusalCode::ClarificationOpen);
    let request = request.clarified("Everything, please.", date(2027, 2, 22), date(2027, 2, 22)).unwrap();
    assert_eq!(due(&request), Some(date(2027, 3, 16)));
    assert_eq!(code(request.charge(None, "ten pounds", &[], vec![], date(2027, 2, 9))), RefusalCode::FeeRefused);
}

#[test]
fn identity_needs_a_written_doubt_moves_the_start_and_can_be_taken_back() {
    let request = request_on(date(2026, 3, 2), Behalf::Themselves);
    assert_eq!(code(request.clone().ask_identity("  ", date(2026, 3, 3))), RefusalCode::DoubtNeeded);
    let asked = request.ask_identity("The address is not the one we know.", date(2026, 3, 3)).unwrap();
    assert_eq!(due(&asked), None);
    let received = asked.clone().identity_received("passport, seen", date(2026, 3, 20), date(2026, 3, 20)).unwrap();
    assert_eq!(due(&received), Some(date(2026, 4, 20)));
    assert_eq!(due(&asked.identity_not_relied_on().unwrap()), Some(date(2026, 4, 2)));
}

#[test]
fn an_extension_is_valid_only_inside_the_month_and_once() {
    let request = request_on(date(2026, 3, 3), Behalf::Themselves);
    let now = request.deadline(&Calendar::embedded(), None, date(2026, 3, 10)).unwrap();
    assert_eq!(code(request.clone().extend(ExtensionGround::Complex, "", date(2026, 3, 10), &now)), RefusalCode::ReasonNeeded);
    assert_eq!(code(request.clone().extend(ExtensionGround::Complex, "many systems", date(2026, 4, 8), &now)), RefusalCode::ExtensionLate);
    let extended = request.extend(ExtensionGround::Complex, "many systems", date(2026, 4, 7), &now).unwrap();
    assert_eq!(due(&extended), Some(date(2026, 6, 3)));
    assert_eq!(code(extended.extend(ExtensionGround::Number, "more", date(2026, 4, 7), &now)), RefusalCode::AlreadyExtended);
}

#[test]
fn nothing_goes_out_unapproved_unreviewed_or_with_identity_outstanding() {
    let request = request_on(date(2026, 11, 28), Behalf::Themselves);
    assert_eq!(code(request.clone().reply(vec![], date(2026, 12, 1))), RefusalCode::NotApproved);
    let review = request
        .search(vec!["mailbox".into()], vec![], date(2026, 12, 1))
        .unwrap()
        .searched(SearchCounts { met: 9, found: 3, unreadable: 1, left_out: 0 })
        .unwrap();
    assert_eq!(code(review.clone().prepare(UserId::new("lead"), 2)), RefusalCode::ReviewIncomplete);
    let prepared = review.prepare(UserId::new("lead"), 0).unwrap();
    assert_eq!(code(prepared.clone().approve(UserId::new("lead"), date(2026, 12, 2), true)), RefusalCode::SelfApproval);
    let asked = prepared.ask_identity("A new address.", date(2026, 12, 2)).unwrap();
    let approved = asked.approve(UserId::new("director"), date(2026, 12, 3), true).unwrap();
    assert_eq!(code(approved.clone().reply(vec![], date(2026, 12, 4))), RefusalCode::IdentityOutstanding);
    let replied =
        approved.identity_received("call back", date(2026, 12, 4), date(2026, 12, 4)).unwrap().reply(vec![], date(2026, 12, 4)).unwrap();
    assert_eq!(replied.close(date(2026, 12, 5)).unwrap().stage, Stage::Closed { on: date(2026, 12, 5), outcome: "replied".into() });
}

#[test]
fn a_parent_gets_nothing_without_a_capacity_record_and_an_able_child_s_consent() {
    let approved = to_approved(request_on(date(2026, 11, 28), child(None)));
    assert_eq!(code(approved.clone().reply(vec![], date(2026, 12, 5))), RefusalCode::CapacityNeeded);
    let able = approved.judge_capacity(true, UserId::new("lead"), "explained it back in own words", date(2026, 12, 2), None).unwrap();
    assert_eq!(code(able.clone().reply(vec![], date(2026, 12, 5))), RefusalCode::CapacityNeeded);
    let agreed = able.judge_capacity(true, UserId::new("lead"), "explained it back", date(2026, 12, 4), Some(date(2026, 12, 4))).unwrap();
    assert!(agreed.reply(vec![], date(2026, 12, 5)).is_ok());
}

#[test]
fn a_finished_request_changes_no_more() {
    let withdrawn = request_on(date(2026, 11, 28), Behalf::Themselves).withdraw(date(2026, 11, 30)).unwrap();
    assert_eq!(code(withdrawn.clone().acknowledge(date(2026, 12, 1))), RefusalCode::WrongState);
    assert_eq!(code(withdrawn.clone().clarify("Why?", date(2026, 12, 1))), RefusalCode::WrongState);
    assert_eq!(code(withdrawn.search(vec!["x".into()], vec![], date(2026, 12, 1))), RefusalCode::WrongState);
}

#[test]
fn refusing_needs_reasons_and_no_proof_needs_a_question_first() {
    let request = request_on(date(2026, 11, 28), Behalf::Themselves);
    assert_eq!(
        code(request.clone().refuse(RefusalGround::Excessive, " ", &UserId::new("lead"), date(2026, 12, 1))),
        RefusalCode::ReasonNeeded
    );
    assert_eq!(
        code(request.clone().refuse(RefusalGround::NoProof, "no passport", &UserId::new("lead"), date(2026, 12, 1))),
        RefusalCode::RefusalGrounds
    );
    let bare = request.clone().refuse(
        RefusalGround::Excessive,
        "the fourth identical request this month",
        &UserId::new("lead"),
        date(2026, 12, 1),
    );
    assert_eq!(code(bare), RefusalCode::BurdenNotShown);
    let shown = request.judge_burden(RefusalGround::Excessive, &["repeat".into()], "the fourth identical request this month").unwrap();
    assert!(
        shown.refuse(RefusalGround::Excessive, "the fourth identical request this month", &UserId::new("lead"), date(2026, 12, 1)).is_ok()
    );
}

#[test]
fn a_request_cannot_come_from_the_future_and_nothing_precedes_it() {
    let request = request_on(date(2026, 11, 28), Behalf::Themselves);
    assert_eq!(code(request.acknowledge(date(2026, 11, 27))), RefusalCode::DateBeforeReceipt);
}

#[test]
fn the_task_list_names_what_comes_next() {
    let request = request_on(date(2026, 11, 28), child(None));
    let keys: Vec<String> = request.tasks().into_iter().map(|task| task.key).collect();
    assert!(keys.contains(&"capacity".to_owned()) && keys.contains(&"authority".to_owned()));
    let approved = to_approved(request_on(date(2026, 11, 28), Behalf::Themselves));
    let reply = approved.tasks().into_iter().find(|task| task.key == "reply").unwrap();
    assert_eq!(reply.status, crate::record::TaskStatus::ToDo);
}

#[test]
fn a_request_survives_json() {
    let request = to_approved(request_on(date(2026, 11, 28), child(None)));
    let json = serde_json::to_value(&request).unwrap();
    assert_eq!(serde_json::from_value::<Request>(json).unwrap(), request);
}

#[test]
fn what_is_said_through_the_portal_counts_from_the_day_it_was_sent() {
    use super::ToldAbout;
    let asked = access().clarify("Which year?", date(2026, 12, 1)).unwrap();
    assert_eq!(access().tell(ToldAbout::Question, "2023", date(2026, 12, 2)).unwrap_err().code, RefusalCode::NoClarificationOpen);
    assert_eq!(asked.clone().tell(ToldAbout::Question, " ", date(2026, 12, 2)).unwrap_err().code, RefusalCode::ReasonNeeded);
    assert_eq!(asked.clone().tell(ToldAbout::Identity, "me", date(2026, 12, 2)).unwrap_err().code, RefusalCode::WrongState);
    let told = asked.tell(ToldAbout::Question, "2023", date(2026, 12, 3)).unwrap();
    assert!(told.open_clarification().is_some(), "a person confirms it first");
    let aside = told.clone().settle_told(false, None, UserId::new("u1"), date(2026, 12, 7)).unwrap();
    assert!(aside.open_clarification().is_some() && aside.waiting_told().is_none());
    let taken = told.settle_told(true, None, UserId::new("u1"), date(2026, 12, 7)).unwrap();
    assert_eq!(taken.clarifications[0].answered, Some(date(2026, 12, 3)));
    assert_eq!(taken.settle_told(true, None, UserId::new("u1"), date(2026, 12, 8)).unwrap_err().code, RefusalCode::WrongState);
    let doubted = access().ask_identity("The address is new to us.", date(2026, 12, 1)).unwrap();
    let shown = doubted.tell(ToldAbout::Identity, "Passport, on a video call", date(2026, 12, 4)).unwrap();
    let rules = crate::policy::Identity::default();
    let taken =
        |form: Option<&IdentityForm>| shown.clone().settle_told(true, form.map(|f| (f, &rules)), UserId::new("u1"), date(2026, 12, 9));
    assert_eq!(code(taken(None)), RefusalCode::MeansNeeded, "their word alone is no proof");
    let form = IdentityForm {
        means: Means::Documents,
        seen: "passport".into(),
        expires: Some(date(2026, 12, 3)),
        own_number: false,
        on: date(2026, 12, 9),
    };
    assert_eq!(code(taken(Some(&form))), RefusalCode::IdentityExpired, "expired on the day it was sent");
    let seen = taken(Some(&IdentityForm { expires: None, ..form })).unwrap();
    assert_eq!(seen.identity.unwrap().received, Some(date(2026, 12, 4)));
}

#[test]
fn only_so_much_waits_at_once() {
    use super::ToldAbout;
    let mut request = access().clarify("Which year?", date(2026, 12, 1)).unwrap();
    for _ in 0..10 {
        request = request.tell(ToldAbout::Question, "2023", date(2026, 12, 2)).unwrap();
    }
    assert_eq!(request.tell(ToldAbout::Question, "2023", date(2026, 12, 2)).unwrap_err().code, RefusalCode::WrongState);
}
