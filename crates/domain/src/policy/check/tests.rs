//! Tests of what only the whole pack can show: each with its number, place and remedy.

use super::super::{Fault, Policy, Problem};

/// A small pack of an invented organisation that has nothing wrong with it.
const WHOLE: &[(&str, &str)] = &[
    ("pack.toml", "name = \"rowan-trust\"\ntitle = \"Policy\"\nversion = \"1\"\ninherits = \"uk\"\nsigned_by = \"chair\"\n"),
    ("organisation.toml", "name = \"Rowan Trust\"\ndivision = \"england-and-wales\"\n"),
    ("roles.toml", "[[role]]\nid = \"chair\"\ntitle = \"Chair\"\n[[role]]\nid = \"lead\"\ntitle = \"Lead\"\n"),
    (
        "directory.toml",
        "[[person]]\nid = \"a\"\nname = \"Ada Moss\"\nroles = [\"chair\", \"dpo\"]\n[[person]]\nid = \"b\"\nname = \"Ben Ash\"\nroles = [\"lead\"]\n",
    ),
    ("rights.toml", "reply = { months = 1 }\nreply_clause = \"R-1\"\napprove = [\"chair\"]\nprepare = [\"lead\"]\n"),
    (
        "clauses.toml",
        "[[clause]]\nid = \"R-1\"\nsays = \"We reply within a month.\"\ncontrols = [\"rights-clock\"]\n\
         [[clause]]\nid = \"R-2\"\nsays = \"Cabinets are locked.\"\ncontrols = [\"attest-premises\"]\n",
    ),
    (
        "duties.toml",
        "[[duty]]\nid = \"locks\"\ntitle = \"Check the locks\"\nstatement = \"I have checked that the cabinets are locked.\"\nrole = \"lead\"\n\
         every = { months = 12 }\nclauses = [\"R-2\"]\n",
    ),
    (
        "complaints.toml",
        "[[stage]]\nid = \"first\"\ntitle = \"First\"\ntrigger = \"receipt\"\nhandler = \"lead\"\n\
         [[stage]]\nid = \"second\"\ntitle = \"Second\"\ntrigger = \"an appeal\"\nafter = \"first\"\nhandler = \"chair\"\n",
    ),
    ("processing.toml", "[[activity]]\nid = \"care\"\ntitle = \"Care\"\nbasis = \"contract (Article 6(1)(b))\"\n"),
    ("understanding.toml", "[[question]]\nid = \"q\"\nask = \"Who?\"\nanswers = [\"Ada\", \"Ben\"]\nright = 1\n"),
];

/// The small pack with `from` replaced by `to` in one file.
fn changed(file: &str, from: &str, to: &str) -> Vec<Problem> {
    let files: Vec<(String, String)> = WHOLE
        .iter()
        .map(|(name, text)| {
            assert!(*name != file || text.contains(from), "{file} has no {from}");
            let text = if *name == file { text.replace(from, to) } else { (*text).to_owned() };
            ((*name).to_owned(), text)
        })
        .collect();
    Policy::problems(&files)
}

#[test]
fn the_small_pack_is_whole() {
    assert_eq!(Policy::problems(WHOLE), []);
}

#[test]
fn what_only_the_whole_pack_can_show_has_a_number_a_place_and_a_remedy() {
    for (file, from, to, fault, line, said) in [
        ("pack.toml", "inherits = \"uk\"", "inherits = \"rowan-trust\"", Fault::BaseCycle, 1, "inherits from itself"),
        ("roles.toml", "id = \"lead\"", "id = \"leed\"", Fault::RoleUnknown, 4, "Did you mean `leed`?"),
        ("directory.toml", "roles = [\"lead\"]", "roles = []", Fault::RoleNotHeld, 4, "nobody in directory.toml holds it"),
        ("clauses.toml", "id = \"R-2\"", "id = \"R-1\"", Fault::IdTwice, 2, "there twice"),
        ("roles.toml", "id = \"lead\"", "id = \"chair\"", Fault::IdTwice, 2, "there twice"),
        ("clauses.toml", "id = \"R-2\"", "id = \"\"", Fault::IdMissing, 6, "has no `id`"),
        ("clauses.toml", "controls = [\"rights-clock\"]", "controls = []", Fault::ClauseUnbound, 2, "names no control"),
        ("clauses.toml", "\"rights-clock\"", "\"rights-clok\"", Fault::ControlUnknown, 4, "Did you mean `rights-clock`?"),
        ("clauses.toml", "We reply within a month.", " ", Fault::ClauseEmpty, 2, "says nothing"),
        (
            "clauses.toml",
            "\"rights-clock\"]",
            "\"rights-clock\"]\nconflict = { wins = \"x\" }",
            Fault::ConflictUnexplained,
            2,
            "does not say",
        ),
        ("duties.toml", "clauses = [\"R-2\"]", "clauses = []", Fault::ClauseWithoutDuty, 6, "no duty names it"),
        ("duties.toml", "clauses = [\"R-2\"]", "clauses = [\"R-2\", \"R-22\"]", Fault::ClauseUnknown, 7, "Did you mean `R-2`?"),
        ("duties.toml", "every = { months = 12 }", "", Fault::DutyNeverDue, 2, "an interval in `every`"),
        ("duties.toml", "every = { months = 12 }", "kind = \"event\"", Fault::DutyNeverDue, 2, "the `clock` of its event"),
        ("duties.toml", "every = { months = 12 }", "kind = \"event\"\nclock = \"breach-72\"", Fault::ClockUnknown, 7, "Did you mean"),
        ("complaints.toml", "after = \"first\"", "after = \"fist\"", Fault::StageNeverBegins, 10, "Did you mean `first`?"),
        ("complaints.toml", "trigger = \"an appeal\"", "trigger = \"\"", Fault::StageNeverBegins, 7, "no trigger"),
        ("complaints.toml", "trigger = \"receipt\"", "trigger = \"receipt\"\nafter = \"second\"", Fault::StageCycle, 2, "for itself"),
        ("processing.toml", "contract (Article 6(1)(b))", "because we want to", Fault::BasisMissing, 2, "no lawful basis"),
        ("understanding.toml", "right = 1", "right = 3", Fault::QuestionWrong, 2, "number 3 is said to be right"),
    ] {
        let problems = changed(file, from, to);
        let problem = problems.iter().find(|problem| problem.number == fault);
        let problem = problem.unwrap_or_else(|| panic!("{file} {to}: {problems:?}"));
        assert!(problem.what.contains(said), "{to}: {problem}");
        assert_eq!(problem.line, line, "{to}: {problem}");
        assert!(!problem.remedy.is_empty() && problem.to_string().starts_with(fault.number()), "{problem}");
    }
}

#[test]
fn a_clock_of_the_law_is_not_redefined_and_a_period_has_its_unit() {
    let mut files: Vec<(&str, &str)> = WHOLE.to_vec();
    files.push((
        "clocks.toml",
        "[[clock]]\nid = \"breach_72h\"\ntitle = \"x\"\ntrigger = \"x\"\nkind = { elapsed-hours = 120 }\nsource = \"R-1\"\n",
    ));
    assert!(Policy::problems(&files).iter().any(|problem| problem.number == Fault::ClockOfTheLaw && problem.line == 2));
    let unit = changed("rights.toml", "{ months = 1 }", "\"6\"");
    assert_eq!((unit[0].number, unit[0].line), (Fault::ValueUnreadable, 1));
    assert!(unit[0].what.contains("Write a period with its unit"), "{}", unit[0]);
}

#[test]
fn numbers_are_unique_and_never_reused() {
    let mut numbers: Vec<_> = Fault::ALL.iter().map(|fault| fault.number()).collect();
    let count = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), count);
    assert!(Fault::ALL.iter().all(|fault| fault.title().ends_with('.') && fault.remedy().ends_with('.')));
}
