//! `probity detect` from outside, as a scorer of one's own would call it.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{printed, probity};

fn batch(more: &[&str], lines: &[String]) -> Vec<Value> {
    let mut child = probity().args(["detect", "--batch"]).args(more).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    for line in lines {
        writeln!(input, "{line}").unwrap();
    }
    drop(input);
    let output = child.wait_with_output().unwrap();
    printed(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn places_are_unicode_characters_and_names_are_found() {
    let text = "\u{1f600} Dzie\u{144} dobry \u{2013} Mrs Zofia W\u{f3}jcik and Dr A. Qureshi rang 07700 900123 about Tom\u{e1}s Okafor.";
    let lines = [json!({ "id": "a", "text": text }).to_string(), "no json".to_owned(), json!({ "id": 2, "text": "" }).to_string()];
    let answers = batch(&[], &lines);
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[0]["id"], "a");
    let findings = answers[0]["findings"].as_array().unwrap();
    let characters: Vec<char> = text.chars().collect();
    for finding in findings {
        let at = |key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap();
        assert_eq!(characters[at("start")..at("end")].iter().collect::<String>(), finding["text"].as_str().unwrap());
    }
    let of = |kind: &str| findings.iter().filter(|f| f["kind"] == kind).map(|f| f["text"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(of("person"), ["Zofia W\u{f3}jcik", "A. Qureshi", "Tom\u{e1}s Okafor"], "{findings:#?}");
    assert_eq!(of("title"), ["Mrs ", "Dr "]);
    assert_eq!(of("phone"), ["07700 900123"]);
    assert_eq!(answers[1]["error"]["code"], "FORM-001");
    assert_eq!(answers[2]["findings"], json!([]));
    let without = batch(&["--no-names"], &lines);
    let kinds: Vec<&Value> = without[0]["findings"].as_array().unwrap().iter().map(|f| &f["kind"]).collect();
    assert_eq!(kinds, ["phone"]);
}

#[test]
fn a_flag_says_what_it_is_about() {
    let answers = batch(&[], &[json!({ "id": 1, "text": "Her son has epilepsy, ring 07700 900123." }).to_string()]);
    let category = |kind: &str| {
        let findings = answers[0]["findings"].as_array().unwrap();
        findings.iter().find(|f| f["kind"] == kind).map(|f| f["category"].clone()).unwrap()
    };
    assert_eq!(category("special"), "health", "{answers:?}");
    assert_eq!(category("phone"), Value::Null);
}
