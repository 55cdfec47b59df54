//! `probity pack`: what a policy pack says, what is wrong with it, where the law says
//! otherwise, and how each clause is carried out.

pub(crate) mod answer;
mod check;
mod conflicts;
mod controls;
mod coverage;
pub(crate) mod draft;
pub(crate) mod key;
pub(crate) mod new;
mod questions;
mod schema;
mod set;
mod settle;
mod show;
pub(crate) mod talk;
mod tree;
pub(crate) mod words;

use std::io::Write;

use clap::{Args, Subcommand};

use super::outcome::Ending;

/// What to do with a pack.
#[derive(Debug, Subcommand)]
pub(crate) enum PackCommand {
    /// Say what is wrong with a pack: number, file, line, and what to write instead.
    Check(PackArgs),
    /// List where something else holds than the policy says, for the board.
    Conflicts(PackArgs),
    /// List how each clause is carried out today.
    Coverage(PackArgs),
    /// List what the pack leaves open and what is used until it is answered.
    Questions(PackArgs),
    /// Print the policy, a privacy notice or the notice-board sheet: text, PDF, large print, JSON.
    Show(show::ShowArgs),
    /// List the controls that clauses can be bound to.
    Controls(ControlsArgs),
    /// Print the JSON Schema of the files for an editor.
    Schema(schema::SchemaArgs),
    /// Copy a built-in pack into a folder of your own.
    New(new::NewArgs),
    /// Set one value of a pack in a folder; comments and order stay.
    Set(set::SetArgs),
    /// Answer the open questions of a pack in a folder.
    Answer(answer::AnswerArgs),
    /// List the built-in packs.
    List,
}

/// A pack and how to print.
#[derive(Debug, Args)]
pub(crate) struct PackArgs {
    /// A built-in pack by name, or a folder.
    pub(super) pack: String,
    /// JSON instead of text.
    #[arg(long)]
    pub(super) json: bool,
}

/// How to print the controls.
#[derive(Debug, Args)]
pub(crate) struct ControlsArgs {
    /// JSON instead of text.
    #[arg(long)]
    pub(super) json: bool,
}

impl PackCommand {
    /// Whether refusals are printed as JSON.
    pub(crate) fn json(&self) -> bool {
        match self {
            Self::Check(args) | Self::Conflicts(args) | Self::Coverage(args) | Self::Questions(args) => args.json,
            Self::Show(args) => args.json(),
            Self::Controls(args) => args.json,
            Self::Set(args) => args.json,
            Self::Schema(_) | Self::New(_) | Self::Answer(_) | Self::List => false,
        }
    }
}

/// Runs it; `false` when the check found something.
pub(crate) fn run(command: &PackCommand, out: &mut dyn Write) -> Result<bool, Ending> {
    match command {
        PackCommand::Check(args) => return check::run(args, out),
        PackCommand::Conflicts(args) => conflicts::run(args, out)?,
        PackCommand::Coverage(args) => return coverage::run(args, out),
        PackCommand::Questions(args) => questions::run(args, out)?,
        PackCommand::Show(args) => show::run(args, out)?,
        PackCommand::Controls(args) => controls::run(args, out)?,
        PackCommand::Schema(args) => schema::run(args, out)?,
        PackCommand::New(args) => new::run(args, out)?,
        PackCommand::Set(args) => return set::run(args, out),
        PackCommand::Answer(args) => answer::run(args, out)?,
        PackCommand::List => {
            for name in domain::policy::Policy::builtin_names() {
                writeln!(out, "{name}")?;
            }
        }
    }
    Ok(true)
}

/// Prints problems as `check` does: number, file, line, what is wrong, what to do.
fn say_problems(problems: &[domain::policy::Problem], out: &mut dyn Write) -> Result<(), Ending> {
    for problem in problems {
        writeln!(out, "{problem}\n    {}", problem.remedy)?;
    }
    Ok(())
}
