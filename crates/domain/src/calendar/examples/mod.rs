//! Every row of the founding organisations' table of clocks, with examples worked out by
//! hand from the calendar. A row that lives in one organisation's policy brings its clock
//! along as the pack would write it.

mod breaches;
mod complaints;
mod keeping;
mod requests;
mod reviews;

use super::{Calendar, Division, Extension, Facts, Pause, When};
use crate::policy::Policy;

/// One row of the table.
struct Row {
    /// What the row is called.
    name: &'static str,
    /// The files that a pack on top of `uk` has for it.
    pack: &'static [(&'static str, &'static str)],
    /// The name it is asked for by.
    rule: &'static str,
    /// Examples: what is given, an arrow, what comes out. A value `none` is a field that is
    /// empty; `refused` is the code of the refusal.
    cases: &'static [&'static str],
    /// Words that stand in the explanation or the warnings of the first example.
    says: &'static [&'static str],
}

fn policy(row: &Row) -> Policy {
    let mut files = vec![("pack.toml", "name = \"example\"\ntitle = \"Example\"\nversion = \"1\"\ninherits = \"uk\"\n")];
    files.extend(row.pack);
    Policy::from_files(&files).unwrap_or_else(|refusal| panic!("{}: {refusal}", row.name))
}

fn facts(given: &str) -> Facts {
    let mut words = given.split_whitespace();
    let mut facts = Facts::new(When::parse(words.next().unwrap()).unwrap(), Division::EnglandAndWales);
    for word in words {
        match word.split_once('=') {
            None => facts.extension = Some(Extension::default()),
            Some(("notice", day)) => facts.extension = Some(Extension { notice_given: Some(day.parse().unwrap()) }),
            Some(("division", name)) => facts.division = name.parse().unwrap(),
            Some(("pause", days)) => {
                let (asked, answered) = days.split_once("..").unwrap();
                facts.pauses.push(Pause { asked: asked.parse().unwrap(), answered: answered.parse().ok() });
            }
            Some((name, when)) => drop(facts.triggers.insert(name.to_owned(), When::parse(when).unwrap())),
        }
    }
    facts
}

fn check(row: &Row) {
    let (policy, calendar) = (policy(row), Calendar::embedded());
    let rule = policy.rule(row.rule).unwrap();
    for (number, case) in row.cases.iter().enumerate() {
        let place = format!("{}: {case}", row.name);
        let (given, expected) = case.split_once("->").unwrap();
        let deadline = match (rule.evaluate(&facts(given), &calendar), expected.trim().strip_prefix("refused=")) {
            (Ok(deadline), None) => deadline,
            (Err(refusal), Some(code)) => {
                assert_eq!(refusal.code.id(), code, "{place}");
                continue;
            }
            (found, _) => panic!("{place}: {found:?}"),
        };
        let shown = serde_json::to_value(&deadline).unwrap();
        for field in expected.split_whitespace() {
            let (name, value) = field.split_once('=').unwrap();
            let found = shown.get(name).unwrap_or_else(|| panic!("{place}: no field {name}"));
            assert_eq!(found.as_str().unwrap_or("none"), value, "{place}: {name}");
        }
        assert!(deadline.steps.len() >= 2, "{place}");
        assert!(deadline.steps.iter().all(|step| step.what.ends_with('.') && !step.source.is_empty()), "{place}: {:?}", deadline.steps);
        let words = deadline.steps.iter().map(|step| format!("{} [{}]", step.what, step.source)).chain(deadline.warnings.clone());
        let words = words.collect::<Vec<_>>().join("\n");
        for said in row.says.iter().take_while(|_| number == 0) {
            assert!(words.contains(said), "{place}: `{said}` is not in\n{words}");
        }
    }
}

fn rows() -> impl Iterator<Item = &'static Row> {
    [requests::ROWS, complaints::ROWS, breaches::ROWS, keeping::ROWS, reviews::ROWS].into_iter().flatten()
}

#[test]
fn every_example_of_every_row_comes_out() {
    rows().for_each(check);
}

/// The rows of the table, in its order, and two clocks that the law adds.
const TABLE: [&str; 34] = [
    "rights request reply",
    "rights request reply, 30 days inside the month",
    "40 days and a fee",
    "extension notice",
    "refusal or unfounded notice",
    "forward a request to the officer",
    "destroy case documents",
    "keep moved e-mails and case details",
    "complaint cut-off",
    "complaint acknowledgement",
    "data protection complaint acknowledgement",
    "position letter",
    "client's answer",
    "board-level answer",
    "send the complaints policy",
    "investigation by a reviewer",
    "breach report to the regulator",
    "rest of the report",
    "tell affected people",
    "staff tell the officer",
    "post-breach review",
    "excess data destroyed",
    "equality returns destroyed",
    "DBS and insurance copies destroyed",
    "emergency disclosure written up",
    "yearly IT review and confidentiality training",
    "yearly report to the board",
    "yearly opt-out review and insurance check",
    "first policy review",
    "backups",
    "regular without a number",
    "registration renewal",
    "exam marks before the results",
    "objection to direct marketing",
];

#[test]
fn no_row_of_the_table_is_left_out() {
    for name in TABLE {
        assert!(rows().any(|row| row.name == name && row.cases.len() >= 2), "{name}");
    }
    for row in rows() {
        assert!(TABLE.contains(&row.name), "{}", row.name);
    }
}
