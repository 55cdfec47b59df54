//! `probity retention`: the schedule, the sweep over a table of holdings, and the explanation
//! of one.

mod explain;
mod rules;
pub(crate) mod sweep;

use std::io::Write;

use clap::Subcommand;
use domain::retention::Day;
use domain::{Refusal, RefusalCode};

use super::outcome::Ending;
use crate::wiring;

/// What is done with the retention schedule.
#[derive(Debug, Subcommand)]
pub(crate) enum RetentionCommand {
    /// Say of every holding in a table whether it has to go, and when.
    Sweep(sweep::SweepArgs),
    /// List the classes: event, period, minimum, ceiling, method, clause, caution.
    Rules(rules::RulesArgs),
    /// Explain one holding step by step.
    Explain(explain::ExplainArgs),
}

impl RetentionCommand {
    /// Whether a refusal is to be printed as JSON as well.
    pub(crate) fn json(&self) -> bool {
        match self {
            Self::Sweep(args) => args.json,
            Self::Rules(args) => args.json,
            Self::Explain(args) => args.json,
        }
    }
}

/// Runs the command.
pub(crate) fn run(command: RetentionCommand, out: &mut dyn Write) -> Result<(), Ending> {
    match command {
        RetentionCommand::Sweep(args) => sweep::run(&args, out),
        RetentionCommand::Rules(args) => rules::run(&args, out),
        RetentionCommand::Explain(args) => explain::run(&args, out),
    }
}

/// The day asked about; today when none is given.
fn on(given: Option<&str>) -> Result<Day, Refusal> {
    match given {
        None => Ok(wiring::today().into()),
        Some(text) => Day::parse_iso(text.as_bytes())
            .ok_or_else(|| Refusal::new(RefusalCode::DateImpossible, format!("It says `{}`.", text.chars().take(64).collect::<String>()))),
    }
}
