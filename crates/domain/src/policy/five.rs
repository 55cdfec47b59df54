//! Tests of the five founding packs together: every clause of every policy is there, bound,
//! and explained where something else holds.

use std::{collections::BTreeSet, fs, path::Path};

use super::*;

/// Each pack: name, prefix of its clauses, how many there are, how many of them name a conflict.
const FIVE: [(&str, &str, usize, usize); 5] = [
    ("advocacy-charity", "CEN", 94, 43),
    ("childrens-education-cic", "TURN", 187, 49),
    ("social-enterprise", "SEK", 90, 42),
    ("training-provider", "CPO", 215, 63),
    ("home-care-provider", "CARE", 86, 31),
];

#[test]
fn every_clause_has_a_control_and_none_is_lost() {
    let mut all = 0;
    for (name, prefix, clauses, conflicts) in FIVE {
        let policy = Policy::builtin(name).unwrap();
        let coverage = policy.coverage();
        let ids: BTreeSet<&str> = policy.clauses().iter().map(|clause| clause.id.as_str()).collect();
        for number in 1..=clauses {
            assert!(ids.contains(format!("{prefix}-{number:02}").as_str()), "{prefix}-{number:02}");
        }
        assert_eq!((ids.len(), coverage.clauses, coverage.orphan), (clauses, clauses, 0), "{name}");
        let by_state = coverage.enforced + coverage.evidenced + coverage.attested + coverage.definition + coverage.planned;
        assert_eq!(by_state, clauses, "{name}: each clause counts once");
        let told: BTreeSet<&str> = policy.conflicts().iter().map(|conflict| conflict.clause.as_str()).collect();
        let marked: Vec<_> = policy.clauses().iter().filter(|clause| clause.conflict.is_some()).collect();
        assert_eq!(marked.len(), conflicts, "{name}");
        assert!(marked.iter().all(|clause| told.contains(clause.id.as_str())), "{name}");
        all += clauses;
    }
    assert_eq!(all, 672);
}

#[test]
fn every_conflict_says_what_wins_why_and_on_what_it_rests() {
    for (name, ..) in FIVE {
        let policy = Policy::builtin(name).unwrap();
        for conflict in policy.conflicts() {
            let place = format!("{name} {} {}", conflict.clause, conflict.says);
            for text in [&conflict.says, &conflict.wins, &conflict.why, &conflict.source] {
                assert!(!text.trim().is_empty(), "{place}");
            }
            assert!(!conflict.source.contains("Article 77"), "{place}: the article is repealed");
        }
        for clause in policy.clauses().iter().filter_map(|clause| clause.conflict.as_ref().map(|it| (clause, it))) {
            assert!(!clause.1.mend.is_empty(), "{}: no wording that would mend it", clause.0.id);
        }
    }
}

#[test]
fn the_facts_of_the_policies_stand_in_the_packs_exactly() {
    for (clause, facts) in [
        ("CEN-32", "3 backups daily; 5 data stores"),
        ("CEN-50", "14 calendar days"),
        ("CEN-72", "6 calendar months"),
        ("CEN-79", "21"),
        ("TURN-147", "min 8; letters + numbers"),
        ("TURN-162", "12 months after 27.09.19"),
        ("TURN-165", "6 tests"),
        ("SEK-34", "one month (30 days)"),
        ("SEK-76", "6 months after employee leaves"),
        ("CPO-118", "GBP 10"),
        ("CPO-119", "40 days"),
        ("CPO-156", ">= 20; 12 years"),
        ("CPO-164", "40 years"),
        ("CARE-61", "3 options; 2 places"),
        ("CARE-74", "72 hours; trigger = discovery"),
    ] {
        let found = FIVE.iter().find_map(|(name, ..)| {
            let policy = Policy::builtin(name).unwrap();
            policy.clauses().iter().find(|it| it.id == clause).map(|it| it.parameters.clone())
        });
        assert!(found.as_ref().is_some_and(|text| text.contains(facts)), "{clause}: {found:?}");
    }
}

#[test]
fn superseded_values_are_kept_and_never_used() {
    let sek = Policy::builtin("social-enterprise").unwrap();
    assert!(sek.rights().form_required, "kept");
    let cpo = Policy::builtin("training-provider").unwrap();
    assert_eq!((cpo.rights().fee_pence, crate::law::FEE_PENCE.value), (1000, 0), "kept, and free of charge all the same");
    assert!(cpo.conflicts().iter().any(|conflict| conflict.clause == "CPO-118" && conflict.winner == Winner::Law));
    for rule in cpo.rule_list() {
        assert!(!format!("{:?}", rule.kind).contains("Days(40)"), "{}", rule.id);
    }
}

#[test]
fn no_pack_names_a_real_organisation_or_a_real_contact() {
    for (name, prefix, ..) in FIVE {
        let files = Policy::builtin_files(name).unwrap();
        for (file, text) in &files {
            for word in text.split_whitespace().filter(|word| word.split_once('@').is_some_and(|(_, after)| after.contains('.'))) {
                assert!(word.trim_matches(['"', ',', '[', ']']).ends_with(".example"), "{name} {file}: {word}");
            }
            // The initials of the source stand only in clause ids.
            let bare = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').filter(|word| *word == prefix).count();
            assert_eq!(bare, 0, "{name} {file}");
        }
        assert!(!Policy::builtin(name).unwrap().organisation().name.is_empty());
    }
}

#[test]
fn every_file_of_every_pack_folder_is_built_in() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    for entry in fs::read_dir(root).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        let known: BTreeSet<String> = Policy::builtin_files(&name).unwrap().into_iter().map(|(file, _)| file).collect();
        let there: BTreeSet<String> =
            fs::read_dir(entry.path()).unwrap().flatten().map(|file| file.file_name().into_string().unwrap()).collect();
        assert_eq!(known, there, "{name}: policy/builtin.rs lists other files than the folder has");
    }
}
