use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn question(id: &str, right: usize) -> CheckQuestion {
    CheckQuestion {
        id: id.into(),
        ask: "A parent phones and asks for a child's file. What now?".into(),
        answers: vec!["Ask for a form".into(), "Write it down and pass it on today".into(), "Wait for a letter".into()],
        right,
        because: "Any wording by any way is a request.".into(),
        clause: "TURN-85".into(),
    }
}

fn reading(user: &str) -> Reading {
    let facts = RecordFacts {
        id: Reading::id_of("v1", &UserId::new(user)),
        reference: String::new(),
        owner: Some(UserId::new(user)),
        assigned: Vec::new(),
        logged_by: UserId::new(user),
        hold: false,
    };
    Reading::open(facts, "v1", date(2026, 11, 2), date(2026, 11, 30))
}

fn answers(pairs: &[(&str, usize)]) -> Vec<(String, usize)> {
    pairs.iter().map(|(id, answer)| ((*id).to_owned(), *answer)).collect()
}

#[test]
fn a_reading_is_signed_only_after_the_check_is_passed() {
    let check = [question("phone", 2), question("form", 1)];
    let opened = reading("u1");
    assert_eq!(opened.clone().sign(&check, date(2026, 11, 3)).unwrap_err().code, RefusalCode::ReadingNotPassed);
    let (tried, wrong) = opened.answer(&check, &answers(&[("phone", 3), ("form", 1)]), date(2026, 11, 3)).unwrap();
    assert_eq!(wrong.iter().map(|w| (w.question.as_str(), w.clause.as_str())).collect::<Vec<_>>(), [("phone", "TURN-85")]);
    assert_eq!(tried.clone().sign(&check, date(2026, 11, 3)).unwrap_err().code, RefusalCode::ReadingNotPassed);
    let (passed, wrong) = tried.answer(&check, &answers(&[("phone", 2), ("form", 1)]), date(2026, 11, 4)).unwrap();
    assert!(wrong.is_empty());
    assert_eq!(passed.tries.len(), 2, "the failed try is kept");
    assert_eq!(passed.clock(), ClockState::Running(date(2026, 11, 30)));
    let signed = passed.sign(&check, date(2026, 11, 4)).unwrap();
    assert_eq!((signed.stage(), signed.clock()), ("signed", ClockState::Kept(date(2026, 11, 4))));
    assert_eq!(signed.clone().sign(&check, date(2026, 11, 5)).unwrap_err().code, RefusalCode::ReadingState);
    assert_eq!(signed.answer(&check, &[], date(2026, 11, 5)).unwrap_err().code, RefusalCode::ReadingState);
}

#[test]
fn a_question_left_out_is_wrong_and_an_unknown_answer_is_refused() {
    let check = [question("phone", 2), question("form", 1)];
    let (_, wrong) = reading("u1").answer(&check, &answers(&[("phone", 2)]), date(2026, 11, 3)).unwrap();
    assert_eq!(wrong.len(), 1);
    for bad in [("phone", 0), ("phone", 4), ("other", 1)] {
        let refused = reading("u1").answer(&check, &answers(&[bad]), date(2026, 11, 3));
        assert_eq!(refused.unwrap_err().code, RefusalCode::ValueInvalid);
    }
}

#[test]
fn who_has_not_signed_is_outstanding() {
    let readers = ["u1", "u2", "u3"].map(UserId::new);
    let signed = reading("u2").sign(&[], date(2026, 12, 5)).unwrap();
    assert_eq!(signed.clock().word(), "late");
    assert_eq!(outstanding(&readers, &[signed, reading("u3")]), [&readers[0], &readers[2]]);
}

proptest! {
    #[test]
    fn signing_follows_exactly_from_a_faultless_last_try(tries in prop::collection::vec((1_usize..=3, 1_usize..=3), 0..6)) {
        let check = [question("a", 2), question("b", 3)];
        let mut at = reading("u1");
        for (a, b) in &tries {
            let (next, wrong) = at.answer(&check, &answers(&[("a", *a), ("b", *b)]), date(2026, 11, 3)).unwrap();
            prop_assert_eq!(wrong.len(), usize::from(*a != 2) + usize::from(*b != 3));
            at = next;
        }
        prop_assert_eq!(at.tries.len(), tries.len());
        prop_assert_eq!(at.sign(&check, date(2026, 11, 4)).is_ok(), tries.last() == Some(&(2, 3)));
    }
}
