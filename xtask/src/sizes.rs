//! `cargo xtask check-sizes`: budgets that keep files readable. The length of functions is clippy's business.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::setup::assets::files_under;
use crate::{places, rust_text, say};

/// Code lines without inline test modules, comments and blank lines.
const MEDIAN: usize = 120;
const NINTH_DECILE: usize = 300;
const HARD: usize = 600;

/// Files with a budget of their own: the place where engines may differ must stay small.
const OWN: &[(&str, usize)] = &[("crates/store/src/dialect.rs", 150)];

/// The check as a command.
pub(crate) fn run(_: &[String]) -> Result<()> {
    let sizes = measure()?;
    let mut problems = problems(&sizes);
    problems.extend(
        OWN.iter()
            .filter(|(own, _)| !sizes.iter().any(|(file, _)| file == own))
            .map(|(own, _)| format!("{own} has a budget but does not exist")),
    );
    say::line(&format!(
        "{} files, median {}, p90 {}, longest {}",
        sizes.len(),
        quantile(&sizes, 50),
        quantile(&sizes, 90),
        quantile(&sizes, 100)
    ));
    for problem in &problems {
        say::problem(problem);
    }
    if problems.is_empty() { Ok(()) } else { bail!("{} size budgets exceeded", problems.len()) }
}

/// Every Rust file of the product, of xtask and of the tests, with its code lines.
fn measure() -> Result<Vec<(String, usize)>> {
    let root = places::root();
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in ["crates", "xtask", "tests"] {
        files.extend(files_under(&root.join(folder))?);
    }
    files.retain(|file| file.extension().is_some_and(|end| end == "rs"));
    let size = |file: &PathBuf| -> Result<(String, usize)> {
        let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        Ok((file.strip_prefix(&root)?.to_string_lossy().into_owned(), rust_text::code_lines(&text)))
    };
    files.iter().map(size).collect()
}

fn problems(sizes: &[(String, usize)]) -> Vec<String> {
    let mut problems = Vec::new();
    for (what, percent, budget) in [("median", 50, MEDIAN), ("p90", 90, NINTH_DECILE)] {
        let found = quantile(sizes, percent);
        if found > budget {
            problems.push(format!("the {what} of all files is {found} code lines; the budget is {budget}"));
        }
    }
    for (file, lines) in sizes {
        let budget = OWN.iter().find(|(own, _)| own == file).map_or(HARD, |(_, budget)| *budget);
        if *lines > budget {
            problems.push(format!("{file} has {lines} code lines; the budget is {budget}"));
        }
    }
    problems
}

/// The smallest size that at least `percent` of the files do not exceed.
fn quantile(sizes: &[(String, usize)], percent: usize) -> usize {
    let mut lines: Vec<usize> = sizes.iter().map(|(_, lines)| *lines).collect();
    lines.sort_unstable();
    let rank = (lines.len() * percent).div_ceil(100).max(1) - 1;
    lines.get(rank).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(lines: &[usize]) -> Vec<(String, usize)> {
        lines.iter().enumerate().map(|(index, lines)| (format!("{index}.rs"), *lines)).collect()
    }

    #[test]
    fn quantiles_are_ranks() {
        let ten = sizes(&[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
        assert_eq!((quantile(&ten, 50), quantile(&ten, 90), quantile(&ten, 100)), (5, 9, 10));
        assert_eq!(quantile(&[], 50), 0);
    }

    #[test]
    fn each_budget_is_checked() {
        assert!(problems(&sizes(&[120, 100, 300])).is_empty());
        assert_eq!(problems(&sizes(&[10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 601])), ["10.rs has 601 code lines; the budget is 600"]);
        assert_eq!(problems(&sizes(&[121, 121])), ["the median of all files is 121 code lines; the budget is 120"]);
        assert_eq!(problems(&sizes(&[1, 1, 301])), ["the p90 of all files is 301 code lines; the budget is 300"]);
        assert_eq!(problems(&[("crates/store/src/dialect.rs".to_owned(), 151)]).len(), 2);
    }
}
