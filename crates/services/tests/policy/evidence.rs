use domain::calendar::When;
use domain::casework::request::RefusalGround;
use jiff::ToSpan;
use jiff::civil::date;
use services::policy::{DoneForm, Source, Which, behind, duties, duty_done, event_log, evidence, evidence_of, sync_duties};
use services::requests;

use crate::setting::{START, Setting, auditor, chair, code, lead, staff};

/// Refuses a new request, signed off by somebody else.
fn refuse(setting: &Setting, id: &domain::ids::RecordId) {
    let app = &setting.app;
    requests::refuse(app, &lead(), (id, 1), RefusalGround::Excessive, "The fourth this week.", &["repeat".to_owned()]).unwrap();
    requests::approve(app, &chair(), id, 2).unwrap();
    requests::send_refusal(app, &lead(), id, 3).unwrap();
}

#[test]
fn each_clause_shows_what_was_kept_late_overdue_and_open() {
    let setting = Setting::new();
    let app = &setting.app;
    sync_duties(app, "worker").unwrap();
    let ids: Vec<_> = (0..6).map(|_| setting.request(START)).collect();
    // Two answered in time, one late, one withdrawn, one clarified and waiting, one running.
    setting.go_to(date(2026, 3, 22));
    for id in &ids[..2] {
        refuse(&setting, id);
    }
    setting.go_to(date(2026, 3, 23));
    refuse(&setting, &ids[2]);
    requests::withdraw(app, &lead(), &ids[3], 1).unwrap();
    requests::clarify(app, &lead(), &ids[4], 1, "Which years?").unwrap();
    let figures = |clause: &str| evidence_of(app, &staff(), clause).unwrap().figures;
    let answered = figures("A-1");
    assert_eq!((answered.kept, answered.due(), answered.late, answered.overdue, answered.open), (2, 4, 1, 1, 1));
    assert_eq!(answered.last_on, Some(date(2026, 3, 23)));
    // Closing later does not make a kept one late.
    setting.go_to(date(2026, 6, 1));
    requests::close(app, &lead(), &ids[0], 4).unwrap();
    assert_eq!(figures("A-1").kept, 2);
    // A review done; a statement not.
    let review = duties(app, &lead()).unwrap().into_iter().find(|row| row.duty.terms.duty == "review").unwrap();
    let form = DoneForm { on: date(2026, 5, 30).into(), evidence: "Minute 4".into(), signing: None };
    duty_done(app, &lead(), &review.duty.facts.id, review.at, &form).unwrap();
    let reviewed = figures("A-2");
    assert_eq!((reviewed.kept, reviewed.due(), reviewed.open, reviewed.last_on), (1, 1, 1, Some(date(2026, 5, 30))));
    setting.go_to(date(2026, 9, 3));
    assert_eq!((figures("A-3").overdue, figures("A-3").open), (1, 0));
    // Hours are overdue in the middle of a day.
    event_log(app, &lead(), "breach", When::parse("2026-09-01T08:00").unwrap(), "Lost memory stick").unwrap();
    setting.go_to(date(2026, 9, 4));
    assert_eq!((figures("A-4").overdue, figures("A-4").open), (1, 0));
    setting.go_to(date(2026, 9, 5));
    assert_eq!((figures("A-4").overdue, figures("A-4").open), (1, 0));
    // A new year begins with nothing.
    let whole = evidence(app, &auditor()).unwrap();
    assert_eq!((whole.clauses.len(), whole.since), (7, date(2026, 1, 1)));
    assert!(whole.clauses[5].lines[0].source == Source::Log);
    assert_eq!(whole.clauses[6].figures, services::policy::Figures::default());
    setting.go_to(date(2027, 1, 1));
    assert_eq!((figures("A-1").kept, figures("A-1").overdue), (0, 1));
    assert_eq!(code(evidence_of(app, &staff(), "Z-1")), "not found");
    setting.verify();
}

#[test]
fn the_records_behind_a_figure_are_listed_without_names() {
    let setting = Setting::new();
    let app = &setting.app;
    for n in 0..60_i64 {
        setting.request(START.saturating_sub(n.days()));
    }
    let clause = evidence_of(app, &lead(), "A-1").unwrap();
    let clock = &clause.lines[0].clocks[0];
    assert_eq!((clock.as_str(), clause.figures.overdue), ("reply:access", 39));
    let first = behind(app, &lead(), clock, Which::Running, None).unwrap();
    let rest = behind(app, &lead(), clock, Which::Running, first.last()).unwrap();
    assert_eq!((first.len(), rest.len()), (50, 10));
    assert!(first[0].state.to_string() < rest[0].state.to_string(), "overdue ones first");
    assert!(first[0].reference.starts_with("SAR-"));
    assert!(behind(app, &lead(), clock, Which::Kept, None).unwrap().is_empty());
    assert_eq!(code(behind(app, &staff(), clock, Which::Running, None)), "AUTH-001");
}

/// The page of a policy over many records reads a fixed number of rows.
#[test]
fn figures_stay_right_over_many_records() {
    let setting = Setting::new();
    let app = &setting.app;
    let form = |n: i64| requests::ReceiveForm {
        channel: domain::casework::request::Channel::Letter,
        received_on: START.saturating_sub((n % 90).days()),
        received_by: "office".into(),
        words: "Please send me what you hold.".into(),
        person: domain::casework::request::Person { references: vec![format!("learner {n}")], ..Default::default() },
        on_behalf: None,
    };
    requests::receive_many(app, &lead(), (0..900).map(form).collect()).unwrap();
    let figures = evidence_of(app, &lead(), "A-1").unwrap().figures;
    // Twenty days are promised: of each ninety, those received up to twenty days ago are in time.
    assert_eq!((figures.open, figures.overdue), (210, 690));
}
