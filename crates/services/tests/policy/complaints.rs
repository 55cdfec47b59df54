//! Complaints are counted like requests: what the policy page lays beside a clause.

use domain::casework::complaint::{About, Complainant, Finding};
use domain::casework::request::Channel;
use domain::ids::RecordId;
use jiff::civil::{Date, date};
use services::complaints::{self, ComplaintForm};

use super::setting::{START, Setting, auditor, code, lead, staff};

fn form(received_on: Date) -> ComplaintForm {
    ComplaintForm {
        about: About::Data,
        channel: Channel::Letter,
        received_on,
        received_by: "office".into(),
        in_charge_on: None,
        aware_on: None,
        let_in: None,
        complainant: Complainant { name: "Amelia Hart".into(), ..Complainant::default() },
        on_behalf_of: None,
        words: "My file was left on a train.".into(),
    }
}

/// How many clocks of complaints are in states that begin like this.
fn counted(setting: &Setting, word: &str) -> u64 {
    let (from, below) = (format!("{word}/"), format!("{word}0"));
    let tallies = setting.app.store.read(|tx| tx.tally_list(&from, &below)).unwrap();
    tallies.iter().filter(|tally| tally.name == "complaint:section-164a").map(|tally| tally.n).sum()
}

fn received(setting: &Setting) -> RecordId {
    complaints::receive(&setting.app, &staff(), &form(START)).unwrap().0
}

#[test]
fn an_acknowledgement_in_time_is_kept_and_a_late_one_is_late() {
    let setting = Setting::new();
    let (first, second) = (received(&setting), received(&setting));
    assert_eq!((counted(&setting, "running"), counted(&setting, "kept")), (2, 0));
    complaints::acknowledge(&setting.app, &lead(), &first, 1).unwrap();
    setting.go_to(date(2026, 4, 2));
    let told = complaints::answer(&setting.app, &lead(), &second, 1, Finding::Partly, ("It was found.", "")).unwrap();
    assert_eq!((counted(&setting, "running"), counted(&setting, "kept"), counted(&setting, "late")), (0, 1, 1), "1 April was the last day");
    complaints::close(&setting.app, &lead(), &second, told).unwrap();
    assert_eq!(counted(&setting, "late"), 1, "closing changes nothing about it");
    setting.verify();
}

#[test]
fn one_that_is_taken_back_is_owed_nothing_and_who_has_no_need_sees_nothing() {
    let setting = Setting::new();
    let id = received(&setting);
    assert_eq!(code(complaints::acknowledge(&setting.app, &staff(), &id, 1)), "AUTH-001");
    assert_eq!(code(complaints::withdraw(&setting.app, &auditor(), &id, 1)), "AUTH-001");
    assert_eq!(code(complaints::acknowledge(&setting.app, &lead(), &id, 7)), "AUTH-002");
    assert_eq!(code(complaints::see(&setting.app, &lead(), &RecordId::new("none")).map(drop)), "not found");
    complaints::withdraw(&setting.app, &lead(), &id, 1).unwrap();
    assert_eq!((counted(&setting, "running"), counted(&setting, "dropped")), (0, 1));
    let mut late = form(date(2026, 3, 3));
    late.complainant.name.clear();
    assert_eq!(code(complaints::receive(&setting.app, &staff(), &late)), "FIND-001");
    late.complainant.name.push_str("Amelia Hart");
    assert_eq!(code(complaints::receive(&setting.app, &staff(), &late)), "REQ-013", "it cannot come tomorrow");
    setting.verify();
}
