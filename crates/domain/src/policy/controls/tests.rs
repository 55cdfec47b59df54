//! Tests of the list of controls.

use std::{collections::BTreeSet, fs, path::Path};

use super::*;

#[test]
fn ids_are_unique_and_every_control_says_what_it_does() {
    let mut seen = BTreeSet::new();
    for control in CONTROLS {
        assert!(seen.insert(control.id), "{}", control.id);
        assert!(!control.title.is_empty() && control.does.ends_with('.'), "{}", control.id);
        assert_eq!(super::control(control.id), Some(control));
    }
}

#[test]
fn a_clause_is_planned_as_soon_as_one_of_its_controls_is() {
    let planned = CONTROLS.iter().find(|control| matches!(control.state, State::Planned { .. })).unwrap();
    assert_eq!(state_of(["rights-clock", planned.id]).unwrap().name(), "planned");
    assert_eq!(state_of(["rights-clock", "attest-conduct", "definition"]), Some(State::Attested), "no better than the weakest");
    assert_eq!(state_of(["definition", "rights-clock"]), Some(State::Enforced));
    assert_eq!(state_of(["definition"]), Some(State::Definition));
    assert_eq!(state_of(["no-such-control"]), None);
    assert_eq!(state_of([]), None);
}

/// All Rust sources of the workspace as one text.
fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("target") && !path.ends_with("node_modules") {
            sources(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_working_control_names_a_test_that_exists_and_a_planned_one_what_it_waits_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut text = String::new();
    sources(&root.join("crates"), &mut text);
    sources(&root.join("tests"), &mut text);
    for control in CONTROLS {
        match control.state {
            State::Planned { waits_for } => assert!(!waits_for.is_empty() && control.shown_by.is_empty(), "{}", control.id),
            _ => assert!(text.contains(&format!("fn {}(", control.shown_by)), "{}: no test {}", control.id, control.shown_by),
        }
    }
}
