//! What the retention schedule asks for after an event, and an open request that stops it.

use domain::casework::policy_version::PackFile;
use jiff::civil::date;
use services::policy::{DoneForm, DutyRow, duties, duty_done, duty_see, retention_event_log, retention_events_offered};
use services::requests;

use crate::setting::{START, Setting, auditor, code, files, lead, staff};

/// The small policy with two classes of records that count from a closed case, and one that needs more.
fn with_schedule() -> Vec<PackFile> {
    let class = |id: &str, trigger: &str, keep: &str| {
        format!(
            "[[class]]\nid = \"{id}\"\ntitle = \"Papers {id}\"\nholds = [\"letters\"]\nsubjects = [\"clients\"]\nformats = [\"paper\"]\ntrigger = \"{trigger}\"\n\
             keep = {keep}\nbasis = \"contract\"\nreason = \"the case\"\nmethods = {{ paper = [\"shred\"] }}\nclauses = [\"A-1\"]\n"
        )
    };
    let text = [
        class("short", "case-closure", "{ at-most = { days = 14 } }"),
        class("long", "case-closure", "{ exactly = { years = 6 } }"),
        class("other", "employment-end", "\"none-stated\""),
    ];
    let mut all = files("2", 20);
    all.push(PackFile { name: "retention.toml".to_owned(), text: text.concat() });
    all
}

fn destructions(setting: &Setting) -> Vec<DutyRow> {
    let rows = duties(&setting.app, &lead()).unwrap();
    rows.into_iter().filter(|row| row.duty.terms.duty.starts_with("destroy:")).collect()
}

fn gone(on: jiff::civil::Date) -> DoneForm {
    DoneForm { on: on.into(), evidence: "Certificate 12".into(), signing: None }
}

#[test]
fn an_event_of_the_schedule_begins_each_date_that_counts_from_it() {
    let setting = Setting::new();
    let app = &setting.app;
    setting.adopt(with_schedule(), START);
    let offered = retention_events_offered(app, &staff()).unwrap();
    let named: Vec<(&str, usize)> = offered.iter().map(|event| (event.trigger.as_str(), event.classes.len())).collect();
    assert!(named.contains(&("case-closure", 2)), "{named:?}");
    assert!(!named.iter().any(|(trigger, _)| *trigger == "employment-end"), "what has no date is not offered");
    assert_eq!(code(retention_event_log(app, &staff(), "case-closure", START.into(), " ")), "REQ-002");
    assert_eq!(code(retention_event_log(app, &staff(), "case-closure", date(2026, 3, 3).into(), "Case 1047")), "DUTY-001");
    assert_eq!(code(retention_event_log(app, &staff(), "employment-end", START.into(), "Case 1047")), "FORM-001");
    assert_eq!(code(retention_event_log(app, &auditor(), "case-closure", START.into(), "Case 1047")), "AUTH-001");
    assert!(destructions(&setting).is_empty(), "a refusal leaves nothing behind");
    assert_eq!(retention_event_log(app, &staff(), "case-closure", START.into(), "Case 1047").unwrap().len(), 2);
    let dates: Vec<_> = destructions(&setting).iter().map(|row| row.duty.due_on().unwrap().date()).collect();
    assert_eq!(dates, [date(2026, 3, 16), date(2032, 3, 2)]);
    setting.verify();
}

#[test]
fn nothing_is_destroyed_while_somebody_asks_about_it() {
    let setting = Setting::new();
    let app = &setting.app;
    setting.adopt(with_schedule(), START);
    for case in ["Case 1047", "Case 1048"] {
        retention_event_log(app, &staff(), "case-closure", START.into(), case).unwrap();
    }
    let asked = setting.request_of(START, vec!["1047".into()]);
    let due: Vec<DutyRow> = destructions(&setting).into_iter().filter(|row| row.duty.terms.duty == "destroy:short").collect();
    let stops = |row: &DutyRow| duty_see(app, &lead(), &row.duty.facts.id).unwrap().stopped_by;
    let (stopped, free): (Vec<&DutyRow>, Vec<&DutyRow>) = due.iter().partition(|row| !stops(row).is_empty());
    assert_eq!((stopped.len(), free.len()), (1, 1));
    assert_eq!(stops(stopped[0]), ["SAR-2026-0001"]);
    let destroy = |row: &DutyRow| duty_done(app, &lead(), &row.duty.facts.id, row.at, &gone(START));
    assert_eq!(code(destroy(stopped[0])), "DUTY-006");
    assert!(destroy(free[0]).is_ok());
    // Once the request has ended the destruction goes on.
    requests::withdraw(app, &lead(), &asked, 1).unwrap();
    assert!(stops(stopped[0]).is_empty());
    assert!(destroy(stopped[0]).is_ok());
    setting.verify();
}
