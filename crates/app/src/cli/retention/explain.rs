//! `probity retention explain`: one holding, step by step.

use std::io::Write;

use clap::Args;
use domain::calendar::short_date;
use domain::retention::{Explanation, Facts, Schedule};
use domain::{Refusal, RefusalCode};

use super::super::{inputs, outcome::Ending};

/// Arguments of `retention explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The class of the holding.
    #[arg(long)]
    class: String,
    /// The policy pack, by name or folder.
    #[arg(long)]
    pack: String,
    /// A fact, for example `employment_end=2026-01-31`, `redundancies=20`, `hold=yes`.
    #[arg(long = "fact", value_name = "NAME=VALUE")]
    facts: Vec<String>,
    /// The day asked about.
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

/// Explains one holding.
pub(super) fn run(args: &ExplainArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let schedule = Schedule::compile(&inputs::pack(&args.pack)?);
    let class = schedule.known_class(&args.class)?;
    let mut facts = Facts::new(&schedule);
    for fact in &args.facts {
        let (name, value) = fact.split_once('=').ok_or_else(|| {
            let shown: String = fact.chars().take(64).collect();
            Refusal::new(RefusalCode::FactUnknown, format!("`{shown}` has no `=`."))
        })?;
        facts.set(&schedule, name.trim(), value)?;
    }
    let explanation = schedule.explain(&facts.of(class), super::on(args.on.as_deref())?);
    if args.json {
        serde_json::to_writer(&mut *out, &explanation)?;
        writeln!(out)?;
        return Ok(());
    }
    print(&explanation, out)
}

fn print(explanation: &Explanation, out: &mut dyn Write) -> Result<(), Ending> {
    let state = match explanation.state {
        "due" => "has to go",
        "not_due" => "does not have to go yet",
        "held" => "is held",
        _ => "cannot be said: a fact is missing",
    };
    let due = explanation.due.map(|due| format!(", due {}", short_date(due))).unwrap_or_default();
    writeln!(out, "{}: {state}{due}", explanation.class)?;
    writeln!(out, "  {}", explanation.reason)?;
    if let Some(earliest) = explanation.earliest.filter(|earliest| Some(*earliest) != explanation.due) {
        writeln!(out, "  not before {}", short_date(earliest))?;
    }
    for (at, step) in explanation.steps.iter().enumerate() {
        let date = step.date.map(|date| format!(" -> {}", short_date(date))).unwrap_or_default();
        let source = if step.source.is_empty() { String::new() } else { format!(" [{}]", step.source) };
        writeln!(out, "{}. {}{date}{source}", at + 1, step.what)?;
    }
    for warning in &explanation.warnings {
        writeln!(out, "note: {warning}")?;
    }
    Ok(())
}
