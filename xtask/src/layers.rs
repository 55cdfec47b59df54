//! `cargo xtask check-layers`: nobody imports upwards, and drivers, HTTP, templates and typesetting stay in their crate.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::metadata::{self, Package};
use crate::setup::assets::files_under;
use crate::{places, rust_text, say};

/// The one table of floors: a crate and the crates of ours that it may use. Lowest first.
const FLOORS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("finder", &["domain"]),
    ("store", &["domain"]),
    ("services", &["domain", "finder", "store"]),
    ("adapters", &["domain", "finder", "services"]),
    ("web", &["domain", "services"]),
    ("testkit", &["domain", "finder", "store", "services", "adapters"]),
    // `probity demo` writes the invented mail that the tests use, so the program contains testkit.
    ("app", &["domain", "finder", "store", "services", "adapters", "web", "testkit"]),
    ("xtask", &[]),
];

/// What tests of any crate may use besides.
const FOR_TESTS: &str = "testkit";

/// Crates of others that only some of ours may use: (theirs, ours).
const KEPT_IN: &[(&str, &[&str])] = &[
    // The store for our own records, the adapters for databases of others (docs/adr/0022).
    ("rusqlite", &["store", "adapters"]),
    ("postgres", &["store", "adapters"]),
    ("tokio-postgres", &["store"]),
    ("axum", &["web", "app"]),
    ("tower-http", &["web", "app"]),
    ("minijinja", &["web", "app"]),
    ("typst", &["adapters"]),
    ("typst-pdf", &["adapters"]),
    ("typst-as-lib", &["adapters"]),
    ("hayro", &["adapters"]),
    ("mail-parser", &["adapters"]),
    ("anyhow", &["app", "xtask"]),
];

/// Crates whose rules are functions of their arguments, and what such a function cannot touch.
const PURE: &[&str] = &["domain", "finder"];
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::io::std",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "getrandom",
    "rand::",
];

/// The check as a command.
pub(crate) fn run(_: &[String]) -> Result<()> {
    let mut problems = edges(&metadata::workspace()?);
    for name in PURE {
        problems.extend(impure(&places::root().join("crates").join(name).join("src"))?);
    }
    for problem in &problems {
        say::problem(problem);
    }
    if problems.is_empty() { Ok(()) } else { bail!("{} broken layer rules", problems.len()) }
}

/// Every edge of the workspace that the two tables do not allow.
fn edges(packages: &[Package]) -> Vec<String> {
    let mut problems = Vec::new();
    for package in packages {
        let name = package.name.as_str();
        let Some((_, allowed)) = FLOORS.iter().find(|(floor, _)| *floor == name) else {
            problems.push(format!("{name} is not in the table of floors"));
            continue;
        };
        for dependency in &package.dependencies {
            let other = dependency.name.as_str();
            if dependency.ours {
                let for_tests = dependency.development && other == FOR_TESTS;
                if !allowed.contains(&other) && !for_tests {
                    problems.push(format!("{name} must not use {other}"));
                }
            } else if let Some((_, homes)) = KEPT_IN.iter().find(|(kept, _)| *kept == other)
                && !homes.contains(&name)
                && !dependency.development
            {
                problems.push(format!("{name} must not use {other}: it stays in {}", homes.join(", ")));
            }
        }
    }
    problems
}

/// Every mention of clock, randomness, threads or the outside world in the code of a pure crate, tests excepted.
fn impure(folder: &Path) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for file in files_under(folder)?.iter().filter(|file| file.extension().is_some_and(|end| end == "rs")) {
        let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        let code = rust_text::without_tests(&rust_text::blank(&text));
        for word in impure_words(&code) {
            problems.push(format!("{} is pure and must not use {word}", file.strip_prefix(places::root()).unwrap_or(file).display()));
        }
    }
    Ok(problems)
}

fn impure_words(code: &str) -> Vec<&'static str> {
    IMPURE.iter().copied().filter(|word| code.contains(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::Dependency;

    fn package(name: &str, dependencies: &[(&str, bool, bool)]) -> Package {
        let dependencies = dependencies
            .iter()
            .map(|(name, development, ours)| Dependency { name: (*name).to_owned(), development: *development, ours: *ours })
            .collect();
        Package { name: name.to_owned(), dependencies }
    }

    #[test]
    fn downward_edges_pass_and_upward_edges_do_not() {
        assert!(edges(&[package("services", &[("domain", false, true), ("store", false, true), ("testkit", true, true)])]).is_empty());
        assert_eq!(edges(&[package("web", &[("store", false, true)])]), ["web must not use store"]);
        assert_eq!(edges(&[package("domain", &[("finder", true, true)])]), ["domain must not use finder"]);
        assert_eq!(edges(&[package("services", &[("testkit", false, true)])]), ["services must not use testkit"]);
        assert_eq!(edges(&[package("newcomer", &[])]), ["newcomer is not in the table of floors"]);
    }

    #[test]
    fn drivers_and_templates_stay_in_their_crate() {
        assert!(edges(&[package("store", &[("rusqlite", false, false), ("postgres", false, false)])]).is_empty());
        assert_eq!(
            edges(&[package("services", &[("rusqlite", false, false)])]),
            ["services must not use rusqlite: it stays in store, adapters"]
        );
        assert_eq!(edges(&[package("services", &[("axum", false, false)])]), ["services must not use axum: it stays in web, app"]);
        assert!(edges(&[package("app", &[("rusqlite", true, false)])]).is_empty());
    }

    #[test]
    fn a_floor_uses_lower_floors_only() {
        for (index, (name, allowed)) in FLOORS.iter().enumerate() {
            for other in *allowed {
                assert!(FLOORS.iter().take(index).any(|(lower, _)| lower == other), "{name} -> {other}");
            }
        }
    }

    #[test]
    fn impure_code_is_found_outside_tests_and_comments() {
        let code = |text: &str| impure_words(&rust_text::without_tests(&rust_text::blank(text)));
        assert_eq!(code("fn a() { std::fs::read(\"x\"); }"), ["std::fs"]);
        assert!(
            code("// std::fs is not used\nfn a() -> &'static str { \"std::env\" }\n#[cfg(test)]\nmod tests { use std::fs; }").is_empty()
        );
    }
}
