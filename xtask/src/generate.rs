//! `cargo xtask gen`: documents that are derived from the code. `--check` compares instead of writing.

mod permissions;

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, bail};

use crate::{places, say};

/// A derived document: where it is written and how it is made.
struct Document {
    path: &'static str,
    make: fn() -> Result<String>,
}

/// The one list of derived documents.
const DOCUMENTS: &[Document] = &[
    Document { path: "docs/errors.md", make: errors },
    Document { path: "docs/pack-diagnostics.md", make: diagnostics },
    Document { path: "docs/permissions.md", make: who_may },
];

/// The list of refusals, where each is a line: variant, code, what and why, what to do, what it rests on.
const REFUSALS: &str = "crates/domain/src/refusal.rs";

/// The list of what can be wrong with a pack, where each is a line: variant, number, what is wrong, what to do.
const FAULTS: &str = "crates/domain/src/policy/fault.rs";

/// Writes or checks every derived document.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let check = match arguments {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => bail!("gen takes nothing or --check"),
    };
    let mut stale = Vec::new();
    for document in DOCUMENTS {
        let path = places::root().join(document.path);
        let wanted = (document.make)().with_context(|| format!("making {}", document.path))?;
        if fs::read_to_string(&path).is_ok_and(|found| found == wanted) {
            continue;
        }
        if check {
            stale.push(document.path);
        } else {
            fs::write(&path, wanted).with_context(|| format!("writing {}", path.display()))?;
            say::line(&format!("wrote {}", document.path));
        }
    }
    if stale.is_empty() { Ok(()) } else { bail!("not what the code says any more: {}. Run `cargo xtask gen`.", stale.join(", ")) }
}

fn who_may() -> Result<String> {
    let read = |path: &str| fs::read_to_string(places::root().join(path)).with_context(|| format!("reading {path}"));
    permissions::page(&read(permissions::ROUTES)?, &read(permissions::MATRIX)?, &read(permissions::PEOPLE)?)
}

fn errors() -> Result<String> {
    let source = fs::read_to_string(places::root().join(REFUSALS)).with_context(|| format!("reading {REFUSALS}"))?;
    errors_from(&source)
}

fn errors_from(source: &str) -> Result<String> {
    let mut page = String::from(
        "# What Probity refuses\n\nEvery refusal has a stable code, says what was tried and why not, what to do next, and what it rests on. \
         The list is checked against the code.\n\n| code | what and why | what to do | rests on |\n|---|---|---|---|\n",
    );
    for entry in list(source, "refusals")? {
        let [code, what, next, basis] = entry.as_slice() else { bail!("not a refusal of four texts: {entry:?}") };
        writeln!(page, "| `{code}` | {what} | {next} | {basis} |")?;
    }
    Ok(page)
}

fn diagnostics() -> Result<String> {
    let source = fs::read_to_string(places::root().join(FAULTS)).with_context(|| format!("reading {FAULTS}"))?;
    diagnostics_from(&source)
}

fn diagnostics_from(source: &str) -> Result<String> {
    let mut page = String::from(
        "# What can be wrong with a pack\n\n`probity pack check FOLDER` prints each problem with its number, the file, the line, what is \
         wrong there and what to write instead. The numbers are stable, so notes and scripts may name them. Nothing of a pack with a problem is \
         used. [Write a pack](how-to/write-a-pack.md) shows the right form of each file.\n\n| number | what is wrong | what to do |\n|---|---|---|\n",
    );
    for entry in list(source, "faults")? {
        let [number, what, remedy] = entry.as_slice() else { bail!("not a fault of three texts: {entry:?}") };
        writeln!(page, "| `{number}` | {what} | {remedy} |")?;
    }
    Ok(page)
}

/// The texts of each line in the list that a macro makes.
fn list(source: &str, name: &str) -> Result<Vec<Vec<String>>> {
    let (_, list) = source.split_once(&format!("\n{name}! {{\n")).with_context(|| format!("the list of {name} was not found"))?;
    let (list, _) = list.split_once("\n}").with_context(|| format!("the list of {name} does not end"))?;
    let lines = list.lines().filter(|line| !line.trim().is_empty() && !line.trim().starts_with("//"));
    Ok(lines.map(texts).collect())
}

/// The texts in quotes of a line, where a quote inside one is written `\"`.
fn texts(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((_, after)) = rest.split_once('"') {
        let end =
            after.char_indices().find(|(at, letter)| *letter == '"' && !after.get(..*at).is_some_and(|before| before.ends_with('\\')));
        let Some((end, _)) = end else { break };
        found.push(after.get(..end).unwrap_or_default().replace("\\\"", "\""));
        rest = after.get(end + 1..).unwrap_or_default();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_becomes_a_row() {
        let page = errors_from("x\nrefusals! {\n    A \"A-1\" \"What.\" \"Next.\" \"Basis\";\n}\n").unwrap();
        assert!(page.ends_with("|---|---|---|---|\n| `A-1` | What. | Next. | Basis |\n"));
        assert!(errors_from("refusals! {").is_err());
        assert!(errors_from("\nrefusals! {\n  A \"A-1\" \"What.\";\n}\n").is_err());
    }

    #[test]
    fn a_fault_becomes_a_row() {
        let page = diagnostics_from("x\nfaults! {\n    A \"P001\" \"What.\" \"Write `a = \\\"b\\\"`.\";\n}\n").unwrap();
        assert!(page.ends_with("|---|---|---|\n| `P001` | What. | Write `a = \"b\"`. |\n"), "{page}");
        assert!(diagnostics_from("faults! {").is_err());
        assert!(diagnostics_from("\nfaults! {\n  A \"P001\" \"What.\";\n}\n").is_err());
    }
}
