//! The main job on invented mail, among much that concerns nobody.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;
use testkit::files::write_all;

use crate::support::{arg, file, folder, probity, run};

struct Outcome {
    review: Value,
    pack: Vec<u8>,
    texts: Vec<String>,
}

/// Plants items, runs the job with `--yes`, reads everything back.
fn answered(seed: u64, noise: usize) -> (testkit::Planted, Outcome) {
    let planted = testkit::planted(seed, noise);
    let at = folder();
    let mailbox = at.path().join("places");
    write_all(&mailbox, &planted.files).unwrap();
    let request = file(at.path(), "request.eml", &planted.request_mail);
    let person = file(at.path(), "person.toml", planted.person.to_toml());
    let out = at.path().join("answer");
    let output = probity()
        .args(["sar", "run", "--request", arg(&request), "--source", arg(&mailbox), "--person", arg(&person)])
        .args(["--pack", "childrens-education-cic", "--out", arg(&out), "--yes"])
        .output()
        .unwrap();
    assert!(output.status.success(), "seed {seed}: {}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let read = |name: &str| std::fs::read(out.join(name)).unwrap();
    let press = adapters::press::TypstPress::new();
    let mut texts = services::ports::Press::read_back(&press, &read("pack.pdf")).unwrap();
    texts.push(String::from_utf8(read("pack.json")).unwrap());
    texts.push(read("pack.pdf").iter().map(|byte| char::from(*byte)).collect());
    let manifest = Command::new("sha256sum").args(["--check", "--status", "manifest.sha256"]).current_dir(&out).status().unwrap();
    assert!(manifest.success(), "the manifest does not fit");
    (planted, Outcome { review: serde_json::from_slice(&read("review.json")).unwrap(), pack: read("pack.pdf"), texts })
}

fn folded(text: &str) -> String {
    finder::fold::fold(text)
}

#[test]
fn every_planted_item_is_found_and_nothing_withheld_can_be_read() {
    for seed in [3, 11] {
        let (planted, outcome) = answered(seed, 150);
        assert!(outcome.pack.starts_with(b"%PDF"));
        let items = outcome.review["items"].as_array().unwrap();
        let mut by_file: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for item in items {
            let locator = item["locator"].as_str().unwrap();
            for expectation in &planted.expected {
                if locator.contains(&expectation.path) {
                    by_file.entry(&expectation.path).or_default().push(item);
                }
            }
        }
        let read_back: Vec<String> = outcome.texts.iter().map(|text| folded(text)).collect();
        let (mut missed, mut unproposed, mut leaked) = (Vec::new(), Vec::new(), Vec::new());
        for expectation in &planted.expected {
            let met = by_file.get(expectation.path.as_str()).cloned().unwrap_or_default();
            let found = met.iter().any(|item| matches!(item["band"].as_str(), Some("certain" | "likely")));
            if !found {
                missed.push(format!("{} ({})", expectation.path, expectation.how));
            }
            for other in &expectation.third_party {
                let wanted = folded(other);
                let proposed = items.iter().flat_map(|item| item["redactions"].as_array().unwrap()).any(|redaction| {
                    let text = folded(redaction["text"].as_str().unwrap());
                    text.contains(&wanted) || wanted.contains(&text)
                });
                if !proposed {
                    unproposed.push(format!("{other} in {} ({})", expectation.path, expectation.how));
                }
                if read_back.iter().any(|text| text.contains(&wanted)) {
                    leaked.push(format!("{other} in {} ({})", expectation.path, expectation.how));
                }
            }
        }
        assert!(missed.is_empty(), "seed {seed}: missed {missed:#?}");
        assert!(unproposed.is_empty(), "seed {seed}: not proposed {unproposed:#?}");
        assert!(leaked.is_empty(), "seed {seed}: leaked {leaked:#?}");
    }
}

#[test]
fn without_yes_nothing_is_burnt() {
    let planted = testkit::planted(5, 10);
    let at = folder();
    let places = at.path().join("places");
    write_all(&places, &planted.files).unwrap();
    let request = file(at.path(), "request.eml", &planted.request_mail);
    let out = at.path().join("answer");
    let output = run(&["sar", "run", "--request", arg(&request), "--source", arg(&places), "--out", arg(&out)]);
    assert!(output.status.success());
    assert!(out.join("review.json").exists());
    assert!(!out.join("pack.pdf").exists());
}

#[test]
fn a_folder_with_something_in_it_is_not_overwritten() {
    let planted = testkit::planted(5, 1);
    let at = folder();
    let request = file(at.path(), "request.eml", &planted.request_mail);
    let out = at.path().join("answer");
    file(&out, "precious.txt", "keep");
    let output = run(&["sar", "run", "--request", arg(&request), "--source", arg(at.path()), "--out", arg(&out), "--yes"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(std::fs::read(out.join("precious.txt")).unwrap(), b"keep");
}
