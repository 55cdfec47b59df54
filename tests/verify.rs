//! Evidence from outside: what `verify` finds, and what is left of an erased person.

use std::path::Path;

use crate::support::{arg, databases, folder, installation, json, probity, run};

/// Some work in an installation.
fn worked(data: &Path, seed: &str, count: &str) {
    let output = probity().args(["exercise", "--data", arg(data), "--seed", seed, "--count", count]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_rolled_back_database_is_found_with_a_saved_checkpoint() {
    let at = folder();
    let data = installation(at.path(), "");
    worked(&data, "1", "30");
    let earlier = at.path().join("earlier");
    copy(&data.join("data"), &earlier);
    worked(&data, "2", "30");
    let saved = at.path().join("checkpoint.txt");
    assert!(run(&["verify", "--data", arg(&data), "--save-checkpoint", arg(&saved)]).status.success());
    std::fs::remove_dir_all(data.join("data")).unwrap();
    copy(&earlier, &data.join("data"));
    let output = run(&["verify", "--data", arg(&data), "--checkpoint", arg(&saved), "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["ok"], false);
    assert!(!report["problems"].as_array().unwrap().is_empty());
}

#[test]
fn verify_passes_on_both_engines_and_says_what_it_checked() {
    for database in databases("verify") {
        let at = folder();
        let data = installation(at.path(), &database);
        worked(&data, "7", "60");
        let report = json(&["verify", "--data", arg(&data), "--json"]);
        assert_eq!(report["ok"], true, "{report}");
        assert!(report["versions"].as_u64().unwrap() > 20, "{report}");
        assert!(report["checkpoint"].as_str().unwrap().contains('\u{2014}'), "a signed note: {report}");
    }
}

#[test]
fn no_personal_data_stands_in_clear_in_any_file() {
    let at = folder();
    let data = installation(at.path(), "");
    worked(&data, "9", "60");
    let mut folders = vec![data.clone()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files += 1;
                let bytes = std::fs::read(&path).unwrap();
                assert!(!bytes.windows(6).any(|window| window == b"Canary"), "{} holds personal data in clear", path.display());
            }
        }
    }
    assert!(files >= 4, "the installation has files");
}

#[test]
fn an_erased_person_is_gone_and_verify_passes() {
    for database in databases("erase") {
        let at = folder();
        let data = installation(at.path(), &database);
        worked(&data, "5", "40");
        // A running request is not erased: somebody waits for its answer.
        let output = run(&["erase", "--data", arg(&data), "--reference", "SAR-0000-0001", "--yes"]);
        assert_eq!(output.status.code(), Some(1));
        let output = probity().args(["exercise", "--data", arg(&data), "--finish"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let reference = String::from_utf8(output.stdout).unwrap().trim().to_owned();
        let output = run(&["erase", "--data", arg(&data), "--reference", &reference, "--yes"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let gone = json(&["exercise", "--data", arg(&data), "--show", &reference]);
        assert_eq!(gone["person"]["erased"], true, "{gone}");
        assert!(!gone.to_string().contains("Canary"), "{gone}");
        assert_eq!(json(&["verify", "--data", arg(&data), "--json"])["ok"], true);
    }
}
