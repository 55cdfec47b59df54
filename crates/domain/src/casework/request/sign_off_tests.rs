//! Sign-off, what undoes it, and what stops a release by itself, by example and by property.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::rights_tests::sample_request;
use super::tests::{child, code, request_on, to_approved};
use super::*;
use crate::RefusalCode;
use crate::casework::mark::MarkKind;
use crate::ids::{SubjectId, UserId};
use crate::letters::Block;
use crate::personal::Personal;
use crate::policy::Audience;
use crate::record::TaskStatus;
use crate::rights::{PROCEDURES, RequestKind};

const DAY: Date = date(2027, 1, 5);

fn user(name: &str) -> UserId {
    UserId::new(name)
}

fn status(request: &Request, key: &str) -> Option<TaskStatus> {
    request.tasks().into_iter().find(|task| task.key == key).map(|task| task.status)
}

/// Something done to a request.
type Change = fn(Request) -> Result<Request, crate::Refusal>;

/// A decision about an exemption that was looked at and not used.
fn looked_at() -> DecisionForm {
    DecisionForm {
        exemption: "E05".into(),
        items: vec![1],
        category: "advice of our solicitor".into(),
        reason: "It is not confidential.".into(),
        ..DecisionForm::default()
    }
}

/// Every change of an answer.
fn changes() -> Vec<(&'static str, Change)> {
    vec![
        ("an exemption", |request| request.decide_exemption(&looked_at(), user("lead"), date(2026, 12, 5))),
        ("how it is given", |request| {
            request.set_answer(Answering { audience: Audience::EasyRead, ..Answering::default() }, &user("lead"))
        }),
        ("kept addresses", |request| request.keep_from(vec!["9 Quillan Court".into()], &user("lead"))),
        ("the letter", |request| {
            request.edit_letter("Our answer", vec![Block::Paragraph("Dear you".into())], &user("lead"), date(2026, 12, 5))
        }),
    ]
}

#[test]
fn whatever_changes_an_answer_after_sign_off_undoes_it_and_says_so() {
    for (what, change) in changes() {
        let approved = to_approved(request_on(date(2026, 11, 28), Behalf::Themselves));
        assert_eq!(status(&approved, "approve"), Some(TaskStatus::Done));
        let changed = change(approved).unwrap();
        assert_eq!((changed.stage.key(), changed.approval.as_ref()), ("prepared", None), "{what}");
        assert_eq!(status(&changed, "approve"), Some(TaskStatus::ToDo), "{what}");
        let hint = changed.tasks().into_iter().find(|task| task.key == "approve").unwrap().hint;
        assert!(hint.contains("changed after it was signed off on 4 December 2026"), "{what}: {hint}");
        assert_eq!(code(changed.clone().reply(vec![], date(2026, 12, 6))), RefusalCode::NotApproved, "{what}");
        assert_eq!(code(changed.clone().approve(user("lead"), date(2026, 12, 6), true)), RefusalCode::SelfApproval, "{what}");
        let again = changed.approve(user("director"), date(2026, 12, 6), true).unwrap();
        assert!(again.unsigned_words().is_empty() && again.reply(vec![], date(2026, 12, 6)).is_ok(), "{what}");
    }
}

#[test]
fn who_changed_an_answer_does_not_sign_it_and_nothing_new_leaves_it_signed() {
    let approved = to_approved(request_on(date(2026, 11, 28), Behalf::Themselves));
    assert_eq!(approved.clone().set_answer(Answering::default(), &user("x")).unwrap().stage, Stage::Approved, "the same again");
    assert_eq!(approved.clone().keep_from(vec![], &user("x")).unwrap().stage, Stage::Approved, "none as before");
    let changed = approved.keep_from(vec!["9 Quillan Court".into()], &user("director")).unwrap();
    assert_eq!(code(changed.approve(user("director"), date(2026, 12, 6), true)), RefusalCode::SelfApproval);
}

#[test]
fn a_refusal_waits_for_its_sign_off_whatever_was_asked_for() {
    for procedure in PROCEDURES.iter().filter(|procedure| !procedure.grounds.is_empty()) {
        let request = sample_request(procedure.kind, DAY);
        let burden = request.judge_burden(RefusalGround::Excessive, &["repeat".to_owned()], "the fourth").unwrap();
        let decided = burden.clone().refuse(RefusalGround::Excessive, "the fourth", &user("lead"), DAY).unwrap();
        assert_eq!(decided.stage, Stage::Prepared, "{}", procedure.key);
        assert_eq!(status(&decided, "send-refusal"), Some(TaskStatus::CannotStart), "{}", procedure.key);
        assert_eq!(code(decided.clone().send_refusal(DAY)), RefusalCode::NotApproved);
        assert_eq!(code(decided.clone().approve(user("lead"), DAY, true)), RefusalCode::SelfApproval);
        assert!(decided.clone().approve(user("lead"), DAY, false).is_ok(), "one person suffices where the policy says so");
        let signed = decided.clone().approve(user("director"), DAY, true).unwrap();
        assert_eq!(code(signed.clone().reply(vec![], DAY)), RefusalCode::WrongState, "no reply while it is refused");
        assert_eq!(signed.send_refusal(DAY).unwrap().stage.key(), "refused");
        let back = decided.reopen_review().unwrap();
        assert!(back.refusing.is_none() && back.stage == Stage::Open, "{}", procedure.key);
    }
}

fn decisions() -> Vec<(RequestKind, Change)> {
    vec![
        (RequestKind::Restriction, |r| r.restrict(Some(RestrictionGround::Claims), "", &[], &user("lead"), DAY)),
        (RequestKind::Objection, |r| r.weigh(ObjectionOutcome::Compelling, "research", "safety", &user("lead"), DAY)),
        (RequestKind::Portability, |r| r.export(2, "", "", &user("lead"), DAY)),
        (RequestKind::ChildPlan, |r| r.give(true, "enclosed", "order seen", &user("lead"), DAY)),
        (RequestKind::Informed, |r| r.give(true, "the notice", "", &user("lead"), DAY)),
        (RequestKind::AutomatedDecisions, |r| {
            r.review_decision(AutomatedOutcome::Stands, ["a score", "", "the manager", "checked"], &user("lead"), DAY)
        }),
        (RequestKind::Access, |r| r.send_elsewhere(NotARequest::SomebodyElse, "", &user("lead"), DAY)),
    ]
}

#[test]
fn the_answer_to_every_right_is_signed_off_by_somebody_else_and_can_be_sent_back() {
    for (kind, decide) in decisions() {
        let decided = decide(sample_request(kind, DAY)).unwrap();
        assert_eq!((decided.stage.key(), status(&decided, "approve")), ("prepared", Some(TaskStatus::ToDo)), "{kind:?}");
        assert_eq!(code(decided.clone().answer(DAY)), RefusalCode::NotApproved, "{kind:?}");
        assert_eq!(code(decided.clone().approve(user("lead"), DAY, true)), RefusalCode::SelfApproval, "{kind:?}");
        let back = decided.clone().reopen_review().unwrap();
        assert_eq!((back.kind, back.stage.clone(), back.decided.is_none()), (kind, Stage::Open, true), "{kind:?}");
        assert!(back.actions.is_empty() && decide(back).is_ok(), "{kind:?}: decided again");
        let signed = decided.approve(user("director"), DAY, true).unwrap();
        assert_eq!(signed.answer(DAY).unwrap().stage.key(), "replied", "{kind:?}");
    }
}

#[test]
fn another_value_after_sign_off_undoes_it_and_plain_updates_need_none() {
    let form = CorrectionForm {
        field: "phone".into(),
        old: "1".into(),
        new: "2".into(),
        source: "the person".into(),
        outcome: CorrectionOutcome::Corrected,
        reasons: String::new(),
        critical: false,
        recipients: vec![],
    };
    let one = sample_request(RequestKind::Rectification, DAY).correct(&form, &user("lead"), DAY, None).unwrap();
    let signed = one.approve(user("director"), DAY, true).unwrap();
    let two = signed.correct(&form, &user("helper"), DAY, None).unwrap();
    assert_eq!((two.stage.key(), two.unsigned), ("prepared", Some(DAY)));
    assert_eq!(code(two.approve(user("lead"), DAY, true)), RefusalCode::SelfApproval, "who decided the first value");
    let moved = sample_request(RequestKind::ChangeOfDetails, DAY).correct(&form, &user("lead"), DAY, None).unwrap();
    assert!(!moved.needs_sign_off() && moved.clone().answer(DAY).is_ok());
    let disputed = CorrectionForm { outcome: CorrectionOutcome::Accurate, reasons: "It is right.".into(), ..form };
    assert!(moved.correct(&disputed, &user("lead"), DAY, None).unwrap().needs_sign_off());
}

#[test]
fn a_plan_and_old_values_go_out_only_when_who_asks_is_settled() {
    let doubted = |kind| sample_request(kind, DAY).ask_identity("A new address.", DAY).unwrap();
    let plan = doubted(RequestKind::ChildPlan).give(true, "enclosed", "order seen", &user("lead"), DAY).unwrap();
    let plan = plan.approve(user("director"), DAY, true).unwrap();
    assert_eq!(code(plan.answer(DAY)), RefusalCode::IdentityOutstanding);
    let refused = doubted(RequestKind::ChildPlan).give(false, "not theirs to have", "", &user("lead"), DAY).unwrap();
    assert!(refused.approve(user("director"), DAY, true).unwrap().answer(DAY).is_ok(), "nothing is given");
    let form = CorrectionForm {
        field: "phone".into(),
        old: "01632 960001".into(),
        new: "2".into(),
        source: String::new(),
        outcome: CorrectionOutcome::Corrected,
        reasons: String::new(),
        critical: false,
        recipients: vec![],
    };
    let value = doubted(RequestKind::ChangeOfDetails).correct(&form, &user("lead"), DAY, None).unwrap();
    assert_eq!(code(value.answer(DAY)), RefusalCode::IdentityOutstanding, "the letter shows the old number");
}

fn parental(limited: bool, until: Option<Date>) -> AuthorityForm {
    AuthorityForm {
        kind: AuthorityKind::Parental,
        about: Matter::Both,
        scope: Matter::Both,
        registered: false,
        lacks_capacity: false,
        limited,
        until,
        seen: "order seen".into(),
        on: date(2026, 12, 2),
    }
}

/// Signed off; the child, who understands, has agreed.
fn for_a_child(born: i16) -> Request {
    let mut request = request_on(date(2026, 11, 28), child(None));
    let person = Person { names: vec!["A".into()], born: vec![date(born, 12, 3)], ..Person::default() };
    request.person = Personal::known(&SubjectId::new("s1"), person);
    let day = date(2026, 12, 4);
    to_approved(request.judge_capacity(true, user("lead"), "own words", day, Some(day)).unwrap())
}

#[test]
fn authority_that_was_refused_or_has_ended_stops_a_release_by_itself() {
    let (day, code_of) = (date(2026, 12, 5), |request: &Request, on| request.may_release(on).err().map(|refusal| refusal.code));
    let approved = for_a_child(2013);
    assert_eq!(code_of(&approved, day), None, "the child decides");
    let form = parental(true, None);
    let refusal = approved.clone().authority_checked(&form, user("lead"), day).unwrap_err();
    let refused = approved.clone().authority_refused(&form, &refusal, user("lead"), day).unwrap();
    assert_eq!(code(refused.clone().reply(vec![], day)), RefusalCode::AuthorityNotValid);
    assert_eq!(status(&refused, "authority"), Some(TaskStatus::ToDo));
    let good = refused.authority_checked(&parental(false, Some(date(2026, 12, 6))), user("lead"), day).unwrap();
    assert_eq!((code_of(&good, date(2026, 12, 6)), status(&good, "authority")), (None, Some(TaskStatus::Done)));
    assert_eq!(code_of(&good, date(2026, 12, 7)), Some(RefusalCode::AuthorityNotValid), "it has ended");
    let later = good.authority_refused(&form, &refusal, user("lead"), day).unwrap();
    assert!(later.authority_check.is_none() && code_of(&later, day).is_some(), "what was good is so no more");
    assert_eq!(
        code(approved.authority_checked(&parental(false, Some(date(2026, 12, 4))), user("lead"), day)),
        RefusalCode::AuthorityNotValid
    );
    let grown = for_a_child(2008);
    assert_eq!(code_of(&grown, date(2026, 12, 2)), None);
    assert_eq!(code_of(&grown, date(2026, 12, 3)), Some(RefusalCode::AuthorityNotValid), "18 on that day");
}

#[test]
fn the_tasks_about_who_asks_are_done_when_nothing_is_missing() {
    for kind in [RequestKind::Access, RequestKind::Rectification] {
        let mut request = sample_request(kind, date(2026, 11, 28));
        request.behalf = child(None);
        let day = date(2026, 12, 4);
        assert_eq!(status(&request, "authority"), Some(TaskStatus::ToDo), "{kind:?}");
        let checked = request.authority_checked(&parental(false, None), user("lead"), day).unwrap();
        assert_eq!(status(&checked, "authority"), Some(TaskStatus::Done), "{kind:?}");
        assert_eq!(status(&checked, "capacity"), Some(TaskStatus::ToDo));
        let judged = |understands, consent| checked.clone().judge_capacity(understands, user("lead"), "spoke", day, consent).unwrap();
        assert_eq!(status(&judged(true, None).with_child_view("no"), "capacity"), Some(TaskStatus::Waiting), "has not agreed");
        assert_eq!(status(&judged(true, Some(day)), "capacity"), Some(TaskStatus::InProgress), "nobody wrote what the child says");
        assert_eq!(status(&judged(false, None), "capacity"), Some(TaskStatus::InProgress));
        assert_eq!(status(&judged(true, Some(day)).with_child_view("fine"), "capacity"), Some(TaskStatus::Done));
    }
}

#[test]
fn nothing_is_recorded_as_done_on_a_day_that_has_not_come() {
    let (today, ahead) = (date(2026, 12, 4), date(2026, 12, 5));
    let request = request_on(date(2026, 11, 28), child(None));
    let asked = request.clone().clarify("Which?", today).unwrap();
    assert_eq!(code(asked.clarified("All", ahead, today)), RefusalCode::DateAhead);
    assert_eq!(code(request.clone().judge_capacity(true, user("lead"), "x", today, Some(ahead))), RefusalCode::DateAhead);
    let form = AuthorityForm { on: ahead, ..parental(false, None) };
    assert_eq!(code(request.clone().authority_checked(&form, user("lead"), today)), RefusalCode::DateAhead);
    let early = AuthorityForm { on: date(2026, 11, 27), ..parental(false, None) };
    assert_eq!(code(request.clone().authority_checked(&early, user("lead"), today)), RefusalCode::DateBeforeReceipt);
    let doubted = request.clone().ask_identity("new", today).unwrap();
    assert_eq!(code(doubted.identity_received("passport", ahead, today)), RefusalCode::DateAhead);
    let lines = vec![FeeLine { what: "copying".into(), pence: 100 }];
    let fee = request.charge(Some(FeeGround::FurtherCopies), "second copy", &[], lines, today).unwrap();
    assert_eq!(code(fee.fee_paid(ahead, today)), RefusalCode::DateAhead);
}

#[test]
fn a_refusal_on_an_exemption_names_one_whose_test_was_answered_for_every_right() {
    for procedure in PROCEDURES.iter().filter(|procedure| procedure.grounds.contains(&RefusalGround::Exempt)) {
        let request = sample_request(procedure.kind, DAY);
        let bare = request.clone().refuse(RefusalGround::Exempt, "It is exempt.", &user("lead"), DAY);
        assert_eq!(code(bare), RefusalCode::RefusalGrounds, "{}", procedure.key);
        assert!(status(&request, "exemptions").is_some(), "{} offers the questions", procedure.key);
        // Looked at and disclosed is no ground either.
        let shown = request.decide_exemption(&looked_at(), user("lead"), DAY).unwrap();
        assert_eq!(code(shown.refuse(RefusalGround::Exempt, "It is exempt.", &user("lead"), DAY)), RefusalCode::RefusalGrounds);
    }
}

#[test]
fn an_objection_taken_back_leaves_the_restriction_to_be_lifted_after_a_notice() {
    let withdrawn = sample_request(RequestKind::Objection, DAY).withdraw(DAY).unwrap();
    assert_eq!(withdrawn.open_actions().map(|action| action.kind).collect::<Vec<_>>(), [ActionKind::Lift]);
    assert_eq!(code(withdrawn.clone().close(DAY)), RefusalCode::ActionOpen);
    assert!(!withdrawn.ends_with_letter(MarkKind::Restricted), "nobody was told");
    let other = sample_request(RequestKind::Objection, DAY).send_elsewhere(NotARequest::Processor, "", &user("lead"), DAY).unwrap();
    assert_eq!(other.open_actions().count(), 1);
    let refused = sample_request(RequestKind::Objection, DAY).judge_burden(RefusalGround::Excessive, &["repeat".into()], "x").unwrap();
    let refused = refused.refuse(RefusalGround::Excessive, "x", &user("lead"), DAY).unwrap().approve(user("director"), DAY, true).unwrap();
    assert!(refused.send_refusal(DAY).unwrap().ends_with_letter(MarkKind::Restricted), "the notice says so");
}

proptest! {
    /// Whatever is done in whatever order, what goes out carries a sign-off by somebody whose hands were not on it.
    #[test]
    fn what_goes_out_is_signed_by_somebody_who_did_not_touch_it(steps in proptest::collection::vec((0..6_usize, 0..3_usize), 0..24)) {
        let users = [user("a"), user("b"), user("c")];
        let mut request = request_on(date(2026, 11, 28), Behalf::Themselves)
            .search(vec!["mailbox".into()], vec![], date(2026, 12, 1)).unwrap().searched(SearchCounts { met: 1, found: 1, unreadable: 0, left_out: 0 }).unwrap();
        let day = date(2026, 12, 4);
        let mut touched: Vec<UserId> = Vec::new();
        for (step, who) in steps {
            let who = &users[who];
            let next = match step {
                0 => request.clone().prepare(who.clone(), 0).inspect(|_| touched = vec![who.clone()]),
                1 => request.clone().approve(who.clone(), day, true),
                2 => request.clone().keep_from(vec![format!("{} Quillan Court", touched.len())], who).inspect(|next| {
                    if next.confidential != request.confidential { touched.push(who.clone()); }
                }),
                3 => request.clone().edit_letter("t", vec![Block::Paragraph("x".into())], who, day).inspect(|_| touched.push(who.clone())),
                4 => request.clone().reopen_review(),
                _ => request.clone().reply(vec![], day),
            };
            if let Ok(next) = next {
                if next.stage.key() == "replied" {
                    let signed = request.approval.as_ref().map(|approval| approval.by.clone());
                    prop_assert!(signed.is_some_and(|by| !touched.contains(&by)));
                }
                request = next;
            }
        }
    }
}
