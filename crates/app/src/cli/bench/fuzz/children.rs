//! The parent's side: a child for each parser, started again behind an input that it died of.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};

use super::FuzzArgs;
use super::round::{Finding, Place, Tally};
use crate::cli::bench::commands::tempfile_dir;
use crate::cli::inputs;
use crate::cli::outcome::Ending;

/// Inputs of one child: what it tells at its end is not lost with many others, and the memory of a process that has allocated and freed
/// in all sizes for long is in pieces.
const STRIDE: u64 = 200_000;
/// Processor time after which an input hangs, in nanoseconds: what a document may take to read.
const HANGS: u64 = 10_000_000_000;
/// How long an input may take on the clock, should it wait for something: a busy machine is given much.
const WAITS: Duration = Duration::from_mins(10);
/// How often the parent looks.
const LOOK: Duration = Duration::from_millis(20);
/// Places that are named in the report of one parser.
const PLACES: usize = 12;

/// What became of a parser.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    tally: Tally,
    cpu_s: f64,
    faults: BTreeMap<String, u64>,
    places: BTreeMap<String, (u64, u64)>,
}

impl Outcome {
    pub(super) fn add(&mut self, tally: &Tally) {
        self.tally.inputs += tally.inputs;
        self.tally.peak_mb = self.tally.peak_mb.max(tally.peak_mb);
        if tally.slowest_ms > self.tally.slowest_ms {
            (self.tally.slowest_ms, self.tally.slowest) = (tally.slowest_ms, tally.slowest);
        }
    }

    pub(super) fn found(&mut self, finding: Finding) {
        *self.faults.entry(finding.what.clone()).or_default() += 1;
        let number = finding.number;
        let place = self.places.entry(format!("{} {}", finding.what, finding.place)).or_insert((0, number));
        place.0 += 1;
    }

    /// Inputs that were not survived.
    pub(super) fn failed(&self) -> u64 {
        self.faults.iter().filter(|(what, _)| *what != "stopped").map(|(_, times)| times).sum()
    }

    /// The line of the report.
    pub(super) fn line(&self, parser: &str) -> Value {
        let count = |what: &str| self.faults.get(what).copied().unwrap_or_default();
        let places: Vec<Value> = self
            .places
            .iter()
            .take(PLACES)
            .map(|(place, (times, first))| json!({ "place": place, "times": times, "first": first }))
            .collect();
        json!({
            "parser": parser, "inputs": self.tally.inputs, "panics": count("panic"), "stopped": count("stopped"), "unsound": count("unsound"), "died": count("died"),
            "memory": count("memory"), "hangs": count("hangs"), "cpu_s": (self.cpu_s * 100.0).round() / 100.0,
            "slowest_ms": (self.tally.slowest_ms * 100.0).round() / 100.0, "slowest": self.tally.slowest, "peak_mb": self.tally.peak_mb,
            "places": places,
        })
    }
}

/// All inputs of one parser.
pub(super) fn run(args: &FuzzArgs, parser: &str) -> Result<Outcome, Ending> {
    let (mut outcome, mut from, folder) = (Outcome::default(), args.from, tempfile_dir()?);
    std::fs::create_dir_all(&folder).context("making a folder")?;
    if let Some(keep) = &args.keep {
        std::fs::create_dir_all(keep).context("making the folder for what is kept")?;
    }
    let (at, before) = (folder.join("at"), ended_s()?);
    let inputs = if args.file.is_some() { from + 1 } else { args.inputs };
    while from < inputs {
        let to = (from + STRIDE).min(inputs);
        let mut child = start(args, parser, (from, to), &at)?;
        let hung = wait(&mut child, &at)?;
        let (tally, findings, out_of_memory) = told(child)?;
        for finding in findings {
            outcome.found(finding);
        }
        if let Some(tally) = tally {
            outcome.add(&tally);
            from = to;
            continue;
        }
        let number = Place::read(&at).filter(|number| (from..to).contains(number)).context("finding the input that ended the child")?;
        let what = if hung {
            "hangs"
        } else if out_of_memory {
            "memory"
        } else {
            "died"
        };
        outcome.found(Finding { number, what: what.to_owned(), place: String::new() });
        outcome.tally.inputs += number + 1 - from;
        keep(args, parser, number)?;
        from = number + 1;
    }
    outcome.cpu_s = ended_s()? - before;
    std::fs::remove_dir_all(&folder).context("removing the folder")?;
    Ok(outcome)
}

fn start(args: &FuzzArgs, parser: &str, numbers: (u64, u64), at: &Path) -> Result<Child, Ending> {
    let mut command = Command::new(inputs::own_program()?);
    // Where memory has run out, there is none to tell from where: the child would wait for itself.
    command.args(arguments(args, parser, numbers, at)).env("RUST_BACKTRACE", "0");
    Ok(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().context("starting a child")?)
}

/// What a child is started with; a file stands by itself, and its number of inputs with it.
fn arguments(args: &FuzzArgs, parser: &str, (from, to): (u64, u64), at: &Path) -> Vec<OsString> {
    let mut given: Vec<OsString> = ["bench", "fuzz", "--parser", parser, "--at"].map(OsString::from).into();
    given.push(at.into());
    for (name, number) in [("--from", Some(from)), ("--seed", Some(args.seed)), ("--inputs", Some(to).filter(|_| args.file.is_none()))] {
        given.extend(number.into_iter().flat_map(|number| [name.into(), number.to_string().into()]));
    }
    for (name, path) in [("--data", &args.data), ("--keep", &args.keep), ("--file", &args.file)] {
        given.extend(path.iter().flat_map(|path| [name.into(), path.into()]));
    }
    given
}

/// Waits for the child; ends one that hangs. Whether it did.
#[expect(clippy::disallowed_methods, reason = "nothing tells when a process has used so much time: it is looked at now and then")]
fn wait(child: &mut Child, at: &Path) -> Result<bool, Ending> {
    let spent = |id: u32| {
        let told = std::fs::read_to_string(format!("/proc/{id}/schedstat")).unwrap_or_default();
        told.split_whitespace().next().and_then(|spent| spent.parse::<u64>().ok()).unwrap_or_default()
    };
    let (mut last, mut since, mut begun) = (None, 0, Instant::now());
    while child.try_wait().context("waiting for a child")?.is_none() {
        std::thread::sleep(LOOK);
        let (number, now) = (Place::read(at), spent(child.id()));
        if number.is_none() || number != last {
            (last, since, begun) = (number, now, Instant::now());
        } else if now.saturating_sub(since) > HANGS || begun.elapsed() > WAITS {
            child.kill().context("ending a child")?;
            child.wait().context("ending a child")?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// What an ended child said: its tally, unless it died; its findings; whether it wanted more memory than it may have.
fn told(mut child: Child) -> Result<(Option<Tally>, Vec<Finding>, bool), Ending> {
    let (mut tally, mut findings, mut complaint) = (None, Vec::new(), String::new());
    for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufReader::lines) {
        let line = line.context("reading what a child said")?;
        match serde_json::from_str::<Finding>(&line) {
            Ok(finding) => findings.push(finding),
            Err(_) => tally = serde_json::from_str::<Tally>(&line).ok().or(tally),
        }
    }
    if let Some(mut errors) = child.stderr.take() {
        errors.read_to_string(&mut complaint).context("reading what a child said")?;
    }
    child.wait().context("ending a child")?;
    Ok((tally, findings, complaint.contains("memory allocation of")))
}

/// Makes the input again that a child died of, and keeps it.
fn keep(args: &FuzzArgs, parser: &str, number: u64) -> Result<(), Ending> {
    let Some(folder) = args.keep.as_ref().filter(|_| args.file.is_none()) else { return Ok(()) };
    let parsers = super::list::parsers()?;
    let Some(found) = parsers.iter().find(|one| one.name == parser) else { return Ok(()) };
    let bytes = testkit::spoil::Spoiler::new(super::goods(found, args.data.as_deref())?).input(args.seed, number);
    std::fs::write(folder.join(format!("{parser}-{}-{number}", args.seed)), bytes).context("keeping an input")?;
    Ok(())
}

/// Processor time of all children that have ended, in seconds.
fn ended_s() -> Result<f64, Ending> {
    let stat = std::fs::read_to_string("/proc/self/stat").context("reading the processor time")?;
    let fields = stat.rsplit_once(')').map(|(_, fields)| fields).unwrap_or_default();
    let ticks: u32 = fields.split_whitespace().skip(13).take(2).filter_map(|field| field.parse::<u32>().ok()).sum();
    Ok(f64::from(ticks) / 100.0)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Program {
        #[command(flatten)]
        fuzz: FuzzArgs,
    }

    #[test]
    fn a_child_understands_what_it_is_given() {
        let parsed = |given: &[&str]| Program::try_parse_from([&["fuzz"], given].concat()).unwrap().fuzz;
        let child = |args: &FuzzArgs| {
            let given = arguments(args, "zip", (3, 9), Path::new("place"));
            Program::try_parse_from(given.into_iter().skip(1)).unwrap().fuzz
        };
        let many = child(&parsed(&["--inputs", "20", "--seed", "5", "--keep", "kept"]));
        assert_eq!((many.parsers, many.from, many.inputs, many.seed), (vec!["zip".to_owned()], 3, 9, 5));
        assert_eq!((many.at, many.keep, many.file), (Some("place".into()), Some("kept".into()), None));
        let one = child(&parsed(&["--file", "again"]));
        assert_eq!((one.file, one.from), (Some("again".into()), 3));
    }
}
