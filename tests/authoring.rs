//! Making and changing packs from outside: `init`, `pack new`, `pack set`, `pack answer`,
//! `pack schema`.

use std::fs::read_to_string;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::support::{arg, file, folder, json, printed, probity, run};

/// Answers to the dozen questions, one of them wrong at first.
const TYPED: &str = "village hall\nRowan Hall\ncharity\nCornwall\nScotland\n1 Mill Lane, Kirkholm\nprivacy@rowan-hall.example\n\n\
                     Isla Fenwick, Secretary\nBram Tolliver, Chair\n31 March\nyes\n\n";

fn typed(args: &[&str], text: &str) -> Output {
    let mut child = probity().args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn init_asks_a_dozen_questions_and_makes_a_pack_that_can_be_used() {
    let at = folder();
    let data = at.path().join("hall");
    let output = typed(&["init", "--data", arg(&data), "--ask"], TYPED);
    assert!(output.status.success(), "{}{}", printed(&output), said(&output));
    let text = printed(&output);
    for part in
        ["1 of 12  ", "12 of 12  ", "Write England, Wales", "begins with the pack `advocacy-charity`", "Given to", "Next: probity serve"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let pack = data.join("pack");
    let check = json(&["pack", "check", arg(&pack), "--json"]);
    assert_eq!(check["ok"], true);
    assert!(read_to_string(data.join("probity.toml")).unwrap().contains("pack = \"pack\""));
    assert!(read_to_string(pack.join("organisation.toml")).unwrap().contains("# The name as people know it"), "comments stay");
    let due = json(&["deadline", "--rule", "access", "--from", "2026-11-20", "--pack", arg(&pack), "--json"]);
    assert_eq!(due["due"], "2026-12-21");
    let doctor = json_of(&run(&["doctor", "--data", arg(&data), "--json"]));
    let checks = doctor["checks"].as_array().unwrap();
    assert!(checks.iter().any(|check| check["name"] == "store" && check["ok"] == true), "{doctor}");
    for child in ["reader of hostile files", "drawer of hostile pages"] {
        let refused =
            |check: &&Value| check["name"] == child && check["found"].as_str().is_some_and(|found| found.ends_with(" is refused: active"));
        assert_eq!(checks.iter().filter(refused).count(), 13, "{child}: {doctor}");
    }
    // A second time is refused before anything is asked.
    let again = typed(&["init", "--data", arg(&data), "--ask"], TYPED);
    assert_eq!((again.status.code(), printed(&again).as_str()), (Some(1), ""));
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn an_init_that_is_cut_short_leaves_nothing() {
    let at = folder();
    let data = at.path().join("hall");
    // The input ends.
    let output = typed(&["init", "--data", arg(&data), "--ask"], &TYPED[..60]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("nothing was written"), "{}", said(&output));
    assert!(!data.exists());
    // Somebody ends the program at the eighth question.
    let mut child = probity().args(["init", "--data", arg(&data), "--ask"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    input.write_all(&TYPED.as_bytes()[..TYPED.find("Isla").unwrap()]).unwrap();
    let mut line = String::new();
    while !line.starts_with("8 of 12") {
        line.clear();
        assert_ne!(output.read_line(&mut line).unwrap(), 0);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!data.exists());
}

#[test]
fn init_takes_a_file_of_answers_and_refuses_a_wrong_one_whole() {
    let at = folder();
    let questions = printed(&run(&["init", "--questions"]));
    assert_eq!(questions.parse::<toml::Table>().unwrap().len(), 12);
    let filled = questions
        .replace("\nkind = \"\"", "\nkind = \"home care\"")
        .replace("\nname = \"\"", "\nname = \"Linnet Care\"")
        .replace("\nlegal_form = \"\"", "\nlegal_form = \"limited company\"")
        .replace("\ndivision = \"\"", "\ndivision = \"Wales\"")
        .replace("\nemail = \"\"", "\nemail = \"privacy@linnet-care.example\"")
        .replace("\nlead = \"\"", "\nlead = \"Isla Fenwick\"")
        .replace("\napprover = \"\"", "\napprover = \"Bram Tolliver\"");
    let data = at.path().join("care");
    for (from, to, named) in [("\"Wales\"", "\"Cornwall\"", "division"), ("privacy@", "privacy", "email"), ("lead =", "leed =", "lead")] {
        let wrong = file(at.path(), "wrong.toml", filled.replace(from, to));
        let output = run(&["init", "--data", arg(&data), "--answers", arg(&wrong)]);
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains(named) && said(&output).contains("Nothing was written"), "{}", said(&output));
        assert!(!data.exists());
    }
    let right = file(at.path(), "right.toml", filled);
    let output = run(&["init", "--data", arg(&data), "--answers", arg(&right)]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(printed(&output).contains("begins with `home-care-provider`"), "{}", printed(&output));
    assert_eq!(json(&["pack", "coverage", arg(&data.join("pack")), "--json"])["orphan"], 0);
}

#[test]
fn every_builtin_pack_can_be_copied_and_owned() {
    let at = folder();
    for like in printed(&run(&["pack", "list"])).lines() {
        let pack = at.path().join(like);
        let output = run(&["pack", "new", "linnet", "--like", like, "--out", arg(&pack)]);
        assert!(output.status.success(), "{like}: {}", said(&output));
        let check = json(&["pack", "check", arg(&pack), "--json"]);
        assert_eq!(check["ok"], true, "{like}");
        assert!(check["questions"].as_array().unwrap().iter().any(|question| question["key"] == "organisation.name"), "{like}");
        let again = run(&["pack", "new", "linnet", "--like", like, "--out", arg(&pack)]);
        assert_eq!(again.status.code(), Some(1), "{like}");
    }
    for (name, like) in [("Linnet Care", "uk"), ("uk", "uk"), ("linnet", "no-such-pack")] {
        assert_eq!(run(&["pack", "new", name, "--like", like, "--out", arg(&at.path().join("x"))]).status.code(), Some(1), "{name} {like}");
    }
    assert!(!at.path().join("x").exists());
}

/// The names and texts of the files in a folder.
fn files(pack: &Path) -> Vec<(String, String)> {
    let mut files: Vec<_> = std::fs::read_dir(pack)
        .unwrap()
        .map(Result::unwrap)
        .map(|entry| (entry.file_name().into_string().unwrap(), read_to_string(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn set_changes_one_value_keeps_the_comments_and_writes_nothing_worse() {
    let at = folder();
    let pack = at.path().join("ours");
    assert!(run(&["pack", "new", "ours", "--like", "training-provider", "--out", arg(&pack)]).status.success());
    let before = files(&pack);
    for (args, number) in [
        (vec!["rights.reply", "6"], "P003"),
        (vec!["rights.approve", "[\"nobody-here\"]"], "P020"),
        (vec!["clauses.clause[#1].controls", "[]"], "P031"),
        (vec!["clauses.clause[#1]", "--remove"], "P030"),
        (vec!["rights.colour", "blue"], "P002"),
    ] {
        let output = run(&[vec!["pack", "set", arg(&pack)], args.clone()].concat());
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(
            printed(&output).contains(number) && printed(&output).ends_with("Nothing was written.\n"),
            "{args:?}: {}",
            printed(&output)
        );
        assert_eq!(files(&pack), before, "{args:?}");
    }
    for args in [["clauses.clause[XX-1].says", "x"], ["colour.x", "1"], ["rights", "1"]] {
        assert_eq!(run(&[&["pack", "set", arg(&pack)], args.as_slice()].concat()).status.code(), Some(1), "{args:?}");
    }
    let answer = json(&["pack", "set", arg(&pack), "rights.reply", "{ days = 21 }", "--json"]);
    assert_eq!(answer["ok"], true);
    let after = files(&pack);
    let changed: Vec<_> = before.iter().zip(&after).filter(|(one, other)| one != other).collect();
    assert_eq!(changed.len(), 1);
    let comments = |text: &str| text.lines().filter(|line| line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(comments(&changed[0].0.1), comments(&changed[0].1.1));
    assert_eq!(run(&["pack", "set", "training-provider", "rights.reply", "{ days = 21 }"]).status.code(), Some(1), "a built-in pack");
}

#[test]
fn open_questions_are_answered_one_after_another() {
    let at = folder();
    let pack = at.path().join("ours");
    assert!(run(&["pack", "new", "ours", "--like", "childrens-education-cic", "--out", arg(&pack)]).status.success());
    let open = json(&["pack", "questions", arg(&pack), "--json"]);
    let open = open.as_array().unwrap();
    // Each question is answered in the way its key asks for; what has to be done by hand stays open.
    let mut text = String::new();
    let mut left = 0;
    let mut seen = std::collections::BTreeSet::new();
    for question in open.iter().filter(|question| seen.insert(question["key"].as_str().unwrap())) {
        let key = question["key"].as_str().unwrap();
        text += match key {
            "organisation.name" => "?\nRowan Lane Learning\n",
            "organisation.division" => "Atlantis\nWales\n",
            "organisation.year_end" => "31 August\n",
            _ if key.strip_suffix(".keep").is_some() => "6\n6 years after event\n",
            _ if key.strip_suffix(".every").is_some() || key.starts_with("clauses.") => "ok\n",
            _ if key.strip_suffix(".trigger").is_some() && question["blocks"] != "" => "no-such-event\nevent\n",
            _ if key.starts_with("retention.") && question["blocks"] == "" => "ok\n",
            _ => {
                left += 1;
                "\n"
            }
        };
    }
    let output = typed(&["pack", "answer", arg(&pack), "--ask"], &text);
    assert!(output.status.success(), "{}{}", printed(&output), said(&output));
    let told = printed(&output);
    assert!(told.contains("6 of what?") && told.contains("Write England"), "{told}");
    assert!(
        told.contains(&format!("1 of {}  ", seen.len())) && told.contains(&format!("{} answered, {left} still open.", seen.len() - left)),
        "{told}"
    );
    let check = json(&["pack", "check", arg(&pack), "--json"]);
    assert_eq!((check["ok"].as_bool(), check["questions"].as_array().unwrap().len()), (Some(true), left), "{check}");
    assert!(read_to_string(pack.join("organisation.toml")).unwrap().contains("name = \"Rowan Lane Learning\""));
    // From a file: a wrong answer or an unknown question changes nothing.
    let before = files(&pack);
    for wrong in ["\"organisation.nme\" = \"x\"", "\"organisation.name\" = \"x\"", "= 1"] {
        let answers = file(at.path(), "answers.toml", wrong);
        assert_eq!(run(&["pack", "answer", arg(&pack), "--answers", arg(&answers)]).status.code(), Some(1), "{wrong}");
    }
    assert_eq!(files(&pack), before);
}

#[test]
fn schemas_are_written_for_editors_and_do_not_disturb_the_pack() {
    let at = folder();
    let pack = at.path().join("ours");
    assert!(run(&["pack", "new", "ours", "--out", arg(&pack)]).status.success());
    assert!(run(&["pack", "schema", "--out", arg(&pack)]).status.success());
    let settings: toml::Table = read_to_string(pack.join(".taplo.toml")).unwrap().parse().unwrap();
    for rule in settings["rule"].as_array().unwrap() {
        let schema: Value = serde_json::from_str(&read_to_string(pack.join(rule["schema"]["path"].as_str().unwrap())).unwrap()).unwrap();
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    }
    assert_eq!(json(&["pack", "check", arg(&pack), "--json"])["ok"], true);
    let one = json(&["pack", "schema", "rights"]);
    assert!(one["properties"]["reply"]["description"].as_str().unwrap().contains("How soon"), "{one}");
    assert!(json(&["pack", "schema"]).as_object().unwrap().len() >= 27);
    let wrong = run(&["pack", "schema", "right"]);
    assert!(wrong.status.code() == Some(1) && said(&wrong).contains("Did you mean `rights`?"), "{}", said(&wrong));
}
