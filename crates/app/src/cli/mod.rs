//! The command line. A contract: other people's scripts call it. Exit 0 done, 1 refused,
//! 2 usage, 3 failed; `--json` on every command that prints a result.

mod bench;
mod columns;
mod deadline;
mod demo;
mod detect;
mod doctor;
mod erase;
mod exercise;
mod find;
mod init;
pub(crate) mod inputs;
mod mail;
pub(crate) mod outcome;
mod pack;
mod progress;
mod redact;
mod resume;
mod retention;
mod routes;
pub(crate) mod sar;
mod serve;
mod user;
mod verify;

use std::io::{BufReader, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use outcome::{Ending, finish};

/// Runs an organisation's data protection policy.
#[derive(Debug, Parser)]
#[command(name = "probity", version, about, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Compute a deadline and say why.
    Deadline(deadline::DeadlineArgs),
    /// Answer a subject access request from its mail and the places to search.
    Sar {
        #[command(subcommand)]
        command: sar::SarCommand,
    },
    /// Find everything about a person.
    Find(find::FindArgs),
    /// Write down what the columns of an export mean, for searching it row by row.
    Columns(columns::ColumnsArgs),
    /// Find personal data in text.
    Detect(detect::DetectArgs),
    /// Take given words out of a file, or of all files of a folder, for good.
    Redact(redact::RedactArgs),
    /// A throw-away organisation with the main job in progress, served on this machine.
    Demo(demo::DemoArgs),
    /// Make a new installation.
    Init(init::InitArgs),
    /// Serve the pages.
    Serve(serve::ServeArgs),
    /// Run waiting jobs.
    Worker(serve::WorkerArgs),
    /// Check every version against the log.
    Verify(verify::VerifyArgs),
    /// Check the installation and say what to mend.
    Doctor(doctor::DoctorArgs),
    /// Destroy the key of a finished request's data subject. Cannot be undone.
    Erase(erase::EraseArgs),
    /// The outbox, for scripts.
    Mail {
        #[command(subcommand)]
        command: mail::MailCommand,
    },
    /// Manage accounts.
    User {
        #[command(subcommand)]
        command: user::UserCommand,
    },
    /// Check, explain and list what a policy pack says.
    Pack {
        #[command(subcommand)]
        command: pack::PackCommand,
    },
    /// The retention schedule: what has to go, and why.
    Retention {
        #[command(subcommand)]
        command: retention::RetentionCommand,
    },
    /// List every page with who may open it.
    Routes(routes::RoutesArgs),
    /// Measurements.
    #[command(hide = true)]
    Bench {
        #[command(subcommand)]
        command: bench::BenchCommand,
    },
    /// A workload for the tests that kill the program.
    #[command(hide = true)]
    Exercise(exercise::ExerciseArgs),
    /// The confined reader of hostile files; started by the program itself.
    #[command(hide = true)]
    ExtractWorker,
    /// The confined process that becomes the reader of letters in pictures; started by the program itself.
    #[command(hide = true)]
    LettersWorker {
        /// The program, the language, the layout.
        #[arg(allow_hyphen_values = true)]
        arguments: Vec<std::ffi::OsString>,
    },
    /// The confined process that draws hostile files; started by the program itself.
    #[command(hide = true)]
    BurnWorker,
}

/// Parses the arguments, runs the command, prints how it ended.
pub(crate) fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = std::io::stdout().lock();
    let (result, json) = match cli.command {
        Command::Deadline(args) => {
            let json = args.json();
            let mut input = BufReader::new(std::io::stdin());
            (deadline::run(&args, &mut out, &mut input), json)
        }
        Command::Sar { command } => (sar::run(command, &mut out), false),
        Command::Find(args) => {
            let json = args.json;
            (find::run(&args, &mut out), json)
        }
        Command::Columns(args) => (columns::run(&args, &mut out), false),
        Command::Detect(args) => (detect::run(&args, &mut out), args.json),
        Command::Redact(args) => (redact::run(&args, &mut out), false),
        Command::Demo(args) => (demo::run(&args, &mut out), false),
        Command::Init(args) => (init::run(&args, &mut out), false),
        Command::Serve(args) => (serve::run(&args, &mut out), false),
        Command::Worker(args) => (serve::worker(&args, &mut out), false),
        Command::Verify(args) => return judged(verify::run(&args, &mut out), args.json),
        Command::Doctor(args) => return judged(doctor::run(&args, &mut out), args.json),
        Command::Erase(args) => (erase::run(&args, &mut out), false),
        Command::Mail { command } => {
            let json = command.json();
            (mail::run(&command, &mut out), json)
        }
        Command::User { command } => (user::run(command, &mut out), false),
        Command::Pack { command } => {
            let result = pack::run(&command, &mut out);
            return judged(result, command.json());
        }
        Command::Retention { command } => {
            let json = command.json();
            (retention::run(command, &mut out), json)
        }
        Command::Routes(args) => (routes::run(&args, &mut out), args.json),
        Command::Bench { command } => (bench::run(command, &mut out), false),
        Command::Exercise(args) => (exercise::run(&args, &mut out), false),
        Command::ExtractWorker => return ExitCode::from(adapters::extract::worker::run()),
        Command::LettersWorker { arguments } => return ExitCode::from(adapters::letters::worker::run(arguments)),
        Command::BurnWorker => return ExitCode::from(adapters::burn::worker::run()),
    };
    let flushed = out.flush();
    drop(out);
    finish(result.and(flushed.map_err(Ending::from)), json)
}

/// A check that ran to its end: exit 1 when something is wrong.
fn judged(result: Result<bool, Ending>, json: bool) -> ExitCode {
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(ending) => finish(Err(ending), json),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::Cli;

    #[test]
    fn only_a_rehearsal_has_a_clock_of_its_own() {
        let parses = |words: &[&str]| Cli::try_parse_from([&["probity"], words].concat()).is_ok();
        assert!(parses(&["demo", "--empty", "--clock", "now", "--pack", "uk"]));
        assert!(!parses(&["demo", "--clock", "now"]));
        assert!(!parses(&["demo", "--pack", "uk"]));
        assert!(!parses(&["serve", "--clock", "now"]));
        assert!(!parses(&["worker", "--clock", "now"]));
    }
}
