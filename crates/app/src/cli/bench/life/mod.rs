//! `probity bench life` (hidden): years of an organisation's life under its pack, on a clock
//! of its own. The rules are the real ones; what happens is drawn from a seed. At the end it
//! says what went on, and everything that should not have.

mod clocks;
mod duties;
mod holdings;
mod report;

use std::{collections::BTreeSet, io::Write, time::Instant};

use clap::Args;
use domain::{
    alerts::{Alert, Running, alerts_on},
    calendar::{Calendar, Division},
    policy::Policy,
};
use jiff::{ToSpan, civil::Date};
use testkit::rng::Rng;

use super::super::{inputs, outcome::Ending};
use clocks::Clocks;
use duties::Duties;
use holdings::Holdings;
use report::Report;

/// Arguments of `life`.
#[derive(Debug, Args)]
pub(crate) struct LifeArgs {
    /// A pack by name or folder; all built-in ones of organisations when not given.
    #[arg(long)]
    pack: Option<String>,
    /// What happens.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many days.
    #[arg(long, default_value_t = 731)]
    days: i64,
    /// The first day.
    #[arg(long, default_value = "2026-02-05")]
    start: String,
}

/// Runs it and prints a JSON line a pack; a refusal when something went wrong in one of them.
pub(super) fn life(args: &LifeArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let packs: Vec<String> = match &args.pack {
        Some(pack) => vec![pack.clone()],
        None => Policy::builtin_names().filter(|name| *name != "uk").map(str::to_owned).collect(),
    };
    let start = domain::calendar::parse_date(&args.start)?;
    let mut wrong = 0;
    for pack in packs {
        let policy = inputs::pack(&pack)?;
        let began = Instant::now();
        let mut report = run(&policy, args.seed, start, args.days);
        report.value = began.elapsed().as_secs_f64();
        wrong += report.wrong.len();
        writeln!(out, "{}", serde_json::to_string(&report)?)?;
    }
    if wrong == 0 { Ok(()) } else { Err(Ending::Failed(anyhow::anyhow!("{wrong} things went wrong in the simulated life"))) }
}

/// What one day is about.
struct Day<'a> {
    policy: &'a Policy,
    calendar: &'a Calendar,
    division: Division,
    today: Date,
}

fn run(policy: &Policy, seed: u64, start: Date, days: i64) -> Report {
    let calendar = Calendar::embedded();
    let division = policy.division().unwrap_or(Division::EnglandAndWales);
    let rng = Rng::new(seed);
    let mut report = Report::new(&policy.about().name, seed, days);
    let first = Day { policy, calendar: &calendar, division, today: start };
    let mut clocks = Clocks::new(rng.fork("clocks"));
    let mut duties = Duties::new(&first, rng.fork("duties"), &mut report);
    let mut holdings = Holdings::new(policy, rng.fork("holdings"));
    let mut given: BTreeSet<Alert> = BTreeSet::new();
    for after in 0..days {
        let day = Day { policy, calendar: &calendar, division, today: start.saturating_add(after.days()) };
        clocks.happen(&day, &mut report);
        clocks.proceed(&day, &mut report);
        duties.proceed(&day, &mut report);
        let running: Vec<Running<'_>> = clocks.running().chain(duties.running()).collect();
        let alerts = alerts_on(day.today, running.iter().copied(), &given);
        report.alerts += alerts.len();
        for alert in alerts {
            if !given.insert(alert.clone()) {
                report.wrong(format!("the alert {alert:?} was given twice"));
            }
        }
        report::missed_alerts(&day, &running, &given, &mut report);
        holdings.proceed(&day, clocks.holds(), &mut report);
    }
    report
}
