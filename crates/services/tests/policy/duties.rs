use std::collections::BTreeSet;

use domain::alerts::Stage;
use domain::calendar::When;
use jiff::ToSpan;
use jiff::civil::date;
use services::policy::{
    AlertRow, DoneForm, DutyRow, SignForm, alerts_for, daily, duties, duty_done, duty_see, event_log, event_trigger, events_offered,
    give_alerts, sync_duties,
};

use crate::setting::{START, STATEMENT, Setting, auditor, chair, code, files, lead, staff};

fn by_id(rows: &[DutyRow], id: &str) -> DutyRow {
    rows.iter().find(|row| row.duty.terms.duty == id).unwrap().clone()
}

fn done(on: jiff::civil::Date, evidence: &str) -> DoneForm {
    DoneForm { on: on.into(), evidence: evidence.into(), signing: None }
}

#[test]
fn duties_open_once_and_close_when_nobody_asks_for_them() {
    let setting = Setting::new();
    let app = &setting.app;
    let synced = sync_duties(app, "worker").unwrap();
    assert_eq!((synced.opened, synced.revised, synced.dropped), (2, 0, 0));
    for _ in 0..3 {
        assert_eq!(sync_duties(app, "worker").unwrap(), services::policy::Synced::default());
    }
    let review = by_id(&duties(app, &lead()).unwrap(), "review");
    assert_eq!(review.duty.due_on(), Some(date(2027, 3, 2).into()));
    assert_eq!((review.days_left, review.role_title.as_str(), review.may_do), (Some(365), "Chair", true));
    assert!(duties(app, &staff()).unwrap().is_empty(), "staff see the duties they hold");
    assert_eq!(duties(app, &chair()).unwrap().len(), 2);
    // The next version asks for the review twice a year, and for no statement.
    let mut next = files("2", 20);
    let two = next[5].text.replace("every = { months = 12 }", "every = { months = 6 }");
    let blocks: Vec<&str> = two.split("[[duty]]").filter(|block| !block.contains("\"conduct\"")).collect();
    next[5].text = blocks.join("[[duty]]");
    next[4].text = next[4].text.replace("attest-conduct", "definition");
    setting.adopt(next, date(2026, 3, 3));
    assert_eq!(duties(app, &lead()).unwrap().len(), 2, "not before its day");
    setting.go_to(date(2026, 3, 3));
    let (synced, _, _) = daily(app, "worker").unwrap();
    assert_eq!((synced.opened, synced.revised, synced.dropped), (0, 1, 1));
    let rows = duties(app, &lead()).unwrap();
    assert_eq!(rows.iter().map(|row| row.duty.due_on().unwrap().date()).collect::<Vec<_>>(), [date(2026, 9, 2)]);
    setting.verify();
}

#[test]
fn eight_workers_open_each_duty_once() {
    let setting = Setting::new();
    let opened: u64 = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..8).map(|_| scope.spawn(|| sync_duties(&setting.app, "worker").unwrap().opened)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    assert_eq!(opened, 2);
    assert_eq!(duties(&setting.app, &lead()).unwrap().len(), 2);
}

#[test]
fn a_duty_done_opens_its_next_period() {
    let setting = Setting::new();
    let app = &setting.app;
    sync_duties(app, "worker").unwrap();
    let review = by_id(&duties(app, &lead()).unwrap(), "review");
    let id = review.duty.facts.id.clone();
    assert_eq!(code(duty_done(app, &staff(), &id, review.at, &done(START, "x"))), "not found");
    assert_eq!(code(duty_done(app, &auditor(), &id, review.at, &done(START, "x"))), "AUTH-001");
    assert_eq!(code(duty_done(app, &lead(), &id, review.at, &done(START, " "))), "DUTY-002");
    assert_eq!(code(duty_done(app, &lead(), &id, review.at, &done(date(2026, 3, 3), "x"))), "DUTY-001");
    setting.go_to(date(2027, 2, 1));
    let next = duty_done(app, &chair(), &id, review.at, &done(date(2027, 1, 29), "Minute 4")).unwrap().unwrap();
    assert_eq!(code(duty_done(app, &chair(), &id, review.at, &done(date(2027, 1, 29), "Minute 4"))), "AUTH-002");
    assert_eq!(duty_see(app, &chair(), &next).unwrap().row.duty.due_on(), Some(date(2028, 1, 29).into()));
    assert_eq!(sync_duties(app, "worker").unwrap().opened, 0);
    assert_eq!(duties(app, &lead()).unwrap().len(), 2);
    setting.verify();
}

#[test]
fn a_statement_is_signed_by_who_holds_the_role_or_from_paper() {
    let setting = Setting::new();
    let app = &setting.app;
    sync_duties(app, "worker").unwrap();
    let conduct = by_id(&duties(app, &lead()).unwrap(), "conduct");
    let id = conduct.duty.facts.id.clone();
    let seen = duty_see(app, &chair(), &id).unwrap();
    assert_eq!(seen.holders.iter().map(|holder| holder.name.as_str()).collect::<Vec<_>>(), ["Imogen Castleford"]);
    let sign = |statement: &str, name: &str| SignForm { statement: statement.into(), name: name.into(), role: "chair".into() };
    let form = |signing: SignForm, evidence: &str| DoneForm { on: START.into(), evidence: evidence.into(), signing: Some(signing) };
    assert_eq!(code(duty_done(app, &chair(), &id, 1, &form(sign("I do.", "Imogen Castleford"), ""))), "DUTY-003");
    assert_eq!(code(duty_done(app, &lead(), &id, 1, &form(sign(STATEMENT, "Tobias Wrenfield"), ""))), "DUTY-004");
    assert_eq!(code(duty_done(app, &lead(), &id, 1, &form(sign(STATEMENT, "Imogen Castleford"), ""))), "DUTY-002");
    let next = duty_done(app, &lead(), &id, 1, &form(sign(STATEMENT, "Imogen Castleford"), "Signed sheet 3")).unwrap().unwrap();
    setting.go_to(date(2026, 9, 1));
    let again = DoneForm { on: date(2026, 9, 1).into(), ..form(sign(STATEMENT, "Imogen Castleford"), "") };
    assert!(duty_done(app, &chair(), &next, 1, &again).unwrap().is_some());
}

#[test]
fn an_event_is_logged_by_anybody_and_its_hours_run() {
    let setting = Setting::new();
    let app = &setting.app;
    assert_eq!(events_offered(app, &staff()).unwrap().iter().map(|duty| duty.id.as_str()).collect::<Vec<_>>(), ["breach"]);
    let at = |text: &str| When::parse(text).unwrap();
    assert_eq!(code(event_log(app, &staff(), "review", START.into(), "x")), "FORM-001");
    assert_eq!(code(event_log(app, &staff(), "breach", at("2026-03-02T08:00"), "")), "REQ-002");
    assert_eq!(code(event_log(app, &staff(), "breach", at("2026-03-02T10:00"), "Lost memory stick")), "DUTY-001");
    assert_eq!(code(event_log(app, &staff(), "breach", START.into(), "Lost memory stick")), "DATE-003");
    assert_eq!(code(event_log(app, &auditor(), "breach", at("2026-03-02T08:00"), "Lost memory stick")), "AUTH-001");
    let id = event_log(app, &staff(), "breach", at("2026-03-02T08:00"), "Lost memory stick").unwrap();
    let seen = duty_see(app, &staff(), &id).unwrap();
    assert_eq!(seen.row.duty.due_on(), Some(at("2026-03-05T08:00")));
    assert_eq!(code(event_trigger(app, &lead(), &id, 1, "board", START.into())), "DATE-012");
    setting.go_to(date(2026, 3, 6));
    let late = DoneForm { on: at("2026-03-05T08:01"), evidence: "Reference 4711".into(), signing: None };
    assert_eq!(duty_done(app, &lead(), &id, 1, &late).unwrap(), None);
    assert_eq!(duty_see(app, &lead(), &id).unwrap().row.duty.clock().word(), "late");
    assert_eq!(sync_duties(app, "worker").unwrap().dropped, 0);
    setting.verify();
}

/// Two years, a day at a time, with a worker that sometimes does not run and sometimes runs
/// twice: each stage of each due date is told at most once, overdue always.
#[test]
fn alerts_are_given_exactly_once() {
    let setting = Setting::new();
    let app = &setting.app;
    let request = setting.request(START);
    let mut told: BTreeSet<(String, String, i64, u8)> = BTreeSet::new();
    let stage = |row: &AlertRow| row.stage.number() as u8;
    for n in 0..400_i64 {
        setting.go_to(START.saturating_add(n.days()));
        if n % 13 == 5 {
            continue;
        }
        let (_, _, new) = daily(app, "worker-1").unwrap();
        assert_eq!(give_alerts(app, "worker-2").unwrap(), 0);
        let rows = alerts_for(app, &lead(), 100).unwrap();
        let before = told.len() as u64;
        told.extend(
            rows.iter().map(|row| (row.id.to_string(), row.clock.clone(), app.today().until(row.due).map_or(0, |_| days(row)), stage(row))),
        );
        assert_eq!(told.len() as u64 - before, new, "day {n}");
    }
    let of = |clock: &str| told.iter().filter(|(_, name, ..)| name == clock).map(|(.., stage)| *stage).collect::<Vec<_>>();
    assert_eq!(of("reply:access"), [1, 2, 3, 4]);
    assert_eq!(of("duty:review"), [1, 2, 3, 4]);
    let rows = alerts_for(app, &lead(), 100).unwrap();
    assert!(rows.iter().all(|row| row.stage == Stage::Overdue && row.days_left < 0));
    assert_eq!(rows[0].reference, "SAR-2026-0001");
    assert_eq!(alerts_for(app, &staff(), 100).unwrap(), [], "not their records, not their roles");
    assert_eq!(alerts_for(app, &chair(), 100).unwrap().len(), 3);
    services::requests::withdraw(app, &lead(), &request, 1).unwrap();
    assert!(alerts_for(app, &lead(), 100).unwrap().iter().all(|row| row.kind == "duty"));
    setting.verify();
}

fn days(row: &AlertRow) -> i64 {
    i64::from(date(2018, 1, 1).until(row.due).unwrap().get_days())
}
