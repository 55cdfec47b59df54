//! A sixth organisation, which the program has never seen: `tests/sixth/policy.txt` made a
//! pack by writing TOML alone, as the how-to says.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{arg, file, folder, json, printed, run};

/// A copy of the pack, to be used or spoilt.
fn pack(at: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/sixth");
    let copy = at.join("burnside-homes");
    for entry in std::fs::read_dir(source).unwrap().map(Result::unwrap) {
        if entry.path().extension().is_some_and(|extension| extension == "toml") {
            file(&copy, entry.file_name().to_str().unwrap(), std::fs::read(entry.path()).unwrap());
        }
    }
    copy
}

#[test]
fn the_pack_is_whole_covered_and_says_what_the_law_overrules() {
    let at = folder();
    let pack = pack(at.path());
    let check = json(&["pack", "check", arg(&pack), "--json"]);
    assert_eq!((&check["ok"], &check["problems"]), (&Value::Bool(true), &Value::Array(vec![])));
    let blocking: Vec<_> = check["questions"].as_array().unwrap().iter().filter(|question| question["blocks"] != "").collect();
    assert!(blocking.is_empty(), "{blocking:?}");

    let coverage = json(&["pack", "coverage", arg(&pack), "--json"]);
    assert_eq!((&coverage["clauses"], &coverage["orphan"], &coverage["planned"]), (&8.into(), &0.into(), &0.into()));

    let conflicts = json(&["pack", "conflicts", arg(&pack), "--json"]);
    let conflicts = conflicts.as_array().unwrap();
    for (clause, says, wins) in [
        ("BH-02", "2500 pence", "Free of charge"),
        ("BH-02", "in writing or on a form", "Any wording by any channel is a request"),
        ("BH-06", "3 years", "6 years"),
    ] {
        let found = conflicts.iter().find(|conflict| conflict["clause"] == clause && conflict["says"].as_str().unwrap().contains(says));
        let found = found.unwrap_or_else(|| panic!("{clause} {says}: {conflicts:?}"));
        assert!(found["wins"].as_str().unwrap().contains(wins) && found["winner"] == "law", "{found}");
    }
    let printed = printed(&run(&["pack", "conflicts", arg(&pack)]));
    assert!(printed.contains("BH-02  A fee of 2500 pence\n    The law decides: Free of charge"), "{printed}");
}

#[test]
fn its_dates_are_those_of_its_policy_and_of_scotland() {
    let at = folder();
    let pack = pack(at.path());
    // St Andrew's Day, 30 November, is a bank holiday in Scotland; 20 December 2026 is a Sunday.
    for (rule, from, policy_due, due) in [
        ("access", "2026-11-20", Some("2026-12-11"), "2026-12-21"),
        ("complaint_ack", "2026-11-26", Some("2026-12-02"), "2026-12-29"),
        ("complaint-first-stage", "2026-11-25", None, "2026-12-03"),
        ("complaint-second-stage", "2026-11-25", None, "2026-12-24"),
        ("breach", "2026-11-20T16:45:00+00:00", Some("2026-11-22T16:45:00+00:00"), "2026-11-23T16:45:00+00:00"),
        ("policy-review", "2026-08-18", None, "2028-08-18"),
    ] {
        let answer = json(&["deadline", "--rule", rule, "--from", from, "--pack", arg(&pack), "--json"]);
        assert_eq!((answer["policy_due"].as_str(), answer["due"].as_str()), (policy_due, Some(due)), "{rule}: {answer}");
        assert!(answer["steps"].as_array().unwrap().iter().any(|step| step["source"].as_str().unwrap().contains("BH-")), "{answer}");
    }
}

#[test]
fn its_keeping_periods_decide_about_its_records() {
    let at = folder();
    let pack = pack(at.path());
    let holdings = file(
        at.path(),
        "holdings.csv",
        "class,tenancy_end,decision,consent_withdrawn,event,cost_in_pounds,recorded,pay_reference_period_end\n\
         tenancy-files,2021-11-22,,,,,,\n\
         housing-applications,,2025-12-01,,,,,\n\
         housing-applications,,2025-12-01,2026-06-01,,,,\n\
         rent-accounts,,,,2020-05-01,,,\n\
         repairs,,,,2024-11-01,5000,,\n\
         repairs,,,,2024-11-01,5001,,\n\
         repairs,,,,2024-11-01,,,\n\
         camera-pictures,,,,,,2026-10-24,\n\
         wages,,,,,,,2021-03-31\n",
    );
    let output = run(&["retention", "sweep", "--holdings", arg(&holdings), "--pack", arg(&pack), "--on", "2026-11-22", "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines: Vec<Value> = printed(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let short: Vec<_> = lines
        .iter()
        .map(|line| {
            format!("{} {} {}", line["class"].as_str().unwrap(), line["due"].as_str().unwrap_or("-"), line["state"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        short,
        [
            "tenancy-files 2026-11-22 due",
            "housing-applications 2026-12-01 not_due",
            "housing-applications 2026-06-01 due",
            "rent-accounts 2027-03-31 not_due",
            "repairs 2026-11-01 due",
            "repairs 2036-11-01 not_due",
            "repairs - missing_fact",
            "camera-pictures 2026-11-23 not_due",
            "wages 2027-03-31 not_due",
        ]
    );
}

/// One wrong edit: file, what stands there, what is written instead, number and line of the
/// diagnostic, and part of what it says.
type Wrong = (&'static str, &'static str, &'static str, &'static str, usize, &'static str);

const WRONG: &[Wrong] = &[
    ("rights.toml", "reply = { days = 21 }", "repyl = { days = 21 }", "P002", 1, "Did you mean `reply`?"),
    ("rights.toml", "reply = { days = 21 }", "reply = 21", "P003", 1, "a period with its unit"),
    ("rights.toml", "{ days = 21 }", "{ day = 21 }", "P003", 1, "Did you mean `days`?"),
    ("pack.toml", "inherits = \"uk\"", "inherits = \"burnside-homes\"", "P007", 1, "inherits from itself"),
    ("clauses.toml", "id = \"BH-08\"", "id = \"BH-07\"", "P011", 51, "there twice"),
    ("rights.toml", "approve = [\"director\"]", "approve = [\"directer\"]", "P020", 11, "Did you mean `director`?"),
    ("directory.toml", "roles = [\"housing-officer\", \"staff\"]", "roles = [\"staff\"]", "P021", 0, "nobody in directory.toml holds it"),
    ("rights.toml", "reply_clause = \"BH-01\"", "reply_clause = \"BH-99\"", "P030", 2, "there is no clause `BH-99`"),
    ("clauses.toml", "controls = [\"complaint-clock\"]", "controls = []", "P031", 27, "nothing carries it out"),
    ("clauses.toml", "\"sign-off\"", "\"signoff\"", "P032", 24, "Did you mean `sign-off`?"),
    ("duties.toml", "every = { years = 2 }\nclauses = [\"BH-08\"]", "every = { years = 2 }\nclauses = []", "P033", 0, "no duty names it"),
    ("duties.toml", "every = { months = 6 }\n", "", "P040", 11, "an interval in `every`"),
    ("complaints.toml", "after = \"first\"", "after = \"frist\"", "P050", 17, "Did you mean `first`?"),
    ("processing.toml", "contract (Article 6(1)(b))", "because we need it", "P060", 2, "no lawful basis"),
    ("retention.toml", "trigger = \"tenancy-end\"\n", "", "P070", 7, "no `trigger`"),
    ("retention.toml", "id = \"repairs\"", "id = \"rent-accounts\"", "P070", 0, "two rules for the class"),
];

#[test]
fn every_wrong_edit_has_a_number_a_file_a_line_and_a_remedy() {
    for (name, from, to, number, line, said) in WRONG {
        let at = folder();
        let pack = pack(at.path());
        let path = pack.join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let output = run(&["pack", "check", arg(&pack), "--json"]);
        assert_eq!(output.status.code(), Some(1), "{name}: {to}");
        let check: Value = serde_json::from_slice(&output.stdout).unwrap();
        let problems = check["problems"].as_array().unwrap();
        let found = problems.iter().find(|problem| problem["number"] == *number && problem["what"].as_str().unwrap().contains(said));
        let found = found.unwrap_or_else(|| panic!("{name}: {to}: {problems:#?}"));
        assert!(
            found["file"].as_str().unwrap().strip_suffix(".toml").is_some() && !found["remedy"].as_str().unwrap().is_empty(),
            "{found}"
        );
        // With 0 the line depends on the length of a file beside it; any line will do.
        let there = found["line"].as_u64().unwrap();
        assert!(if *line == 0 { there > 0 } else { there == *line as u64 }, "{name}: {to}: {found}");
        // Nothing of a pack that is wrong is used.
        let refused = run(&["deadline", "--rule", "access", "--from", "2026-11-20", "--pack", arg(&pack)]);
        assert_eq!(refused.status.code(), Some(1), "{name}: {to}");
    }
}
