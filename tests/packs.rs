//! `probity pack`: the five founding policies as others see them, and packs with something
//! wrong.

use std::path::Path;

use serde_json::Value;

use crate::support::{arg, file, folder, json, printed, run};

/// Each founding pack with the number of its clauses.
const FIVE: [(&str, u64); 5] = [
    ("advocacy-charity", 94),
    ("childrens-education-cic", 187),
    ("social-enterprise", 90),
    ("training-provider", 215),
    ("home-care-provider", 86),
];

#[test]
fn the_five_policies_cover_672_clauses_and_leave_no_orphan() {
    let mut all = 0;
    for (pack, clauses) in FIVE {
        let coverage = json(&["pack", "coverage", pack, "--json"]);
        assert_eq!(
            (coverage["pack"].as_str(), coverage["clauses"].as_u64(), coverage["orphan"].as_u64()),
            (Some(pack), Some(clauses), Some(0))
        );
        let states = ["enforced", "evidenced", "attested", "definition", "planned", "orphan"];
        let counted: u64 = states.iter().map(|state| coverage[*state].as_u64().unwrap()).sum();
        assert_eq!(counted, clauses, "{pack}");
        for clause in coverage["clauses_list"].as_array().unwrap() {
            assert!(states.contains(&clause["state"].as_str().unwrap()) && !clause["controls"].as_array().unwrap().is_empty(), "{clause}");
        }
        all += clauses;
    }
    assert_eq!(all, 672);
}

#[test]
fn the_conflicts_name_what_wins_and_the_superseded_values_are_never_used() {
    for (pack, clause, wins) in [
        ("training-provider", "CPO-118", "ree"),
        ("training-provider", "CPO-119", "month"),
        ("social-enterprise", "SEK-78", "6"),
        ("advocacy-charity", "CEN-58", "any"),
        ("advocacy-charity", "CEN-72", ""),
    ] {
        let conflicts = json(&["pack", "conflicts", pack, "--json"]);
        let found =
            conflicts.as_array().unwrap().iter().find(|conflict| conflict["clause"] == clause).unwrap_or_else(|| panic!("{clause}"));
        for key in ["says", "wins", "why", "source"] {
            assert!(!found[key].as_str().unwrap().is_empty(), "{clause}: {key}");
        }
        assert!(
            found["wins"].as_str().unwrap().to_lowercase().contains(wins) || found["wins"].as_str().unwrap().contains("six"),
            "{found}"
        );
    }
    // 40 days would be 11 January; the month ends on 2 January, a Saturday, and rolls to the Monday.
    let reply = json(&["deadline", "--rule", "access", "--from", "2026-12-02", "--pack", "training-provider", "--json"]);
    assert_eq!(reply["due"], "2027-01-04");
}

#[test]
fn a_wrong_pack_is_explained_with_number_file_line_and_remedy() {
    let folder = folder();
    file(folder.path(), "pack.toml", "name = \"hall\"\ninherits = \"uk\"\n");
    file(folder.path(), "rights.toml", "reply = \"6\"\n");
    file(folder.path(), "clauses.toml", "[[clause]]\nid = \"H-1\"\nsays = \"We do.\"\n");
    let output = run(&["pack", "check", arg(folder.path()), "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let body: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(body["ok"], false);
    let problem = &body["problems"][0];
    assert_eq!(
        (problem["number"].as_str(), problem["file"].as_str(), problem["line"].as_u64()),
        (Some("P003"), Some("rights.toml"), Some(1))
    );
    assert!(!problem["remedy"].as_str().unwrap().is_empty());
    file(folder.path(), "rights.toml", "reply = { months = 1 }\n");
    let output = run(&["pack", "check", arg(folder.path())]);
    assert!(printed(&output).contains("P031 clauses.toml, line 2"), "{}", printed(&output));
    file(folder.path(), "clauses.toml", "x".repeat(10_000_000));
    let large = run(&["pack", "check", arg(folder.path())]);
    assert!(large.status.code() == Some(1) && printed(&large).contains("P005"), "{}", printed(&large));
}

#[test]
fn a_pack_that_cannot_be_used_computes_nothing() {
    let folder = folder();
    file(folder.path(), "pack.toml", "name = \"hall\"\ninherits = \"hall\"\n");
    for args in [
        vec!["deadline", "--rule", "access", "--from", "2026-12-02", "--pack", arg(folder.path())],
        vec!["pack", "coverage", arg(folder.path())],
        vec!["pack", "conflicts", arg(folder.path())],
    ] {
        let output = run(&args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("P007"), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(Path::new(arg(folder.path())).join("pack.toml").exists());
}
