//! Each exemption's test, by example and for every combination of answers.

use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::RefusalCode;

fn setting() -> Setting {
    Setting { right: Right::Access, division: Division::EnglandAndWales, for_another: true, on: date(2026, 11, 22) }
}

fn where_it_exists(exemption: &Exemption) -> Setting {
    Setting { division: exemption.nations.first().copied().unwrap_or(Division::EnglandAndWales), ..setting() }
}

fn answers(given: &[(&str, &str)]) -> Answers {
    given.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// Every question answered as the exemption needs it.
fn as_needed(exemption: &Exemption) -> Answers {
    exemption
        .questions
        .iter()
        .map(|question| {
            let answer = match question.kind {
                Kind::YesNo(true, _) | Kind::Weighed => "yes",
                Kind::YesNo(false, _) => "no",
                Kind::Choice(choices) => choices.first().map_or("", |(value, _)| value),
                Kind::Day => "2026-11-01",
                Kind::Words => "the facts of the case",
            };
            (question.key.to_owned(), answer.to_owned())
        })
        .collect()
}

fn usable() -> impl Iterator<Item = &'static Exemption> {
    EXEMPTIONS.iter().copied().filter(|exemption| !matches!(exemption.open_to, OpenTo::Nobody(_)))
}

#[test]
fn the_list_has_every_row_of_the_law_once_with_all_its_words() {
    let codes: Vec<&str> = EXEMPTIONS.iter().map(|exemption| exemption.code).collect();
    let law = "E01 E02 E03 E04 E05 E06 E07 E08 E09 E10 E11 E12 E13 E14 E20 E21 E22 E23 E24 E25 E30 E31 E32 E33 E34 E40 E41";
    assert_eq!(codes.join(" "), law);
    for exemption in EXEMPTIONS {
        assert!(!exemption.title.is_empty() && exemption.about.ends_with('.') && !exemption.provision.is_empty(), "{}", exemption.code);
        assert_eq!(Exemption::of(exemption.code).map(|found| found.title), Some(exemption.title));
        let keys: BTreeSet<&str> = exemption.questions.iter().map(|question| question.key).collect();
        assert_eq!(keys.len(), exemption.questions.len(), "{}: keys are unique", exemption.code);
        for question in exemption.questions {
            assert!(question.ask.ends_with('?'), "{}: {}", exemption.code, question.ask);
            if let Kind::YesNo(_, otherwise) = question.kind {
                assert!(otherwise.ends_with('.'), "{}: {otherwise}", exemption.code);
            }
        }
    }
    assert!(usable().all(|exemption| !exemption.questions.is_empty() && !exemption.letter.is_empty()));
}

#[test]
fn nothing_applies_unanswered_and_each_applies_when_its_test_is_met() {
    for exemption in usable() {
        let setting = where_it_exists(exemption);
        assert!(matches!(exemption.evaluate(&Answers::new(), setting), Outcome::Undecided(_)), "{}", exemption.code);
        let mut met = as_needed(exemption);
        if exemption.code == "E21" {
            met.insert("professional".into(), "no".into());
            met.insert("again".into(), "no".into());
        }
        assert_eq!(exemption.evaluate(&met, setting), Outcome::Applies, "{}", exemption.code);
    }
}

#[test]
fn one_contrary_answer_ends_an_exemption_with_its_reason() {
    for exemption in usable().filter(|exemption| exemption.code != "E21") {
        for question in exemption.questions {
            let Kind::YesNo(needed, otherwise) = question.kind else { continue };
            let mut contrary = as_needed(exemption);
            contrary.insert(question.key.to_owned(), if needed { "no" } else { "yes" }.to_owned());
            let outcome = exemption.evaluate(&contrary, where_it_exists(exemption));
            assert_eq!(outcome, Outcome::DoesNotApply(otherwise.to_owned()), "{} {}", exemption.code, question.key);
        }
    }
}

#[test]
fn a_small_organisation_cannot_use_what_is_not_open_to_it() {
    let of = |code| Exemption::of(code).unwrap();
    assert!(of("E14").usable(setting()).is_err(), "immigration is for the Secretary of State");
    for (code, key) in [("E22", "listed"), ("E23", "school"), ("E04", "function"), ("E25", "court")] {
        let outcome = of(code).evaluate(&answers(&[(key, "no")]), setting());
        assert!(matches!(outcome, Outcome::DoesNotApply(_)), "{code}");
    }
    let scotland = Setting { division: Division::Scotland, ..setting() };
    assert!(of("E24").usable(scotland).is_err(), "child abuse data: not in Scotland");
    assert!(of("E34").usable(setting()).is_err() && of("E34").usable(scotland).is_ok(), "children's hearings: Scotland only");
    let erasure = Setting { right: Right::Erasure, ..setting() };
    assert!(of("E09").usable(erasure).is_err() && of("E02").usable(erasure).is_ok());
    let own = Setting { for_another: false, ..setting() };
    for code in ["E20", "E24"] {
        let met = as_needed(of(code));
        assert!(matches!(of(code).evaluate(&met, own), Outcome::DoesNotApply(_)), "{code} never stands against the person's own request");
    }
}

#[test]
fn professionals_who_acted_as_such_are_not_hidden() {
    let others = Exemption::of("E01").unwrap();
    let nurse = answers(&[("identifies", "yes"), ("professional", "yes")]);
    assert!(matches!(others.evaluate(&nurse, setting()), Outcome::DoesNotApply(why) if why.contains("paragraph 17")));
    let unweighed = answers(&[("identifies", "yes"), ("professional", "no"), ("agreed", "no"), ("steps", "asked by letter, no answer")]);
    assert!(matches!(others.evaluate(&unweighed, setting()), Outcome::Undecided(open) if open.len() == 1));
}

/// A controller who is no health professional, with an opinion.
fn with_opinion(says: &str, on: &str) -> Answers {
    answers(&[
        ("health", "yes"),
        ("professional", "no"),
        ("known", "no"),
        ("opinion", says),
        ("opinion_by", "Dr Imogen Castleford, GP"),
        ("opinion_on", on),
        ("again", "no"),
    ])
}

#[test]
fn the_opinion_of_a_health_professional_decides_in_both_directions() {
    let harm = Exemption::of("E21").unwrap();
    let today = setting().on;
    let met = with_opinion("met", "2026-11-01");
    assert_eq!(harm.evaluate(&met, setting()), Outcome::Applies);
    assert_eq!(may_disclose_health(&met, today).unwrap_err().code, RefusalCode::OpinionNeeded);
    let not_met = with_opinion("not_met", "2026-11-01");
    assert!(matches!(harm.evaluate(&not_met, setting()), Outcome::DoesNotApply(_)));
    assert!(may_disclose_health(&not_met, today).is_ok());
    let none = with_opinion("none", "");
    assert!(matches!(harm.evaluate(&none, setting()), Outcome::DoesNotApply(_)), "nothing is withheld without an opinion");
    assert!(may_disclose_health(&none, today).is_err(), "nor disclosed");
    let mut known = none;
    known.insert("known".into(), "yes".into());
    assert!(may_disclose_health(&known, today).is_ok(), "what the person knows may be disclosed");
    assert!(may_disclose_health(&answers(&[("health", "no")]), today).is_ok());
    assert!(may_disclose_health(&Answers::new(), today).is_err());
}

#[test]
fn an_opinion_lives_six_months_ending_with_the_day_it_is_relied_on() {
    // Law section 1.6.
    assert_eq!(earliest_opinion(date(2026, 11, 22)), date(2026, 5, 23));
    assert_eq!(earliest_opinion(date(2026, 8, 31)), date(2026, 3, 1));
    let harm = Exemption::of("E21").unwrap();
    assert_eq!(harm.evaluate(&with_opinion("met", "2026-05-23"), setting()), Outcome::Applies);
    assert!(
        matches!(harm.evaluate(&with_opinion("met", "2026-05-22"), setting()), Outcome::DoesNotApply(why) if why.contains("23 May 2026"))
    );
    assert!(matches!(harm.evaluate(&with_opinion("met", "2026-11-23"), setting()), Outcome::DoesNotApply(_)), "not from the future");
}

proptest! {
    #[test]
    fn an_exemption_applies_only_when_no_question_is_open(
        picks in proptest::collection::vec(0_u8..4, 8),
        which in 0..EXEMPTIONS.len(),
        another in any::<bool>(),
    ) {
        let exemption = EXEMPTIONS[which];
        let said: Answers = exemption.questions.iter().zip(&picks).filter_map(|(question, pick)| {
            let answer = match (question.kind, pick) {
                (_, 0) => return None,
                (Kind::Choice(choices), pick) => choices[usize::from(*pick) % choices.len()].0,
                (Kind::Day, 1) => "2026-11-01",
                (Kind::Day, _) => "2020-01-01",
                (Kind::Words, _) => "words",
                (_, 1) => "yes",
                _ => "no",
            };
            Some((question.key.to_owned(), answer.to_owned()))
        }).collect();
        let setting = Setting { for_another: another, ..where_it_exists(exemption) };
        if exemption.evaluate(&said, setting) == Outcome::Applies {
            for question in exemption.questions {
                if let Kind::YesNo(needed, _) = question.kind {
                    prop_assert_eq!(said.get(question.key).map(|answer| answer == "yes"), Some(needed));
                }
            }
            if exemption.code == "E21" {
                prop_assert!(may_disclose_health(&said, setting.on).is_err() || said.get("known").is_some_and(|known| known == "yes"));
            }
        }
    }

    #[test]
    fn nobody_withholds_and_discloses_on_the_same_opinion(offset in -400_i64..400, met in any::<bool>()) {
        let on = date(2026, 11, 22);
        let given = on.checked_add(jiff::Span::new().days(offset)).unwrap();
        let said = with_opinion(if met { "met" } else { "not_met" }, &given.to_string());
        let withholds = Exemption::of("E21").unwrap().evaluate(&said, setting()) == Outcome::Applies;
        let discloses = may_disclose_health(&said, on).is_ok();
        prop_assert!(!(withholds && discloses));
        let stands = given <= on && given >= earliest_opinion(on);
        prop_assert_eq!(stands, withholds || discloses);
    }
}
