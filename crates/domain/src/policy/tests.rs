//! Tests of the pack model, on the built-in packs and on packs with one thing wrong.

use jiff::civil::date;

use super::*;
use crate::calendar::{Calendar, Facts, Kind, Period, When};

const CIC: &str = "childrens-education-cic";

/// The built-in education pack with one file replaced or added.
fn with(file: &str, text: &str) -> Vec<(String, String)> {
    let mut files: Vec<_> = builtin::files(CIC).unwrap().iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    files.retain(|(name, _)| name != file);
    files.push((file.to_owned(), text.to_owned()));
    files
}

/// The same without its clauses, so that values can name clauses that are not there.
fn without_clauses(file: &str, text: &str) -> Vec<(String, String)> {
    let mut files = with(file, text);
    files.retain(|(name, _)| name != "clauses.toml");
    files
}

fn refused(file: &str, text: &str) -> Refusal {
    Policy::from_files(&with(file, text)).unwrap_err()
}

#[test]
fn every_builtin_pack_loads_without_a_problem() {
    for name in Policy::builtin_names() {
        let policy = Policy::builtin(name).unwrap();
        assert_eq!(policy.about().name, name);
        assert_eq!(Policy::problems(builtin::files(name).unwrap()), []);
        assert!(policy.rule_list().len() >= 10);
    }
    let blocking: Vec<_> = Policy::builtin("uk").unwrap().questions().into_iter().filter(|question| !question.blocks.is_empty()).collect();
    let asked: Vec<_> = blocking.iter().map(|question| question.key.as_str()).collect();
    assert_eq!(asked, ["organisation.name", "rights.approve", "processing.activity"]);
}

#[test]
fn a_missing_pack_is_refused_with_the_nearest_name() {
    let refusal = Policy::builtin("childrens-eduction-cic").unwrap_err();
    assert_eq!(refusal.code, RefusalCode::PackMissing);
    assert!(refusal.detail.contains("Did you mean `childrens-education-cic`?"), "{}", refusal.detail);
    assert_eq!(refused("pack.toml", "name = \"x\"\ninherits = \"scots-law\"\n").code, RefusalCode::PackMissing);
}

#[test]
fn the_education_pack_says_what_its_policy_says() {
    let policy = Policy::builtin(CIC).unwrap();
    assert_eq!(policy.division(), Some(Division::EnglandAndWales));
    assert_eq!(policy.reply_promise(), Some(Promise { within: Period::Months(1), rolls: true, clause: "TURN-92".to_owned() }));
    assert_eq!(policy.rights().forward, Some(Period::WorkingDays(1)));
    assert_eq!(policy.rights().extended, Some(Period::Months(3)));
    assert_eq!((policy.identity().documents, policy.children().usually_able_from), (2, Some(12)));
    assert!(policy.identity().accepted.contains(&"passport".to_owned()), "inherited from the base pack");
    assert_eq!(policy.regulator().name, "the Information Commission (known as the ICO)");
    assert_eq!(policy.holder("dpo").unwrap().title, policy.role("dpo").unwrap().title);
    assert_eq!(policy.wording().salutation_unknown, "Dear Sir or Madam");
    assert!(policy.may_approve("managing-director") && !policy.may_approve("staff"));
    assert_eq!(policy.about().adopted_on, Some(date(2019, 9, 27)));
}

#[test]
fn the_record_of_processing_can_fill_a_reply() {
    let policy = Policy::builtin(CIC).unwrap();
    assert!(policy.processing().len() >= 4);
    for activity in policy.processing() {
        for (what, text) in
            [("purpose", &activity.purpose), ("basis", &activity.basis), ("kept", &activity.kept), ("storage", &activity.storage)]
        {
            assert!(!text.is_empty() && !text.ends_with('.'), "{}: {what}", activity.id);
        }
        assert!(!activity.categories.is_empty() && !activity.recipients.is_empty() && !activity.subjects.is_empty(), "{}", activity.id);
        assert!(!activity.automated || !activity.automated_logic.is_empty(), "{}", activity.id);
    }
}

#[test]
fn every_clause_named_anywhere_in_the_answering_of_requests_is_there() {
    let policy = Policy::builtin(CIC).unwrap();
    let known: Vec<_> = policy.clauses().iter().map(|clause| clause.id.as_str()).collect();
    let rights = policy.rights();
    let named = [&rights.reply_clause, &rights.extended_clause, &rights.forward_clause, &rights.fee_clause, &rights.form_clause]
        .into_iter()
        .chain(&policy.identity().clauses)
        .chain(&policy.clarification().clauses)
        .chain(&policy.children().clauses)
        .chain([&policy.breaches().clause]);
    for clause in named {
        assert!(known.contains(&clause.as_str()), "{clause}");
    }
    assert!((74..=102).all(|number| known.contains(&format!("TURN-{number}").as_str())));
    assert!(policy.clauses().iter().all(|clause| !clause.section.is_empty() && clause.says.ends_with('.')));
}

#[test]
fn an_unknown_key_is_refused_with_file_line_and_the_nearest_known_one() {
    let refusal = refused("rights.toml", "# a comment\nreply = { months = 1 }\nfee_pense = 0\n");
    assert_eq!(refusal.code, RefusalCode::PackUnknownKey);
    assert_eq!(refusal.detail, "P002 rights.toml, line 3: `fee_pense` is not a known key. Did you mean `fee_pence`?");
    let nested = refused("letters.toml", "closing = \"Yours\"\n[paragraphs]\nreplay = []\n");
    assert_eq!(nested.detail, "P002 letters.toml, line 3: `replay` is not a known key. Did you mean `reply`?");
    let listed = refused("roles.toml", "[[role]]\nid = \"dpo\"\nduty = \"x\"\n");
    assert_eq!(listed.detail, "P002 roles.toml, line 3: `duty` is not a known key. Did you mean `duties`?");
    let file = refused("right.toml", "");
    assert_eq!(file.code, RefusalCode::PackUnknownKey);
    assert!(file.detail.contains("did you mean `rights.toml`?"), "{}", file.detail);
    let far = refused("children.toml", "zzzzzzzz = 1\n");
    assert!(far.detail.contains("Known here: judge_each_case, usually_able_from, clauses."), "{}", far.detail);
}

#[test]
fn values_that_cannot_be_used_are_refused_with_their_place() {
    for (file, text, place) in [
        ("rights.toml", "\nreply = \"6\"\n", "rights.toml, line 2: `6` is not a known value. Write a period with its unit"),
        ("rights.toml", "reply = 6\n", "Write a period with its unit, for example `{ months = 1 }`."),
        ("rights.toml", "reply = { days = 4000000000 }\n", "rights.toml, line 1"),
        ("rights.toml", "reply = { month = 1 }\n", "Did you mean `months`?"),
        ("rights.toml", "reply = { months = -1 }\n", "rights.toml, line 1"),
        ("rights.toml", "reply = {\n", "rights.toml, line "),
        ("organisation.toml", "division = \"scotlnd\"\n", "Did you mean `scotland`?"),
        ("pack.toml", "name = \"x\"\nadopted_on = 2026-02-30\n", "pack.toml, line 2"),
        ("rights.toml", "approve = [\"managing-directer\"]\n", "Did you mean `managing-director`?"),
        ("letters.toml", "signatory = \"dpoo\"\n", "Did you mean `dpo`?"),
        (
            "clocks.toml",
            "[[clock]]\nid = \"breach_72h\"\ntitle = \"x\"\ntrigger = \"x\"\nkind = { elapsed-hours = 120 }\nsource = \"x\"\n",
            "breaches.toml",
        ),
        (
            "clocks.toml",
            "[[clock]]\nid = \"SAR\"\ntitle = \"x\"\ntrigger = \"x\"\nkind = { answer = { days = 9 } }\nsource = \"x\"\n",
            "already taken",
        ),
        (
            "clocks.toml",
            "[[clock]]\nid = \"notice\"\ntitle = \"x\"\ntrigger = \"x\"\nkind = { latest = { hours = 24 } }\nsource = \"x\"\n",
            "elapsed-hours = 24",
        ),
        ("clauses.toml", "[[clause]]\nid = \"TURN-92\"\n[[clause]]\nid = \"TURN-92\"\n", "is there twice"),
        ("processing.toml", "[[activity]]\ntitle = \"x\"\n", "has no `id`"),
    ] {
        let refusal = refused(file, text);
        assert_eq!(refusal.code, RefusalCode::PackInvalid, "{text}");
        assert!(refusal.detail.contains(place), "{text}: {}", refusal.detail);
    }
    let large = format!("# {}", "x".repeat(3_000_000));
    assert!(refused("children.toml", &large).detail.contains("larger than"));
}

#[test]
fn a_value_weaker_than_the_law_is_shown_and_never_used() {
    let calendar = Calendar::embedded();
    let text = "reply = { days = 40 }\nreply_clause = \"X-118\"\nfee_pence = 1000\nfee_clause = \"X-119\"\nform_required = true\nform_clause = \"X-83\"\n\
                extended = { months = 6 }\n";
    let mut files = without_clauses("rights.toml", text);
    files.retain(|(name, _)| name != "breaches.toml");
    files.push(("breaches.toml".to_owned(), "report = { working_days = 5 }\nclause = \"X-180\"\n".to_owned()));
    files.push(("complaints.toml".to_owned(), "acknowledge = { days = 40 }\nclause = \"X-73\"\n".to_owned()));
    let policy = Policy::from_files(&files).unwrap();
    assert_eq!(policy.rights().reply, Some(Period::Days(40)), "kept");
    assert_eq!(policy.reply_promise(), None, "never used");
    let values: Vec<_> = policy.conflicts().iter().take_while(|conflict| !conflict.clause.starts_with("TURN")).collect();
    let shown: Vec<_> = values.iter().map(|conflict| (conflict.says.as_str(), conflict.wins.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("Reply within 40 calendar days", "1 calendar month"),
            ("Extend to 6 calendar months", "3 calendar months in all"),
            ("A fee of 1000 pence", "Free of charge"),
            ("A request must be in writing or on a form", "Any wording by any channel is a request"),
            ("Acknowledge within 40 calendar days", "30 days"),
            ("Report within 5 working days", "72 hours"),
        ]
    );
    for (rule, from, due) in [("sar", "2026-09-03", "2026-10-05"), ("complaint", "2026-07-01", "2026-07-31")] {
        let deadline =
            policy.rule(rule).unwrap().evaluate(&Facts::new(When::parse(from).unwrap(), Division::EnglandAndWales), &calendar).unwrap();
        assert_eq!((deadline.due.unwrap().to_string(), deadline.policy_due), (due.to_owned(), None), "{rule}");
    }
}

#[test]
fn a_stricter_value_is_shown_beside_the_law() {
    let calendar = Calendar::embedded();
    let mut files = without_clauses("rights.toml", "reply = { days = 30 }\nreply_clause = \"X-34\"\n");
    files.retain(|(name, _)| name != "breaches.toml");
    files.push(("breaches.toml".to_owned(), "report = { hours = 24 }\nclause = \"X-9\"\n".to_owned()));
    files.push(("complaints.toml".to_owned(), "acknowledge = { working_days = 5 }\nclause = \"X-73\"\n".to_owned()));
    let policy = Policy::from_files(&files).unwrap();
    for (rule, from, policy_due, due) in [
        ("rights", "2026-08-03", "2026-09-02", "2026-09-03"),
        ("complaint_ack", "2026-12-18", "2026-12-29", "2027-01-18"),
        ("breach", "2026-11-20T16:45:00Z", "2026-11-21T16:45:00+00:00", "2026-11-23T16:45:00+00:00"),
    ] {
        let deadline =
            policy.rule(rule).unwrap().evaluate(&Facts::new(When::parse(from).unwrap(), Division::EnglandAndWales), &calendar).unwrap();
        assert_eq!(
            (deadline.policy_due.unwrap().to_string(), deadline.due.unwrap().to_string()),
            (policy_due.to_owned(), due.to_owned()),
            "{rule}"
        );
        assert!(deadline.steps.iter().any(|step| step.source.starts_with("X-")), "{rule}");
    }
}

#[test]
fn rules_answer_to_their_names_whatever_the_spelling() {
    let policy = Policy::builtin("uk").unwrap();
    for (name, id) in [
        ("rights", "rights"),
        ("RIGHTS_REQUEST", "rights"),
        ("subject access request", "access"),
        ("Erasure", "erasure"),
        ("complaint-ack", "complaint_ack"),
        ("breach-72h", "breach_72h"),
        ("BREACH", "breach_72h"),
    ] {
        assert_eq!(policy.rule(name).unwrap().id, id, "{name}");
    }
    let refusal = policy.rule("erazure").unwrap_err();
    assert_eq!((refusal.code, refusal.detail.as_str()), (RefusalCode::RuleUnknown, "It says `erazure`. Did you mean `erasure`?"));
}

#[test]
fn the_clocks_of_the_education_pack_give_its_dates() {
    let policy = Policy::builtin(CIC).unwrap();
    let calendar = Calendar::embedded();
    for (rule, from, due) in [
        ("access", "2026-11-28", "2026-12-29"),
        ("forward-request", "2026-11-28", "2026-11-28"),
        ("emergency-disclosure", "2026-12-24", "2026-12-29"),
        ("board-report", "2027-12-25", "2028-12-25"),
        ("policy-review", "2019-09-27", "2020-09-27"),
        ("post-breach-review", "2026-11-25", "2026-12-29"),
    ] {
        let rule = policy.rule(rule).unwrap();
        let deadline = rule.evaluate(&Facts::new(When::parse(from).unwrap(), Division::EnglandAndWales), &calendar).unwrap();
        assert_eq!(deadline.due.unwrap().to_string(), due, "{}", rule.id);
        assert!(deadline.steps.len() >= 3 && deadline.steps.iter().all(|step| step.what.ends_with('.')), "{}", rule.id);
        if matches!(rule.kind, Kind::Latest(_)) {
            assert_eq!(deadline.due, deadline.nominal, "{}: a latest day never rolls", rule.id);
        }
    }
}

#[test]
fn clocks_refuse_what_they_do_not_have() {
    let policy = Policy::builtin("uk").unwrap();
    let calendar = Calendar::embedded();
    let mut facts = Facts::new(When::parse("2026-06-19").unwrap(), Division::Scotland);
    assert_eq!(policy.rule("breach").unwrap().evaluate(&facts, &calendar).unwrap_err().code, RefusalCode::InstantNeeded);
    facts.extension = Some(crate::calendar::Extension::default());
    assert_eq!(policy.rule("complaint").unwrap().evaluate(&facts, &calendar).unwrap_err().code, RefusalCode::ExtensionNotAllowed);
    facts.pauses = vec![crate::calendar::Pause { asked: date(2026, 6, 20), answered: None }];
    assert_eq!(policy.rule("complaint").unwrap().evaluate(&facts, &calendar).unwrap_err().code, RefusalCode::PauseNotAllowed);
    assert_eq!(policy.rule("erasure").unwrap().evaluate(&facts, &calendar).unwrap_err().code, RefusalCode::PauseNotAllowed);
}

#[test]
fn no_pack_holds_a_real_contact() {
    let text: String = builtin::files(CIC).unwrap().iter().map(|(_, text)| *text).collect();
    for word in text.split_whitespace().filter(|word| word.contains('@')) {
        assert!(word.trim_matches(['"', ',', '[', ']']).ends_with(".example"), "{word}");
    }
}
