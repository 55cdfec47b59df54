//! The data subject is never hidden, and who is not them is.

use proptest::prelude::*;

use super::*;
use crate::document::{Document, DocumentKind};
use crate::identity::Identity;

fn withheld(text: &str, subject: &str) -> Vec<(usize, usize)> {
    let subject = Identity { names: vec![subject.into()], ..Identity::default() };
    let context = PlanContext::new(&subject, &[], &[]).unwrap();
    let document = Document::of(DocumentKind::Text, "", text);
    let mut plans = [DocPlan { document: &document, proposals: plan(&document, &context) }];
    propagate(&mut plans, &context);
    let [done] = plans;
    done.proposals.iter().filter(|p| p.default == Default::Withhold).map(|p| (p.start, p.end)).collect()
}

fn strings<'a>(text: &'a str, subject: &str) -> Vec<&'a str> {
    withheld(text, subject).into_iter().filter_map(|(a, b)| text.get(a..b)).collect()
}

#[test]
fn whatever_a_text_calls_the_subject_stays() {
    for (subject, text) in [
        ("Amelia Rose Hart", "Ms Hart rang. A. R. Hart and A.R. Hart and Amelia signed; HART, AMELIA; A.H. agreed, so did A.R.H."),
        ("Louis Hart", "The applicant, Mr Louis Osaze Darren Hart, appealed. Mr Hart won."),
        ("Gwen Vaughan-Price", "Mrs Vaughan-Price, then G. Vaughan-Price, then Gwen Vaughan, and Gwen Vaughan - Price."),
        ("Sean O'Neill", "Mr O'Neill's file: Sean O’Neill, S. O'Neill, O'Neill Sean."),
        ("Maria del Carmen Ortiz", "Mrs Ortiz was heard. Maria Ortiz, known as Carmen, came."),
    ] {
        assert_eq!(strings(text, subject), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn others_beside_the_subject_go_with_their_titles() {
    for (text, expected) in [
        ("Ms Hart met Mr. Tomasz Zielinski and Dr A. Qureshi.", vec!["Mr. Tomasz Zielinski", "Dr A. Qureshi"]),
        ("Ben Hart is her brother, Amelia Jones her friend.", vec!["Ben Hart", "Amelia Jones"]),
        ("Amelia Hart\nTomasz Zielinski\n", vec!["Tomasz Zielinski"]),
        ("B.T. told Amelia Hart that Rose Carter knew.", vec!["Rose Carter"]),
    ] {
        let found = strings(text, "Amelia Rose Hart");
        assert!(expected.iter().all(|e| found.contains(e)), "{text}: {found:?}");
        assert!(!found.iter().any(|f| f.contains("Amelia Hart")), "{text}: {found:?}");
    }
}

#[test]
fn a_people_taken_for_a_person_is_not_hidden_everywhere() {
    let text = "Sami Khalil spoke. The Sami villages and the Sami of the north grazed reindeer.";
    let found = strings(text, "Amelia Hart");
    assert!(found.contains(&"Sami Khalil"), "{found:?}");
}

/// What a text may call somebody of these names.
fn callings(given: &str, middle: &str, surname: &str) -> Vec<String> {
    let (g, m) = (given.get(..1).unwrap_or_default(), middle.get(..1).unwrap_or_default());
    vec![
        format!("{given} {surname}"),
        format!("{given} {middle} {surname}"),
        format!("{given} {m}. {surname}"),
        format!("{g}. {surname}"),
        format!("{g}.{m}. {surname}"),
        format!("{g}. {m}. {surname}"),
        format!("Ms {surname}"),
        format!("Dr {given} {surname}"),
        format!("{surname}, {given}"),
        format!("{given} {surname}").to_uppercase(),
        surname.to_owned(),
        given.to_owned(),
    ]
}

proptest! {
    #[test]
    fn no_proposal_touches_the_subject(
        given in prop::sample::select(vec!["Amelia", "Dafydd", "Oluwaseun", "Priya", "Jean-Paul", "Zofia"]),
        middle in prop::sample::select(vec!["Rose", "Kemi", "James", "Noor"]),
        surname in prop::sample::select(vec!["Hart", "Vaughan-Price", "O'Neill", "Okafor", "Nowak", "Brankovic"]),
        calling in 0_usize..12,
        pattern in prop::sample::select(vec![
            ("", " wrote to us on 3 May."),
            ("We met ", ", who was angry."),
            ("The Court heard ", " and dismissed the appeal."),
            ("Dear ", ",\nthank you for your letter.\n"),
            ("notes: ", " - phoned twice, Tomasz Zielinski took the call"),
            ("Tomasz Zielinski said that ", " had left. Mrs Wren was told."),
            ("Kind regards,\n", "\n"),
            ("file of ", ", born 17/05/1990"),
        ]),
    ) {
        let name = callings(given, middle, surname).swap_remove(calling);
        let text = format!("{}{name}{}", pattern.0, pattern.1);
        let (start, end) = (pattern.0.len(), pattern.0.len() + name.len());
        let hidden = withheld(&text, &format!("{given} {middle} {surname}"));
        prop_assert!(!hidden.iter().any(|(a, b)| *a < end && start < *b), "{}: {:?}", text, hidden);
    }
}
