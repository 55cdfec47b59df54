//! Measurements of the program as a server: size, start, memory, pages a second.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::Value;

use super::figure::Figure;
use super::load::{self, Target};
use super::{Ground, cpu};
use crate::exec;

/// How many starts the median is taken of.
const STARTS: usize = 5;
const CONNECTIONS: usize = 8;
const WARM_UP: Duration = Duration::from_secs(2);
const LOAD: Duration = Duration::from_secs(10);
/// Requests in the register while pages are measured.
const REGISTER: &str = "100000";

/// A server child that is ended with its handle.
struct Server {
    child: Child,
    /// The JSON line it prints once it answers.
    ready: Value,
}

impl Server {
    /// Starts the program and waits for its first JSON line.
    fn start(command: &mut Command) -> Result<Self> {
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("starting the server")?;
        let mut server = Self { child, ready: Value::Null };
        let stdout = server.child.stdout.take().context("no output")?;
        for line in BufReader::new(stdout).lines() {
            if let Ok(value @ Value::Object(_)) = serde_json::from_str(&line?) {
                server.ready = value;
                return Ok(server);
            }
        }
        anyhow::bail!("the server ended before it was ready")
    }

    fn text(&self, key: &str) -> Result<&str> {
        self.ready.get(key).and_then(Value::as_str).with_context(|| format!("the server did not tell its {key}"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.child.kill().and_then(|()| self.child.wait().map(drop)).is_err() {
            crate::say::problem("a server could not be ended");
        }
    }
}

/// The size of the stripped release program.
pub(crate) fn binary_size(ground: &Ground) -> Result<Vec<Figure>> {
    let size = fs::metadata(&ground.binary).context("the release program")?.len();
    Ok(vec![Figure::new("binary size", size as f64 / 1e6, "MB")])
}

/// Time from starting `serve` on a ready installation to its first answer, and its memory after that.
pub(crate) fn start_and_memory(ground: &Ground) -> Result<Vec<Figure>> {
    let data = ground.scratch.join("start");
    let data = data.to_string_lossy();
    exec::capture(&mut ground.program(&["init", "--data", &data, "--pack", "childrens-education-cic"]))?;
    let mut times = Vec::new();
    let mut memory = Vec::new();
    // The first start makes the database; it is not the one a user waits for every day.
    for round in 0..=STARTS {
        let start = Instant::now();
        let server = Server::start(&mut ground.program(&["serve", "--data", &data, "--port", "0", "--machine"]))?;
        load::first_answer(&target(&server, "/")?)?;
        if round > 0 {
            times.push(start.elapsed().as_secs_f64() * 1e3);
            memory.push(cpu::resident_megabytes(server.child.id())?);
        }
    }
    Ok(vec![Figure::new("start", median(&mut times), "ms"), Figure::new("idle memory", median(&mut memory), "MB")])
}

/// The Today page and the policy page with a full register behind them.
pub(crate) fn full_register(ground: &Ground) -> Result<Vec<Figure>> {
    let data = ground.scratch.join("today");
    let server = Server::start(&mut ground.program(&["bench", "serve", "--requests", REGISTER, "--data", &data.to_string_lossy()]))?;
    let today = target(&server, server.text("path")?)?;
    load::run(&today, CONNECTIONS, WARM_UP)?;
    let outcome = load::run(&today, CONNECTIONS, LOAD)?;
    // One reader after the other: how long somebody waits for the page, not how many can read it.
    let policy = target(&server, "/policy")?;
    load::run(&policy, 1, WARM_UP)?;
    let read = load::run(&policy, 1, LOAD)?;
    Ok(vec![
        Figure::new("today requests", outcome.requests_per_second, "requests/s"),
        Figure::new("today p95", outcome.p95.as_secs_f64() * 1e3, "ms"),
        Figure::new("policy page p95", read.p95.as_secs_f64() * 1e3, "ms"),
    ])
}

fn target(server: &Server, path: &str) -> Result<Target> {
    let address = server.text("url")?.trim_start_matches("http://").trim_end_matches('/').to_owned();
    let cookie = server.text("cookie").unwrap_or_default().to_owned();
    Ok(Target { address, path: path.to_owned(), cookie })
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_value() {
        assert!((median(&mut [9.0, 1.0, 5.0]) - 5.0).abs() < f64::EPSILON);
        assert!(median(&mut []).is_nan());
    }

    #[test]
    fn a_server_is_known_by_its_first_json_line() {
        let script = "echo starting; echo '{\"url\":\"http://127.0.0.1:9/\",\"cookie\":\"a=b\"}'; read -r _";
        let server = Server::start(Command::new("sh").args(["-c", script])).unwrap();
        let target = target(&server, "/today").unwrap();
        assert_eq!((target.address.as_str(), target.cookie.as_str(), target.path.as_str()), ("127.0.0.1:9", "a=b", "/today"));
        assert!(Server::start(&mut Command::new("true")).is_err());
    }
}
