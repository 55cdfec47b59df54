use services::requests::prepare;
use services::review::{self, Bulk, Filter, Show};

use crate::setting::{Setting, code, lead, reviewer};

pub(crate) fn the_review_waits_for_the_second_person(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    let (one, two) = (reviewer(1), reviewer(2));
    review::bulk(app, &one, &id, &Filter::default(), Bulk::Accept, 27).unwrap();
    review::open(app, &one, &id, 0).unwrap();
    review::ask_second_look(app, &one, &id, 0, 2, true).unwrap();
    assert_eq!(code(prepare(app, &lead(), &id, setting.at(&id))), "REQ-009");
    let second = Filter { show: Show::Second, ..Filter::default() };
    assert_eq!(review::next(app, &one, &id, None, &second).unwrap(), None, "not for who decided it");
    assert_eq!(code(review::confirm(app, &one, &id, 0, 3)), "REVIEW-002");
    assert_eq!(review::next(app, &two, &id, None, &second).unwrap(), Some(0));
    assert!(review::open(app, &two, &id, 0).unwrap().may_confirm);
    assert_eq!(code(review::ask_second_look(app, &two, &id, 0, 3, false)), "REVIEW-002", "only who asked takes it back");
    review::confirm(app, &two, &id, 0, 3).unwrap();
    prepare(app, &lead(), &id, setting.at(&id)).unwrap();
    assert_eq!(code(review::include(app, &two, &id, 0, 4, false)), "REQ-004", "nothing is decided after the review is finished");
    assert_eq!(code(review::undo(app, &one, &id)), "REQ-004");
    setting.verify();
}

pub(crate) fn a_decision_after_the_second_look_asks_for_another(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    let (one, two) = (reviewer(1), reviewer(2));
    review::bulk(app, &one, &id, &Filter::default(), Bulk::Accept, 27).unwrap();
    review::ask_second_look(app, &one, &id, 0, 2, true).unwrap();
    review::confirm(app, &two, &id, 0, 3).unwrap();
    review::include(app, &one, &id, 0, 4, false).unwrap();
    let opened = review::open(app, &two, &id, 0).unwrap();
    assert!(opened.item.second.is_some_and(|second| second.confirmed_by.is_none()));
    let waiting = review::rows(app, &two, &id, &Filter { show: Show::Second, ..Filter::default() }, None).unwrap();
    assert_eq!((waiting.rows.len(), waiting.summary.second), (1, 1));
    assert_eq!(code(prepare(app, &lead(), &id, setting.at(&id))), "REQ-009");
}

pub(crate) fn notes_go_with_the_person(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    let one = reviewer(1);
    assert_eq!(code(review::add_note(app, &one, &id, 0, "  ")), "FORM-001");
    review::add_note(app, &one, &id, 0, "She asked for this one by phone.").unwrap();
    let notes = || review::open(app, &one, &id, 0).unwrap().notes;
    assert_eq!(notes().iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["She asked for this one by phone."]);
    let subject = services::requests::see(app, &lead(), &id).unwrap().request.subject;
    app.store.write(&app.origin(&lead()), |tx| tx.subject_erase(subject.as_str(), "test")).unwrap();
    assert_eq!(notes().iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["[erased]"]);
    setting.verify();
}

pub(crate) fn a_new_search_keeps_the_decisions_about_what_is_unchanged(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    review::open(app, &lead(), &id, 4).unwrap();
    review::include(app, &lead(), &id, 4, 1, false).unwrap();
    review::bulk(app, &lead(), &id, &Filter::default(), Bulk::Withhold, 27).unwrap();
    let form = domain::casework::request::DecisionForm {
        exemption: "E05".into(),
        items: vec![6],
        category: "a letter of our solicitor".into(),
        reason: "It is no advice.".into(),
        ..Default::default()
    };
    services::requests::decide_exemption(app, &lead(), &id, setting.at(&id), &form).unwrap();
    setting.search(&id, 30);
    let log = review::disclosures(app, &lead(), &id).unwrap();
    let of = |outcome| log.rows.iter().filter(|row| row.outcome == outcome).count();
    assert_eq!((of(review::Outcome::Disclosed), of(review::Outcome::LeftOut)), (26, 1), "everything stays as it was decided");
    assert!(log.rows.iter().filter(|row| row.outcome == review::Outcome::Disclosed).all(|row| row.decided_at.is_some()));
    assert_eq!(services::requests::see(app, &lead(), &id).unwrap().request.exemptions[0].items, [6]);
    let shown = review::open(app, &lead(), &id, 4).unwrap();
    assert!(format!("{shown:?}").contains("found again unchanged"), "it says so");
    // A bigger place: what is new is open, the rest stays.
    setting.search(&id, 200);
    let undecided = |id: &domain::ids::RecordId| app.store.read(|tx| review::undecided(tx, id)).unwrap();
    assert_eq!(undecided(&id) * 180, undecided(&setting.review(200)) * 153, "27 of the 180 are known");
    setting.verify();
}
