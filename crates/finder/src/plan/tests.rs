//! Planning by example and by property.

use proptest::prelude::*;

use super::*;
use crate::document::{Correspondent, Document, DocumentKind, Header};
use crate::identity::Identity;

fn context() -> PlanContext {
    let subject = Identity {
        names: vec!["Amelia Hart".into()],
        emails: vec!["amelia.hart@mail.example".into()],
        phones: vec!["07700 900123".into()],
        born: vec![jiff::civil::Date::constant(2013, 5, 17)],
        addresses: vec!["12 Mill Lane, Otley, LS21 3BG".into()],
        ..Identity::default()
    };
    let entry = |name: &str, email: &str, role| DirectoryEntry { name: name.into(), emails: vec![email.into()], role };
    let directory = [
        entry("Priya Sandhu", "priya@org.example", Role::Staff),
        entry("Ben Carter", "ben.carter@home.example", Role::Pupil),
        entry("Amelia Hart", "amelia.hart@mail.example", Role::Pupil),
    ];
    PlanContext::new(&subject, &directory, &["carol.hart@mail.example".into()]).unwrap()
}

fn mail(text: &str, people: &[(&str, &str)]) -> Document {
    let correspondents =
        people.iter().map(|(n, a)| Correspondent { header: Header::From, name: (*n).into(), address: (*a).into() }).collect();
    Document { correspondents, ..Document::of(DocumentKind::Mail, "", text) }
}

/// What is proposed for one document, in the end.
pub(super) fn planned(document: &Document, context: &PlanContext) -> Vec<Proposal> {
    let mut plans = [DocPlan { document, proposals: plan(document, context) }];
    propagate(&mut plans, context);
    let once = plans[0].proposals.clone();
    propagate(&mut plans, context);
    assert_eq!(plans[0].proposals, once, "planning again changes nothing");
    assert!(once.windows(2).all(|two| two[0].end <= two[1].start), "apart: {once:?}");
    once
}

/// A text without what is withheld.
pub(super) fn left(text: &str, proposals: &[Proposal]) -> String {
    let mut out = text.to_owned();
    for p in proposals.iter().rev().filter(|p| p.default == Default::Withhold) {
        out.replace_range(p.start..p.end, "");
    }
    out
}

fn shown<'a>(text: &'a str, proposals: &[Proposal], default: Default) -> Vec<&'a str> {
    proposals.iter().filter(|p| p.default == default).map(|p| &text[p.start..p.end]).collect()
}

#[test]
fn other_peoples_data_is_proposed_and_the_subjects_is_not() {
    let text = "From: Tomasz Zielinski <tz@home.example>\nTo: Amelia Hart <amelia.hart@mail.example>\n\n\
        Hi Amelia,\nTomasz here (07700 900456). Ben Carter and his mum Sian asked about you, Amelia Hart, born 17/05/2013, of 12 Mill Lane, LS21 3BG. \
        Ring me or 07700 900123. Ben lives at 7 Oak Road, LS6 1AA.\nZielinski\n";
    let doc = mail(text, &[("Tomasz Zielinski", "tz@home.example"), ("Amelia Hart", "amelia.hart@mail.example")]);
    let proposals = plan(&doc, &context());
    assert_eq!(
        shown(text, &proposals, Default::Withhold),
        [
            "Tomasz Zielinski",
            "tz@home.example",
            "Tomasz",
            "07700 900456",
            "Ben Carter",
            "Sian",
            "Ben",
            "7 Oak Road",
            "LS6 1AA",
            "Zielinski"
        ],
        "{proposals:#?}"
    );
    assert!(proposals.iter().all(|p| in_reply(&p.exemption) == EXEMPTION_OTHERS));
}

#[test]
fn staff_are_listed_and_shown() {
    let text = "From: Priya Sandhu <priya@org.example>\n\nDear Carol,\nMrs Sandhu and Priya will meet you.\nPriya Sandhu\n";
    let doc = mail(text, &[("Priya Sandhu", "priya@org.example")]);
    let proposals = plan(&doc, &context());
    assert_eq!(shown(text, &proposals, Default::Show), ["Priya Sandhu", "priya@org.example", "Sandhu", "Priya", "Priya Sandhu"]);
    assert_eq!(shown(text, &proposals, Default::Withhold), ["Carol"]);
    assert!(proposals.iter().filter(|p| p.default == Default::Show).all(|p| p.exemption == REASON_STAFF && p.person == Some(0)));
}

#[test]
fn a_relative_with_the_same_surname_is_somebody_else() {
    let text = "Ben Hart and Hart, Amelia Jones and Amelia.";
    let proposals = plan(&mail(text, &[]), &context());
    assert_eq!(shown(text, &proposals, Default::Withhold), ["Ben Hart", "Amelia Jones"], "{proposals:#?}");
}

#[test]
fn extras_of_the_requester_are_never_proposed() {
    let text = "write to carol.hart@mail.example or to x@y.example";
    assert_eq!(shown(text, &plan(&mail(text, &[]), &context()), Default::Withhold), ["x@y.example"]);
}

#[test]
fn one_decision_holds_for_the_whole_pack() {
    let context = context();
    let docs = [
        mail("From: Rhian Field <rf@home.example>\n\nI saw Amelia Hart.", &[("Rhian Field", "rf@home.example")]),
        mail("the girl asked RHIAN\nﬁELD, then rhian field wrote from RF@home.example. Rhian was kind to Amelia.", &[]),
        mail("Priya Sandhu met Amelia Hart.", &[]),
    ];
    let mut plans: Vec<DocPlan<'_>> = docs.iter().map(|d| DocPlan { document: d, proposals: plan(d, &context) }).collect();
    propagate(&mut plans, &context);
    assert_eq!(shown(&docs[1].text, &plans[1].proposals, Default::Withhold), ["RHIAN\nﬁELD", "rhian field", "RF@home.example", "Rhian"]);
    assert_eq!(shown(&docs[2].text, &plans[2].proposals, Default::Withhold), Vec::<&str>::new());
    assert_eq!(shown(&docs[2].text, &plans[2].proposals, Default::Show), ["Priya Sandhu"]);
}

#[test]
fn a_name_withheld_in_one_item_is_withheld_in_every_order_in_the_others() {
    let context = context();
    let docs = [
        mail("From: Rose Thistlethwayte <rt@home.example>\n\nI saw Amelia Hart.", &[("Rose Thistlethwayte", "rt@home.example")]),
        mail("seen by thistlethwayte, rose and THISTLETHWAYTE ROSE; r. thistlethwayte signed, then thistlethwayte, r.", &[]),
        mail("Thistlethwayte, Rose\tAmelia Hart\n", &[]),
    ];
    let mut plans: Vec<DocPlan<'_>> = docs.iter().map(|d| DocPlan { document: d, proposals: plan(d, &context) }).collect();
    propagate(&mut plans, &context);
    assert_eq!(
        shown(&docs[1].text, &plans[1].proposals, Default::Withhold),
        ["thistlethwayte, rose", "THISTLETHWAYTE ROSE", "r. thistlethwayte", "thistlethwayte, r"]
    );
    assert_eq!(shown(&docs[2].text, &plans[2].proposals, Default::Withhold), ["Thistlethwayte, Rose"]);
}

#[test]
fn segments_cover_the_text_once() {
    let text = "aé Ben b";
    let p = propose::withhold(2, 7, crate::detect::Kind::Person, "x".into(), None);
    let q = propose::withhold(4, 8, crate::detect::Kind::Person, "y".into(), None);
    assert_eq!(segments(text, &[p.clone(), q], &[true, true]), [Segment::Shown(0..1), Segment::Withheld(1..8, 0), Segment::Shown(8..9)]);
    assert_eq!(segments(text, &[p], &[false]), [Segment::Shown(0..9)]);
}

proptest! {
    #[test]
    fn burning_leaves_no_planted_string(before in "\\PC{0,40}", between in "[ -~\\n]{0,40}", which in 0usize..4, twice in any::<bool>()) {
        let planted = ["Tomasz Zielinski", "tz@home.example", "07700 900456", "Gwenllian Okafor"][which];
        let text = format!("{before} {planted} {between}\n{}", if twice { planted.to_uppercase() } else { String::new() });
        let doc = mail(&text, &[("Tomasz Zielinski", "tz@home.example")]);
        let context = context();
        let mut plans = [DocPlan { document: &doc, proposals: plan(&doc, &context) }];
        propagate(&mut plans, &context);
        let [plan] = plans;
        // Digits right beside a number make it another number, and letters right beside an address another address.
        prop_assume!(which != 2 || !(between.trim_start_matches([' ', '.', '-', '/', '(', ')']).starts_with(|c: char| c.is_ascii_digit()) || before.ends_with(|c: char| c.is_ascii_digit() || " ./()-+".contains(c)) || between.starts_with(|c: char| c.is_ascii_alphanumeric())));
        let out: String = segments(&text, &plan.proposals, &vec![true; plan.proposals.len()]).into_iter().map(|s| match s {
            Segment::Shown(r) => text[r].to_owned(),
            Segment::Withheld(..) => "[withheld]".to_owned(),
        }).collect();
        prop_assert_eq!(leaks(&[planted.to_owned()], std::slice::from_ref(&out)), Vec::<usize>::new(), "{}", out);
    }

    #[test]
    fn proposals_are_sorted_apart_and_sliceable(text in "\\PC{0,120}|([A-Z][a-z]{1,8}|Ben|Priya|Sandhu|Amelia|Hart|[ ,.\n]){0,30}") {
        let doc = mail(&text, &[("Ben Hart", "b@x.example")]);
        let mut last = 0;
        for p in plan(&doc, &context()) {
            prop_assert!(p.start >= last && text.get(p.start..p.end).is_some_and(|t| !t.is_empty()));
            last = p.end;
        }
    }
}

#[test]
fn what_the_subject_wrote_is_known_to_them_and_what_they_quoted_is_known_another_way() {
    let text = "From: Amelia Hart <amelia.hart@mail.example>\n\nBen Carter hit me.\n\n> Tomasz Zielinski saw it.\n";
    let proposals = plan(&mail(text, &[("Amelia Hart", "amelia.hart@mail.example")]), &context());
    let of = |name: &str| proposals.iter().find(|p| &text[p.start..p.end] == name).unwrap();
    assert_eq!((of("Ben Carter").exemption.as_str(), of("Ben Carter").default), (EXEMPTION_KNOWN, Default::Withhold));
    assert!(of("Ben Carter").why.contains("wrote this message"));
    assert_eq!(of("Tomasz Zielinski").exemption, EXEMPTION_OTHERS);
    assert!(of("Tomasz Zielinski").why.contains("quoted this"));
}

#[test]
fn what_the_subject_wrote_or_received_is_said_to_be_known_and_stays_proposed() {
    let text = "Ben Carter asked about you.\n";
    let whys = |people: &[(&str, &str)], header| {
        let mut doc = mail(text, people);
        doc.correspondents.iter_mut().for_each(|one| one.header = header);
        let mut plans = [DocPlan { document: &doc, proposals: plan(&doc, &context()) }];
        propagate(&mut plans, &context());
        plans[0].proposals.iter().map(|p| (p.default, p.why.clone())).collect::<Vec<_>>()
    };
    let (own, other) = ([("Amelia Hart", "amelia.hart@mail.example")], [("Tomasz Zielinski", "tz@home.example")]);
    for (people, header, expected) in
        [(&own, Header::From, Some("wrote this message")), (&own, Header::Cc, Some("received this message")), (&other, Header::To, None)]
    {
        let whys = whys(people, header);
        assert!(!whys.is_empty() && whys.iter().all(|(default, _)| *default == Default::Withhold), "{whys:?}");
        assert!(whys.iter().all(|(_, why)| expected.map_or(!why.contains("knows it already"), |words| why.contains(words))), "{whys:?}");
    }
}
