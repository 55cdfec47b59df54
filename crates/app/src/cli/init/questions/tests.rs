//! Tests of the questions: asked, in a file, and what they make.

use domain::policy::Policy;

use super::*;
use crate::cli::init::build;

const TYPED: &str = "?\nspaceship\nvillage hall\n\nRowan Hall\ncharity\nCornwall\nScotland\n1 Mill Lane, Kirkholm, FX5 1AB\nrowan hall\n\
                     privacy@rowan-hall.example\nringing\n01632 960 100\nIsla Fenwick, Secretary\nisla fenwick\nBram Tolliver, Chair\n31 Febuary\n31 March\n\
                     perhaps\nyes\nexempt\nexempt: accounts and members only\n";

fn asked(typed: &str) -> (Result<Answers, Ending>, String) {
    let mut out = Vec::new();
    let result = ask_all(&mut Talk { input: &mut typed.as_bytes(), out: &mut out });
    (result, String::from_utf8(out).unwrap())
}

#[test]
fn a_dozen_questions_are_asked_until_each_answer_can_be_used() {
    let (answers, said) = asked(TYPED);
    let answers = answers.unwrap();
    assert_eq!(ALL.len(), 12);
    for number in 1..=12 {
        assert_eq!(said.matches(&format!("\n{number} of 12  ")).count(), 1, "{said}");
    }
    for refused in [
        "Type a number from 1 to",
        "This is needed",
        "Write England",
        "one whole address",
        "a telephone number",
        "Nobody approves",
        "day and month",
        "yes or no",
        "Add why",
    ] {
        assert!(said.contains(refused), "{refused}: {said}");
    }
    assert!(said.contains(ALL[0].why), "? explains");
    assert_eq!((answers.like.as_str(), answers.kind.as_str()), ("advocacy-charity", "village hall"));
    assert_eq!((answers.year_end, answers.address.len(), answers.division.id()), (Some((31, 3)), 3, "scotland"));
}

#[test]
fn an_answer_missing_at_the_end_is_a_refusal() {
    let cut = TYPED.len() - 40;
    let Err(Ending::Refused(refusal)) = asked(&TYPED[..cut]).0 else { panic!("not refused") };
    assert!(refusal.detail.contains("nothing was written"), "{}", refusal.detail);
}

/// Answers on the basis of one pack.
fn answers(kind: &str, approver: &str, retention: &str) -> Answers {
    let mut answers = Answers::default();
    for question in ALL {
        let text = match question.key {
            "kind" => kind,
            "name" => "Rowan Hall",
            "legal_form" => "charity",
            "division" => "Scotland",
            "email" => "privacy@rowan-hall.example",
            "lead" => "Isla Fenwick, Secretary",
            "approver" => approver,
            "retention" => retention,
            "year_end" => "31 March",
            _ => "",
        };
        answers = answers.with(question.key, text).unwrap();
    }
    answers
}

#[test]
fn whatever_the_nearest_pack_the_answers_make_one_that_can_be_used() {
    let uk = Policy::builtin("uk").unwrap();
    for (kind, name) in kinds().map(|(name, _)| (name.to_owned(), name)).chain([("none".to_owned(), "uk")]) {
        for (approver, retention) in [("Bram Tolliver, Chair", "yes"), ("nobody", "no")] {
            let answers = answers(&kind, approver, retention);
            assert_eq!(answers.like, name);
            let built = build::pack(&answers).unwrap();
            let policy = Policy::from_files(&built.files).unwrap();
            assert_eq!(policy.organisation().name, "Rowan Hall");
            assert_eq!(policy.about().name, "rowan-hall");
            assert_eq!((policy.about().adopted_on, policy.organisation().division.unwrap().id()), (None, "scotland"));
            assert_eq!(policy.directory().len(), if approver == "nobody" { 1 } else { 2 });
            assert_eq!(policy.holder("dpo").unwrap().name, "Isla Fenwick");
            assert!(!policy.rights().approve.is_empty());
            let model = Policy::builtin(name).unwrap();
            let kept = if retention == "yes" { model.retention() } else { uk.retention() };
            assert_eq!(policy.retention().class.len(), kept.class.len(), "{name}");
            assert_eq!(policy.clauses().len(), model.clauses().len());
            let text: String = built.files.iter().map(|(_, text)| text.as_str()).collect();
            assert!(model.organisation().name.is_empty() || !text.contains(&model.organisation().name), "{name}");
            assert!(model.directory().iter().all(|person| !text.contains(&person.name)), "{name}");
        }
    }
}

#[test]
fn the_printed_questions_are_a_file_of_answers() {
    let mut out = Vec::new();
    print(&mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert_eq!(text.parse::<toml::Table>().unwrap().len(), ALL.len());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answers.toml");
    let filled = text
        .replace("kind = \"\"", "kind = 1")
        .replace("name = \"\"", "name = \"Rowan Hall\"")
        .replace("legal_form = \"\"", "legal_form = \"charity\"")
        .replace("division = \"\"", "division = \"Wales\"")
        .replace("address = \"\"", "address = [\"1 Mill Lane\", \"Kirkholm\"]")
        .replace("email = \"\"", "email = \"privacy@rowan-hall.example\"")
        .replace("lead = \"\"", "lead = \"Isla Fenwick\"")
        .replace("approver = \"\"", "approver = \"nobody\"")
        .replace("retention = \"\"", "retention = false");
    std::fs::write(&file, &filled).unwrap();
    let answers = from_file(&file).unwrap();
    assert_eq!((answers.address.len(), answers.retention, answers.approver), (2, false, None));
    for (from, to, said) in
        [("phone = \"\"", "fone = \"\"", "Did you mean `phone`?"), ("\"Wales\"", "\"Cornwall\"", "`division`: Write England")]
    {
        std::fs::write(&file, filled.replace(from, to)).unwrap();
        let Err(Ending::Refused(refusal)) = from_file(&file) else { panic!("{to} was taken") };
        assert!(refusal.detail.contains(said), "{}", refusal.detail);
    }
}
