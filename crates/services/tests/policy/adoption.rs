use domain::casework::policy_version::{Change, PackFile};
use jiff::civil::date;
use services::policy::{adopt, answer, compare, draft, draft_edit, duties, in_force, propose, questions, version, versions, withdraw};
use services::requests;

use crate::setting::{START, Setting, auditor, chair, code, files, form, lead, staff};

#[test]
fn a_version_needs_two_people_and_then_holds_in_every_process() {
    let setting = Setting::new();
    let (app, other) = (&setting.app, setting.another());
    assert_eq!(other.policy().unwrap().about().version, "1");
    assert_eq!(code(draft(app, &staff(), files("2", 15), "")), "AUTH-001");
    let id = draft(app, &lead(), files("2", 15), "Sooner").unwrap();
    assert_eq!(code(version(app, &staff(), &id)), "not found", "a draft is not for everybody");
    assert!(version(app, &auditor(), &id).is_ok());
    let at = propose(app, &lead(), &id, 1, START).unwrap();
    assert_eq!(code(propose(app, &lead(), &id, at, START)), "POL-004");
    let form = form(START, date(2027, 3, 1));
    assert_eq!(code(adopt(app, &lead(), &id, at, &form)), "AUTH-001");
    let both = domain::people::Actor { roles: vec![domain::people::Role::Lead, domain::people::Role::Approver], ..lead() };
    assert_eq!(code(adopt(app, &both, &id, at, &form)), "POL-001");
    assert_eq!(code(adopt(app, &chair(), &id, at - 1, &form)), "AUTH-002");
    assert_eq!(other.policy().unwrap().about().version, "1", "nothing half-adopted");
    assert!(duties(app, &lead()).unwrap().is_empty());
    adopt(app, &chair(), &id, at, &form).unwrap();
    for app in [app, &other] {
        assert_eq!(app.policy().unwrap().about().version, "2");
        let now = in_force(app, START).unwrap();
        assert_eq!((now.next_review(), now.adopted_on()), (Some(date(2027, 3, 1)), Some(START)));
    }
    assert_eq!(duties(&other, &lead()).unwrap().len(), 2, "its duties are open at once");
    assert_eq!(code(withdraw(app, &lead(), &id, setting.at(&id), "no")), "POL-004");
    assert!(version(app, &staff(), &id).is_ok(), "what was adopted is for everybody");
    setting.verify();
}

#[test]
fn a_later_version_takes_over_on_its_day_and_history_stays() {
    let setting = Setting::new();
    let app = &setting.app;
    let second = setting.adopt(files("2", 18), date(2026, 4, 1));
    let third = setting.adopt(files("3", 15), date(2026, 6, 1));
    let held = |day| in_force(app, day).unwrap().policy.about().version.clone();
    assert_eq!(held(START), "1");
    assert_eq!(held(date(2026, 4, 1)), "2");
    assert_eq!(held(date(2026, 5, 31)), "2");
    assert_eq!(held(date(2026, 6, 1)), "3");
    let stages: Vec<_> = versions(app, &staff()).unwrap().into_iter().map(|entry| (entry.id, entry.stage)).collect();
    assert_eq!(stages, [(third, "adopted".to_owned()), (second, "superseded".to_owned())]);
    // A version that would take effect before an adopted one does not get in between.
    let id = draft(app, &lead(), files("2.5", 16), "").unwrap();
    let at = propose(app, &lead(), &id, 1, date(2026, 5, 1)).unwrap();
    assert_eq!(code(adopt(app, &chair(), &id, at, &form(START, date(2027, 1, 1)))), "POL-003");
    assert_eq!(setting.at(&id), at);
    let gone = withdraw(app, &lead(), &id, at, "Overtaken").unwrap();
    assert_eq!(code(withdraw(app, &lead(), &id, gone, "again")), "POL-004");
    // Time passes; the process that stays open follows.
    setting.go_to(date(2026, 6, 2));
    assert_eq!(app.policy().unwrap().about().version, "3");
    setting.verify();
}

#[test]
fn files_with_problems_are_told_and_never_adopted() {
    let setting = Setting::new();
    let app = &setting.app;
    let mut wrong = files("2", 15);
    wrong.push(PackFile { name: "children.toml".into(), text: "judge_each_cas = true\n".into() });
    let id = draft(app, &lead(), wrong, "").unwrap();
    let seen = version(app, &lead(), &id).unwrap();
    assert!(!seen.problems.is_empty());
    assert_eq!(code(propose(app, &lead(), &id, seen.at, START)), "PACK-001");
    let at = draft_edit(app, &lead(), &id, seen.at, files("2", 15), "Mended").unwrap();
    assert_eq!(code(draft_edit(app, &lead(), &id, seen.at, files("2", 15), "")), "AUTH-002");
    assert!(propose(app, &lead(), &id, at, START).is_ok());
}

#[test]
fn a_running_request_keeps_its_rule_unless_the_new_one_is_better() {
    let setting = Setting::new();
    let app = &setting.app;
    let due = |id| requests::see(app, &lead(), id).unwrap().deadline;
    let first = setting.request(START);
    assert_eq!(due(&first).alert().unwrap().date(), date(2026, 3, 22));
    // A worse promise: nothing changes for this one, the next one gets it.
    setting.adopt(files("2", 25), date(2026, 3, 3));
    setting.go_to(date(2026, 3, 3));
    let second = setting.request(date(2026, 3, 3));
    let kept = due(&first);
    assert_eq!(kept.alert().unwrap().date(), date(2026, 3, 22));
    assert!(kept.steps.last().unwrap().what.contains("still counts"), "{:?}", kept.steps.last());
    assert_eq!(due(&second).alert().unwrap().date(), date(2026, 3, 28));
    // A better promise: both get the earlier date, and its reason.
    let third = setting.adopt(files("3", 10), date(2026, 3, 4));
    setting.go_to(date(2026, 3, 4));
    services::policy::daily(app, "worker").unwrap();
    assert_eq!(due(&first).alert().unwrap().date(), date(2026, 3, 12));
    assert_eq!(due(&second).alert().unwrap().date(), date(2026, 3, 13));
    assert!(due(&second).steps.last().unwrap().what.contains("version 2 when this began and is version 3 now"));
    let clocks = app.store.read(|tx| tx.record_clocks(first.as_str())).unwrap();
    assert_eq!(
        clocks.iter().map(|clock| (clock.name.as_str(), clock.state.as_str())).collect::<Vec<_>>(),
        [("reply:access", "running/2026-03-12")]
    );
    let seen = compare(app, &lead(), None, Some(&third)).unwrap();
    assert!(seen.comparison.is_empty());
    setting.verify();
}

#[test]
fn comparing_shows_values_clauses_and_what_running_cases_would_gain() {
    let setting = Setting::new();
    let app = &setting.app;
    setting.request(START);
    setting.request(date(2026, 2, 20));
    let mut next = files("2", 10);
    next[4].text = next[4].text.replace("Every change is logged.", "Every change and every look is logged.");
    let id = draft(app, &lead(), next, "").unwrap();
    let seen = compare(app, &lead(), None, Some(&id)).unwrap();
    assert_eq!((seen.running, seen.earlier, seen.rows.len()), (2, 2, 2));
    assert_eq!((seen.rows[0].before, seen.rows[0].after), (Some(date(2026, 3, 12)), Some(date(2026, 3, 2))));
    let keys: Vec<_> = seen.comparison.values.iter().map(|value| (value.key.as_str(), value.change)).collect();
    assert_eq!(keys, [("pack.version", Change::Changed), ("rights.reply.days", Change::Changed)]);
    assert_eq!(seen.comparison.clauses[0].key, "A-6");
    let back = compare(app, &lead(), Some(&id), None).unwrap();
    assert_eq!((back.running, back.earlier), (2, 0));
}

#[test]
fn a_question_is_answered_by_a_new_draft() {
    let setting = Setting::new();
    let app = &setting.app;
    let open = questions(app, &staff()).unwrap();
    assert!(open.iter().any(|question| question.key == "organisation.name"));
    assert_eq!(code(answer(app, &staff(), "organisation.name", "\"Harbour Learning\"")), "AUTH-001");
    assert_eq!(code(answer(app, &lead(), "organisation.name", "Harbour Learning")), "FORM-001");
    let id = answer(app, &lead(), "organisation.name", "\"Harbour Learning\"").unwrap();
    let at = propose(app, &lead(), &id, 1, START).unwrap();
    adopt(app, &chair(), &id, at, &form(START, date(2027, 1, 1))).unwrap();
    assert_eq!(app.policy().unwrap().organisation().name, "Harbour Learning");
    assert!(!questions(app, &staff()).unwrap().iter().any(|question| question.key == "organisation.name"));
}
