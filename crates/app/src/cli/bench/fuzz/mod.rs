//! Spoilt inputs through every parser, as many as one likes (docs/how-to/fuzz.md). A parser runs in a
//! child process of its own, which may die of it: then that is a finding, and the next input is tried.

mod children;
mod list;
mod round;
#[cfg(test)]
mod tests;

use std::io::Write;
use std::path::{Path, PathBuf};

use adapters::fuzz::Parser;
use anyhow::Context;
use clap::Args;
use serde_json::json;
use testkit::spoil::Spoiler;

use crate::cli::outcome::Ending;

/// The largest file of a folder that is spoilt: what counts is how many are tried.
const LARGEST: usize = 64 << 10;

/// What is tried.
#[derive(Debug, Clone, Args)]
pub(crate) struct FuzzArgs {
    /// Only these parsers; all of them without it.
    #[arg(long = "parser")]
    parsers: Vec<String>,
    /// How many spoilt inputs each parser is given.
    #[arg(long, default_value_t = 100_000)]
    inputs: u64,
    /// Which ones.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A folder of further files to spoil, beside the small ones that are built in.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Where inputs are kept that a parser fails on, named after parser, seed and number.
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Tries this file, as it is, and nothing else.
    #[arg(long, conflicts_with = "inputs")]
    file: Option<PathBuf>,
    /// Lists the parsers.
    #[arg(long)]
    list: bool,
    /// The first number.
    #[arg(long, hide = true, default_value_t = 0)]
    from: u64,
    /// This is a child: where it writes which number it is at.
    #[arg(long, hide = true)]
    at: Option<PathBuf>,
}

pub(super) fn fuzz(args: &FuzzArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let mut parsers = list::parsers()?;
    if let Some(unknown) = args.parsers.iter().find(|name| parsers.iter().all(|parser| parser.name != **name)) {
        return Err(anyhow::anyhow!("there is no parser `{unknown}`; --list names them").into());
    }
    parsers.retain(|parser| args.parsers.is_empty() || args.parsers.contains(&parser.name));
    if args.list {
        parsers.iter().try_for_each(|parser| writeln!(out, "{}", parser.name))?;
        return Ok(());
    }
    if let Some(at) = &args.at {
        return child(args, &parsers, at, out);
    }
    let mut failed = 0;
    for parser in &parsers {
        let outcome = children::run(args, &parser.name)?;
        failed += outcome.failed();
        writeln!(out, "{}", outcome.line(&parser.name))?;
    }
    writeln!(out, "{}", json!({ "parser": "all", "parsers": parsers.len(), "failed": failed }))?;
    if failed == 0 { Ok(()) } else { Err(anyhow::anyhow!("{failed} inputs were not survived").into()) }
}

/// The child's side: one parser, the numbers from `from` on.
fn child(args: &FuzzArgs, parsers: &[Parser], at: &Path, out: &mut dyn Write) -> Result<(), Ending> {
    let Some(parser) = parsers.first() else { return Ok(()) };
    let spoiler = Spoiler::new(goods(parser, args.data.as_deref())?);
    let again = args.file.as_ref().map(std::fs::read).transpose().context("reading the file")?;
    let at = round::Place::open(at)?;
    adapters::fuzz::limit_memory(&parser.name);
    let mut found = |finding: &round::Finding, bytes: &[u8]| {
        if let Some(folder) = args.keep.as_ref().filter(|_| again.is_none()) {
            // What cannot be kept can be made again from its number.
            let _ = std::fs::write(folder.join(format!("{}-{}-{}", parser.name, args.seed, finding.number)), bytes);
        }
        // The parent may be gone.
        let _ = writeln!(out, "{}", json!(finding)).and_then(|()| out.flush());
    };
    let tally = if let Some(bytes) = &again {
        at.is(0);
        round::one(parser, bytes, &mut |finding| found(&finding, bytes))
    } else {
        round::run(parser, &spoiler, args.seed, args.from..args.inputs, &mut |number| at.is(number), &mut found)
    };
    writeln!(out, "{}", json!(tally))?;
    Ok(())
}

/// What is spoilt for a parser: small files that are built in, and those of a folder that are of its kind.
fn goods(parser: &Parser, data: Option<&Path>) -> Result<Vec<Vec<u8>>, Ending> {
    let mut goods = testkit::small::small(&parser.name);
    goods.extend(parser.goods.iter().cloned());
    if parser.name == "recognised" {
        let all =
            ["mail", "table", "cards", "html", "rtf", "word", "workbook", "slides", "opendocument", "zip", "tnef", "archive", "picture"];
        goods.extend(all.into_iter().flat_map(testkit::small::small));
    }
    let Some(data) = data else { return Ok(goods) };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(data).context("reading the folder of files")? {
        let path = entry.context("reading the folder of files")?.path();
        if path.metadata().is_ok_and(|told| told.is_file() && told.len() <= LARGEST as u64) {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let bytes = std::fs::read(&path).context("reading a file")?;
            if list::takes(&parser.name, &name, &bytes) {
                files.push((name, bytes));
            }
        }
    }
    files.sort();
    goods.extend(files.into_iter().map(|(_, bytes)| bytes));
    Ok(goods)
}
