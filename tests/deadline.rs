//! `probity deadline` from outside.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{json, printed, probity, run};

const VECTORS: &str = include_str!("../crates/domain/data/deadline-vectors.json");

#[test]
fn every_published_vector_comes_out_of_a_batch() {
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
    let mut child = probity().args(["deadline", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    for vector in &vectors {
        let mut question = vector.clone();
        // Only the question goes in.
        for answer in ["due", "nominal", "cautious_target", "excluded_days", "note"] {
            question.as_object_mut().unwrap().remove(answer);
        }
        writeln!(input, "{question}").unwrap();
    }
    drop(input);
    let output = child.wait_with_output().unwrap();
    let answers: Vec<Value> = printed(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), vectors.len());
    for (vector, answer) in vectors.iter().zip(&answers) {
        assert_eq!(answer["id"], vector["id"]);
        assert_eq!(answer["due"], vector["due"], "{vector} {answer}");
        if !vector["nominal"].is_null() {
            assert_eq!(answer["nominal"], vector["nominal"], "{vector} {answer}");
        }
        if !vector["cautious_target"].is_null() {
            assert_eq!(answer["cautious"], vector["cautious_target"], "{vector} {answer}");
        }
        assert!(!answer["steps"].as_array().unwrap().is_empty());
    }
}

#[test]
fn a_date_explains_itself() {
    let answer = json(&["deadline", "--rule", "rights", "--from", "2026-11-28", "--division", "england-and-wales", "--json"]);
    assert_eq!(answer["due"], "2026-12-29");
    let steps = answer["steps"].to_string();
    assert!(steps.contains("bank holiday") && steps.contains("substitute"), "{steps}");
}

#[test]
fn refusals_have_a_code_and_exit_1() {
    for (args, code) in [
        (vec!["deadline", "--rule", "rights", "--from", "2026-02-31", "--json"], "DATE-001"),
        (vec!["deadline", "--rule", "rights", "--from", "1999-02-01", "--json"], "DATE-002"),
        (vec!["deadline", "--rule", "rigths", "--from", "2026-02-01", "--json"], "DATE-005"),
        (vec!["deadline", "--rule", "rights", "--from", "2026-02-01", "--pause", "2026-02-09..2026-02-03", "--json"], "DATE-007"),
        (vec!["deadline", "--rule", "erasure", "--from", "2026-02-01", "--pause", "2026-02-03..2026-02-09", "--json"], "DATE-008"),
    ] {
        let output = run(&args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(answer["error"]["code"], code, "{args:?}: {answer}");
    }
}

#[test]
fn an_open_pause_has_no_date() {
    let answer = json(&["deadline", "--rule", "rights", "--from", "2026-02-01", "--pause", "2026-02-09..", "--json"]);
    assert!(answer["due"].is_null());
    assert_eq!(answer["paused_since"], "2026-02-09");
}
