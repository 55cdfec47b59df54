//! Authority, identity and the answer in parts, by example and for every combination.

use jiff::civil::date;
use proptest::prelude::*;

use super::tests::{child, code, due, request_on, to_approved};
use super::*;
use crate::RefusalCode;
use crate::ids::{SubjectId, UserId};
use crate::personal::Personal;
use crate::policy::Identity;

fn agent() -> Behalf {
    let requester = Personal::known(&SubjectId::new("s1"), Requester { name: "Ruth Hart".into(), contact: "ruth@hart.example".into() });
    Behalf::Agent { requester }
}

fn power(kind: AuthorityKind) -> AuthorityForm {
    AuthorityForm {
        kind,
        about: Matter::Care,
        scope: Matter::Care,
        registered: true,
        lacks_capacity: true,
        limited: false,
        until: None,
        seen: "stamped copy".into(),
        on: date(2027, 1, 18),
    }
}

fn refusal(form: &AuthorityForm) -> Option<RefusalCode> {
    form.test().err().map(|refusal| refusal.code)
}

#[test]
fn a_power_counts_only_registered_within_its_scope_and_when_it_may_be_used() {
    // Journey E3.
    assert_eq!(refusal(&power(AuthorityKind::LastingWelfare)), None);
    let none = Some(RefusalCode::AuthorityNotValid);
    assert_eq!(refusal(&AuthorityForm { registered: false, ..power(AuthorityKind::LastingWelfare) }), none);
    assert_eq!(refusal(&power(AuthorityKind::LastingProperty)), none, "property is not care");
    assert_eq!(refusal(&AuthorityForm { about: Matter::Both, ..power(AuthorityKind::LastingWelfare) }), none);
    assert_eq!(refusal(&AuthorityForm { lacks_capacity: false, ..power(AuthorityKind::LastingWelfare) }), none, "she decides herself");
    assert_eq!(refusal(&AuthorityForm { about: Matter::Money, ..power(AuthorityKind::LastingProperty) }), None);
    assert_eq!(refusal(&power(AuthorityKind::Signed)), none, "nobody authorises who cannot decide");
    assert_eq!(refusal(&AuthorityForm { limited: true, lacks_capacity: false, ..power(AuthorityKind::Parental) }), none);
    assert_eq!(refusal(&power(AuthorityKind::FamilyOnly)), none);
    assert_eq!(refusal(&power(AuthorityKind::Executor)), Some(RefusalCode::PersonDied));
}

#[test]
fn authority_that_comes_late_starts_the_clock_on_the_day_it_comes() {
    let request = request_on(date(2027, 1, 18), agent());
    let with = request.clone().authority_checked(&power(AuthorityKind::LastingWelfare), UserId::new("lead"), date(2027, 1, 26)).unwrap();
    assert_eq!(due(&with), Some(date(2027, 2, 18)));
    let late = AuthorityForm { on: date(2027, 1, 25), ..power(AuthorityKind::LastingWelfare) };
    assert_eq!(due(&request.clone().authority_checked(&late, UserId::new("lead"), date(2027, 1, 26)).unwrap()), Some(date(2027, 2, 25)));
    let asked = request.clone().ask_authority("Nothing was enclosed.", date(2027, 1, 20)).unwrap();
    assert_eq!(due(&asked), None);
    assert_eq!(due(&asked.authority_checked(&late, UserId::new("lead"), date(2027, 1, 26)).unwrap()), Some(date(2027, 2, 25)));
    let own = request_on(date(2027, 1, 18), Behalf::Themselves);
    assert_eq!(code(own.authority_checked(&late, UserId::new("lead"), date(2027, 1, 26))), RefusalCode::WrongState);
}

#[test]
fn an_expired_paper_or_a_number_from_the_request_confirms_nothing() {
    let rules = Identity { call_back: true, ..Identity::default() };
    let form = |means| IdentityForm { means, seen: "passport".into(), expires: None, own_number: false, on: date(2027, 3, 4) };
    let code = |form: &IdentityForm, rules: &Identity| form.test(rules).err().map(|refusal| refusal.code);
    assert_eq!(code(&form(Means::Documents), &rules), None);
    let expired = IdentityForm { expires: Some(date(2027, 3, 3)), ..form(Means::Documents) };
    assert_eq!(code(&expired, &rules), Some(RefusalCode::IdentityExpired));
    assert_eq!(code(&IdentityForm { expires: Some(date(2027, 3, 4)), ..expired }, &rules), None, "it holds on its last day");
    assert_eq!(code(&form(Means::CallBack), &rules), Some(RefusalCode::NumberFromRequest));
    assert_eq!(code(&IdentityForm { own_number: true, ..form(Means::CallBack) }, &rules), None);
    assert_eq!(code(&IdentityForm { own_number: true, ..form(Means::CallBack) }, &Identity::default()), Some(RefusalCode::MeansNotAllowed));
}

#[test]
fn the_age_is_counted_and_decides_nothing() {
    let person = Person { born: vec![date(2013, 5, 17)], ..Person::default() };
    assert_eq!((person.age_on(date(2026, 5, 16)), person.age_on(date(2026, 5, 17))), (Some(12), Some(13)));
    for year in [2013, 2015] {
        let mut request = to_approved(request_on(date(2026, 11, 28), child(None)));
        request.person =
            Personal::known(&SubjectId::new("s1"), Person { names: vec!["A".into()], born: vec![date(year, 5, 17)], ..Person::default() });
        assert_eq!(code(request.reply(vec![], date(2026, 12, 5))), RefusalCode::CapacityNeeded, "at 11 and 13 alike");
    }
}

#[test]
fn a_part_leaves_the_request_open_and_a_second_pack_keeps_the_day_of_the_answer() {
    let review = request_on(date(2026, 11, 28), Behalf::Themselves)
        .search(vec!["mailbox".into()], vec![], date(2026, 12, 1))
        .unwrap()
        .searched(SearchCounts { met: 9, found: 3, unreadable: 1, left_out: 0 })
        .unwrap();
    let now = review.deadline(&crate::calendar::Calendar::embedded(), None, date(2026, 12, 1)).unwrap();
    assert_eq!(code(review.clone().prepare_part(UserId::new("lead"), "the rest", date(2026, 12, 30), &now)), RefusalCode::RestTooLate);
    let part = review.prepare_part(UserId::new("lead"), "the mails", date(2026, 12, 22), &now).unwrap();
    let sent = part.approve(UserId::new("director"), date(2026, 12, 3), true).unwrap().reply(vec![0, 1], date(2026, 12, 4)).unwrap();
    assert_eq!((sent.stage.key(), sent.answered_on()), ("review", None));
    assert_eq!(sent.items_sent().collect::<Vec<_>>(), [0, 1]);
    let whole = sent.prepare(UserId::new("lead"), 0).unwrap().approve(UserId::new("director"), date(2026, 12, 5), true).unwrap();
    let whole = whole.reply(vec![2], date(2026, 12, 6)).unwrap();
    assert_eq!(whole.answered_on(), Some(date(2026, 12, 6)));
    let again = whole.supplement(UserId::new("lead"), "a complaint", date(2027, 1, 9)).unwrap();
    assert_eq!((again.stage.key(), again.answered_on()), ("review", Some(date(2026, 12, 6))));
    assert_eq!(again.items_sent().count(), 0, "the second pack is whole");
}

proptest! {
    #[test]
    fn no_unregistered_or_wrong_scope_power_is_ever_authority(
        which in 0..AuthorityKind::ALL.len(), about in 0..3_usize, scope in 0..3_usize,
        registered in any::<bool>(), lacks_capacity in any::<bool>(), limited in any::<bool>(),
    ) {
        let matters = [Matter::Care, Matter::Money, Matter::Both];
        let kind = AuthorityKind::ALL[which].0;
        let form = AuthorityForm { about: matters[about], scope: matters[scope], registered, lacks_capacity, limited, ..power(kind) };
        if form.test().is_ok() {
            prop_assert!(!limited);
            prop_assert!(!matches!(kind, AuthorityKind::FamilyOnly | AuthorityKind::Executor));
            match kind {
                AuthorityKind::LastingWelfare | AuthorityKind::ScottishWelfare => prop_assert!(registered && lacks_capacity && form.about == Matter::Care),
                AuthorityKind::LastingProperty | AuthorityKind::ScottishContinuing => prop_assert!(registered && form.about == Matter::Money),
                AuthorityKind::Signed => prop_assert!(!lacks_capacity),
                _ => {}
            }
        }
    }

    #[test]
    fn a_burden_is_shown_only_by_a_sign_that_counts(picks in proptest::collection::vec(any::<bool>(), SIGNS.len())) {
        let keys: Vec<String> = SIGNS.iter().zip(&picks).filter(|(_, pick)| **pick).map(|(sign, _)| sign.key.to_owned()).collect();
        for ground in [RefusalGround::Unfounded, RefusalGround::Excessive] {
            let counts = SIGNS.iter().zip(&picks).any(|(sign, pick)| *pick && sign.speaks_for == Some(ground));
            prop_assert_eq!(show(ground, &keys).is_ok(), counts);
        }
    }
}
