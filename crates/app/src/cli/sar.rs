//! `probity sar run`: the main job from the command line.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use domain::calendar::{Calendar, parse_date};
use domain::{Refusal, RefusalCode};
use services::sar::run::{OpenMemory, Order, Prepared, Tools, due_line, finish, prepare};
use services::sar::{Memory, manifest};

use super::inputs::{self, ReadArgs};
use super::outcome::Ending;
use super::progress::ScanBar;
use super::resume::{WorkFile, said};
use crate::wiring;

/// Subject access requests.
#[derive(Debug, Subcommand)]
pub(crate) enum SarCommand {
    /// Read the request, search, redact, write reply and pack.
    Run(RunArgs),
}

/// Arguments of `sar run`.
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// The request: an e-mail file.
    #[arg(long, value_name = "MAIL.eml")]
    request: PathBuf,
    #[arg(long = "source", value_name = "PATH", required = true, help = inputs::PLACES)]
    sources: Vec<PathBuf>,
    /// The policy pack: a built-in name or a folder.
    #[arg(long, value_name = "PACK", default_value = "uk")]
    pack: String,
    /// Folder for the results; it must be empty or new.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The day the answer is made (default: today).
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// The day the request reached anyone, when the message does not say it.
    #[arg(long, value_name = "DATE")]
    received_on: Option<String>,
    /// More about the person than the message says (TOML).
    #[arg(long, value_name = "FILE.toml")]
    person: Option<PathBuf>,
    /// A file to note in how far the search is: after an interruption, or for the same request again, it goes on from there.
    #[arg(long, value_name = "FILE")]
    resume: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
    /// Accept every proposal and write the pack without asking.
    #[arg(long)]
    yes: bool,
}

pub(crate) fn run(command: SarCommand, out: &mut dyn Write) -> Result<(), Ending> {
    let SarCommand::Run(args) = command;
    let policy = inputs::pack(&args.pack)?;
    let mail = std::fs::read(&args.request)
        .map_err(|_| Refusal::new(RefusalCode::SourceUnreadable, format!("The request `{}` cannot be read.", args.request.display())))?;
    let places = inputs::places(&args.sources)?;
    let more = args.person.as_deref().map(inputs::person).transpose()?.unwrap_or_default();
    let as_of = args.as_of.as_deref().map(parse_date).transpose()?;
    let received_on = args.received_on.as_deref().map(parse_date).transpose()?;
    empty_folder(&args.out)?;
    let extractor = inputs::search_extractor(&args.read)?;
    let press = wiring::LazyPress::default();
    let calendar = Calendar::embedded();
    let tools = Tools { policy: &policy, calendar: &calendar, extractor: &extractor, press: &press };
    let open = |edition| -> Result<Box<dyn Memory>, services::Error> {
        let path = args.resume.as_deref().unwrap_or(Path::new(""));
        Ok(Box::new(WorkFile::open(path, edition)?))
    };
    let memory = args.resume.is_some().then_some(&open as &OpenMemory);
    let (today, today_given) = (as_of.unwrap_or_else(wiring::today), as_of.is_some());
    let order = Order { mail: &mail, places: &places, more, received_on, today, today_given, memory };
    let bar = ScanBar::begin();
    let prepared = prepare(&tools, &order, &mut |progress| {
        bar.show(progress);
        true
    });
    bar.end();
    let mut prepared = prepared?;
    say_found(&prepared, out)?;
    if let Some(said) = said(&prepared.earlier) {
        writeln!(out, "{said}")?;
    }
    if !confirmed(&args, out)? {
        write_review(&args.out, &prepared)?;
        writeln!(
            out,
            "\nNothing was approved, so no pack was made. Look at {} and run again with --yes.",
            args.out.join("review.json").display()
        )?;
        return Ok(());
    }
    let finished = finish(&tools, &places, &mut prepared);
    write_review(&args.out, &prepared)?;
    let finished = finished?;
    let files: [(&str, &[u8]); 3] =
        [("reply.pdf", &finished.reply_pdf), ("pack.pdf", &finished.pack.pdf), ("pack.json", &finished.pack.json)];
    for (name, bytes) in files {
        write(&args.out.join(name), bytes)?;
    }
    write(&args.out.join("manifest.sha256"), manifest(files).as_bytes())?;
    say_finished(&prepared, &args.out, out)
}

fn say_found(prepared: &Prepared, out: &mut dyn Write) -> Result<(), Ending> {
    let report = &prepared.report;
    let summary = &report.summary;
    writeln!(out, "Request received {}: {}.", domain::calendar::long_date(report.request.received_on), due_line(&report.deadline))?;
    for step in &report.deadline.steps {
        writeln!(out, "  - {} [{}]", step.what, step.source)?;
    }
    writeln!(out, "The person, as the message says it:")?;
    for detail in &report.request.person {
        writeln!(out, "  - {}: {} ({})", detail.what, detail.value, detail.origin)?;
    }
    for warning in &report.request.warnings {
        writeln!(out, "Note: {warning}")?;
    }
    writeln!(
        out,
        "{} items met: {} certain, {} likely, {} possible, {} duplicates, {} not readable; {} redactions proposed.",
        summary.items, summary.certain, summary.likely, summary.possible, summary.duplicates, summary.unreadable, summary.proposed
    )?;
    let more = [inputs::said_of_letters(summary.without_letters), inputs::said_of_encrypted(summary.encrypted)];
    for said in more.into_iter().flatten() {
        writeln!(out, "{said}")?;
    }
    Ok(())
}

fn say_finished(prepared: &Prepared, folder: &Path, out: &mut dyn Write) -> Result<(), Ending> {
    let summary = &prepared.report.summary;
    writeln!(
        out,
        "{} items in the pack, {} passages withheld; read back, nothing withheld can be found.",
        summary.in_pack, summary.withheld
    )?;
    for (stage, seconds) in &summary.seconds {
        writeln!(out, "  {stage}: {seconds:.2} s")?;
    }
    writeln!(out, "Results in {}: reply.pdf, pack.pdf, pack.json, manifest.sha256; for you alone: review.json.", folder.display())?;
    Ok(())
}

/// Asks on a terminal; elsewhere only `--yes` counts.
fn confirmed(args: &RunArgs, out: &mut dyn Write) -> Result<bool, Ending> {
    if args.yes {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Ok(false);
    }
    write!(out, "Is this the right person, and shall the proposals be withheld? Type yes to write the pack: ")?;
    out.flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(answer.trim().eq_ignore_ascii_case("yes"))
}

fn write_review(folder: &Path, prepared: &Prepared) -> Result<(), Ending> {
    let json = serde_json::to_vec_pretty(&prepared.report)?;
    write(&folder.join("review.json"), &json)
}

fn empty_folder(folder: &Path) -> Result<(), Ending> {
    std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let mut entries = std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    if entries.next().is_some() { Err(Refusal::new(RefusalCode::OutputExists, "").into()) } else { Ok(()) }
}

/// Writes a result so that only its owner can read it.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Ending> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("creating {}", path.display()))?;
    file.write_all(bytes).with_context(|| format!("writing {}", path.display()))?;
    Ok(())
}
