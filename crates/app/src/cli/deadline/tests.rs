//! Tests of `deadline` from argument to printed line.

use clap::Parser;
use serde_json::{Value, json};

use super::*;

#[derive(Parser)]
struct Program {
    #[command(flatten)]
    args: DeadlineArgs,
}

fn call(arguments: &[&str], input: &str) -> Result<String, Ending> {
    let args = Program::try_parse_from(std::iter::once(&"deadline").chain(arguments)).unwrap().args;
    let mut out = Vec::new();
    run(&args, &mut out, &mut input.as_bytes()).map(|()| String::from_utf8(out).unwrap())
}

fn lines(arguments: &[&str], input: &str) -> Vec<Value> {
    call(arguments, input).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn code(arguments: &[&str]) -> RefusalCode {
    match call(arguments, "").unwrap_err() {
        Ending::Refused(refusal) => refusal.code,
        Ending::Failed(error) => panic!("{error}"),
    }
}

#[test]
fn one_deadline_has_the_shape_scripts_rely_on() {
    let printed =
        lines(&["--rule", "rights", "--from", "2026-02-15", "--division", "E&W", "--pause", "2026-02-20..2026-02-27", "--json"], "");
    let deadline = &printed[0];
    for (key, value) in [
        ("id", Value::Null),
        ("rule", json!("rights")),
        ("from", json!("2026-02-15")),
        ("division", json!("england-and-wales")),
        ("nominal", json!("2026-03-15")),
        ("due", json!("2026-03-23")),
        ("cautious", json!("2026-03-23")),
        ("policy_due", Value::Null),
        ("excluded_days", json!(8)),
        ("warnings", json!([])),
    ] {
        assert_eq!(deadline[key], value, "{key}");
    }
    assert_eq!(deadline["steps"][1]["date"], "2026-03-15");
    assert_eq!(deadline["steps"][1]["source"], "UK GDPR Article 12A(1)");
}

#[test]
fn the_worked_examples_can_be_piped_in_as_they_are() {
    let table: Vec<Value> = serde_json::from_str(include_str!("../../../../domain/data/deadline-vectors.json")).unwrap();
    let input = table.iter().map(Value::to_string).collect::<Vec<_>>().join("\n");
    let printed = lines(&["--batch"], &input);
    assert_eq!(printed.len(), table.len());
    for (vector, deadline) in table.iter().zip(&printed) {
        for (expected, printed) in [("id", "id"), ("due", "due"), ("nominal", "nominal"), ("cautious_target", "cautious"), ("kind", "rule")]
        {
            if let Some(value) = vector.get(expected) {
                assert_eq!(&deadline[printed], value, "{}: {expected}", vector["id"]);
            }
        }
    }
}

#[test]
fn a_batch_takes_pauses_in_every_shape_and_survives_bad_lines() {
    let input = r#"
{"id":1,"rule":"sar","from":"2026-02-15","pauses":[["2026-02-20","2026-02-27"]]}
{"id":"b","rule":"sar","from":"2026-02-15","pauses":["2026-02-20..2026-02-27"],"division":"ni"}
{"id":3,"rule":"sar","from":"2026-02-15","pauses":[{"asked":"2026-02-20","answered":"2026-02-27"}],"division":"scotland"}
{"id":4,"rule":"sar","from":"2026-02-15","pauses":[["2026-02-20",null]],"division":"scotland","today":"2026-02-27"}
{"id":5,"rule":"sar","from":"2026-02-15","pauses":["2026-02-20.."],"division":"scotland"}
{"id":6,"rule":"sar","from":"2026-02-30"}
not json
{"id":8,"rule":"sars","from":"2026-02-15"}
{"id":9,"rule":"erasure","from":"2026-02-15","pauses":["2026-02-20..2026-02-27"]}
{"id":10,"rule":"sar","from":"2026-02-15","pauses":["2026-02-27..2026-02-20"]}
{"id":11,"rule":"sar","from":"2026-08-28","extended":true,"notice":"2026-10-30"}
{"id":12,"rule":"breach","from":"2026-08-28"}
{"id":13,"rule":"sar","from":"2026-08-28","months":2}
{"id":14,"rule":"sar","from":"2026-08-28","division":"scotland","extendd":true}
{"id":15,"rule":"sar"}
"#;
    let printed = lines(&["--batch"], input);
    let due: Vec<_> = printed.iter().take(5).map(|line| line["due"].clone()).collect();
    assert_eq!(due, [json!("2026-03-23"), json!("2026-03-23"), json!("2026-03-23"), Value::Null, Value::Null]);
    assert_eq!(printed[3]["would_be_due_if_answered_today"], "2026-03-23");
    assert_eq!((&printed[4]["paused_since"], &printed[1]["id"]), (&json!("2026-02-20"), &json!("b")));
    let codes: Vec<_> = printed[5..13].iter().map(|line| line["error"]["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["DATE-001", "FORM-001", "DATE-005", "DATE-008", "DATE-007", "DATE-009", "DATE-003", "FORM-001"]);
    assert_eq!((&printed[5]["id"], &printed[6]["id"]), (&json!(6), &Value::Null));
    assert!(printed[7]["error"]["what"].as_str().unwrap().contains("Did you mean `sar`?"));
    assert_eq!(printed[13]["warnings"], json!(["The field `extendd` is not known and was left out of account. Did you mean `extended`?"]));
    assert_eq!((&printed[14]["id"], &printed[14]["error"]["code"]), (&json!(15), &json!("FORM-001")));
}

#[test]
fn a_pack_brings_its_division_and_its_promise() {
    let printed = lines(&["--rule", "sar", "--from", "2026-11-28", "--pack", "childrens-education-cic", "--json"], "");
    assert_eq!((&printed[0]["due"], &printed[0]["policy_due"]), (&json!("2026-12-29"), &json!("2026-12-29")));
    assert_eq!(printed[0]["steps"].as_array().unwrap().last().unwrap()["source"], "TURN-92");
    assert_eq!(printed[0]["warnings"], json!([]));
    let unplaced = lines(&["--rule", "sar", "--from", "2026-11-28", "--json"], "");
    assert_eq!(unplaced[0]["warnings"].as_array().unwrap().len(), 1, "no division was given");
}

#[test]
fn the_explanation_reads_as_text() {
    let text = call(&["--rule", "access", "--from", "2026-01-31", "--division", "scotland"], "").unwrap();
    assert!(text.starts_with("Reply to a subject access request\nDue by the end of Monday 2 March 2026.\n"), "{text}");
    assert!(text.contains("31 February, which does not exist"), "{text}");
    let breach = call(&["--rule", "breach-72h", "--from", "2026-10-24T10:00:00+01:00"], "").unwrap();
    assert!(breach.contains("Due by Tuesday 27 October 2026 at 09:00 GMT."), "{breach}");
    assert!(breach.contains("The clocks go back in between"), "{breach}");
    let open =
        call(&["--rule", "access", "--from", "2026-01-31", "--division", "ni", "--pause", "2026-02-03..", "--today", "2026-02-05"], "")
            .unwrap();
    assert!(open.contains("The date is not known yet.") && open.contains("Tuesday 3 March 2026"), "{open}");
}

#[test]
fn every_rule_is_listed() {
    let printed = lines(&["--list", "--json"], "");
    let ids: Vec<_> = printed[0].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert!(["rights", "access", "erasure", "complaint_ack", "breach_72h"].iter().all(|id| ids.contains(id)), "{ids:?}");
    let text = call(&["--list", "--pack", "childrens-education-cic"], "").unwrap();
    assert!(text.contains("board-report") && text.contains("TURN-22"), "{text}");
}

/// A pack on the base pack, with the clocks of a complaint.
fn complaints_pack() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pack.toml"), "name = \"example\"\ntitle = \"Example\"\nversion = \"1\"\ninherits = \"uk\"\n")
        .unwrap();
    std::fs::write(
        folder.path().join("clocks.toml"),
        r#"
[[clock]]
id = "data-complaint"
title = "Acknowledge a complaint about personal data"
trigger = "receipt by the charity"
kind = "complaint-acknowledgement"
source = "DPA 2018 section 164A"
also = [{ name = "ceo", trigger = "receipt by the chief executive", kind = { answer = { working_days = 5 } }, source = "CEN-73" }]

[[clock]]
id = "position-letter"
title = "Position letter"
trigger = "receipt by the charity"
kind = { arrive = { within = { working_days = 14 }, delivery = { working_days = 2 } } }
source = "CEN-78"
note = "An e-mail arrives on the day it is sent."

[[clock]]
id = "policy-review"
title = "Review the policy"
trigger = "the last review"
kind = { review = { every = { months = 12 }, set_by = "board" } }
source = "TURN-162"
"#,
    )
    .unwrap();
    folder
}

#[test]
fn further_triggers_give_the_earlier_date() {
    let folder = complaints_pack();
    let pack = folder.path().to_str().unwrap();
    let common = ["--pack", pack, "--division", "E&W", "--json", "--rule", "data-complaint", "--from", "2026-07-01"];
    let both = lines(&[&common[..], &["--trigger", "ceo=2026-07-06"]].concat(), "");
    assert_eq!((&both[0]["due"], &both[0]["policy_due"]), (&json!("2026-07-31"), &json!("2026-07-13")));
    let one = lines(&common, "");
    assert_eq!((&one[0]["policy_due"], &one[0]["outstanding"]), (&Value::Null, &json!(["receipt by the chief executive"])));
    let batch = r#"{"id":1,"rule":"data-complaint","from":"2026-07-01","triggers":{"ceo":"2026-07-06"},"division":"E&W"}
{"id":2,"rule":"data-complaint","from":"2026-07-01","triggers":{"ceo":null}}
{"id":3,"rule":"data-complaint","from":"2026-07-01","triggers":{"cea":"2026-07-06"}}
{"id":4,"rule":"policy-review","from":"2026-01-05","triggers":{"board":"2026-04-01"}}
{"id":5,"rule":"position-letter","from":"2026-07-01","division":"E&W"}
"#;
    let printed = lines(&["--batch", "--pack", pack], batch);
    assert_eq!((&printed[0]["policy_due"], &printed[1]["policy_due"]), (&json!("2026-07-13"), &Value::Null));
    assert_eq!(printed[2]["error"]["code"], "DATE-012");
    assert!(printed[2]["error"]["what"].as_str().unwrap().contains("Did you mean `ceo`?"), "{}", printed[2]);
    assert_eq!(printed[3]["due"], "2026-04-01");
    assert_eq!((&printed[4]["due"], &printed[4]["send_by"]), (&json!("2026-07-21"), &json!("2026-07-17")));
    assert_eq!(printed[4]["warnings"], json!(["An e-mail arrives on the day it is sent."]));
    let text = call(&["--pack", pack, "--division", "E&W", "--rule", "position-letter", "--from", "2026-07-01"], "").unwrap();
    assert!(text.contains("Send it by                        Friday 17 July 2026"), "{text}");
    for wrong in ["ceo", "ceo=2026-02-30"] {
        assert!(call(&[&common[..], &["--trigger", wrong]].concat(), "").is_err(), "{wrong}");
    }
    assert_eq!(code(&[&common[..], &["--trigger", "ceo=2026-07-06", "--trigger", "ceo=2026-07-07"]].concat()), RefusalCode::ValueInvalid);
    let list = call(&["--list", "--pack", pack], "").unwrap();
    for said in [
        "also from receipt by the chief executive, within 5 working days, to a working day (--trigger ceo=DATE; CEN-73)",
        "the day set by the board goes before (--trigger board=DATE)",
        "must have arrived within 14 working days; the delivery takes 2 working days",
        "note: An e-mail arrives on the day it is sent.",
    ] {
        assert!(list.contains(said), "`{said}` is not in\n{list}");
    }
}

#[test]
fn without_a_day_the_refusal_says_which_one() {
    let folder = complaints_pack();
    let pack = folder.path().to_str().unwrap();
    let sentence = |arguments: &[&str]| match call(arguments, "").unwrap_err() {
        Ending::Refused(refusal) => refusal.sentence(),
        Ending::Failed(error) => panic!("{error}"),
    };
    let asked = sentence(&["--pack", pack, "--rule", "data-complaint"]);
    assert!(asked.contains("counts from receipt by the charity: give the day, with `--from`."), "{asked}");
    assert!(asked.contains("`--trigger ceo=DATE`"), "{asked}");
    assert!(sentence(&["--rule", "breach"]).contains("2026-11-20T16:45:00Z"));
    assert_eq!(code(&["--rule", "forty-days"]), RefusalCode::RuleUnknown);
}

#[test]
fn every_rule_of_every_builtin_pack_answers() {
    for pack in Policy::builtin_names() {
        let listed = lines(&["--list", "--json", "--pack", pack], "");
        for rule in listed[0].as_array().unwrap() {
            let id = rule["id"].as_str().unwrap();
            let printed = lines(&["--rule", id, "--from", "2026-07-01T09:00:00+01:00", "--pack", pack, "--json"], "");
            assert!(printed[0]["due"].is_string() && printed[0]["rule"] == id, "{pack}: {id}");
            assert!(!rule["computes"].as_str().unwrap().is_empty() && rule["triggers"].is_array(), "{pack}: {id}");
        }
    }
}

#[test]
fn what_cannot_be_computed_is_refused() {
    for (arguments, refused) in [
        (vec!["--rule", "rights", "--from", "2026-02-30"], RefusalCode::DateImpossible),
        (vec!["--rule", "rights", "--from", "2018-05-24"], RefusalCode::DateOutOfRange),
        (vec!["--rule", "rights", "--from", "2026-02-03", "--division", "france"], RefusalCode::DivisionUnknown),
        (vec!["--rule", "rights", "--from", "2026-02-03", "--pause", "2026-02-05"], RefusalCode::ValueInvalid),
        (vec!["--rule", "rights", "--from", "2026-02-03", "--pause", "2026-02-05..2026-02-04"], RefusalCode::PauseBackwards),
        (vec!["--rule", "rights", "--from", "2026-02-03", "--extended", "--notice", "2026-03-04"], RefusalCode::ExtensionLate),
        (vec!["--rule", "breach", "--from", "2026-02-03"], RefusalCode::InstantNeeded),
        (vec!["--rule", "breach", "--from", "2026-02-03T10:00Z", "--extended"], RefusalCode::ExtensionNotAllowed),
        (vec!["--rule", "forty-days", "--from", "2026-02-03"], RefusalCode::RuleUnknown),
        (vec!["--rule", "rights", "--from", "2026-02-03", "--trigger", "ceo=2026-02-04"], RefusalCode::TriggerUnknown),
        (vec!["--rule", "post-breach-review"], RefusalCode::ValueInvalid),
        (vec!["--rule", "rights", "--from", "2026-02-03", "--pack", "usa"], RefusalCode::PackMissing),
        (vec!["--rule", "rights", "--from", "2026-02-03", "--bank-holidays", "/nowhere.json"], RefusalCode::CalendarInvalid),
    ] {
        assert_eq!(code(&arguments), refused, "{arguments:?}");
    }
}

#[test]
fn a_newer_table_of_bank_holidays_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("newer.json");
    std::fs::write(&file, r#"{"scotland":{"division":"scotland","events":[{"title":"New day","date":"2029-03-15","notes":""}]}}"#).unwrap();
    let arguments =
        ["--rule", "rights", "--from", "2029-02-15", "--division", "scotland", "--json", "--bank-holidays", file.to_str().unwrap()];
    let printed = lines(&arguments, "");
    assert_eq!((&printed[0]["due"], &printed[0]["warnings"]), (&json!("2029-03-16"), &json!([])));
}
