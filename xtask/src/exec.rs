//! Child processes: quiet capture, plain run, and run while counting test results.

use std::env;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;

use anyhow::{Context, Result, bail};

use crate::{places, say};

/// Passed and failed tests.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Count {
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// `cargo` in the clone with the shared build folder, and without what the outer `cargo run` left in the environment:
/// build scripts that watch those variables would run again and rebuild half of the tree.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = in_root("cargo", arguments);
    for (key, _) in env::vars_os() {
        let name = key.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_", "CARGO_BIN_"].iter().any(|prefix| name.starts_with(prefix)) {
            command.env_remove(&key);
        }
    }
    command.env("CARGO_TARGET_DIR", places::target());
    command
}

/// A program that runs in the root of the clone.
pub(crate) fn in_root(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(places::root());
    command
}

/// Runs to the end with the terminal's own output.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let name = describe(command);
    let status = command.status().with_context(|| format!("cannot start {name}"))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// Runs to the end and gives back what was written to stdout; stderr is part of the error.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let name = describe(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {name}"))?;
    if !output.status.success() {
        bail!("{name} failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs to the end, repeats every line, and adds up the test results the tool reports.
/// A tool that fails without reporting a failed test counts as one failed test.
pub(crate) fn run_counted(command: &mut Command) -> Result<Count> {
    counted("", command)
}

/// The same, each line behind the name of what runs: two run beside each other.
pub(crate) fn run_counted_as(who: &str, command: &mut Command) -> Result<Count> {
    counted(&format!("{who}: "), command)
}

fn counted(before: &str, command: &mut Command) -> Result<Count> {
    let name = describe(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    let (sender, lines) = mpsc::channel();
    let mut readers = Vec::new();
    for stream in [child.stdout.take().map(boxed), child.stderr.take().map(boxed)].into_iter().flatten() {
        let sender = sender.clone();
        readers.push(thread::spawn(move || {
            for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
                if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                    break;
                }
            }
        }));
    }
    drop(sender);
    let mut count = Count::default();
    for line in lines {
        count.add(results_in(&line));
        say::line(&format!("{before}{line}"));
    }
    let status = child.wait().with_context(|| format!("waiting for {name}"))?;
    if !status.success() && count.failed == 0 {
        say::problem(&format!("{name} failed ({status})"));
        count.failed = 1;
    }
    Ok(count)
}

fn boxed(stream: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    Box::new(stream)
}

/// The results in a summary line of nextest, of `cargo test` or of our own scripts; nothing in any other line.
fn results_in(line: &str) -> Count {
    let line = line.trim();
    let summary =
        line.starts_with("Summary [") || line.starts_with("test result:") || line.ends_with(" failed") && line.contains(" passed, ");
    let mut count = Count::default();
    if !summary {
        return count;
    }
    let words: Vec<&str> = line.split([' ', ',', ';', '.']).filter(|word| !word.is_empty()).collect();
    for pair in words.windows(2) {
        let [number, what] = pair else { continue };
        let Ok(number) = number.parse::<u64>() else { continue };
        match *what {
            "passed" => count.passed += number,
            "failed" | "timed" | "exec" => count.failed += number,
            _ => {}
        }
    }
    count
}

/// Whether a program of this name is on the path.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn describe(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args().take(3) {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_are_counted_and_other_lines_are_not() {
        let counts = |line: &str| {
            let count = results_in(line);
            (count.passed, count.failed)
        };
        assert_eq!(counts("     Summary [   1.204s] 30 tests run: 28 passed (2 slow), 1 failed, 1 timed out, 3 skipped"), (28, 2));
        assert_eq!(counts("test result: FAILED. 5 passed; 2 failed; 0 ignored; 0 measured; 9 filtered out; finished in 0.01s"), (5, 2));
        assert_eq!(counts("41 passed, 0 failed"), (41, 0));
        assert_eq!(counts("the run where 3 passed is not a summary"), (0, 0));
        assert_eq!(counts("PASS [ 0.1s] domain calendar::tests::five_passed"), (0, 0));
    }

    #[test]
    fn a_tool_that_only_fails_counts_once() {
        let count = run_counted(Command::new("sh").args(["-c", "echo nothing; exit 3"])).unwrap();
        assert_eq!(count, Count { passed: 0, failed: 1 });
        let count = run_counted(Command::new("sh").args(["-c", "echo '2 passed, 1 failed' >&2; exit 1"])).unwrap();
        assert_eq!(count, Count { passed: 2, failed: 1 });
    }
}
