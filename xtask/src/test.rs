//! `cargo xtask test`: everything that has to pass, on a machine that may have nothing but Rust and Node.

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::exec::{self, Count};
use crate::setup::postgres::Postgres;
use crate::{generate, layers, places, say, setup, sizes};

/// Browser scripts, each of which ends in a line `N passed, N failed`. The lanes run beside each other, each with servers and
/// browsers of its own: one browser waits on one core most of the time. They are filled so that they end at about the same time.
const LANES: [&[&str]; 2] = [
    &["tests/browser/selftest.mjs", "tests/browser/samples.mjs", "tests/browser/run.mjs", "tests/browser/nojs.mjs"],
    &["tests/browser/keyboard.mjs", "tests/browser/journeys.mjs"],
];

/// The one build that tests and demo share.
pub(crate) const BUILD: &[&str] = &["build", "--workspace", "--tests", "--bins", "--examples", "--locked"];

/// What a run has found so far.
#[derive(Default)]
struct Report {
    count: Count,
    rows: Vec<(String, Duration, Count)>,
}

impl Report {
    /// Runs a step, whatever came before, and notes its time. A step that cannot be run is a failed one.
    fn step(&mut self, name: &str, work: impl FnOnce() -> Result<Count>) -> bool {
        say::step(name);
        let start = Instant::now();
        let count = work().unwrap_or_else(|error| {
            say::problem(&format!("{error:#}"));
            Count { passed: 0, failed: 1 }
        });
        self.count.add(count);
        self.rows.push((name.to_owned(), start.elapsed(), count));
        count.failed == 0
    }

    /// A step that either passes or fails as a whole.
    fn check(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> bool {
        self.step(name, || work().map(|()| Count { passed: 1, failed: 0 }))
    }

    /// Takes over what another report has found.
    fn merge(&mut self, other: Self) {
        self.count.add(other.count);
        self.rows.extend(other.rows);
    }

    fn print(&self) {
        say::step("seconds a step");
        for (name, time, count) in &self.rows {
            let mark = if count.failed == 0 { "ok" } else { "FAILED" };
            say::line(&format!("{:>7.1}  {name:<22} {:>5} passed {:>3} failed  {mark}", time.as_secs_f64(), count.passed, count.failed));
        }
        say::line(&format!("{} passed, {} failed", self.count.passed, self.count.failed));
    }
}

/// The whole run. Arguments select nothing: a part of it is what `cargo nextest run` is for.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    if let Some(first) = arguments.first() {
        bail!("test takes no arguments, but was given {first}");
    }
    let mut report = Report::default();
    let ready = report.check("set-up", || setup::run(&[])) && report.check("rustfmt and clippy", rust_tools);
    if ready {
        steps(&mut report);
    }
    report.print();
    if report.count.failed == 0 { Ok(()) } else { bail!("not everything passed") }
}

fn steps(report: &mut Report) {
    report.check("check-layers", || layers::run(&[]));
    report.check("check-sizes", || sizes::run(&[]));
    report.check("gen --check", || generate::run(&["--check".to_owned()]));
    report.check("format", || exec::run(&mut exec::cargo(&["fmt", "--all", "--check"])));
    report.check("clippy", || {
        exec::run(&mut exec::cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings"]))
    });
    if !report.check("build", || exec::run(&mut exec::cargo(BUILD))) {
        return;
    }
    let mut server = None;
    let started = report.check("private PostgreSQL", || {
        server = Some(Postgres::start()?);
        Ok(())
    });
    let Some(server) = server.filter(|_| started) else { return };
    report.step("tests", || exec::run_counted(with_ground(&mut tests(), &server)?));
    let samples = std::env::temp_dir().join(format!("probity-samples-{}", std::process::id()));
    report.check("sample pages", || exec::run(Command::new(places::target().join("debug/examples/samples")).arg(&samples)));
    thread::scope(|scope| {
        let lanes = LANES.map(|lane| scope.spawn(|| browser(lane, &samples, &server)));
        for (lane, handle) in LANES.iter().zip(lanes) {
            match handle.join() {
                Ok(done) => report.merge(done),
                Err(_) => drop(report.check(&lane.join(", "), || bail!("the lane broke off"))),
            }
        }
    });
    report.check("clean up", || std::fs::remove_dir_all(&samples).context("removing the sample pages"));
}

/// One lane of browser scripts, one after another.
fn browser(lane: &[&str], samples: &Path, server: &Postgres) -> Report {
    let mut report = Report::default();
    for script in lane {
        report.step(script, || {
            exec::run_counted_as(name(script), with_ground(exec::in_root("node", &[script]).env("PROBITY_SAMPLES", samples), server)?)
        });
    }
    report
}

/// `samples` of `tests/browser/samples.mjs`.
fn name(script: &str) -> &str {
    Path::new(script).file_stem().and_then(|stem| stem.to_str()).unwrap_or(script)
}

/// nextest where it is installed, else what every Rust has.
fn tests() -> Command {
    if exec::on_path("cargo-nextest").is_some() {
        return exec::cargo(&[
            "nextest",
            "run",
            "--workspace",
            "--locked",
            "--no-fail-fast",
            "--no-tests=pass",
            "--color=never",
            "--status-level=fail",
        ]);
    }
    say::line("cargo-nextest is not installed; using cargo test, which is slower");
    exec::cargo(&["test", "--workspace", "--locked", "--no-fail-fast", "--quiet"])
}

/// What the tests may rely on: a database of their own, a browser, the program.
fn with_ground<'a>(command: &'a mut Command, server: &Postgres) -> Result<&'a mut Command> {
    let chromium = setup::chromium().context("Chromium is not installed")?;
    Ok(command
        .env("PROBITY_TEST_POSTGRES", server.url())
        .env("PROBITY_REQUIRE_POSTGRES", "1")
        .env("PROBITY_CHROMIUM", chromium)
        .env("PROBITY_BIN", places::debug_binary()))
}

/// A minimal Rust lacks these two; rustup can add them.
fn rust_tools() -> Result<()> {
    let missing = |name: &str| exec::capture(&mut exec::cargo(&[name, "--version"])).is_err();
    let wanted: Vec<&str> =
        [("fmt", "rustfmt"), ("clippy", "clippy")].iter().filter(|(tool, _)| missing(tool)).map(|(_, component)| *component).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    exec::run(exec::in_root("rustup", &["component", "add"]).args(&wanted))
        .with_context(|| format!("{} not installed", wanted.join(" and ")))
}
