//! The detector's bench. `lab eval DIR` prints how well labelled corpora are found, `lab train DIR WEIGHTS` trains the name model
//! on what is not held out (`--all`: on everything). `cargo xtask detect-eval` and `cargo xtask train-names` run them.
//!
//! DIR holds `sentences.jsonl`, `tab-*.jsonl`, `*.conll`, `train/` and `uk-identifier-vectors.csv`; whatever is missing is left out.

mod chance;
mod conll;
mod corpus;
mod group;
mod invent;
mod request;
mod score;
mod speed;
mod tab;
mod train;
mod vectors;

use std::error::Error;
use std::io::Write;
use std::path::Path;

use corpus::{Doc, Group};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [command, folder, rest @ ..] = arguments.as_slice() else {
        return Err("lab eval DIR [--fold N] [--show GROUP] [--weights FILE] | lab train DIR WEIGHTS [--all] [--rounds N] [--margin X] [--miss X] [--blind N] [--fold N] \
                    [--persons X] [--organisations X] [--places X]".into());
    };
    let fold = rest.iter().position(|a| a == "--fold").and_then(|i| rest.get(i + 1)).and_then(|n| n.parse().ok()).unwrap_or(0);
    let weights = rest.iter().position(|a| a == "--weights").and_then(|i| rest.get(i + 1));
    if weights.is_some_and(|w| !std::fs::read(w).is_ok_and(finder::detect::names::try_weights)) {
        return Err("these are no weights of this model".into());
    }
    let show = rest.iter().position(|a| a == "--show").and_then(|i| rest.get(i + 1)).map(String::as_str);
    match command.as_str() {
        "eval" => eval(Path::new(folder), fold, show),
        "group" => {
            let to = rest.first().ok_or("lab group VECTORS.json TABLE")?;
            group::group(Path::new(folder), Path::new(to), &mut std::io::stdout().lock())
        }
        "train" => {
            let docs = corpus::read(Path::new(folder), fold)?;
            let to = rest.first().ok_or("lab train DIR WEIGHTS")?;
            let mut out = std::io::stdout().lock();
            train::train(&docs, train::Course::from(rest), Path::new(to), &mut out)?;
            Ok(train::done(Path::new(to), &mut out)?)
        }
        other => Err(format!("no command {other}").into()),
    }
}

/// Prints the table; with a group to show, every difference in its held-out part as well.
fn eval(folder: &Path, fold: usize, show: Option<&str>) -> Result<(), Box<dyn Error>> {
    let docs = corpus::read(folder, fold)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:34} {:>6} {:>6} {:>6}   {:>6} {:>6} {:>6}  persons", "persons (held out | all)", "P", "R", "F1", "P", "R", "F1")?;
    for group in Group::ALL {
        let of: Vec<&Doc> = docs.iter().filter(|d| d.group == group).collect();
        if of.is_empty() {
            continue;
        }
        let held: Vec<&Doc> = of.iter().copied().filter(|d| d.held).collect();
        for (how, overlap) in [("exact", false), ("overlapping", true)] {
            let (a, b) = (score::persons(&held, overlap), score::persons(&of, overlap));
            writeln!(out, "{:34} {a}   {b}  {}", format!("{} {how}", group.name()), a.expected())?;
        }
        if show == Some(group.name()) {
            score::differences(&held, &mut out)?;
        }
    }
    for (what, held_only) in [("held out", true), ("all", false)] {
        let of: Vec<&Doc> = docs.iter().filter(|d| d.group == Group::Judgments && (d.held || !held_only)).collect();
        tab::report(&of, what, show == Some("tab") && held_only, &mut out)?;
        request::report(&of, what, show == Some("request") && !held_only, &mut out)?;
    }
    vectors::report(folder, &mut out)?;
    speed::report(&docs, &mut out)?;
    Ok(())
}
