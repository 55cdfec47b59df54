//! Holdings evaluated a second on one core, reading the table and writing the answers included,
//! and the memory of a long run. The table is made while it is read: no file is left behind.

use std::io::{self, Read, Write};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use domain::policy::Policy;
use domain::retention::{Day, Schedule};

use super::figure;
use crate::cli::outcome::Ending;
use crate::cli::retention::sweep::{Printing, Summary, Sweep, measured};

/// Rows of the short run.
const SHORT: u64 = 2_000_000;
/// Rows that are made once and repeated.
const DIFFERENT: u64 = 20_000;

const HEADER: &str = "reference,class,employment_end,project_end,tax_year_end,last_contact,file_closure,redundancies,\
                      leaving_linked_to_health,hold,place\n";

/// Sweeps a short table for the rate and a long one for time and memory.
pub(super) fn sweep(rows: u64, out: &mut dyn Write) -> Result<(), Ending> {
    let policy = richest()?;
    let schedule = Schedule::compile(&policy);
    let block: Arc<[u8]> = block(&schedule).into();
    let Timed { summary, core_seconds, written, .. } = timed(&schedule, &block, SHORT)?;
    if summary.due == 0 || summary.not_due == 0 || summary.missing == 0 || summary.held == 0 || written == 0 {
        return Err(anyhow::anyhow!("the bench's table does not show every state").into());
    }
    figure(out, "retention", summary.rows as f64 / core_seconds, "holdings/s a core")?;
    let Timed { summary, seconds, written, .. } = timed(&schedule, &block, rows)?;
    if summary.rows != rows || summary.bad > 0 {
        return Err(anyhow::anyhow!("{} of {rows} rows were read, {} bad", summary.rows, summary.bad).into());
    }
    figure(out, &format!("retention {rows} rows"), seconds, "s")?;
    figure(out, &format!("retention {rows} rows written"), written as f64 / 1e6, "MB")?;
    figure(out, "retention peak memory", peak_megabytes()?, "MB")
}

/// The built-in pack with most classes.
fn richest() -> Result<Policy, Ending> {
    let mut best: Option<Policy> = None;
    for name in Policy::builtin_names() {
        let policy = Policy::builtin(name)?;
        if best.as_ref().is_none_or(|best| policy.retention().class.len() > best.retention().class.len()) {
            best = Some(policy);
        }
    }
    best.filter(|policy| !policy.retention().class.is_empty()).context("no built-in pack has a retention schedule").map_err(Ending::from)
}

/// Rows of every class, in all states, without a header.
fn block(schedule: &Schedule) -> Vec<u8> {
    let classes: Vec<_> = schedule.classes().collect();
    let mut rows = Vec::new();
    for n in 0..DIFFERENT {
        let class = classes.get((n % classes.len() as u64) as usize).copied().unwrap_or_default();
        let day = |step: u64| match (n + step) % 11 {
            0 => String::new(),
            _ => format!("{}-{:02}-{:02}", 1995 + (n * 7 + step) % 35, 1 + (n + step) % 12, 1 + (n * 3 + step) % 28),
        };
        let health = ["yes", "no", ""].get((n % 3) as usize).copied().unwrap_or_default();
        let hold = if n % 50 == 0 { "yes" } else { "" };
        let line = format!(
            "HOLDING-{n:07},{class},{},{},{},{},{},{},{health},{hold},\"Store {}, shelf {}\"\n",
            day(1),
            day(2),
            day(3),
            day(4),
            day(5),
            n % 40,
            n % 9,
            n % 30
        );
        rows.extend_from_slice(line.as_bytes());
    }
    rows
}

/// A measured sweep.
struct Timed {
    summary: Summary,
    /// Seconds on the clock.
    seconds: f64,
    /// Seconds one core worked on it, whatever else the machine did.
    core_seconds: f64,
    /// Bytes of answers.
    written: u64,
}

fn timed(schedule: &Schedule, block: &Arc<[u8]>, rows: u64) -> Result<Timed, Ending> {
    let on = Day::new(2026, 11, 22).context("a day")?;
    let mut work = Sweep { schedule, on, printing: Printing { json: true, all: true }, errors: None };
    let table = Made { head: HEADER.as_bytes(), block: Arc::clone(block), at: 0, left: rows };
    let mut sink = Counting(0);
    let (began, busy) = (Instant::now(), core_seconds()?);
    let summary = measured(&mut work, Box::new(table), &mut sink)?;
    Ok(Timed { summary, seconds: began.elapsed().as_secs_f64(), core_seconds: core_seconds()? - busy, written: sink.0 })
}

/// A table of so many rows, repeated from a block of [`DIFFERENT`] rows.
struct Made {
    head: &'static [u8],
    block: Arc<[u8]>,
    at: usize,
    left: u64,
}

impl Made {
    /// What is still to be read of the block: the whole of it, or its first rows at the end.
    fn rest(&self) -> &[u8] {
        let mut seen = 0;
        let end = match self.left {
            0 => 0,
            left if left >= DIFFERENT => self.block.len(),
            left => {
                self.block
                    .iter()
                    .take_while(|byte| {
                        seen += u64::from(**byte == b'\n');
                        seen < left
                    })
                    .count()
                    + 1
            }
        };
        self.block.get(self.at..end).unwrap_or_default()
    }
}

impl Read for Made {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.head.is_empty() {
            return self.head.read(buffer);
        }
        let count = self.rest().read(buffer)?;
        self.at += count;
        if self.rest().is_empty() {
            (self.at, self.left) = (0, self.left.saturating_sub(DIFFERENT));
        }
        Ok(count)
    }
}

/// Counts what is written and forgets it.
struct Counting(u64);

impl Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Seconds this thread has had a core to itself.
fn core_seconds() -> Result<f64, Ending> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").context("reading the time on the core")?;
    let nanoseconds: f64 = text.split_whitespace().next().context("no time")?.parse().context("the time is not a number")?;
    Ok(nanoseconds / 1e9)
}

/// The most memory this process has held, in megabytes (10^6 bytes).
fn peak_megabytes() -> Result<f64, Ending> {
    let status = std::fs::read_to_string("/proc/self/status").context("reading the state of the program")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
    let kibibytes: f64 = line.trim().trim_end_matches("kB").trim().parse().context("VmHWM is not a number")?;
    Ok(kibibytes * 1024.0 / 1e6)
}
