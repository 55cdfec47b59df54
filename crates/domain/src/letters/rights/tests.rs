//! Every answer says what it has to, whatever was decided.

use jiff::civil::date;

use super::*;
use crate::casework::request::{KeepGround, NotARequest, ObjectionOutcome, RestrictionGround, sample_request};
use crate::ids::UserId;
use crate::letters::writer::RegulatorText;
use crate::rights::RequestKind;

fn writer() -> Writer {
    Writer {
        organisation: "Greenbank Learning CIC".into(),
        address: vec![],
        contact: "data@greenbank.example".into(),
        signatory: "Data Protection Officer".into(),
        regulator: RegulatorText {
            name: "the Information Commission".into(),
            web: "ico.org.uk".into(),
            phone: "0303 123 1113".into(),
            post: "Wilmslow".into(),
        },
        today: date(2027, 1, 20),
    }
}

fn text(request: &Request) -> String {
    serde_json::to_string(&answer(&writer(), request).unwrap().blocks).unwrap()
}

fn decided() -> Vec<Request> {
    let (by, on) = (UserId::new("lead"), date(2027, 1, 10));
    let of = |kind| sample_request(kind, date(2027, 1, 5));
    let form = crate::casework::request::CorrectionForm {
        field: "allergies".into(),
        old: String::new(),
        new: "penicillin".into(),
        source: "letter of the surgery".into(),
        outcome: crate::casework::request::CorrectionOutcome::Corrected,
        reasons: String::new(),
        critical: true,
        recipients: vec!["the pharmacy".into()],
    };
    let stop = crate::casework::request::TakeDown { what: "the newsletter".into(), stays: String::new(), actions: vec![] };
    let class = |class: &str, kept| crate::casework::request::ClassDecision {
        class: class.into(),
        title: format!("The {class}"),
        kept,
        reasons: crate::Personal::known(&crate::ids::SubjectId::new("s1"), "Tax law says six years.".into()),
        source: "UK GDPR Article 17(3)(b); Taxes Management Act".into(),
    };
    let split = vec![class("letters", None), class("payments", Some(KeepGround::LegalObligation))];
    vec![
        of(RequestKind::Rectification).correct(&form, &by, on, None).unwrap(),
        of(RequestKind::Erasure)
            .hold_classes(vec!["letters".into(), "payments".into()], on)
            .unwrap()
            .erase(split, &[], (&by, on), None, false)
            .unwrap(),
        of(RequestKind::Restriction).restrict(Some(RestrictionGround::Claims), "", &[], &by, on).unwrap(),
        of(RequestKind::Objection).weigh(ObjectionOutcome::Compelling, "the research", "It keeps children safe.", &by, on).unwrap(),
        of(RequestKind::Marketing).stop(&stop, &by, on).unwrap(),
        of(RequestKind::Photographs).stop(&stop, &by, on).unwrap(),
        of(RequestKind::Portability).export(0, "It is all on paper.", "", &by, on).unwrap(),
        of(RequestKind::Informed).give(true, "The notice is enclosed.", "", &by, on).unwrap(),
        of(RequestKind::NotARequest).send_elsewhere(NotARequest::Organisation, "", &by, on).unwrap(),
    ]
}

#[test]
fn every_answer_names_both_complaint_routes_and_the_court() {
    for request in decided() {
        let text = text(&request);
        for part in ["section 164A", "section 165", "sections 167 and 180"] {
            assert!(text.contains(part), "{:?} lacks {part}", request.kind);
        }
    }
}

#[test]
fn a_split_erasure_names_what_goes_what_stays_and_why() {
    let request = decided().remove(1);
    let text = text(&request);
    assert!(text.contains("We erase a part of it") && text.contains("The letters"), "{text}");
    assert!(text.contains("because the law makes us keep it") && text.contains("Tax law says six years."), "{text}");
}

#[test]
fn a_correction_shows_both_values_and_who_was_told() {
    let text = text(&decided().remove(0));
    assert!(text.contains("penicillin") && text.contains("Tell the pharmacy about: allergies"), "{text}");
}

#[test]
fn an_organisation_learns_nothing_about_anybody() {
    let text = text(&decided().pop().unwrap());
    assert!(text.contains("private address") && text.contains("cannot say whether we hold anything"), "{text}");
    assert!(!text.contains("Amelia"), "{text}");
}

#[test]
fn there_is_no_answer_before_the_decision() {
    assert!(answer(&writer(), &sample_request(RequestKind::Erasure, date(2027, 1, 5))).is_none());
}
