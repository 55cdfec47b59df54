//! `cargo xtask detect-eval --data DIR`, `cargo xtask train-names --data DIR` and `cargo xtask group-words --vectors FILE`: the detector
//! against labelled corpora.

use anyhow::{Context, Result};

use crate::exec;

/// Prints how well names, identifiers and judgments are found, and how fast: in a folder of corpora, or in the files that are named
/// (`--sentences`, `--careless`, `--tab`, `--vectors`).
pub(crate) fn evaluate(arguments: &[String]) -> Result<()> {
    if arguments.iter().any(|a| a == "--data") {
        return lab("eval", "--data", arguments, &[]);
    }
    let mut all = vec!["run", "--release", "--locked", "-p", "finder", "--example", "lab", "--", "score"];
    all.extend(arguments.iter().map(String::as_str));
    exec::run(&mut exec::cargo(&all))
}

/// Trains the name model anew into `crates/finder/data/names.bin`: on what is not held out, or with `--all` on everything.
pub(crate) fn train(arguments: &[String]) -> Result<()> {
    lab("train", "--data", arguments, &["crates/finder/data/names.bin"])
}

/// Makes the groups of words anew into `crates/finder/data/clusters.bin`, from word vectors.
pub(crate) fn group(arguments: &[String]) -> Result<()> {
    lab("group", "--vectors", arguments, &["crates/finder/data/clusters.bin"])
}

fn lab(command: &str, from: &str, arguments: &[String], more: &[&str]) -> Result<()> {
    let at = arguments.iter().position(|a| a == from).with_context(|| format!("say what to read: {from} PATH"))?;
    let folder = arguments.get(at + 1).with_context(|| format!("{from} wants a path"))?;
    let rest = arguments.iter().enumerate().filter(|(i, _)| *i != at && *i != at + 1).map(|(_, a)| a.as_str());
    let mut all = vec!["run", "--release", "--locked", "-p", "finder", "--example", "lab", "--", command, folder.as_str()];
    all.extend(more);
    all.extend(rest);
    exec::run(&mut exec::cargo(&all))
}
