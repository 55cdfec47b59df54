//! `cargo xtask detect-eval --data DIR` and `cargo xtask train-names --data DIR`: the detector against labelled corpora.

use anyhow::{Context, Result};

use crate::exec;

/// Prints how well names, identifiers and judgments are found, and how fast.
pub(crate) fn evaluate(arguments: &[String]) -> Result<()> {
    lab("eval", arguments, &[])
}

/// Trains the name model anew into `crates/finder/data/names.bin`: on what is not held out, or with `--all` on everything.
pub(crate) fn train(arguments: &[String]) -> Result<()> {
    lab("train", arguments, &["crates/finder/data/names.bin"])
}

fn lab(command: &str, arguments: &[String], more: &[&str]) -> Result<()> {
    let at = arguments.iter().position(|a| a == "--data").context("name the folder of the corpora: --data DIR")?;
    let folder = arguments.get(at + 1).context("--data wants a folder")?;
    let rest = arguments.iter().enumerate().filter(|(i, _)| *i != at && *i != at + 1).map(|(_, a)| a.as_str());
    let mut all = vec!["run", "--release", "--locked", "-p", "finder", "--example", "lab", "--", command, folder.as_str()];
    all.extend(more);
    all.extend(rest);
    exec::run(&mut exec::cargo(&all))
}
