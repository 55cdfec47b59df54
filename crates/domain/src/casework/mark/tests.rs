//! Marks, by example and by property.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn mark(kind: MarkKind, since: &str) -> Mark {
    let facts = RecordFacts {
        id: RecordId::new("m1"),
        reference: "MARK-2027-0001".into(),
        owner: None,
        assigned: vec![],
        logged_by: UserId::new("staff"),
        hold: false,
    };
    Mark::new(facts, kind, When::parse(since).unwrap(), RecordId::new("r1"), "phone")
        .about(&SubjectId::new("s1"), About { name: "Kit Arden".into(), by: "Rowan Arden".into(), purpose: String::new() })
}

fn at(text: &str) -> When {
    When::parse(text).unwrap()
}

#[test]
fn a_picture_is_blocked_from_the_minute_the_withdrawal_came() {
    // Journey B2: a text message on Sunday 7 March 2027 at 21:05.
    let mark = mark(MarkKind::NoPhotographs, "2027-03-07T21:05:00+00:00");
    assert_eq!(verdict(&mark, Use::Photograph, None, at("2027-03-07T21:04:00+00:00")), Verdict::Allowed);
    assert_eq!(verdict(&mark, Use::Photograph, None, at("2027-03-07T21:05:00+00:00")), Verdict::Refused);
    assert_eq!(verdict(&mark, Use::Photograph, Some(Allowance::Consent), at("2027-03-08T09:00:00+00:00")), Verdict::Refused);
    assert_eq!(verdict(&mark, Use::Marketing, None, at("2027-03-08T09:00:00+00:00")), Verdict::Allowed);
}

#[test]
fn the_exceptions_of_the_law_hold_for_each_mark_as_it_says_and_never_for_marketing() {
    use Allowance::{Consent, LegalClaims, Protection, PublicInterest};
    let now = at("2027-03-08");
    let says = |kind, intended, claimed| verdict(&mark(kind, "2027-03-07"), intended, Some(claimed), now);
    for kind in [MarkKind::Objected, MarkKind::ConsentWithdrawn, MarkKind::NoPhotographs] {
        let intended = if kind == MarkKind::NoPhotographs { Use::Photograph } else { Use::Consent };
        for claimed in [LegalClaims, Protection, PublicInterest] {
            assert_eq!(says(kind, intended, claimed), Verdict::AllowedBy(claimed), "{kind:?}");
        }
        assert_eq!(says(kind, intended, Consent), Verdict::Refused, "{kind:?}: an agreement lifts it");
    }
    assert_eq!(says(MarkKind::Restricted, Use::Share, Consent), Verdict::AllowedBy(Consent));
    for claimed in Allowance::ALL {
        assert_eq!(says(MarkKind::NoMarketing, Use::Marketing, *claimed), Verdict::Refused, "absolute");
        let others = [MarkKind::Objected, MarkKind::ConsentWithdrawn];
        assert!(others.into_iter().all(|kind| says(kind, Use::Marketing, *claimed) == Verdict::Refused), "marketing");
    }
    let (subject, by) = (SubjectId::new("s1"), UserId::new("lead"));
    let used =
        |reason: &str| mark(MarkKind::Objected, "2027-03-07").used(&subject, (Use::Share, Protection), reason, &by, date(2027, 3, 8));
    assert_eq!(used(" ").unwrap_err().code, RefusalCode::AllowanceReason);
    assert_eq!(used("The hospital asked.").unwrap().uses[0].reason.shown(), "The hospital asked.");
}

#[test]
fn a_mark_of_a_day_holds_for_the_whole_of_it() {
    let mark = mark(MarkKind::NoMarketing, "2027-03-07");
    assert_eq!(verdict(&mark, Use::Marketing, None, at("2027-03-07T09:00:00+00:00")), Verdict::Refused);
    assert_eq!(verdict(&mark, Use::Marketing, None, at("2027-03-06T09:00:00+00:00")), Verdict::Allowed);
}

#[test]
fn the_other_parent_cannot_lift_it_but_who_withdrew_it_and_the_child_can() {
    let mark = mark(MarkKind::NoPhotographs, "2027-03-07");
    let by = UserId::new("lead");
    let code = |why| mark.clone().lift(why, None, &by, date(2027, 4, 1)).map_err(|refusal| refusal.code);
    assert_eq!(code(Why::SomebodyElse).unwrap_err(), RefusalCode::OtherConsent);
    assert_eq!(code(Why::Settled).unwrap_err(), RefusalCode::OtherConsent);
    assert_eq!(code(Why::SamePerson).unwrap().state(), "lifted");
    let lifted = code(Why::TheChild).unwrap();
    assert_eq!(verdict(&lifted, Use::Photograph, None, at("2027-04-02")), Verdict::Allowed);
    assert_eq!(lifted.lift(Why::SamePerson, None, &by, date(2027, 4, 2)).unwrap_err().code, RefusalCode::MarkState);
}

#[test]
fn a_restriction_is_lifted_only_after_the_person_was_told() {
    let mark = mark(MarkKind::Restricted, "2027-03-07");
    let by = UserId::new("lead");
    for told in [None, Some(date(2027, 4, 2)), Some(date(2027, 3, 6))] {
        assert_eq!(mark.clone().lift(Why::Settled, told, &by, date(2027, 4, 1)).unwrap_err().code, RefusalCode::NoticeFirst);
    }
    assert!(mark.lift(Why::Settled, Some(date(2027, 3, 31)), &by, date(2027, 4, 1)).is_ok());
}

#[test]
fn a_suppression_keeps_no_text_about_the_person() {
    let mark = mark(MarkKind::NoMarketing, "2027-03-07");
    assert_eq!(mark.about, None);
    let json = serde_json::to_string(&mark).unwrap();
    assert!(!json.contains("Arden") && json.contains("\"channel\":\"phone\""), "{json}");
}

#[test]
fn contacts_are_told_apart_and_phone_numbers_are_one() {
    assert_ne!(contact_key("a.b@c.example"), contact_key("ab@c.example"));
    assert_eq!(contact_key(" A.B@c.example "), contact_key("a.b@C.example"));
    assert_eq!(phone_key("+44 7700 900123"), phone_key("07700 900 123"));
    assert_eq!(phone_key("0044 7700 900123"), phone_key("(07700) 900123"));
    assert_eq!(phone_key("Kit Arden"), None);
    assert_eq!(phone_key("12"), None);
}

proptest! {
    #[test]
    fn a_restriction_blocks_every_use_but_storage(day in 0..900_i64, intended in 0..Use::ALL.len()) {
        let mark = mark(MarkKind::Restricted, "2026-03-07");
        let now = When::Date(date(2026, 3, 7).checked_add(jiff::Span::new().days(day)).unwrap());
        let intended = Use::ALL[intended];
        let expected = if intended == Use::Store { Verdict::Allowed } else { Verdict::Refused };
        prop_assert_eq!(verdict(&mark, intended, None, now), expected);
    }

    #[test]
    fn no_mark_ever_blocks_storage_and_each_blocks_something(kind in 0..MarkKind::ALL.len()) {
        let kind = MarkKind::ALL[kind];
        prop_assert!(!kind.blocks(Use::Store));
        prop_assert!(Use::ALL.iter().any(|intended| kind.blocks(*intended)));
    }

    #[test]
    fn a_key_is_one_word_and_tells_texts_apart(one in "[a-zA-Z0-9.@+ _-]{1,20}", other in "[a-zA-Z0-9.@+ _-]{1,20}") {
        prop_assert!(contact_key(&one).chars().all(char::is_alphanumeric));
        let same = one.trim().to_lowercase() == other.trim().to_lowercase();
        prop_assert_eq!(contact_key(&one) == contact_key(&other), same);
    }
}
