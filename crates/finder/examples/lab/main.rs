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
    if let [command, files @ ..] = arguments.as_slice()
        && command == "score"
    {
        return score_files(files);
    }
    let [command, folder, rest @ ..] = arguments.as_slice() else {
        return Err("lab score [--sentences F] [--careless F] [--tab F] [--vectors F]... | lab group VECTORS TABLE | lab eval DIR [--fold N] [--show GROUP] [--weights FILE] | lab train DIR WEIGHTS [--all] [--rounds N] [--margin X] [--miss X] [--blind N] [--fold N] \
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

/// Prints the table over a folder of corpora; with a group to show, every difference in its held-out part as well.
fn eval(folder: &Path, fold: usize, show: Option<&str>) -> Result<(), Box<dyn Error>> {
    let docs = corpus::read(folder, fold)?;
    let mut out = std::io::stdout().lock();
    for (what, held_only) in [("held out", true), ("all", false)] {
        let of: Vec<&Doc> = docs.iter().filter(|d| d.held || !held_only).collect();
        tables(&of, what, show.filter(|_| held_only), &mut out)?;
    }
    vectors::report(&folder.join("uk-identifier-vectors.csv"), &mut out)?;
    Ok(speed::report(&docs, &mut out)?)
}

/// Prints the figures of the files that the arguments name: `--sentences`, `--careless`, `--tab` (JSON lines or CoNLL) and `--vectors` (CSV),
/// each as often as wanted, and with `--show` every difference.
fn score_files(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let mut docs = Vec::new();
    let mut out = std::io::stdout().lock();
    let show = arguments.iter().any(|a| a == "--show");
    let arguments: Vec<&String> = arguments.iter().filter(|a| *a != "--show").collect();
    for pair in arguments.chunks(2) {
        let [what, file] = pair else { return Err("every option wants a file".into()) };
        let file = Path::new(file.as_str());
        match what.as_str() {
            "--sentences" => corpus::read_file(file, Group::Sentences, &mut docs)?,
            "--careless" => corpus::read_file(file, Group::Careless, &mut docs)?,
            "--tab" => corpus::read_file(file, Group::Judgments, &mut docs)?,
            "--vectors" => vectors::report(file, &mut out)?,
            other => return Err(format!("no such kind of file: {other}").into()),
        }
    }
    let all: Vec<&Doc> = docs.iter().collect();
    let shown = |name: &str| show.then(|| name.to_owned());
    for name in ["sentences", "careless", "tab", "request"] {
        let of: Vec<&Doc> =
            all.iter().copied().filter(|d| d.group.name() == name || d.group == Group::Judgments && name == "tab").collect();
        if !of.is_empty() {
            tables(&of, "in these files", shown(name).as_deref(), &mut out)?;
        }
    }
    if docs.is_empty() { Ok(()) } else { Ok(speed::report(&docs, &mut out)?) }
}

/// Precision, recall and F1 of persons by group; of judgments what is covered, and what would be withheld for their applicant.
fn tables(docs: &[&Doc], what: &str, show: Option<&str>, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    for group in Group::ALL {
        let of: Vec<&Doc> = docs.iter().copied().filter(|d| d.group == group).collect();
        for (how, overlap) in [("exact", false), ("overlapping", true)].iter().filter(|_| !of.is_empty()) {
            let counts = score::persons(&of, *overlap);
            let title = format!("{} {how}, {what}", group.name());
            writeln!(out, "{title:36} precision, recall, F1 of {} persons: {counts}", counts.expected())?;
        }
        if show == Some(group.name()) {
            score::differences(&of, out)?;
        }
    }
    let of: Vec<&Doc> = docs.iter().copied().filter(|d| d.group == Group::Judgments).collect();
    tab::report(&of, what, show == Some("tab"), out)?;
    Ok(request::report(&of, what, matches!(show, Some("request" | "tab")), out)?)
}
