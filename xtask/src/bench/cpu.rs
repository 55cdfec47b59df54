//! CPU time and memory of child processes, as the kernel counts them.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::exec;

/// User and system seconds of all children waited for so far, their own children included.
fn children_seconds() -> Result<f64> {
    let ticks: f64 = exec::capture(Command::new("getconf").arg("CLK_TCK"))?.trim().parse().context("the length of a clock tick")?;
    let stat = fs::read_to_string("/proc/self/stat").context("reading /proc/self/stat")?;
    Ok(children_ticks(&stat).context("/proc/self/stat has another form")? / ticks)
}

/// Fields 16 and 17. The name in field 2 may itself contain blanks and brackets, so counting starts after the last bracket.
fn children_ticks(stat: &str) -> Option<f64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(13);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

/// Runs a command to its end, output thrown away, and gives back the CPU seconds it took.
pub(crate) fn seconds_of(command: &mut Command) -> Result<f64> {
    let before = children_seconds()?;
    exec::capture(command)?;
    Ok(children_seconds()? - before)
}

/// Resident memory of a running process in megabytes (10^6 bytes).
pub(crate) fn resident_megabytes(process: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).context("reading the state of the program")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    let kibibytes: f64 = line.trim().trim_end_matches("kB").trim().parse().context("VmRSS is not a number")?;
    Ok(kibibytes * 1024.0 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_are_found_behind_an_odd_name() {
        assert_eq!(children_ticks("12 (a) (b c) S 1 2 3 4 5 6 7 8 9 10 11 12 130 17 20 0"), Some(147.0));
        assert_eq!(children_ticks("nothing"), None);
    }

    #[test]
    fn a_busy_child_costs_time_and_an_idle_one_does_not() {
        let busy = seconds_of(Command::new("sh").args(["-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"])).unwrap();
        assert!(busy > 0.0);
        assert!(resident_megabytes(std::process::id()).unwrap() > 0.5);
    }
}
