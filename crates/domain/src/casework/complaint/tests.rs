//! Complaints by example: the two receipts of journey A5, the cut-off, the written agreement.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::RefusalCode;
use crate::calendar::{Calendar, Division};
use crate::casework::ClockState;
use crate::casework::request::Channel;
use crate::ids::{RecordId, SubjectId, UserId};
use crate::policy::Policy;
use crate::record::RecordFacts;

fn intake(about: About, received_on: Date, in_charge_on: Option<Date>) -> Intake {
    Intake {
        facts: RecordFacts {
            id: RecordId::new("c1"),
            reference: "CMP-2026-0001".into(),
            owner: None,
            assigned: Vec::new(),
            logged_by: UserId::new("u1"),
            hold: false,
        },
        about,
        subject: SubjectId::new("s1"),
        complainant: Complainant { name: "Joan Hart".into(), email: "joan@example.org".into(), ..Complainant::default() },
        on_behalf_of: None,
        channel: Channel::Phone,
        received_on,
        received_by: "A volunteer".into(),
        in_charge_on,
        aware_on: None,
        let_in: None,
        words: "Nobody rang back.".into(),
        logged_on: received_on.max(in_charge_on.unwrap_or(received_on)),
        division: Division::EnglandAndWales,
    }
}

fn advocacy() -> &'static Policy {
    static POLICY: std::sync::OnceLock<Policy> = std::sync::OnceLock::new();
    POLICY.get_or_init(|| Policy::builtin("advocacy-charity").unwrap())
}

fn a5(about: About) -> Complaint {
    Complaint::receive(intake(about, date(2026, 12, 16), Some(date(2026, 12, 18))), None).unwrap()
}

fn last_day(complaint: &Complaint, id: &str) -> (Option<Date>, Option<Date>) {
    let dates = complaint.dates(advocacy(), &Calendar::embedded()).unwrap();
    let due = dates.into_iter().find(|due| due.id == id).unwrap_or_else(|| panic!("no date {id}"));
    (due.deadline.due.map(crate::calendar::When::date), due.last_day())
}

#[test]
fn every_step_of_a_complaint_counts_from_its_own_receipt() {
    let service = a5(About::Service);
    assert_eq!(last_day(&service, "acknowledgement"), (Some(date(2026, 12, 29)), Some(date(2026, 12, 29))));
    assert_eq!(last_day(&service, "position-letter"), (Some(date(2027, 1, 8)), Some(date(2027, 1, 6))), "arrives, sent by");
    let dates = service.dates(advocacy(), &Calendar::embedded()).unwrap();
    assert!(dates.iter().all(|due| due.id != "section-164a"), "not about personal data");
    let both = a5(About::Both);
    assert_eq!(last_day(&both, "section-164a").0, Some(date(2027, 1, 15)));
    assert_eq!(last_day(&both, "section-164a").1, Some(date(2026, 12, 29)), "the organisation works to the earlier day");
}

#[test]
fn the_clients_own_time_is_nobodys_delay() {
    let policy = advocacy();
    let stage = |id: &str| policy.complaints().stage.iter().find(|stage| stage.id == id).unwrap().clone();
    let sent = a5(About::Service).acknowledge(date(2026, 12, 29)).unwrap();
    let sent = sent.finish_step(&stage("position-letter"), date(2027, 1, 6), "Posted first class.").unwrap();
    let waiting = sent.begin_step(&stage("client-answer"), date(2027, 1, 8), None).unwrap();
    assert_eq!(last_day(&waiting, "client-answer").0, Some(date(2027, 2, 8)));
    let dates = waiting.dates(policy, &Calendar::embedded()).unwrap();
    let state = |id: &str| waiting.state_of(dates.iter().find(|due| due.id == id).unwrap());
    assert_eq!(state("client-answer"), ClockState::Paused);
    assert_eq!(state("position-letter"), ClockState::Kept(date(2027, 1, 6)));
    assert_eq!(state("acknowledgement"), ClockState::Kept(date(2026, 12, 29)));
}

#[test]
fn a_second_stage_needs_the_written_agreement() {
    let policy = advocacy();
    let stage = |id: &str| policy.complaints().stage.iter().find(|stage| stage.id == id).unwrap().clone();
    let complaint = a5(About::Service).acknowledge(date(2026, 12, 29)).unwrap();
    let early = complaint.clone().begin_step(&stage("board-investigation"), date(2027, 2, 9), Some(date(2027, 2, 9)));
    assert_eq!(early.unwrap_err().code, RefusalCode::StepState, "the client has not answered");
    let complaint = complaint.finish_step(&stage("position-letter"), date(2027, 1, 6), "").unwrap();
    let complaint = complaint.begin_step(&stage("client-answer"), date(2027, 1, 8), None).unwrap();
    let complaint = complaint.finish_step(&stage("client-answer"), date(2027, 2, 8), "").unwrap();
    for agreed in [None, Some(date(2027, 2, 10))] {
        let refused = complaint.clone().begin_step(&stage("board-investigation"), date(2027, 2, 9), agreed);
        assert_eq!(refused.unwrap_err().code, RefusalCode::AgreementNeeded, "{agreed:?}");
    }
    let begun = complaint.begin_step(&stage("board-investigation"), date(2027, 2, 9), Some(date(2027, 2, 9))).unwrap();
    assert_eq!(last_day(&begun, "board-investigation").0, Some(date(2027, 3, 9)));
}

#[test]
fn the_cut_off_bars_a_service_complaint_only_and_never_without_a_way_in() {
    let (policy, calendar) = (advocacy(), Calendar::embedded());
    let aware = Some(date(2026, 6, 20));
    let last = |about| cut_off(policy, &calendar, Division::EnglandAndWales, about, aware);
    assert_eq!(last(About::Service), Some(date(2026, 12, 20)));
    assert_eq!((last(About::Data), last(About::Both)), (None, None));
    let mut late = intake(About::Service, date(2026, 12, 21), None);
    late.aware_on = aware;
    assert_eq!(Complaint::receive(late.clone(), last(About::Service)).unwrap_err().code, RefusalCode::ComplaintLate);
    late.let_in = Some("She was in hospital.".into());
    assert!(Complaint::receive(late.clone(), last(About::Service)).is_ok());
    late.let_in = None;
    late.about = About::Data;
    assert!(Complaint::receive(late, last(About::Service)).is_ok(), "the law knows no cut-off");
}

#[test]
fn an_outcome_acknowledges_what_was_not_and_nothing_follows_it() {
    let complaint =
        a5(About::Both).answer(Finding::Upheld, "We found the message.", "We ring back within a day.", date(2026, 12, 22)).unwrap();
    assert_eq!(complaint.acknowledged_on, Some(date(2026, 12, 22)));
    let refused = |next: Result<Complaint, crate::Refusal>| next.unwrap_err().code;
    assert_eq!(refused(complaint.clone().acknowledge(date(2026, 12, 23))), RefusalCode::ComplaintState);
    assert_eq!(refused(complaint.clone().note("More", false, date(2026, 12, 23))), RefusalCode::ComplaintState);
    assert_eq!(refused(a5(About::Data).answer(Finding::Upheld, " ", "", date(2026, 12, 22))), RefusalCode::ReasonNeeded);
    assert_eq!(refused(a5(About::Data).close(date(2026, 12, 22))), RefusalCode::ComplaintState);
    let closed = complaint.close(date(2026, 12, 30)).unwrap();
    assert_eq!((closed.stage.key(), closed.ended()), ("closed", Some((date(2026, 12, 22), true))));
}

#[test]
fn the_tasks_say_what_comes_next() {
    let policy = advocacy();
    let tasks = a5(About::Both).tasks(&policy.complaints().stage);
    let status = |key: &str| tasks.iter().find(|task| task.key == key).unwrap().status.title();
    assert_eq!(status("acknowledge"), "To do");
    assert_eq!(status("step-position-letter"), "In progress");
    assert_eq!(status("step-board-investigation"), "Cannot start yet");
    assert_eq!(status("close"), "Cannot start yet");
}

proptest! {
    /// However the two receipts lie, the day worked to is never later than the law's.
    #[test]
    fn the_day_worked_to_is_never_after_the_laws(day in 0..4_000_i64, later in 0..90_i64) {
        let received = date(2026, 7, 1).checked_add(jiff::Span::new().days(day)).unwrap();
        let reached = received.checked_add(jiff::Span::new().days(later)).unwrap();
        let complaint = Complaint::receive(intake(About::Data, received, Some(reached)), None).unwrap();
        let dates = complaint.dates(advocacy(), &Calendar::embedded()).unwrap();
        let law = &dates[0];
        prop_assert!(law.last_day().unwrap() <= law.deadline.due.unwrap().date());
        prop_assert!(law.deadline.due.unwrap().date() >= received.checked_add(jiff::Span::new().days(30)).unwrap());
    }
}
