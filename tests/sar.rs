//! The main job on invented mail, among much that concerns nobody.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;
use testkit::files::write_all;

use crate::support::{arg, file, folder, printed, probity, run};

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

/// A PDF of one page with these lines.
fn letter(lines: &[&str]) -> Vec<u8> {
    let shown = format!("({}) Tj", lines.join(") Tj T* ("));
    let content = format!("BT /F1 12 Tf 16 TL 40 780 Td {shown} ET");
    format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.28 841.89] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>\nendobj\n\
         4 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n\
         trailer\n<< /Root 1 0 R >>\n%%EOF\n",
        content.len()
    )
    .into_bytes()
}

#[test]
fn a_pdf_keeps_its_look_in_the_pack_and_loses_what_is_withheld() {
    let planted = testkit::planted(5, 0);
    let name = planted.person.names.first().unwrap();
    let at = folder();
    let places = at.path().join("places");
    let (first, second) = (format!("Notes of the meeting with {name}."), format!("{name} can be reached through a friend,"));
    file(&places, "notes.pdf", letter(&[&first, &second, "gwendolen.askew@postbox.example, who agreed to help.", "Everything went well."]));
    file(&places, "plain.txt", format!("{name} came again on Friday."));
    let request = file(at.path(), "request.eml", &planted.request_mail);
    let person = file(at.path(), "person.toml", planted.person.to_toml());
    let out = at.path().join("answer");
    let output =
        run(&["sar", "run", "--request", arg(&request), "--source", arg(&places), "--person", arg(&person), "--out", arg(&out), "--yes"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let pack: Value = serde_json::from_slice(&std::fs::read(out.join("pack.json")).unwrap()).unwrap();
    let pages: Vec<(&str, u64)> = pack["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["kind"].as_str().unwrap(), item["pages_shown"].as_u64().unwrap()))
        .collect();
    assert!(pages.contains(&("PDF document", 1)) && pages.contains(&("Text", 0)), "{pages:?}");
    assert!(pack["notes"].as_array().unwrap().iter().any(|note| note.as_str().unwrap().contains("shown as pictures of its pages")));
    let text = printed(&Command::new("pdftotext").args([arg(&out.join("pack.pdf")), "-"]).output().unwrap());
    assert!(text.contains("came again on Friday") && !text.contains("Everything went well"), "{text}");
    assert!(!text.contains("askew") && !pack.to_string().contains("askew"));
    let pictures = Command::new("pdfimages").args(["-list", arg(&out.join("pack.pdf"))]).output().unwrap();
    assert_eq!(printed(&pictures).lines().filter(|line| line.contains(" image ")).count(), 1, "{}", printed(&pictures));
}

#[test]
fn the_lines_of_find_say_what_is_the_same_as_another_item() {
    let home = folder();
    let letter = "From: grace@mail.example\nSubject: Hall\n\nAmelia Quarrendon has the key.\n";
    file(home.path(), "box/1.eml", letter);
    file(home.path(), "box/2.eml", letter);
    let person = file(home.path(), "person.toml", "names = [\"Amelia Quarrendon\"]\n");
    let found = printed(&run(&["find", "--person", arg(&person), "--source", arg(&home.path().join("box"))]));
    let lines: Vec<&str> = found.lines().filter(|line| line.contains(".eml\t")).collect();
    assert_eq!(lines.len(), 2, "{found}");
    assert!(!lines[0].contains("the same as") && lines[1].contains("1.eml, which is counted"), "{found}");
    assert!(found.contains("2 items searched, 1 concern the person."), "{found}");
}
