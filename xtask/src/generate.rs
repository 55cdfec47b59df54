//! `cargo xtask gen`: documents that are derived from the code. `--check` compares instead of writing.

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
const DOCUMENTS: &[Document] = &[Document { path: "docs/errors.md", make: errors }];

/// The list of refusals, where each is a line: variant, code, what and why, what to do, what it rests on.
const REFUSALS: &str = "crates/domain/src/refusal.rs";

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

fn errors() -> Result<String> {
    let source = fs::read_to_string(places::root().join(REFUSALS)).with_context(|| format!("reading {REFUSALS}"))?;
    errors_from(&source)
}

fn errors_from(source: &str) -> Result<String> {
    let (_, list) = source.split_once("\nrefusals! {\n").context("the list of refusals was not found")?;
    let (list, _) = list.split_once("\n}").context("the list of refusals does not end")?;
    let mut page = String::from(
        "# What Probity refuses\n\nEvery refusal has a stable code, says what was tried and why not, what to do next, and what it rests on. \
         The list is checked against the code.\n\n| code | what and why | what to do | rests on |\n|---|---|---|---|\n",
    );
    for line in list.lines().filter(|line| !line.trim().is_empty() && !line.trim().starts_with("//")) {
        let literals: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
        let [code, what, next, basis] = literals.as_slice() else { bail!("not a refusal of four texts: {line}") };
        writeln!(page, "| `{code}` | {what} | {next} | {basis} |")?;
    }
    Ok(page)
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
}
