//! Two years of life under each founding pack: nothing goes under a hold, every alert is
//! given once, every date explains itself.

use serde_json::Value;

use crate::support::{printed, run};

#[test]
fn two_years_of_each_organisation_go_by_without_anything_wrong() {
    for seed in ["1", "20260205"] {
        let out = run(&["bench", "life", "--seed", seed]);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let lines: Vec<Value> = printed(&out).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 5, "one line for each organisation");
        for line in &lines {
            let name = line["name"].as_str().unwrap();
            assert_eq!(line["wrong"], Value::Array(Vec::new()), "{name}");
            for happened in ["clocks", "kept", "late", "duties", "alerts"] {
                assert!(line[happened].as_u64().unwrap() > 10, "{name}: hardly any {happened}: the simulation does not test much");
            }
            // One policy gives no periods at all: there, everything waits for the organisation.
            let blocked = name.ends_with("home-care-provider");
            assert!(blocked || line["destroyed"].as_u64().unwrap() > 100, "{name}: {line}");
            assert!(blocked || line["held"].as_u64().unwrap() > 5, "{name}: {line}");
            assert!(line["waiting"].as_u64().unwrap() > 0, "{name}: {line}");
        }
    }
}
